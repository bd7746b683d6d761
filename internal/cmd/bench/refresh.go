// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
)

// measureProvider measures what every command pays before the provider does anything.
func (b *bench) measureProvider(ctx context.Context) error {
	binary, err := os.Stat(b.provider)
	if err != nil {
		return fmt.Errorf("measuring the provider: %w", err)
	}
	cloud, w, err := b.newWorld(ctx, "validate", 0)
	if err != nil {
		return err
	}
	defer cloud.close()
	if err := w.configure(cloud.groups(1, synchronous)); err != nil {
		return err
	}
	b.say("validate")
	var runs []cost
	for range 3 * b.runs {
		run, err := w.run(ctx, validate)
		if err != nil {
			return err
		}
		runs = append(runs, run)
	}
	whole := medianCost(runs)
	b.table.add("stripped binary", megabytes(binary.Size()), "≤ 24 MB")
	b.table.add("validate: wall", seconds(whole.wall), "≤ 0.15 s")
	b.table.add("validate: peak RSS of the provider", megabytes(whole.memory), "≤ 25 MB")
	return nil
}

// measureRefreshes measures plans that find nothing to do, beside those of resources without a provider.
func (b *bench) measureRefreshes(ctx context.Context) error {
	for _, size := range b.sizes {
		if err := b.measureRefresh(ctx, size); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) measureRefresh(ctx context.Context, size int) error {
	trio, err := b.newTrio(ctx, size)
	if err != nil {
		return err
	}
	defer trio.cloud.close()
	var floors, unreads, plans []cost
	requests := 0
	times := b.runsOf(size)
	for i := range times {
		b.say("plan of %d groups, run %d of %d", size, i+1, times)
		floor, err := trio.floor.run(ctx, plan)
		if err != nil {
			return err
		}
		unread, err := trio.unread.run(ctx, plan)
		if err != nil {
			return err
		}
		trio.cloud.ResetJournal()
		run, err := trio.groups.run(ctx, plan)
		if err != nil {
			return err
		}
		floors, unreads, plans = append(floors, floor), append(unreads, unread), append(plans, run)
		requests = max(requests, len(trio.cloud.Journal()))
	}
	what := fmt.Sprintf("plan of %d groups: ", size)
	whole, unread, floor := medianCost(plans), medianCost(unreads), medianCost(floors)
	b.table.add(what+"requests", strconv.Itoa(requests), "≤ 3")
	b.table.add(what+"wall, and of as many terraform_data", seconds(whole.wall)+", "+seconds(floor.wall), "")
	b.table.add(what+"wall ÷ that of terraform_data", ratio(whole.wall, floor.wall), goalOfRatio(size))
	b.table.add(what+"the same of a provider that reads nothing", ratio(unread.wall, floor.wall), "")
	b.table.add(what+"CPU of CLI and provider, and of terraform_data", seconds(whole.cpu)+", "+seconds(floor.cpu), "")
	b.table.add(what+"peak RSS of the provider", megabytes(whole.memory), "")
	return nil
}

// trio are three workspaces with as many resources: of our provider, of one that reads nothing, and of the CLI's own.
type trio struct {
	cloud                 *cloud
	groups, unread, floor *workspace
}

func (b *bench) newTrio(ctx context.Context, size int) (*trio, error) {
	cloud, groups, err := b.applied(ctx, fmt.Sprintf("groups-%d", size), size, synchronous)
	if err != nil {
		return nil, err
	}
	made := &trio{cloud: cloud, groups: groups}
	if made.unread, err = b.withUnread(groups); err == nil {
		made.floor, err = b.newFloor(ctx, fmt.Sprintf("floor-%d", size), size)
	}
	if err != nil {
		cloud.close()
		return nil, err
	}
	return made, nil
}

func (b *bench) newFloor(ctx context.Context, name string, size int) (*workspace, error) {
	w, err := b.newWorkspace(name, nil)
	if err != nil {
		return nil, err
	}
	return w, w.fill(ctx, floor, size)
}

// goalOfRatio is set where the start of the processes no longer weighs and the CLI is still usable.
func goalOfRatio(size int) string {
	if size == 1000 {
		return "≤ 1.5"
	}
	return ""
}

// runsOf is fewer for plans of minutes, on which chance weighs less.
func (b *bench) runsOf(size int) int {
	if size > 1000 {
		return max(1, b.runs/5)
	}
	return b.runs
}
