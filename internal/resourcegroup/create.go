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

// What an operation does, in messages and as its name in the block timeouts.
const (
	actionCreate = "create"
	actionRead   = "read"
	actionUpdate = "update"
	actionDelete = "delete"
)

func (r *groupResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	var owner types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("owner"), &owner)...)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	wanted := plan.desired(owner)
	ctx, cancel := within(ctx, timeout)
	defer cancel()

	release, ours := r.scope.Claims.claim(wanted.group)
	if !ours {
		resp.Diagnostics.Append(createdTwice(wanted.group))
		return
	}
	defer release()
	letGo, err := r.scope.Claims.hold(ctx, wanted.group)
	if err != nil {
		resp.Diagnostics.Append(unseen(ctx, actionCreate, wanted.group, err))
		return
	}
	defer letGo()
	found, err := r.scope.Client.GroupNow(ctx, wanted.group, nil)
	switch {
	case errors.Is(err, dli.ErrAbsent):
	case err != nil:
		resp.Diagnostics.Append(unseen(ctx, actionCreate, wanted.group, err))
		return
	case r.scope.Claims.obstructs(found, wanted):
		resp.Diagnostics.Append(heldAlready(found))
		return
	}

	change := r.newApply(actionCreate, wanted, newHolding(nil), model{})
	change.see(found)
	// What a destroy before it left there is removed too when the group is exclusive.
	succeeded := change.run(ctx, wanted.compare(change.holding, nil, statuses(found)))
	resp.Diagnostics.Append(change.diags...)
	if !succeeded && len(change.holding.names()) == 0 {
		return
	}
	r.save(ctx, change, plan, plan, succeeded, saved{&resp.State, resp.Private, resp.Identity, &resp.Diagnostics})
}
