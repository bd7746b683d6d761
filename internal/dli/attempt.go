// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

// Attempt is what may be told of one attempt of a call: neither headers nor bodies, which hold secrets.
type Attempt struct {
	Method string
	// Path is the escaped path with its query.
	Path string
	Host string
	// Number counts the attempts of one call from 1.
	Number int
	// StatusCode is 0 when there was no answer.
	StatusCode int
	RequestID  string
	Duration   time.Duration
	// Err is why there was no answer.
	Err error
}

// largestAnswer bounds what is read of one answer, in bytes. The listing of a project at its quota of
// 50,000 packages takes about 15 MB.
const largestAnswer = 64 << 20

// attempts sends single attempts: within the rate, within the call's patience, and read to their end, so that a
// body cut in half counts as no answer and is sent again like one.
type attempts struct {
	next    http.RoundTripper
	limiter *rate.Limiter
	observe func(context.Context, Attempt)
}

func (a *attempts) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	if err := a.limiter.Wait(ctx); err != nil {
		return nil, &rateError{err}
	}
	exchange := exchangeOf(ctx)
	exchange.attempts++
	start := time.Now()
	response, err := a.send(request, exchange.call.patience)
	if WasNotSent(err) {
		exchange.attempts--
		return nil, err
	}
	if a.observe != nil {
		attempt := Attempt{
			Method:   request.Method,
			Path:     request.URL.RequestURI(),
			Host:     request.URL.Host,
			Number:   exchange.attempts,
			Duration: time.Since(start),
			Err:      err,
		}
		if response != nil {
			attempt.StatusCode = response.StatusCode
			attempt.RequestID = response.Header.Get("X-Request-Id")
		}
		a.observe(ctx, attempt)
	}
	return response, err
}

func (a *attempts) send(request *http.Request, patience time.Duration) (*http.Response, error) {
	ctx, cancel := context.WithTimeoutCause(request.Context(), patience,
		worded{fmt.Sprintf("nothing came for %s", patience), context.DeadlineExceeded})
	defer cancel()
	response, err := a.next.RoundTrip(request.WithContext(ctx))
	if err != nil {
		return nil, endedBy(ctx, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer+1))
	if err != nil {
		return nil, endedBy(ctx, fmt.Errorf("the answer broke off: %w", err))
	}
	if len(body) > largestAnswer {
		return nil, fmt.Errorf("the answer is larger than %d MB", largestAnswer>>20)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// rateError is an attempt that the limit on the rate kept back until the context ended, or would have.
type rateError struct{ err error }

func (*rateError) Error() string {
	return "the limit on requests per second left no turn before the timeout"
}

// NotSent tells that the service never saw the attempt.
func (*rateError) NotSent() bool { return true }

func (e *rateError) Unwrap() error { return e.err }

// endedBy is the reason the context ended, where it did, and err otherwise.
func endedBy(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
