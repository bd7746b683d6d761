// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var modelSeed = flag.Uint64("listing.seed", 0, "seed of the listing's model test; 0 takes one by chance")

const (
	modelWorkers  = 24
	modelSteps    = 250 // of each worker
	modelGroups   = 3
	longestFetch  = 25 * time.Second // longer than a listing stays recent
	cancelledLate = 2 * time.Second  // how long a fetch may go on after it was cancelled
)

// world is a listing among readers and writers, and what really happened, in one order of its own.
type world struct {
	*listing[map[string]*Group]
	t *testing.T

	order    atomic.Int64 // counts everything that happens
	inFlight atomic.Int32
	inside   atomic.Int32 // readers that have asked and have no answer
	left     atomic.Int64 // when the last reader left
	served   atomic.Int32 // readers that got a listing
	lastEnd  [modelGroups]atomic.Int64

	mu      sync.Mutex
	fetched []fetched
}

// fetched is a fetch as it really was.
type fetched struct {
	began int64
	at    time.Time
}

// fetchError is a fetch that failed by itself.
type fetchError struct{ number int }

func (e fetchError) Error() string { return fmt.Sprintf("fetch %d failed", e.number) }

func (w *world) fetch(ctx context.Context) (map[string]*Group, error) {
	w.mu.Lock()
	number := len(w.fetched)
	w.fetched = append(w.fetched, fetched{began: w.order.Add(1), at: time.Now()})
	w.mu.Unlock()
	if w.inFlight.Add(1) > 1 {
		w.t.Error("two fetches are in flight")
	}
	defer w.inFlight.Add(-1)
	takes := rand.N(longestFetch)
	if rand.N(4) > 0 {
		takes = rand.N(time.Second)
	}
	if pause(ctx, takes) != nil {
		// Some fetches notice late, and some of these have succeeded meanwhile.
		if rand.N(3) > 0 {
			return nil, context.Cause(ctx)
		}
		if err := pause(context.WithoutCancel(ctx), rand.N(cancelledLate)); err != nil {
			return nil, err
		}
	}
	if rand.N(5) == 0 {
		return nil, fetchError{number}
	}
	return map[string]*Group{"fetch": {Created: time.UnixMilli(int64(number))}}, nil
}

// write changes a group and tells the listing.
func (w *world) write(random *rand.Rand, group int) {
	w.sleep(random, time.Second)
	end := w.order.Add(1)
	w.wrote(strconv.Itoa(group))
	for {
		last := w.lastEnd[group].Load()
		if last >= end || w.lastEnd[group].CompareAndSwap(last, end) {
			return
		}
	}
}

func (w *world) wroteAny() bool {
	for group := range w.lastEnd {
		if w.lastEnd[group].Load() > 0 {
			return true
		}
	}
	return false
}

// read reads in one of the two ways, sometimes with little patience, and checks the outcome.
func (w *world) read(random *rand.Rand, group int) {
	ctx, cancel := context.WithCancel(w.t.Context())
	if random.IntN(3) == 0 {
		ctx, cancel = context.WithTimeout(w.t.Context(), time.Duration(random.Int64N(int64(3*time.Second))))
	}
	defer cancel()
	after := w.lastEnd[group].Load()
	asked, oldest := time.Now(), time.Now().Add(-5*time.Minute)
	if w.wroteAny() {
		oldest = asked.Add(-10 * time.Second)
	}
	var found *snapshot[map[string]*Group]
	var err error
	w.inside.Add(1)
	if random.IntN(2) == 0 {
		found, err = w.recent(ctx, strconv.Itoa(group))
	} else {
		after = w.order.Add(1)
		found, err = w.listing.after(ctx, w.now())
	}
	w.left.Store(time.Now().UnixNano())
	w.inside.Add(-1)
	w.check(ctx, found, err, after, oldest)
	// At worst one fetch that does not serve, one that was cancelled and one that serves.
	if took := time.Since(asked); took > 2*longestFetch+2*cancelledLate {
		w.t.Errorf("a reader waited for %s", took)
	}
}

func (w *world) check(ctx context.Context, found *snapshot[map[string]*Group], err error, after int64, oldest time.Time) {
	failure, isFetch := errors.AsType[fetchError](err)
	number := failure.number
	switch {
	case err == nil:
		w.served.Add(1)
		number = int(found.shown["fetch"].Created.UnixMilli())
	case ctx.Err() != nil:
		return // whatever kept the reader may be told
	case !isFetch:
		w.t.Errorf("a reader who had time was told %v", err)
		return
	}
	w.mu.Lock()
	fetch := w.fetched[number]
	w.mu.Unlock()
	if fetch.began <= after {
		w.t.Errorf("a reader got fetch %d, which began at %d, too early after %d (%v)", number, fetch.began, after, err)
	}
	if fetch.at.Before(oldest) {
		w.t.Errorf("a reader got fetch %d, which is %s too old (%v)", number, oldest.Sub(fetch.at), err)
	}
}

func (w *world) sleep(random *rand.Rand, most time.Duration) {
	if err := pause(w.t.Context(), time.Duration(random.Int64N(int64(most)))); err != nil {
		w.t.Error(err)
	}
}

func (w *world) work(random *rand.Rand) {
	for range modelSteps {
		group := random.IntN(modelGroups)
		switch random.IntN(5) {
		case 0:
			w.write(random, group)
			w.read(random, group)
		case 1:
			w.sleep(random, 20*time.Second)
		default:
			w.read(random, group)
		}
	}
}

// watch checks, until the work is done, that no fetch is in flight that nobody waits for.
func (w *world) watch(random *rand.Rand, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		w.sleep(random, cancelledLate)
		synctest.Wait()
		idle := time.Since(time.Unix(0, w.left.Load()))
		if w.inside.Load() == 0 && idle > cancelledLate && w.inFlight.Load() > 0 {
			w.t.Errorf("nobody has waited for %s, and a fetch is in flight", idle)
		}
	}
}

// TestNoReaderEverGetsAListingThatIsTooOld lets many read and write as chance will have it.
func TestNoReaderEverGetsAListingThatIsTooOld(t *testing.T) {
	t.Parallel()
	seed := *modelSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("run again with -listing.seed=%d", seed)
	for _, workers := range []int{1, 3, modelWorkers} { // few leave fetches alone, many crowd
		synctest.Test(t, func(t *testing.T) {
			w := &world{t: t}
			w.listing = newListing(w.fetch)
			var work sync.WaitGroup
			for worker := range workers {
				random := rand.New(rand.NewPCG(seed, uint64(worker)))
				work.Go(func() { w.work(random) })
			}
			done := make(chan struct{})
			go func() {
				work.Wait()
				close(done)
			}()
			w.watch(rand.New(rand.NewPCG(seed, modelWorkers)), done)
			if err := pause(t.Context(), cancelledLate); err != nil {
				t.Error(err)
			}
			if w.inFlight.Load() > 0 {
				t.Error("everybody has left, and a fetch is in flight")
			}
			if w.served.Load() < int32(workers*modelSteps/20) {
				t.Errorf("only %d readers were served: the model does not test much", w.served.Load())
			}
		})
	}
}
