// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"sync"
	"time"
)

// Moment orders what happens to the listing: listings that begin and writes that end. It is a counter and no
// clock, so that two things are never at the same moment.
type Moment uint64

// How old a listing may be for a reader that wants no newer one. A client that has written nothing serves one walk of
// Terraform, which reads everything once: one listing is the same moment for all of it, however long the walk takes.
// After a write somebody waits for what comes of it.
const (
	recentAge = 10 * time.Second
	walkAge   = 5 * time.Minute
)

// listing shares one call that shows something of every group among everybody who looks for one. At most one such call is in
// flight; it serves all who ask for a state no earlier than its beginning.
type listing[T any] struct {
	fetch func(context.Context) (T, error)

	mu     sync.Mutex
	clock  Moment
	writes map[string]Moment // the end of the last write to each group
	latest *snapshot[T]
	flight *flight[T]
}

// snapshot is what one listing call showed. It is never changed.
type snapshot[T any] struct {
	shown T
	began Moment
	at    time.Time // when it began
}

// serves reports whether the listing began after the moment and no earlier than oldest.
func (s *snapshot[T]) serves(after Moment, oldest time.Time) bool {
	return s.began > after && !s.at.Before(oldest)
}

// flight is a listing call under way. It lives as long as somebody waits for it.
type flight[T any] struct {
	snapshot[T]
	err     error
	done    chan struct{} // closed when shown and err are final
	cancel  context.CancelFunc
	waiting int

	abandoned bool // everybody left, so the call was ended: its outcome serves nobody
}

func newListing[T any](fetch func(context.Context) (T, error)) *listing[T] {
	return &listing[T]{fetch: fetch, writes: map[string]Moment{}}
}

// now is the present moment: every listing that begins later is after it.
func (l *listing[T]) now() Moment {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.clock
}

// wrote says that a write to the group has ended, whatever its outcome. No listing from before serves it any more.
func (l *listing[T]) wrote(group string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clock++
	l.writes[group] = l.clock
}

// recent returns a listing from after the last write to the group. It began at most recentAge before this call, or
// walkAge while nothing was written at all.
func (l *listing[T]) recent(ctx context.Context, group string) (*snapshot[T], error) {
	l.mu.Lock()
	written, age := l.writes[group], walkAge
	if len(l.writes) > 0 {
		age = recentAge
	}
	l.mu.Unlock()
	return l.read(ctx, written, time.Now().Add(-age))
}

// after returns a listing that began after the moment.
func (l *listing[T]) after(ctx context.Context, moment Moment) (*snapshot[T], error) {
	return l.read(ctx, moment, time.Time{})
}

func (l *listing[T]) read(ctx context.Context, after Moment, oldest time.Time) (*snapshot[T], error) {
	for {
		found, flight := l.board(ctx, after, oldest)
		if found != nil {
			return found, nil
		}
		err := l.await(ctx, flight)
		switch {
		case ctx.Err() != nil:
			return nil, ended(ctx)
		case flight.abandoned || !flight.serves(after, oldest):
			// It was somebody else's and too early: only its end was of interest.
		case err != nil:
			return nil, err
		default:
			return &flight.snapshot, nil
		}
	}
}

// board returns the latest listing if it serves, and otherwise the flight to wait for: one that serves, or one that
// has to end before the next can begin.
func (l *listing[T]) board(ctx context.Context, after Moment, oldest time.Time) (*snapshot[T], *flight[T]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.latest != nil && l.latest.serves(after, oldest) {
		return l.latest, nil
	}
	if l.flight == nil {
		l.flight = l.start(ctx)
	}
	l.flight.waiting++
	return nil, l.flight
}

// start begins a listing call. It outlives the context of the reader that began it, for others may wait too.
func (l *listing[T]) start(ctx context.Context) *flight[T] {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // fly calls it, or the last reader who leaves
	l.clock++
	flight := &flight[T]{
		snapshot: snapshot[T]{began: l.clock, at: time.Now()},
		done:     make(chan struct{}),
		cancel:   cancel,
	}
	go l.fly(ctx, flight)
	return flight
}

func (l *listing[T]) fly(ctx context.Context, flight *flight[T]) {
	defer flight.cancel()
	shown, err := l.fetch(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	flight.shown, flight.err = shown, err
	l.flight = nil
	if err == nil {
		l.latest = &flight.snapshot
	}
	close(flight.done)
}

// await waits for the end of the flight. The last to leave before it ends the call itself.
func (l *listing[T]) await(ctx context.Context, flight *flight[T]) error {
	select {
	case <-flight.done:
		return flight.err
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	flight.waiting--
	if flight.waiting == 0 {
		flight.abandoned = true
		flight.cancel()
	}
	return context.Cause(ctx)
}
