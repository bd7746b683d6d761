// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// apply brings one group to what is desired and keeps account of what was done, so that the state tells the truth
// wherever it ends.
type apply struct {
	client  *dli.Client
	action  string
	desired desired

	holding holding
	sent    map[string]string // source hashes of the last upload of each package
	group   *dli.Group        // as seen last; nil when it is absent
	seen    bool              // whether it was looked at
	owner   string            // the owner of the group as seen last
	tags    *tagBook
	policy  TagPolicy
	wrote   bool // something was sent that changes the group

	// doubtful packages are those of the last upload until the service has accepted it; uncertain says that it ended
	// without a word from the service.
	doubtful  []string
	uncertain bool
	unshown   map[string]bool // packages that the service has accepted and not shown since

	diags diag.Diagnostics
}

func (r *groupResource) newApply(action string, wanted desired, held holding, state model) *apply {
	sent := stringMapOf(state.SourceHash)
	if sent == nil {
		sent = map[string]string{}
	}
	return &apply{
		client:  r.scope.Client,
		action:  action,
		desired: wanted,
		holding: held,
		sent:    sent,
		unshown: map[string]bool{},
		owner:   state.Owner.ValueString(),
		tags:    newTagBook(held.names(), r.scope.Tags.visible(stringMapOf(state.TagsAll))),
		policy:  r.scope.Tags,
	}
}

// run takes the steps in the order in which a running job never misses a package: uploads first, deletions after
// them. It reports whether all of them succeeded.
func (a *apply) run(ctx context.Context, todo work) bool {
	steps := []func(context.Context) error{
		func(ctx context.Context) error { return a.upload(ctx, todo) },
		func(ctx context.Context) error { return a.remove(ctx, todo.remove) },
		func(ctx context.Context) error { return a.changeOwner(ctx, todo) },
		a.changeTags,
		a.look,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			a.settle(ctx)
			a.diags.Append(a.diagnose(ctx, err))
			return false
		}
	}
	return true
}

// upload sends what is to upload in one call and waits for it, and then for what an earlier apply had begun.
func (a *apply) upload(ctx context.Context, todo work) error {
	before, ours := a.group, a.holding.all()
	if err := a.deliver(ctx, todo.upload); err != nil {
		return err
	}
	if err := a.awaitReady(ctx, todo.upload); err != nil {
		return err
	}
	// The documents disagree on whether an upload adds to the group or replaces it. Where it replaces, what was there
	// is gone now, and so is what was under way; only an upload of everything brings it back without losing the rest again.
	if len(todo.upload) > 0 && a.lacksAny() {
		all := a.desired.names()
		if err := a.deliver(ctx, all); err != nil {
			return err
		}
		if err := a.awaitReady(ctx, all); err != nil {
			return err
		}
	}
	a.reportLost(before, ours)
	return a.awaitReady(ctx, todo.await)
}

// reportLost says which packages of others went away with an upload.
func (a *apply) reportLost(before *dli.Group, ours map[string]string) {
	if a.group == nil || !a.group.Listed {
		return
	}
	var lost []string
	for _, name := range before.Names() {
		_, there := a.group.Package(name)
		_, held := ours[name]
		if _, wanted := a.desired.paths[name]; !there && !held && !wanted {
			lost = append(lost, name)
		}
	}
	if len(lost) > 0 {
		a.diags.Append(strangersLost(a.desired.group, lost))
	}
}

func (a *apply) deliver(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	a.doubtful = names
	a.writes(ctx)
	if err := a.client.Deliver(ctx, a.desired.upload(names), a.group); err != nil {
		a.uncertain = dli.IsUncertain(err) || ctx.Err() != nil
		return err
	}
	a.accept(names)
	return nil
}

// writes says that what comes next changes the group, unless the context has ended already.
func (a *apply) writes(ctx context.Context) {
	a.wrote = a.wrote || ctx.Err() == nil
}

// accept records an upload that the service has taken.
func (a *apply) accept(names []string) {
	a.doubtful = nil
	for _, name := range names {
		a.holding.accept(name, a.desired.paths[name])
		a.unshown[name] = true
		a.tags.uploaded(name, a.desired.tags)
		delete(a.sent, name)
		if hash, ok := a.desired.hashes[name]; ok {
			a.sent[name] = hash
		}
	}
}

func (a *apply) awaitReady(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	group, err := a.client.WaitReady(ctx, a.desired.group, names)
	if group != nil && group.Listed {
		a.see(group)
		return err
	}
	if err != nil {
		return err
	}
	// Of a group that the listing hides the wait saw only the packages that it waited for.
	return a.look(ctx)
}

// see takes note of the group as it is now.
func (a *apply) see(group *dli.Group) {
	a.group, a.seen = group, true
	if group != nil && group.Owner != "" {
		a.owner = group.Owner
	}
	for _, name := range group.Names() {
		delete(a.unshown, name)
	}
	a.holding.observe(group)
	a.tags.keep(a.holding)
}

func (a *apply) lacksAny() bool {
	for name := range a.desired.paths {
		if _, ok := a.group.Package(name); !ok {
			return true
		}
	}
	return false
}

// remove deletes packages side by side and waits until they are gone.
func (a *apply) remove(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	a.writes(ctx)
	err := dli.AllPackages(ctx, names, func(ctx context.Context, name string) error {
		if err := a.client.DeletePackage(ctx, a.desired.group, name); err != nil {
			return fmt.Errorf("%q was not deleted: %w", name, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	group, err := a.client.WaitGone(ctx, a.desired.group, names)
	if group != nil && group.Listed {
		a.see(group)
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		a.holding.drop(name)
	}
	a.tags.keep(a.holding)
	return nil
}

// look reads the group as it is after our last write to it.
func (a *apply) look(ctx context.Context) error {
	group, err := a.client.Group(ctx, a.desired.group, a.holding.names())
	if err != nil && !errors.Is(err, dli.ErrAbsent) {
		return err
	}
	a.see(group)
	return nil
}

// knownNames are the packages that may be in the group because of us.
func (a *apply) knownNames() []string {
	names := append(a.holding.names(), a.desired.names()...)
	slices.Sort(names)
	return slices.Compact(names)
}

// statedHashes are the source hashes for the state after an apply that did not succeed.
func (a *apply) statedHashes() map[string]string {
	if len(a.sent) == 0 {
		return nil
	}
	return a.sent
}
