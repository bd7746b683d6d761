// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/time/rate"
)

// ConnectionConfig is what a Connection is made of.
type ConnectionConfig struct {
	// Transport sends one attempt. It signs, so that every attempt carries a date and a signature of its own.
	Transport http.RoundTripper
	// UserAgent names the client to the service.
	UserAgent string
	// MaxRetries is how often a call is sent again after its first attempt.
	MaxRetries int
	// Limiter bounds the attempts of every connection that shares it; nil is no bound.
	Limiter *rate.Limiter
	// Patience bounds one attempt of a call; 0 is a minute. An upload has two.
	Patience time.Duration
	// Observe is told of every attempt when it has ended; it may be nil.
	Observe func(context.Context, Attempt)
}

// Connection carries calls, those to IAM and to the instance metadata included: it retries, bounds, observes and reads
// errors in one place. It is safe for concurrent use.
type Connection struct {
	http       *retryablehttp.Client
	userAgent  string
	maxRetries int
	patience   time.Duration
}

// NewConnection returns a Connection that has sent nothing yet.
func NewConnection(config ConnectionConfig) *Connection {
	if config.Limiter == nil {
		config.Limiter = rate.NewLimiter(rate.Inf, 0)
	}
	client := &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport: &attempts{
				next:    config.Transport,
				limiter: config.Limiter,
				observe: config.Observe,
			},
			// The service never redirects, and a signature must not travel to another address.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:     config.MaxRetries,
		CheckRetry:   checkRetry,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return &Connection{
		http:       client,
		userAgent:  config.UserAgent,
		maxRetries: config.MaxRetries,
		patience:   cmp.Or(config.Patience, patience),
	}
}

// How long one attempt may take. A synchronous upload answers when the copy is done; two minutes is what the
// vendor's SDK waits.
const (
	patience       = 60 * time.Second
	uploadPatience = 120 * time.Second
)

// call is one request in the words of the API.
type call struct {
	method string
	url    string
	header http.Header
	// body is sent as JSON; nil is no body.
	body any
	// repeatable calls are sent again when the fate of an attempt is unknown.
	repeatable bool
	// patience bounds one attempt; 0 is that of the connection.
	patience time.Duration
}

// Call sends a call that may be repeated to a service other than DLI. A body that is not nil goes as JSON; an answer
// is read from JSON, or into a *json.RawMessage as it is. Its errors are *APIError, *TransportError, or the context's
// own.
func (c *Connection) Call(ctx context.Context, method, url string, header http.Header, body, answer any) error {
	return c.do(ctx, call{method: method, url: url, header: header, body: body, repeatable: true}, answer)
}

// do sends the call and decodes its answer into answer, which may be nil.
// Its errors are *APIError, *TransportError, or the context's own.
func (c *Connection) do(ctx context.Context, call call, answer any) error {
	call.patience = cmp.Or(call.patience, c.patience)
	exchange := &exchange{call: call}
	request, err := c.request(withExchange(ctx, exchange), call)
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return exchange.failure(ctx, request.URL.Host, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return exchange.failure(ctx, request.URL.Host, err)
	}
	return exchange.read(response, body, answer)
}

func (c *Connection) request(ctx context.Context, call call) (*retryablehttp.Request, error) {
	var body []byte
	if call.body != nil {
		var err error
		if body, err = json.Marshal(call.body); err != nil {
			return nil, fmt.Errorf("writing the request: %w", err)
		}
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, call.method, call.url, body)
	if err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	maps.Copy(request.Header, call.header)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("X-Language", "en-us")
	request.Header.Set("User-Agent", c.userAgent)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}

// exchange is one call with all its attempts.
type exchange struct {
	call     call
	attempts int
	last     error // how the last attempt ended that ended by itself
}

type exchangeKey struct{}

func withExchange(ctx context.Context, exchange *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, exchange)
}

func exchangeOf(ctx context.Context) *exchange {
	found, ok := ctx.Value(exchangeKey{}).(*exchange)
	if !ok {
		return &exchange{}
	}
	return found
}

// failure is the error of a call that got no answer.
func (e *exchange) failure(ctx context.Context, host string, err error) error {
	if ctx.Err() != nil {
		err := fmt.Errorf("the call to %s was ended: %w", host, ended(ctx))
		if e.last == nil {
			return err
		}
		return fmt.Errorf("%w; the attempt before it: %w", err, e.last)
	}
	return &TransportError{Host: host, Attempts: e.attempts, Err: unanswered(err)}
}

// read turns an answer into the caller's value or into an error.
func (e *exchange) read(response *http.Response, body []byte, answer any) error {
	if response.StatusCode < 200 || response.StatusCode > 299 {
		failure := newAPIError(response.StatusCode, response.Header, body)
		failure.Attempts = e.attempts
		return failure
	}
	if len(bytes.TrimSpace(body)) == 0 {
		if answer == nil {
			return nil
		}
		return e.noSuccess(response, "the answer is empty")
	}
	if reason, refused := refusal(body); refused {
		return e.noSuccess(response, reason)
	}
	if err := decode(body, answer); err != nil {
		return e.noSuccess(response, err.Error())
	}
	return nil
}

// noSuccess is the error of an answer whose status alone says success.
func (e *exchange) noSuccess(response *http.Response, reason string) error {
	return &APIError{
		StatusCode: response.StatusCode,
		Message:    reason,
		RequestID:  response.Header.Get("X-Request-Id"),
		Attempts:   e.attempts,
	}
}
