// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// workspace is a directory with a configuration and a state, in which the CLI runs.
type workspace struct {
	terraform string
	dir       string
	env       []string
}

// newWorkspace makes one in which the CLI takes the provider that was built. There is nothing to init.
func (b *bench) newWorkspace(name string, env []string) (*workspace, error) {
	w := &workspace{terraform: b.terraform, dir: filepath.Join(b.scratch, name)}
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return nil, fmt.Errorf("making a workspace: %w", err)
	}
	w.env = append(cleanEnvironment(), "TF_IN_AUTOMATION=1")
	w.env = append(w.env, env...)
	return w.withProvider(filepath.Dir(b.provider))
}

// withProvider is the same workspace, but the CLI takes the provider in that directory.
func (w *workspace) withProvider(dir string) (*workspace, error) {
	const override = "provider_installation {\n  dev_overrides {\n    \"terraform-provider-dli/dli\" = %q\n  }\n  direct {}\n}\n"
	settings := filepath.Base(dir) + ".tfrc"
	if err := w.write(settings, fmt.Sprintf(override, dir)); err != nil {
		return nil, err
	}
	with := *w
	with.env = append(slices.Clip(w.env), "TF_CLI_CONFIG_FILE="+filepath.Join(w.dir, settings))
	return &with, nil
}

// cleanEnvironment is the caller's without what is set for other work, credentials above all.
func cleanEnvironment() []string {
	env := []string{"CHECKPOINT_DISABLE=1"}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "HW_") {
			env = append(env, variable)
		}
	}
	return env
}

func (w *workspace) write(name, text string) error {
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		return fmt.Errorf("writing a workspace: %w", err)
	}
	return nil
}

func (w *workspace) configure(text string) error { return w.write("main.tf", text) }

// cost is what a command took.
type cost struct {
	wall time.Duration
	// cpu is that of the CLI and of its providers together. It suffers less from what else the machine does.
	cpu time.Duration
	// memory is the peak of the resident set of the largest process of the provider, in bytes; 0 where it is not known.
	memory int64
}

// The commands that are measured. A plan that finds something to do fails.
const (
	validate = "validate -no-color"
	plan     = "plan -input=false -no-color -detailed-exitcode"
	apply    = "apply -input=false -json -auto-approve"
)

// run runs a command to its end.
func (w *workspace) run(ctx context.Context, arguments string) (cost, error) {
	running, err := w.start(ctx, arguments)
	if err != nil {
		return cost{}, err
	}
	return running.wait(func([]byte) {})
}

// command is one that runs.
type command struct {
	process *exec.Cmd
	out     *bufio.Scanner
	errors  bytes.Buffer
	started time.Time
	watch   *memoryWatch
}

func (w *workspace) start(ctx context.Context, arguments string) (*command, error) {
	c := &command{process: exec.CommandContext(ctx, w.terraform, strings.Fields(arguments)...)} //nolint:gosec // the CLI that the user names
	c.process.Dir, c.process.Env, c.process.Stderr = w.dir, w.env, &c.errors
	// A CLI that is killed leaves its providers behind.
	c.process.Cancel = c.interrupt
	c.process.WaitDelay = time.Minute
	out, err := c.process.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("reading from the CLI: %w", err)
	}
	c.out = bufio.NewScanner(out)
	c.out.Buffer(nil, 1<<20)
	c.started = time.Now()
	if err := c.process.Start(); err != nil {
		return nil, fmt.Errorf("starting the CLI: %w", err)
	}
	c.watch = watchMemory(c.process.Process.Pid)
	return c, nil
}

// interrupt is Ctrl-C.
func (c *command) interrupt() error {
	if err := c.process.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("interrupting the CLI: %w", err)
	}
	return nil
}

// wait hands on each line of the output and returns when the command has ended.
func (c *command) wait(line func([]byte)) (cost, error) {
	var last string
	for c.out.Scan() {
		line(c.out.Bytes())
		last = c.out.Text()
	}
	err := c.process.Wait()
	ended := c.process.ProcessState
	spent := cost{wall: time.Since(c.started), cpu: ended.UserTime() + ended.SystemTime(), memory: c.watch.end()}
	if err != nil {
		return spent, fmt.Errorf("%s: %w\n%s\n%s", strings.Join(c.process.Args, " "), err, last, c.errors.String())
	}
	return spent, nil
}
