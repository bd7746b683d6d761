// SPDX-License-Identifier: MPL-2.0

package leaktest

import (
	"bytes"
	"fmt"
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
	code, left := run(m.Run)
	if len(left) > 0 {
		fmt.Fprintf(os.Stderr, "FAIL: the tests left %d goroutines behind:\n\n%s\n", len(left), strings.Join(left, "\n\n"))
	}
	return code
}

// run returns the exit code, and the stacks of what is left after tests that pass.
func run(tests func() int) (int, []string) {
	before := goroutines()
	if code := tests(); code != 0 {
		return code, nil // a test that was cut short did not clean up
	}
	end, again := time.After(patience), time.NewTicker(interval)
	defer again.Stop()
	for {
		left := since(before)
		if len(left) == 0 {
			return 0, nil
		}
		select {
		case <-again.C:
		case <-end:
			return 1, left
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
