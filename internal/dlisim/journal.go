// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Request is one entry of the journal. It stands there from the request's
// arrival on; Status and Code follow with the answer. What it points to is not
// to be changed.
type Request struct {
	// ID is the X-Request-Id of the answer.
	ID        string
	Operation Operation
	Method    string
	// Path is as it was on the wire, percent-encoded.
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	// Time is the arrival, on the simulator's clock.
	Time time.Time
	// Status is what the caller got; 0 while there is no answer, and for ever if none came.
	Status int
	// Code is the error_code of the answer, if it had one.
	Code string
}

type journal struct {
	mu       sync.Mutex
	sequence int
	entries  []*Request
}

func (j *journal) open(op Operation, r *http.Request, body []byte, now time.Time) *Request {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sequence++
	entry := &Request{
		ID:        fmt.Sprintf("%032x", j.sequence),
		Operation: op,
		Method:    r.Method,
		Path:      r.URL.EscapedPath(),
		Query:     r.URL.Query(),
		Header:    r.Header.Clone(),
		Body:      body,
		Time:      now,
	}
	j.entries = append(j.entries, entry)
	return entry
}

func (j *journal) close(entry *Request, reply answer) {
	var failure struct {
		Code string `json:"error_code"`
	}
	if reply.status >= http.StatusBadRequest {
		_ = json.Unmarshal(reply.body, &failure) // a body without a code is legal
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	entry.Status, entry.Code = reply.status, failure.Code
}

// Journal returns every request so far in the order of arrival, the refused and the faulted too.
func (s *Simulator) Journal() []Request {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	requests := make([]Request, 0, len(s.journal.entries))
	for _, entry := range s.journal.entries {
		requests = append(requests, *entry)
	}
	return requests
}

// Writes returns the journal without the operations that only read.
func (s *Simulator) Writes() []Request {
	return slices.DeleteFunc(s.Journal(), func(r Request) bool { return r.Operation.reads() })
}

// ResetJournal forgets every request so far.
func (s *Simulator) ResetJournal() {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	s.journal.entries = nil
}
