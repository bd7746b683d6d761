// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ImportState takes the name of a group, or its identity. Nothing is sent: the refresh that follows reads the group.
func (r *groupResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	group := types.StringValue(req.ID)
	if req.Identity != nil && !req.Identity.Raw.IsFullyNull() {
		var wanted identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &wanted)...)
		resp.Diagnostics.Append(r.checkIdentity(ctx, req.Identity)...)
		group = wanted.Group
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if names := groupName(); !names.allows(group.ValueString()) {
		resp.Diagnostics.Append(invalidImport(group.ValueString(), names.rule))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), group)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("group"), group)...)
	if resp.Identity != nil {
		// An identity given to an import may lack what is optional; from here on it is whole.
		resp.Diagnostics.Append(resp.Identity.Set(ctx, r.identity(group))...)
	}
}
