// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/time/rate"
)

func TestARedirectIsAnErrorAndIsNotFollowed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303, 307, 308} {
		client, service := newTestClient(2, always(reply{
			status: status, header: map[string]string{"Location": "https://elsewhere.example.com/", "X-Request-Id": "r-1"},
		}))
		_, err := client.list(t.Context())
		want := &APIError{StatusCode: status, RequestID: "r-1", Attempts: 1}
		if diff := cmp.Diff(want, failed(t, err)); diff != "" || len(service.sent()) != 1 {
			t.Errorf("%d requests, error (-want +got):\n%s", len(service.sent()), diff)
		}
	}
}

// endless is a body without an end; it counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func (*endless) Close() error { return nil }

// transport is a function that sends.
type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

func TestAnAnswerIsReadUpToABound(t *testing.T) {
	t.Parallel()
	body := &endless{}
	connection := NewConnection(ConnectionConfig{Transport: transport(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body}, nil
	})})
	err := connection.Call(t.Context(), http.MethodGet, endpoint, nil, nil, &struct{}{})
	if err == nil || !strings.Contains(err.Error(), "the answer is larger than 64 MB") {
		t.Errorf("error is %v", err)
	}
	if body.read > largestAnswer+1 {
		t.Errorf("read %d bytes", body.read)
	}
}

func TestABodyIsClosed(t *testing.T) {
	t.Parallel()
	closed := 0
	connection := NewConnection(ConnectionConfig{Transport: transport(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: closing{strings.NewReader("{}"), &closed}}, nil
	})})
	if err := connection.Call(t.Context(), http.MethodGet, endpoint, nil, nil, &struct{}{}); err != nil || closed != 1 {
		t.Errorf("the body was closed %d times (%v)", closed, err)
	}
}

type closing struct {
	io.Reader

	closed *int
}

func (c closing) Close() error {
	*c.closed++
	return nil
}

func TestRequestsKeepTheirRate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limiter *rate.Limiter
		want    time.Duration // between two requests
	}{
		{limiter: rate.NewLimiter(4, 1), want: 250 * time.Millisecond},
		{limiter: rate.NewLimiter(0.5, 1), want: 2 * time.Second},
		{limiter: nil, want: 0},
	} {
		t.Run(c.want.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := &service{answer: always(reply{body: "{}"})}
				connection := NewConnection(ConnectionConfig{Transport: service, Limiter: c.limiter})
				var calls sync.WaitGroup
				for range 8 {
					calls.Go(func() {
						if err := connection.Call(t.Context(), http.MethodGet, endpoint+"/x", nil, nil, &struct{}{}); err != nil {
							t.Error(err)
						}
					})
				}
				calls.Wait()
				sent := service.sent()
				for i := range sent[1:] {
					gap := sent[i+1].At.Sub(sent[i].At)
					if math.Abs(float64(gap-c.want)) > float64(time.Microsecond) {
						t.Errorf("%s between two requests, want %s", gap, c.want)
					}
				}
			})
		})
	}
}

func TestTheWaitForTheRateEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &service{answer: always(reply{body: "{}"})}
		connection := NewConnection(ConnectionConfig{Transport: service, Limiter: rate.NewLimiter(0.01, 1)})
		if err := connection.Call(t.Context(), http.MethodGet, endpoint, nil, nil, &struct{}{}); err != nil {
			t.Fatal(err)
		}
		reason := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(reason) })
		start := time.Now()
		err := connection.Call(ctx, http.MethodGet, endpoint, nil, nil, &struct{}{})
		if !errors.Is(err, reason) || time.Since(start) != time.Second || len(service.sent()) != 1 {
			t.Errorf("after %s and %d requests: %v", time.Since(start), len(service.sent()), err)
		}
	})
}

func TestARefusalWithASuccessfulStatusIsAnError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body string
		want string // "" is a success
	}{
		{`{"is_success": false, "message": "No such user. userName:x."}`, "No such user. userName:x."},
		{`{"is_success": "false", "message": "No such user. userName:x."}`, "No such user. userName:x."},
		{`{"is_success": "FALSE"}`, "refused without a reason"},
		{`{"is_success": false, "message": {"text": "no"}}`, "refused without a reason"},
		{`{"is_success": true, "message": "done"}`, ""},
		{`{"is_success": "true"}`, ""},
		{`{"is_success": null}`, ""},
		{`{}`, ""},
		{`[]`, ""},
		{``, ""},
	} {
		client, _ := newTestClient(2, always(reply{body: c.body, header: map[string]string{"X-Request-Id": "r-1"}}))
		err := client.ChangeOwner(t.Context(), "g", "", "user2")
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.body, err)
			}
			continue
		}
		want := &APIError{StatusCode: 200, Message: c.want, RequestID: "r-1", Attempts: 1}
		if diff := cmp.Diff(want, failed(t, err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.body, diff)
		}
	}
}

func TestAReadThatIsRefusedIsNotAnEmptyAnswer(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(0, always(reply{body: `{"is_success": false, "message": "try later"}`}))
	if _, err := client.list(t.Context()); failed(t, err).Message != "try later" {
		t.Errorf("error is %v", err)
	}
	if _, err := client.show(t.Context(), "g", "a.jar"); failed(t, err).Message != "try later" {
		t.Errorf("error is %v", err)
	}
}

func TestAnAnswerThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"":                "the answer is empty",
		" \n":             "the answer is empty",
		"<html>":          "the answer is not the JSON that is documented",
		`{"groups": 1}`:   "the answer is not the JSON that is documented",
		`{"groups": [{}]`: "the answer is not the JSON that is documented",
	} {
		client, service := newTestClient(2, always(reply{body: body, header: map[string]string{"X-Request-Id": "r-1"}}))
		_, err := client.list(t.Context())
		failure := failed(t, err)
		if !strings.Contains(failure.Message, want) || failure.RequestID != "r-1" || failure.StatusCode != http.StatusOK || IsUncertain(err) {
			t.Errorf("%q: %v", body, err)
		}
		if len(service.sent()) != 1 {
			t.Errorf("%q: sent %d times", body, len(service.sent()))
		}
	}
}

func TestACallThatCannotBeMadeSaysWhy(t *testing.T) {
	t.Parallel()
	connection := NewConnection(ConnectionConfig{})
	if err := connection.Call(t.Context(), http.MethodGet, "https://%zz", nil, nil, nil); err == nil || !strings.Contains(err.Error(), "making the request") {
		t.Errorf("error is %v", err)
	}
	err := connection.do(t.Context(), call{method: http.MethodPost, url: endpoint, body: func() {}}, nil)
	if err == nil || !strings.Contains(err.Error(), "writing the request") {
		t.Errorf("error is %v", err)
	}
}

func TestAnAttemptIsToldWithoutSecrets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cut := errors.New("connection reset by peer")
		service := &service{answer: inTurn(
			reply{status: 503, header: map[string]string{"X-Request-Id": "r-1", "Set-Cookie": "hush"}, latency: time.Second},
			reply{err: cut},
			reply{body: `{"secret": "hush"}`, header: map[string]string{"X-Request-Id": "r-3"}},
		)}
		type key struct{}
		var told []Attempt
		connection := NewConnection(ConnectionConfig{
			MaxRetries: 3,
			Transport: transport(func(r *http.Request) (*http.Response, error) {
				r = r.Clone(r.Context())
				r.Header.Set("Authorization", "hush")
				return service.RoundTrip(r)
			}),
			Observe: func(ctx context.Context, attempt Attempt) {
				if ctx.Value(key{}) != "mine" {
					t.Error("the observer is not given the caller's context")
				}
				told = append(told, attempt)
			},
		})
		ctx := context.WithValue(t.Context(), key{}, "mine")
		if err := connection.Call(ctx, http.MethodGet, endpoint+"/v3/projects?name=a%20b", nil, nil, &struct{}{}); err != nil {
			t.Fatal(err)
		}
		path, host := "/v3/projects?name=a%20b", "dli.example.com"
		want := []Attempt{
			{Method: "GET", Path: path, Host: host, Number: 1, StatusCode: 503, RequestID: "r-1", Duration: time.Second},
			{Method: "GET", Path: path, Host: host, Number: 2, Err: cut},
			{Method: "GET", Path: path, Host: host, Number: 3, StatusCode: 200, RequestID: "r-3"},
		}
		if diff := cmp.Diff(want, told, cmpopts.EquateErrors()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if text := fmt.Sprintf("%#v", told); strings.Contains(text, "hush") {
			t.Errorf("a secret is told: %s", text)
		}
	})
}

func TestAConnectionIsSharedByManyCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newTestClient(1, func(r request) reply {
			if r.Number%3 == 0 {
				return reply{status: 429}
			}
			return reply{body: "{}", latency: time.Millisecond}
		})
		var calls sync.WaitGroup
		for range 20 {
			calls.Go(func() {
				if _, err := client.list(t.Context()); err != nil && failed(t, err).Attempts != 2 {
					t.Error(err)
				}
			})
		}
		calls.Wait()
	})
}

func TestAnAttemptOutsideOfACallHasNoExchangeToCount(t *testing.T) {
	t.Parallel()
	if found := exchangeOf(t.Context()); found == nil || found.call.repeatable {
		t.Errorf("exchange is %v, want an empty one", found)
	}
}
