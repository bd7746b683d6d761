// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
)

// interruption is a cancelled context in a word for the user.
type interruption struct{ cause error }

func (interruption) Error() string { return "interrupted" }

// Unwrap returns the context's own error.
func (i interruption) Unwrap() error { return i.cause }

// ended is why the context has ended.
func ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.Canceled) {
		return interruption{cause}
	}
	return cause
}
