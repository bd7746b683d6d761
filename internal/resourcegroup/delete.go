// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Delete removes the packages that are ours. The group itself cannot be deleted: its empty shell stays, and a group
// without packages counts as absent everywhere.
func (r *groupResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, held, diags := r.stated(ctx, req.State, req.Private)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := within(ctx, timeout)
	defer cancel()
	letGo, err := r.scope.Claims.hold(ctx, state.Group.ValueString())
	if err != nil {
		resp.Diagnostics.Append(unseen(ctx, actionDelete, state.Group.ValueString(), err))
		return
	}
	defer letGo()

	change := r.newApply(actionDelete, desired{group: state.Group.ValueString()}, held, state)
	err = change.remove(ctx, held.names())
	if err != nil {
		change.settle(ctx)
	}
	// An error matters only where something of ours is left: the answer to a deletion may have been lost.
	if len(change.holding.names()) == 0 {
		if others := change.group.Names(); len(others) > 0 {
			r.scope.Claims.leave(change.desired.group, others)
			resp.Diagnostics.Append(strangersStay(change.desired.group, others))
		}
		return
	}
	resp.Diagnostics.Append(change.diagnose(ctx, err))
	change.desired.tags = change.tags.stated
	r.save(ctx, change, state, state, false, saved{&resp.State, resp.Private, resp.Identity, &resp.Diagnostics})
}
