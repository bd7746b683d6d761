// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// event is a line of the CLI's output with -json.
type event struct {
	Time time.Time `json:"@timestamp"`
	Type string    `json:"type"`
	Hook struct {
		Resource struct {
			Key int `json:"resource_key"`
		} `json:"resource"`
	} `json:"hook"`
}

// creation is an apply that makes groups.
type creation struct {
	cost
	requests int
	// delays are from the moment a group is READY to the moment the CLI says that it is created.
	delays []time.Duration
}

// create creates as many groups at once, whose packages are READY uploadTime after their upload.
func (b *bench) create(ctx context.Context, name string, count int, uploadTime time.Duration) (creation, error) {
	var made creation
	cloud, w, err := b.newWorld(ctx, name, uploadTime)
	if err != nil {
		return made, err
	}
	defer cloud.close()
	if err := w.configure(cloud.groups(count, asynchronous)); err != nil {
		return made, err
	}
	running, err := w.start(ctx, apply)
	if err != nil {
		return made, err
	}
	created := map[string]time.Time{}
	made.cost, err = running.wait(func(line []byte) {
		var event event
		if json.Unmarshal(line, &event) == nil && event.Type == "apply_complete" {
			created[copyName(event.Hook.Resource.Key)] = event.Time
		}
	})
	if err != nil {
		return made, err
	}
	made.requests = len(cloud.Journal())
	for _, group := range cloud.Groups() {
		// Its packages were uploaded in one call, at the time of its making.
		made.delays = append(made.delays, created[group.Name].Sub(group.Created.Add(uploadTime)))
	}
	return made, nil
}

// measureCreation measures what the CLI does ten at a time, while each wait shares its looks with the others.
func (b *bench) measureCreation(ctx context.Context) error {
	const uploadTime = 2 * time.Second
	b.say("create %d groups", b.creates)
	made, err := b.create(ctx, "create", b.creates, uploadTime)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("create of %d groups that take %s: ", b.creates, uploadTime)
	b.table.add(what+"requests", strconv.Itoa(made.requests), "")
	b.table.add(what+"wall", seconds(made.wall), "")
	b.table.add(what+"READY → created, median", seconds(median(made.delays)), "≤ 0.5 s")
	return nil
}

// measureWaits spreads the moments of READY evenly over more than the longest interval between two looks, so that the
// median does not hang on where a look happens to fall.
func (b *bench) measureWaits(ctx context.Context) error {
	const first, last, step = 2 * time.Second, 3 * time.Second, 100 * time.Millisecond
	var delays []time.Duration
	for uploadTime := first; uploadTime < last; uploadTime += step {
		b.say("wait of %s", uploadTime)
		made, err := b.create(ctx, "wait-"+uploadTime.String(), 5, uploadTime)
		if err != nil {
			return err
		}
		delays = append(delays, made.delays...)
	}
	what := fmt.Sprintf("READY → created, median of %d groups that take %s to %s", len(delays), first, last)
	b.table.add(what, seconds(median(delays)), "≤ 0.5 s")
	return nil
}
