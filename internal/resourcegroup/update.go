// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

func (r *groupResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan model
	var owner types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("owner"), &owner)...)
	timeout, diags := plan.Timeouts.Update(ctx, updateTimeout)
	resp.Diagnostics.Append(diags...)
	state, held, diags := r.stated(ctx, req.State, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	wanted := plan.desired(owner)
	ctx, cancel := within(ctx, timeout)
	defer cancel()

	change := r.newApply(actionUpdate, wanted, held, state)
	todo := wanted.compare(held, change.sent, state.present())
	todo.owner = wanted.ownerDiffers(state, held)
	to := saved{&resp.State, resp.Private, resp.Identity, &resp.Diagnostics}
	if !todo.touchesPackages() && !todo.owner && sameTags(wanted.tags, change.tags.stated) {
		change.adopt()
		r.save(ctx, change, plan, state, true, to)
		return
	}
	if todo.touchesPackages() {
		// The plan is older than this call: what is there now decides.
		group, err := r.scope.Client.GroupNow(ctx, wanted.group, change.knownNames())
		if err != nil && !errors.Is(err, dli.ErrAbsent) {
			resp.Diagnostics.Append(unseen(ctx, actionUpdate, wanted.group, err))
			return
		}
		change.see(group)
		differs := todo.owner
		present, overwritten := planned(state, change.holding, group)
		todo = wanted.compare(change.holding, change.sent, present)
		todo.owner = differs
		overwritten = slices.DeleteFunc(overwritten, func(name string) bool { return !slices.Contains(todo.upload, name) })
		switch {
		case len(overwritten) > 0 && group.Listed:
			resp.Diagnostics.Append(strangersArrived(wanted.group, overwritten))
			return
		case len(overwritten) > 0: // no plan sees what others put into a hidden group
			resp.Diagnostics.Append(strangersOverwritten(wanted.group, overwritten))
		}
	}
	succeeded := change.run(ctx, todo)
	change.adopt()
	resp.Diagnostics.Append(change.diags...)
	r.save(ctx, change, plan, state, succeeded, to)
}

// planned are the packages of the group that the plan knew, as they are now. Those that others put there since are left
// to the next plan, which can tell of them.
func planned(state model, held holding, group *dli.Group) (present map[string]dli.Status, since []string) {
	known := state.present()
	present = statuses(group)
	for _, name := range group.Names() {
		if _, planned := known[name]; !planned && !held.holds(name) {
			delete(present, name)
			since = append(since, name)
		}
	}
	return present, since
}

// adopt takes over the configured path of each package that is there under its bare name.
func (a *apply) adopt() {
	for name, stated := range a.holding.ready {
		if configured, ok := a.desired.paths[name]; ok && isBareName(stated) {
			a.holding.ready[name] = configured
		}
	}
}

// statuses are the packages of the group and their statuses, as the service has them.
func statuses(group *dli.Group) map[string]dli.Status {
	present := map[string]dli.Status{}
	for _, name := range group.Names() {
		present[name] = group.Packages[name].Status
	}
	return present
}
