// SPDX-License-Identifier: MPL-2.0

package leaktest

import (
	"os"
	"os/signal"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The bubble makes patience cost no time.
func TestMain_failsWhenAGoroutineIsLeft(t *testing.T) { //nolint:paralleltest // it looks at all goroutines of the process
	for name, c := range map[string]struct { //nolint:paralleltest // so do these
		tests func(end chan struct{}) int
		want  int
	}{
		"nothing was started":           {func(chan struct{}) int { return 0 }, 0},
		"one stays":                     {func(end chan struct{}) int { go stay(end); return 0 }, 1},
		"one ends after the tests":      {func(chan struct{}) int { go linger(patience / 2); return 0 }, 0},
		"the tests fail":                {func(chan struct{}) int { return 3 }, 3},
		"the tests fail, and one stays": {func(end chan struct{}) int { go stay(end); return 3 }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				end := make(chan struct{})
				defer close(end)
				go stayFromBefore(end)
				code, left := run(func() int { return c.tests(end) })
				if code != c.want {
					t.Errorf("the exit code is %d, want %d; left: %q", code, c.want, left)
				}
				if found := len(left) == 1 && strings.Contains(left[0], "leaktest.stay("); found != (c.want == 1) {
					t.Errorf("left: %q", left)
				}
			})
		})
	}
}

func stay(end chan struct{}) { <-end }

func stayFromBefore(end chan struct{}) { <-end }

func linger(duration time.Duration) { <-time.After(duration) }

func TestMain_leavesTheGoroutineOfSignalsAlone(t *testing.T) { //nolint:paralleltest // it looks at all goroutines of the process
	code, left := run(func() int {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt)
		signal.Stop(signals)
		return 0
	})
	if code != 0 {
		t.Errorf("the exit code is %d; left: %q", code, left)
	}
}
