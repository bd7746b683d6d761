// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"errors"
	"fmt"
	"io/fs"
)

// Profile is what a file of another tool says: keys, and what goes with them.
type Profile struct {
	Credentials Credentials
	Region      string
	ProjectID   string
	// IAMEndpoint is where the file's own tool signs in; empty is the usual place. It may lack a scheme.
	IAMEndpoint string
	// Agency is to be assumed with the keys, unless its name is empty.
	Agency Agency
}

// ProfileError is a file from which no profile can be read.
type ProfileError struct {
	Path string
	// Reason goes on from the file: "has no …".
	Reason string
	// Err is what the system said about the file; it may be nil. A parser's words are not kept: they quote the file.
	Err error
}

// Error names the file and what is wrong with it.
func (e *ProfileError) Error() string {
	text := fmt.Sprintf("the file %q %s", e.Path, e.Reason)
	if named, ok := errors.AsType[*fs.PathError](e.Err); ok {
		return text + ": " + named.Err.Error()
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns what the system said.
func (e *ProfileError) Unwrap() error { return e.Err }
