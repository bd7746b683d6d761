// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// fetches is a listing call that takes its time and counts itself. Each one shows a group whose owner is its number.
type fetches struct {
	takes    time.Duration
	fails    map[int32]error // by their numbers, from 1
	stubborn bool            // does not heed the end of its context

	begun, cancelled atomic.Int32
}

func (f *fetches) fetch(ctx context.Context) (map[string]*Group, error) {
	number := f.begun.Add(1)
	timer := time.NewTimer(f.takes)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		f.cancelled.Add(1)
		if !f.stubborn {
			return nil, context.Cause(ctx)
		}
		<-timer.C
	}
	if err := f.fails[number]; err != nil {
		return nil, err
	}
	return map[string]*Group{"g": {Created: time.UnixMilli(int64(number))}}, nil
}

// number tells which fetch a listing came from.
func number(snapshot *snapshot[map[string]*Group]) int {
	if snapshot == nil {
		return 0
	}
	return int(snapshot.shown["g"].Created.UnixMilli())
}

func (f *fetches) expect(t *testing.T, begun, cancelled int32) {
	t.Helper()
	synctest.Wait()
	if f.begun.Load() != begun || f.cancelled.Load() != cancelled {
		t.Errorf("%d fetches begun and %d cancelled, want %d and %d", f.begun.Load(), f.cancelled.Load(), begun, cancelled)
	}
}

func sleep(t *testing.T, d time.Duration) {
	t.Helper()
	if err := pause(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// expectRecent reads a recent listing and checks which it is.
func expectRecent(t *testing.T, l *listing[map[string]*Group], group string, want int) {
	t.Helper()
	found, err := l.recent(t.Context(), group)
	if err != nil || number(found) != want {
		t.Errorf("got listing %d (%v), want %d", number(found), err, want)
	}
}

// slowListing is a listing whose fetches take a second.
func slowListing() (*listing[map[string]*Group], *fetches) {
	fetches := &fetches{takes: time.Second}
	return newListing(fetches.fetch), fetches
}

func TestReadersSideBySideShareOneListing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		start := time.Now()
		var readers sync.WaitGroup
		for range 1000 {
			readers.Go(func() { expectRecent(t, l, "g", 1) })
		}
		readers.Wait()
		f.expect(t, 1, 0)
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %s, want the time of one fetch", took)
		}
	})
}

func TestAListingServesForFiveMinutesWhileNothingWasWritten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, _ := slowListing()
		expectRecent(t, l, "g", 1)
		sleep(t, 5*time.Minute-time.Second) // it began five minutes ago
		expectRecent(t, l, "g", 1)
		sleep(t, 1)
		expectRecent(t, l, "g", 2)
	})
}

func TestAListingServesForTenSecondsOnceSomethingWasWritten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, _ := slowListing()
		l.wrote("another")
		expectRecent(t, l, "g", 1)
		sleep(t, 9*time.Second) // it began ten seconds ago
		expectRecent(t, l, "g", 1)
		sleep(t, 1)
		expectRecent(t, l, "g", 2)
	})
}

func TestAListingUnderWayForLongerThanTenSecondsServesNoNewReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		l.wrote("another")
		f.takes = 30 * time.Second
		var readers sync.WaitGroup
		readers.Go(func() { expectRecent(t, l, "g", 1) })
		sleep(t, 10*time.Second)
		readers.Go(func() { expectRecent(t, l, "g", 1) })
		sleep(t, time.Second)
		readers.Go(func() { expectRecent(t, l, "g", 2) })
		readers.Wait()
		f.expect(t, 2, 0)
	})
}

func TestAWriteEndsTheServiceOfEarlierListingsForItsGroup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, _ := slowListing()
		expectRecent(t, l, "g", 1)
		l.wrote("g")
		expectRecent(t, l, "other", 1)
		expectRecent(t, l, "g", 2)
		expectRecent(t, l, "g", 2)
		expectRecent(t, l, "other", 2)
	})
}

func TestAListingUnderWayDuringAWriteDoesNotServeItsGroup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		var readers sync.WaitGroup
		readers.Go(func() { expectRecent(t, l, "g", 1) }) // asked before the write ended
		sleep(t, time.Second/2)
		l.wrote("g")
		readers.Go(func() { expectRecent(t, l, "g", 2) })
		readers.Go(func() { expectRecent(t, l, "other", 1) })
		synctest.Wait()
		f.expect(t, 1, 0)
		readers.Wait()
		f.expect(t, 2, 0)
	})
}

func TestAListingAfterAMomentBeganAfterIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, _ := slowListing()
		moment := l.now()
		for range 2 {
			if found, err := l.after(t.Context(), moment); err != nil || number(found) != 1 {
				t.Errorf("listing %d (%v), want 1", number(found), err)
			}
		}
		sleep(t, time.Hour)
		if found, err := l.after(t.Context(), moment); err != nil || number(found) != 1 {
			t.Errorf("listing %d (%v): its age does not matter", number(found), err)
		}
		if found, err := l.after(t.Context(), l.now()); err != nil || number(found) != 2 {
			t.Errorf("listing %d (%v), want one from after now", number(found), err)
		}
	})
}

func TestThoseWhoComeTooLateForOneListingShareTheNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		var readers sync.WaitGroup
		readers.Go(func() { expectRecent(t, l, "g", 1) })
		sleep(t, time.Second/2)
		for range 10 {
			readers.Go(func() {
				if found, err := l.after(t.Context(), l.now()); err != nil || number(found) != 2 {
					t.Errorf("listing %d (%v), want 2", number(found), err)
				}
			})
		}
		f.expect(t, 1, 0)
		readers.Wait()
		f.expect(t, 2, 0)
	})
}

func TestAFailureIsToldToAllWhoWaitedAndToNobodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		denied := errors.New("denied")
		f.fails = map[int32]error{1: denied}
		var readers sync.WaitGroup
		for range 3 {
			readers.Go(func() {
				if _, err := l.recent(t.Context(), "g"); !errors.Is(err, denied) {
					t.Errorf("error is %v", err)
				}
			})
		}
		sleep(t, time.Second/2)
		l.wrote("g")
		// The failure of a listing from before the write is not this reader's: it waits for the next.
		readers.Go(func() { expectRecent(t, l, "g", 2) })
		readers.Wait()
		f.expect(t, 2, 0)
	})
}

func TestAFailureLeavesTheLastListing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		denied := errors.New("denied")
		f.fails = map[int32]error{2: denied}
		expectRecent(t, l, "g", 1)
		if _, err := l.after(t.Context(), l.now()); !errors.Is(err, denied) {
			t.Errorf("error is %v", err)
		}
		expectRecent(t, l, "g", 1)
	})
}

// leave starts a reader that is content with any listing and leaves after a time.
func leave(t *testing.T, l *listing[map[string]*Group], readers *sync.WaitGroup, after time.Duration) {
	t.Helper()
	readers.Go(func() {
		reason := errors.New("enough")
		ctx, cancel := context.WithTimeoutCause(t.Context(), after, reason)
		defer cancel()
		start := time.Now()
		_, err := l.after(ctx, 0)
		if !errors.Is(err, reason) || time.Since(start) != after {
			t.Errorf("left after %s with %v, want %s", time.Since(start), err, after)
		}
	})
}

func TestAListingOutlivesTheReaderWhoBeganIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		var readers sync.WaitGroup
		leave(t, l, &readers, time.Second/4)
		sleep(t, time.Second/8)
		readers.Go(func() { expectRecent(t, l, "g", 1) })
		readers.Wait()
		f.expect(t, 1, 0)
	})
}

func TestAListingThatNobodyWaitsForIsCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		var readers sync.WaitGroup
		leave(t, l, &readers, time.Second/4)
		leave(t, l, &readers, time.Second/2)
		sleep(t, time.Second/2-1)
		f.expect(t, 1, 0)
		sleep(t, 1)
		f.expect(t, 1, 1)
		readers.Wait()
		expectRecent(t, l, "g", 2)
	})
}

func TestWhoBoardsACancelledListingWaitsForTheNext(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"it fails":              {errors.New("cancelled late"), 2},
		"it succeeds after all": {nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l, f := slowListing()
				f.stubborn, f.fails = true, map[int32]error{1: c.err}
				var readers sync.WaitGroup
				readers.Go(func() {
					ctx, cancel := context.WithTimeout(t.Context(), time.Second/4)
					defer cancel()
					if _, err := l.after(ctx, 0); err == nil {
						t.Error("a reader whose time was over got a listing")
					}
				})
				sleep(t, time.Second/2)
				f.expect(t, 1, 1)
				leave(t, l, &readers, time.Second/8) // who leaves it again changes nothing
				readers.Go(func() { expectRecent(t, l, "g", c.want) })
				readers.Wait()
				f.expect(t, int32(c.want), 1)
			})
		})
	}
}

func TestAReaderMayLeaveInTheMomentInWhichAListingEnds(t *testing.T) {
	t.Parallel()
	for range 200 {
		synctest.Test(t, func(t *testing.T) {
			l, f := slowListing()
			ctx, cancel := context.WithTimeout(t.Context(), f.takes)
			defer cancel()
			var readers sync.WaitGroup
			readers.Go(func() { expectRecent(t, l, "g", 1) })
			readers.Go(func() {
				if found, err := l.recent(ctx, "g"); number(found) != 1 && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("listing %d, error %v", number(found), err)
				}
			})
			readers.Go(func() { expectRecent(t, l, "g", 1) })
			readers.Wait()
			expectRecent(t, l, "g", 1)
			f.expect(t, 1, 0)
		})
	}
}

func TestAReaderWhoseContextHasEndedLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := slowListing()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		start := time.Now()
		if _, err := l.recent(ctx, "g"); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
		synctest.Wait()
		if f.begun.Load() != f.cancelled.Load() || !time.Now().Equal(start) {
			t.Errorf("%d fetches begun and %d cancelled after %s", f.begun.Load(), f.cancelled.Load(), time.Since(start))
		}
	})
}

func TestAListingKeepsTheValuesAndNotTheDeadlineOfItsFirstReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		l := newListing(func(ctx context.Context) (map[string]*Group, error) {
			if _, ok := ctx.Deadline(); ok || ctx.Value(key{}) != "value" {
				t.Error("the fetch has the reader's deadline, or not its values")
			}
			return map[string]*Group{}, nil
		})
		ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, "value"), time.Minute)
		defer cancel()
		if _, err := l.recent(ctx, "g"); err != nil {
			t.Error(err)
		}
	})
}
