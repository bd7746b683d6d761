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
		if dli.Arrived(name, before, now) || failedSince(name, before, now) {
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
	// Where an upload of unknown fate overwrites, no refresh will tell which content is there: while it may still arrive
	// after this look, and of a package without times at all.
	for _, name := range open {
		found, _ := now.Package(name)
		if a.holding.holds(name) && (cancelled || unseen || found.Updated.IsZero()) {
			a.holding.accept(name, noContent)
		}
	}
	if !cancelled && !unseen {
		return
	}
	// An upload that was cancelled, or accepted and not shown yet, may still arrive: until a refresh knows better it
	// counts as begun.
	for _, name := range append(open, accepted...) {
		if !a.holding.holds(name) {
			a.holding.accept(name, a.desired.paths[name])
		}
	}
}

// failedSince reports whether the package FAILED between the two looks.
func failedSince(name string, before, now *dli.Group) bool {
	earlier, _ := before.Package(name)
	found, _ := now.Package(name)
	return found.Status == dli.StatusFailed && earlier.Status != dli.StatusFailed
}
