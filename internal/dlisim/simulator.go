// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// maxBody is the largest request body the API gateway takes, in bytes (documented).
const maxBody = 12 << 20

// Simulator is one service with its world, its journal and its faults. All
// methods are safe for concurrent use.
type Simulator struct {
	config  Config
	journal journal
	faults  faults
	logging sync.Mutex

	mu        sync.Mutex // guards what follows
	behaviour Behaviour
	worlds    map[string]*world
	objects   map[string]bool
	failing   map[string]bool
	random    *rand.Rand
	issued    map[string]keys // temporary keys by access key
}

// New returns a simulator. Every zero member of the Config has a default.
func New(config Config) *Simulator {
	config = config.withDefaults()
	s := &Simulator{
		config:    config,
		behaviour: config.Behaviour,
		worlds:    map[string]*world{},
		objects:   map[string]bool{},
		issued:    map[string]keys{},
		random:    rand.New(rand.NewPCG(1, 2)), // a fixed seed: a failing test fails again
	}
	for _, project := range config.Projects {
		s.worlds[project.ID] = newWorld()
	}
	for _, url := range config.Objects {
		s.objects[url] = true
	}
	return s
}

// delivery says how much of an answer reaches the caller.
type delivery int

const (
	whole delivery = iota
	half           // the first half of the body, then the connection is cut
	nothing
)

// respond takes a request from its arrival to the answer, faults included.
func (s *Simulator) respond(r *http.Request) (reply answer, delivered delivery) {
	started := s.config.Now()
	body, tooLarge, err := readBody(r)
	if err != nil {
		return answer{}, nothing
	}
	op, arguments := findRoute(r.Method, r.URL.EscapedPath())
	entry := s.journal.open(op, r, body, started)
	defer func() {
		if delivered == nothing {
			reply.status = 0
		} else {
			reply.header.Set("X-Request-Id", entry.ID)
		}
		s.journal.close(entry, reply)
		s.log(*entry, reply, s.config.Now().Sub(started))
	}()

	fault := s.faults.take(*entry)
	if !pause(r.Context(), s.config.Latency+fault.Delay) {
		return answer{note: "the caller left"}, nothing
	}
	call(fault.Before)
	reply.note = "the work is not done"
	if fault.doesWork() {
		reply = s.work(r, entry, arguments, tooLarge)
	}
	if fault.Status != 0 {
		reply = fault.answer()
	}
	call(fault.After)
	if fault.Hang {
		<-r.Context().Done()
		return answer{note: "fault: hang, the caller left"}, nothing
	}
	return fault.deliver(reply)
}

func readBody(r *http.Request) (body []byte, tooLarge bool, err error) {
	if r.Body == nil {
		return nil, false, nil
	}
	defer r.Body.Close()
	body, err = io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, false, fmt.Errorf("reading the request: %w", err)
	}
	return body, len(body) > maxBody, nil
}

// pause waits, and reports whether the caller is still there afterwards.
func pause(ctx context.Context, d time.Duration) bool {
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

func call(hook func()) {
	if hook != nil {
		hook()
	}
}

// work is what the service does with a request that no fault kept from it.
func (s *Simulator) work(r *http.Request, entry *Request, arguments map[string]string, tooLarge bool) answer {
	reply, err := s.admit(r, entry, arguments, tooLarge)
	if refused, ok := errors.AsType[*refusal](err); ok {
		return refused.answer(entry.ID)
	}
	return reply
}

// admit is the gateway: only a signed request to a known operation of a known
// project gets to the service.
func (s *Simulator) admit(r *http.Request, entry *Request, arguments map[string]string, tooLarge bool) (answer, error) {
	if tooLarge {
		return answer{}, gatewayRefusal(http.StatusRequestEntityTooLarge, "APIGW.0201", "Request entity too large")
	}
	if entry.Operation == OpUnknown {
		return answer{}, unpublished()
	}
	now := s.config.Now()
	if !entry.Operation.isMetadata() {
		if err := s.authenticate(r, entry.Body, now); err != nil {
			if entry.Operation.isIAMs() {
				err.shape = keystoneShape
			}
			return answer{}, err
		}
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	o := &operation{Simulator: s, request: entry, arguments: arguments, now: now.Truncate(time.Millisecond)}
	if entry.Operation.isIAMs() || entry.Operation.isMetadata() {
		return o.perform()
	}
	o.world = s.worlds[arguments["project"]]
	if o.world == nil {
		// Inferred: the gateway's table has this code for a project that cannot be used.
		return answer{}, gatewayRefusal(http.StatusForbidden, "APIGW.0310", "The project is unavailable")
	}
	return o.perform()
}
