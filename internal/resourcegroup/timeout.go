// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"fmt"
	"time"
)

// How long each operation may take when the configuration does not say.
const (
	createTimeout = 30 * time.Minute
	readTimeout   = 5 * time.Minute
	updateTimeout = 30 * time.Minute
	deleteTimeout = 15 * time.Minute
)

// timeoutError ends an operation that took longer than it may.
type timeoutError struct{ limit time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("the timeout of %s has passed", e.limit) }

// Unwrap makes it the end of any context at its deadline.
func (e *timeoutError) Unwrap() error { return context.DeadlineExceeded }

// within is the context of an operation that may take so long.
func within(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, limit, &timeoutError{limit})
}
