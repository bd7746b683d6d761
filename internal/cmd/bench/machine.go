// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// surroundings are what a figure depends on besides the provider.
type surroundings struct {
	cli  string
	load string
}

func machine(ctx context.Context, terraform string) surroundings {
	found := surroundings{cli: terraform, load: load()}
	version := exec.CommandContext(ctx, terraform, "version")
	version.Env = cleanEnvironment()
	if out, err := version.Output(); err == nil {
		found.cli, _, _ = strings.Cut(string(out), "\n")
	}
	return found
}

func (s surroundings) String() string {
	return fmt.Sprintf("%s, %s/%s, %d cores, %s", s.cli, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
}

// load is how many processes wanted a core, on average over 1, 5 and 15 minutes; only Linux tells.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
