// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"io"
	"net/url"
)

// worded is an error of Go's in words for the user.
type worded struct {
	text string
	err  error
}

func (w worded) Error() string { return w.text }

// Unwrap returns the error behind the words.
func (w worded) Unwrap() error { return w.err }

// ended is why the context has ended.
func ended(ctx context.Context) error {
	return inWords(context.Cause(ctx))
}

// unanswered is why an attempt ended without an answer. Its URL is in the words of the caller already; a long one
// would hide the reason.
func unanswered(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return inWords(err)
}

// inWords rewords the errors whose texts only a programmer understands.
func inWords(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return worded{"the connection was cut", err}
	case errors.Is(err, context.Canceled):
		return worded{"interrupted", err}
	case err == context.DeadlineExceeded: //nolint:errorlint // what wraps it has words of its own
		return worded{"its time was up", err}
	default:
		return err
	}
}
