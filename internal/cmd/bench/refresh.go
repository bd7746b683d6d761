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
	if err := w.configure(cloud.groups(1, false)); err != nil {
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
	cloud, groups, err := b.applied(ctx, fmt.Sprintf("groups-%d", size), size)
	if err != nil {
		return err
	}
	defer cloud.close()
	bare, err := b.newWorkspace(fmt.Sprintf("floor-%d", size), nil)
	if err != nil {
		return err
	}
	if err := bare.fill(ctx, floor, size); err != nil {
		return err
	}
	var floors, plans []cost
	requests := 0
	times := b.runsOf(size)
	for i := range times {
		b.say("plan of %d groups, run %d of %d", size, i+1, times)
		floor, err := bare.run(ctx, plan)
		if err != nil {
			return err
		}
		cloud.ResetJournal()
		run, err := groups.run(ctx, plan)
		if err != nil {
			return err
		}
		floors, plans = append(floors, floor), append(plans, run)
		requests = max(requests, len(cloud.Journal()))
	}
	what := fmt.Sprintf("plan of %d groups: ", size)
	whole, floor := medianCost(plans), medianCost(floors)
	b.table.add(what+"requests", strconv.Itoa(requests), "≤ 3")
	b.table.add(what+"wall, and of as many terraform_data", seconds(whole.wall)+", "+seconds(floor.wall), "")
	b.table.add(what+"wall ÷ that of terraform_data", ratio(whole.wall, floor.wall), goalOfRatio(size))
	b.table.add(what+"CPU of CLI and provider, and of terraform_data", seconds(whole.cpu)+", "+seconds(floor.cpu), "")
	b.table.add(what+"peak RSS of the provider", megabytes(whole.memory), "")
	return nil
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
