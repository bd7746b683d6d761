// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// farewell bounds the look after a cancelled call: a user who pressed Ctrl-C waits for it.
const farewell = 750 * time.Millisecond

// settle finds out what is there after a step failed. When the context has ended it looks on one of its own, shortly:
// what the service took must be in the state.
func (a *apply) settle(ctx context.Context) {
	cancelled := ctx.Err() != nil
	if cancelled {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
	}
	before, doubtful := a.group, a.doubtful
	now, err := a.client.GroupNow(ctx, a.desired.group, a.knownNames())
	unseen := err != nil && !errors.Is(err, dli.ErrAbsent)
	var open []string
	for _, name := range doubtful {
		if dli.Arrived(name, before, now) {
			a.accept([]string{name})
		} else if a.uncertain {
			open = append(open, name)
		}
	}
	accepted := slices.Sorted(maps.Keys(a.unshown))
	if !unseen {
		a.see(now)
		a.settleTags(ctx)
	}
	if !cancelled && !unseen {
		return
	}
	// An upload that was cancelled, or accepted and not shown yet, may still arrive after this look: until a refresh knows
	// better it counts as begun. Where one of unknown fate overwrites, no refresh will tell which content is there.
	for _, name := range open {
		path := a.desired.paths[name]
		if a.holding.holds(name) {
			path = noContent
		}
		a.holding.accept(name, path)
	}
	for _, name := range accepted {
		if !a.holding.holds(name) {
			a.holding.accept(name, a.desired.paths[name])
		}
	}
}
