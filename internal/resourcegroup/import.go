// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ImportState takes the name of a group, or its identity. Nothing is sent: the refresh that follows reads the group.
func (r *groupResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	group := types.StringValue(req.ID)
	if req.ID == "" {
		var wanted identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &wanted)...)
		r.checkScope(wanted, resp)
		group = wanted.Group
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if !isGroupName(group.ValueString()) {
		resp.Diagnostics.AddError("Invalid import of a DLI resource group",
			fmt.Sprintf("%q is not the name of a group. Import by its name alone: %s.", group.ValueString(), groupName{}.Description(ctx)))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), group)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("group"), group)...)
	r.saveIdentity(ctx, group, saved{identity: resp.Identity, diags: &resp.Diagnostics})
}

// checkScope refuses an identity of another region or project than the provider's: the group of that name here would
// be another one.
func (r *groupResource) checkScope(wanted identity, resp *resource.ImportStateResponse) {
	for _, part := range []struct {
		name, ours string
		theirs     types.String
	}{
		{"region", r.scope.Region, wanted.Region},
		{"project_id", r.scope.ProjectID, wanted.ProjectID},
	} {
		if !part.theirs.IsNull() && part.theirs.ValueString() != part.ours {
			resp.Diagnostics.AddError("Import of a DLI resource group from elsewhere",
				fmt.Sprintf("The identity says %s %q, and this provider is configured for %q. Use a provider configuration for the former, or leave %s out.",
					part.name, part.theirs.ValueString(), part.ours, part.name))
		}
	}
}
