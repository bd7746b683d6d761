// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// taggedGroups is how many groups are planned with their tags: their packages fill two pages of the answer that shows
// the tags of all.
const taggedGroups = 1000

// measureTags measures what the tags of the groups add to a plan where the service shows those of all packages at once,
// and where it does not.
func (b *bench) measureTags(ctx context.Context) error {
	cloud, w, err := b.applied(ctx, "tags", taggedGroups, tagged)
	if err != nil {
		return err
	}
	defer cloud.close()
	for _, atOnce := range []bool{true, false} {
		b.say("plan of %d tagged groups", taggedGroups)
		cloud.SetBehaviour(func(behaviour *dlisim.Behaviour) { behaviour.BulkTagFilter = atOnce })
		cloud.ResetJournal()
		run, err := w.run(ctx, plan)
		if err != nil {
			return err
		}
		what, goal := fmt.Sprintf("plan of %d groups with tags", taggedGroups), "≤ 3"
		if !atOnce {
			what, goal = what+", where the service shows them one by one", ""
		}
		b.table.add(what+": requests", strconv.Itoa(len(cloud.Journal())), goal)
		b.table.add(what+": wall", seconds(run.wall), "")
	}
	return nil
}
