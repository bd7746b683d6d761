// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// identity is what names the group among all groups of the cloud.
type identity struct {
	Group     types.String `tfsdk:"group"`
	Region    types.String `tfsdk:"region"`
	ProjectID types.String `tfsdk:"project_id"`
}

// saveIdentity does nothing for a Terraform that knows no identities, and leaves one that is there: it may not change.
func (r *groupResource) saveIdentity(ctx context.Context, group types.String, to saved) {
	if to.identity == nil || !to.identity.Raw.IsFullyNull() {
		return
	}
	to.diags.Append(to.identity.Set(ctx, r.identity(group))...)
}

func (r *groupResource) identity(group types.String) identity {
	return identity{
		Group:     group,
		Region:    types.StringValue(r.scope.Region),
		ProjectID: types.StringValue(r.scope.ProjectID),
	}
}

// checkIdentity refuses an identity of another place than the provider's.
func (r *groupResource) checkIdentity(ctx context.Context, stated *tfsdk.ResourceIdentity) diag.Diagnostics {
	if stated == nil || stated.Raw.IsFullyNull() {
		return nil
	}
	var of identity
	diags := stated.Get(ctx, &of)
	diags.Append(r.checkPlace(of.Group.ValueString(), place{of.Region.ValueString(), of.ProjectID.ValueString()})...)
	return diags
}

func (r *groupResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"group":      identityschema.StringAttribute{RequiredForImport: true, Description: "The name of the group."},
			"region":     identityschema.StringAttribute{OptionalForImport: true, Description: "The region of the provider."},
			"project_id": identityschema.StringAttribute{OptionalForImport: true, Description: "The id of the project that holds the group."},
		},
	}
}
