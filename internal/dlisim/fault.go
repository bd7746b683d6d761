// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Fault is something that goes wrong, or happens, with some requests. A fault
// strikes before the signature is looked at. One request meets one fault at most: the
// first injected that matches it.
type Fault struct {
	// Operation is the one that is struck; empty is any.
	Operation Operation
	// Match narrows the requests; nil is every one of the operation.
	Match func(Request) bool
	// Skip lets that many matching requests pass first.
	Skip int
	// Times is how often the fault strikes; 0 is for ever.
	Times int

	// Delay comes before everything else.
	Delay time.Duration
	// Before runs before the work, After when the work (or what the fault has in its
	// place) is done and the answer has not left. They may call the simulator; they
	// must not wait for the caller to leave: Hang does.
	Before, After func()

	// Status, Header and Body are the answer in the work's place.
	Status int
	Header http.Header
	Body   string
	// AfterWork does the work all the same, before Status or Hang.
	AfterWork bool

	// Hang keeps the caller waiting until it leaves.
	Hang bool
	// CutBefore cuts the connection with the work undone, CutAfter with the work done.
	CutBefore, CutAfter bool
	// HalfBody cuts the connection in the middle of the answer's body.
	HalfBody bool
}

// Inject adds faults behind those that are there.
func (s *Simulator) Inject(pending ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.pending = append(s.faults.pending, pending...)
}

// ClearFaults takes all faults away.
func (s *Simulator) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.pending = nil
}

type faults struct {
	mu      sync.Mutex
	pending []Fault
}

// take returns the fault that strikes the request, or a Fault that does nothing.
func (f *faults) take(r Request) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.pending {
		fault := &f.pending[i]
		if !fault.strikes(r) {
			continue
		}
		if fault.Skip > 0 {
			fault.Skip--
			continue
		}
		struck := *fault
		if fault.Times == 1 {
			f.pending = slices.Delete(f.pending, i, i+1)
		} else if fault.Times > 1 {
			fault.Times--
		}
		return struck
	}
	return Fault{}
}

func (f *Fault) strikes(r Request) bool {
	return (f.Operation == "" || f.Operation == r.Operation) && (f.Match == nil || f.Match(r))
}

func (f *Fault) doesWork() bool {
	return f.AfterWork || !(f.Status != 0 || f.Hang || f.CutBefore)
}

func (f *Fault) answer() answer {
	a := answer{
		status: f.Status,
		header: http.Header{"Content-Type": {"application/json"}},
		body:   []byte(f.Body),
		note:   fmt.Sprintf("fault: status %d", f.Status),
	}
	for name, values := range f.Header {
		a.header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	return a
}

func (f *Fault) deliver(reply answer) (answer, delivery) {
	switch {
	case f.CutBefore || f.CutAfter:
		reply.note = "fault: cut, " + reply.note
		return reply, nothing
	case f.HalfBody:
		reply.note = "fault: half of " + reply.note
		return reply, half
	default:
		return reply, whole
	}
}
