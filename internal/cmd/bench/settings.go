// SPDX-License-Identifier: MPL-2.0

package main

import (
	"flag"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// settings is what the flags say.
type settings struct {
	terraform string
	provider  string
	sizes     []int
	creates   int
	runs      int
	latency   time.Duration
}

func parse(arguments []string, stderr io.Writer) (settings, error) {
	s := settings{sizes: []int{1, 100, 1000, 10000}}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.terraform, "terraform", "terraform", "the CLI, terraform or tofu: a `path` or a name on PATH")
	flags.StringVar(&s.provider, "provider", "bin/terraform-provider-dli", "`path` of the provider that was built")
	flags.Func("sizes", "`numbers` of groups to plan, separated by commas (default 1,100,1000,10000)", s.setSizes)
	flags.IntVar(&s.creates, "creates", 100, "`number` of groups to create")
	flags.IntVar(&s.runs, "runs", 5, "`number` of runs that a median is of")
	flags.DurationVar(&s.latency, "latency", 20*time.Millisecond, "added to each request by the simulator")
	if err := flags.Parse(arguments); err != nil {
		return s, fmt.Errorf("reading the flags: %w", err)
	}
	if flags.NArg() > 0 || s.runs < 1 || s.creates < 1 {
		return s, fmt.Errorf("bench takes flags only, with at least one run and one create, not %q", arguments)
	}
	var err error
	if s.terraform, err = exec.LookPath(s.terraform); err != nil {
		return s, fmt.Errorf("there is no CLI; name one with -terraform: %w", err)
	}
	// Each command runs in a workspace of its own, so what is relative must become absolute here.
	if s.terraform, err = filepath.Abs(s.terraform); err != nil {
		return s, fmt.Errorf("finding the CLI: %w", err)
	}
	if s.provider, err = filepath.Abs(s.provider); err != nil {
		return s, fmt.Errorf("finding the provider: %w", err)
	}
	return s, nil
}

func (s *settings) setSizes(text string) error {
	s.sizes = nil
	for word := range strings.SplitSeq(text, ",") {
		size, err := strconv.Atoi(word)
		if err != nil || size < 1 || size > mostCopies {
			return fmt.Errorf("%q is not a number from 1 to %d", word, mostCopies)
		}
		s.sizes = append(s.sizes, size)
	}
	return nil
}
