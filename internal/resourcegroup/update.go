// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"

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
		todo = wanted.compare(change.holding, change.sent, statuses(group))
		todo.owner = differs
	}
	succeeded := change.run(ctx, todo)
	change.adopt()
	resp.Diagnostics.Append(change.diags...)
	r.save(ctx, change, plan, state, succeeded, to)
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
