// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// measureInterrupt measures Ctrl-C during a wait that would take an hour.
func (b *bench) measureInterrupt(ctx context.Context) error {
	var ends, exits []time.Duration
	for i := range b.runs {
		b.say("Ctrl-C, run %d of %d", i+1, b.runs)
		ended, exited, err := b.interrupt(ctx, fmt.Sprintf("interrupt-%d", i))
		if err != nil {
			return err
		}
		ends, exits = append(ends, ended), append(exits, exited)
	}
	b.table.add("Ctrl-C during a wait: until Create has returned", seconds(median(ends)), "≤ 1 s")
	b.table.add("Ctrl-C during a wait: until the CLI has ended", seconds(median(exits)), "")
	return nil
}

// interrupt returns when, after Ctrl-C, the CLI said that Create had returned, and when it ended itself.
func (b *bench) interrupt(ctx context.Context, name string) (ended, exited time.Duration, err error) {
	cloud, w, err := b.newWorld(ctx, name, time.Hour)
	if err != nil {
		return 0, 0, err
	}
	defer cloud.close()
	if err := w.configure(cloud.groups(1, asynchronous)); err != nil {
		return 0, 0, err
	}
	running, err := w.start(ctx, apply)
	if err != nil {
		return 0, 0, err
	}
	pressed := make(chan time.Time, 1)
	press := func() {
		pressed <- time.Now()
		_ = running.interrupt() // it has ended: then it says so itself
	}
	// The first listing is before the upload; the fourth is in the midst of the wait.
	cloud.Inject(dlisim.Fault{Operation: dlisim.OpList, Skip: 3, Times: 1, After: press})
	var returned time.Time
	_, err = running.wait(func(line []byte) {
		var event event
		if json.Unmarshal(line, &event) == nil && event.Type == "apply_errored" {
			returned = event.Time
		}
	})
	end := time.Now()
	if err == nil || returned.IsZero() {
		return 0, 0, errors.Join(errors.New("the interrupted apply did not fail as one"), err)
	}
	at := <-pressed
	return returned.Sub(at), end.Sub(at), nil
}
