// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// checkRetry is the rule for sending an attempt again: a throttled call always, for nothing was done; a call whose
// fate is unknown only when it is repeatable. Never a 401, whatever its code: five wrong signatures lock the key for
// five minutes. Nor what the next attempt will not change: a
// certificate that is not trusted, and keys that cannot be had.
func checkRetry(ctx context.Context, response *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	exchange := exchangeOf(ctx)
	repeatable := exchange.call.repeatable
	if err != nil {
		exchange.last = unanswered(err)
		_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
		return repeatable && !untrusted && !WasNotSent(err), nil
	}
	if response.StatusCode < http.StatusBadRequest || response.StatusCode == http.StatusUnauthorized {
		return false, nil
	}
	failure, err := peek(response)
	if err != nil {
		return false, err
	}
	exchange.last = failure
	return failure.isThrottled() || repeatable && failure.isServerFault(), nil
}

// WasNotSent reports whether the provider kept the call back by itself, as for want of keys or of a turn.
func WasNotSent(err error) bool {
	unsent, ok := errors.AsType[interface {
		error
		NotSent() bool
	}](err)
	return ok && unsent.NotSent()
}

// peek reads the error in an answer and leaves the answer as it was.
func peek(response *http.Response) (*APIError, error) {
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return newAPIError(response.StatusCode, response.Header, body), nil
}

// The pauses between attempts. The service advises 2 to 5 seconds after a throttled call; half of the pause is
// chance, so that many clients do not come back together.
const (
	firstPause   = 2 * time.Second
	longestPause = 30 * time.Second
	// longestRetryAfter bounds what the service may ask for: the longest known window of its throttling.
	longestRetryAfter = 5 * time.Minute
)

// backoff is the pause after the attempt of that number, counted from 0.
func backoff(_, _ time.Duration, attempt int, response *http.Response) time.Duration {
	if response != nil {
		if asked, ok := retryAfter(response.Header.Get("Retry-After"), time.Now()); ok {
			return min(asked, longestRetryAfter)
		}
	}
	pause := min(firstPause<<min(attempt, 10), longestPause)
	return pause/2 + rand.N(pause/2)
}

// retryAfter reads both forms of the header: seconds, and an HTTP date.
func retryAfter(text string, now time.Time) (time.Duration, bool) {
	if text == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseInt(text, 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second), true
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	return max(0, date.Sub(now)), true
}

// pause waits for d, or until the context ends, which it reports.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ended(ctx)
	case <-timer.C:
		return nil
	}
}
