// SPDX-License-Identifier: MPL-2.0

package leaktest

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	// patience only bounds how long a failure takes: a goroutine that ends at all ends long before.
	patience = 10 * time.Second
	interval = 20 * time.Millisecond

	// signalLoop is where the one goroutine of os/signal stays, from the first time that anybody asks for a signal.
	signalLoop = "\nos/signal.loop("
)

// Main runs the tests of a package and waits until the goroutines that they started have ended. It returns the exit
// code for TestMain: that of the tests, or 1 when goroutines are left, whose stacks it prints.
func Main(m *testing.M) int {
	return run(m.Run, os.Stderr)
}

func run(tests func() int, report io.Writer) int {
	before := goroutines()
	if code := tests(); code != 0 {
		return code // a test that was cut short did not get to its end
	}
	end, again := time.After(patience), time.NewTicker(interval)
	defer again.Stop()
	for {
		left := since(before)
		if len(left) == 0 {
			return 0
		}
		select {
		case <-again.C:
		case <-end:
			fmt.Fprintf(report, "FAIL: the tests left %d goroutines behind:\n\n%s\n", len(left), strings.Join(left, "\n\n"))
			return 1
		}
	}
}

// since are the stacks of the goroutines that were not there before and should end.
func since(before map[string]string) []string {
	var started []string
	for id, stack := range goroutines() {
		if _, old := before[id]; !old && !strings.Contains(stack, signalLoop) {
			started = append(started, stack)
		}
	}
	slices.Sort(started)
	return started
}

// goroutines are the stacks of all goroutines, by "goroutine <id>", with which each begins.
func goroutines() map[string]string {
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 2); err != nil {
		panic(err) // a buffer takes everything
	}
	stacks := map[string]string{}
	for stack := range strings.SplitSeq(strings.TrimSpace(profile.String()), "\n\n") {
		id, _, _ := strings.Cut(stack, " [")
		stacks[id] = stack
	}
	return stacks
}
