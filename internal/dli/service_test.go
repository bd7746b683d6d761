// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	endpoint  = "https://dli.example.com"
	projectID = "0123456789abcdef"
	resources = "/v2.0/" + projectID + "/resources"
)

// request is what reached the service.
type request struct {
	Method string
	Target string // path and query as they are on the wire
	Header http.Header
	Body   string
	At     time.Time
	Number int // from 1
}

func (r request) is(method, target string) bool { return r.Method == method && r.Target == target }

func (r request) isListing() bool { return r.is(http.MethodGet, resources) }

func (r request) isShow() bool {
	return r.Method == http.MethodGet && strings.HasPrefix(r.Target, resources+"/")
}

// shown is the name of the package that a show asks for.
func (r request) shown() string {
	name, _, _ := strings.Cut(strings.TrimPrefix(r.Target, resources+"/"), "?")
	unescaped, err := url.PathUnescape(name)
	if err != nil {
		return name
	}
	return unescaped
}

// reply is what the service answers: status 200 unless said otherwise.
type reply struct {
	status int
	header map[string]string
	body   string

	latency time.Duration // until the answer
	err     error         // instead of an answer
	cut     bool          // the connection breaks in the middle of the body
	hang    bool          // nothing comes until the caller gives up
}

// service is a transport whose answers are written in the test.
type service struct {
	answer func(request) reply

	mu       sync.Mutex
	requests []request
}

func (s *service) RoundTrip(sent *http.Request) (*http.Response, error) {
	received := request{
		Method: sent.Method,
		Target: strings.TrimPrefix(sent.URL.String(), endpoint),
		Header: sent.Header.Clone(),
		At:     time.Now(),
	}
	if sent.Body != nil {
		body, err := io.ReadAll(sent.Body)
		if err != nil {
			return nil, err
		}
		received.Body = string(body)
	}
	s.mu.Lock()
	received.Number = len(s.requests) + 1
	s.requests = append(s.requests, received)
	answer := s.answer(received)
	s.mu.Unlock()
	return answer.send(sent.Context())
}

func (r reply) send(ctx context.Context) (*http.Response, error) {
	if r.hang {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if err := pause(ctx, r.latency); err != nil {
		return nil, err
	}
	if r.err != nil {
		return nil, r.err
	}
	response := &http.Response{
		StatusCode: r.status,
		Header:     http.Header{},
		Body:       io.NopCloser(strings.NewReader(r.body)),
	}
	if r.status == 0 {
		response.StatusCode = http.StatusOK
	}
	for name, value := range r.header {
		response.Header.Set(name, value)
	}
	if r.cut {
		response.Body = io.NopCloser(io.MultiReader(strings.NewReader(r.body), brokenReader{}))
	}
	return response, nil
}

var errCut = errors.New("connection reset by peer")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errCut }

// sent are the requests so far.
func (s *service) sent() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]request(nil), s.requests...)
}

// count is how many of the requests so far are of a kind.
func (s *service) count(kind func(request) bool) int {
	count := 0
	for _, request := range s.sent() {
		if kind(request) {
			count++
		}
	}
	return count
}

// newTestClient is a client of a service that answers so.
func newTestClient(maxRetries int, answer func(request) reply) (*Client, *service) {
	service := &service{answer: answer}
	connection := NewConnection(ConnectionConfig{Transport: service, UserAgent: "test/1", MaxRetries: maxRetries})
	return NewClient(connection, endpoint, projectID), service
}

// always answers every request alike.
func always(answer reply) func(request) reply {
	return func(request) reply { return answer }
}

// inTurn answers the first request with the first answer and so on; the last answer is for all that follow.
func inTurn(answers ...reply) func(request) reply {
	return func(r request) reply { return answers[min(r.Number, len(answers))-1] }
}

// packages are those of a group in a listing, with the time of their last update.
type packages map[string]struct {
	status  string
	updated int64
}

// listed is a listing of one group.
func listed(group string, packages packages) reply {
	names, details := []string{}, []map[string]any{}
	for name, found := range packages {
		names = append(names, name)
		details = append(details, map[string]any{
			"resource_name": name, "status": found.status, "update_time": found.updated, "resource_type": "jar",
		})
	}
	return reply{body: toJSON(map[string]any{
		"groups": []any{map[string]any{"group_name": group, "resources": names, "details": details}},
	})}
}

// withStatus is a listing of one group with one package.
func withStatus(group, name, status string) reply {
	return listed(group, packages{name: {status: status}})
}

func noGroups() reply { return reply{body: `{"groups":[]}`} }

func toJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var buffer bytes.Buffer
	if err := json.Compact(&buffer, []byte(text)); err != nil {
		t.Fatalf("%q is no JSON: %v", text, err)
	}
	return buffer.String()
}

// failed is the *APIError in err.
func failed(t *testing.T, err error) *APIError {
	t.Helper()
	failure, ok := errors.AsType[*APIError](err)
	if !ok {
		t.Fatalf("error is %T %v, want an *APIError", err, err)
	}
	return failure
}
