// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	if filepath.Base(os.Args[0]) == providerBinary {
		if err := serveUnread(); err != nil {
			_, _ = fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err == nil {
		return
	}
	if !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "bench:", err)
	}
	os.Exit(1)
}

// run measures one thing after the other, for they would slow each other down. All that it makes is in one temporary
// directory, which goes with it.
func run(ctx context.Context, arguments []string, stdout, stderr io.Writer) (err error) {
	settings, err := parse(arguments, stderr)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "dli-bench.")
	if err != nil {
		return fmt.Errorf("making a place for workspaces: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()

	b := &bench{settings: settings, scratch: scratch, progress: stderr}
	before := machine(ctx, settings.terraform)
	measurements := []func(context.Context) error{
		b.measureProvider, b.measureRefreshes, b.measureTags, b.measureThrottling, b.measureCreation, b.measureWaits, b.measureInterrupt,
	}
	for _, measure := range measurements {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(stdout, "%s.\nLoad of the machine (1, 5, 15 min): %s before, %s after.\n\n%s",
		before, before.load, load(), b.table)
	if err != nil {
		return fmt.Errorf("printing the table: %w", err)
	}
	return nil
}

// bench is one series of measurements.
type bench struct {
	settings
	scratch  string
	progress io.Writer
	table    table
}

func (b *bench) say(format string, values ...any) {
	_, _ = fmt.Fprintf(b.progress, "bench: "+format+"\n", values...)
}
