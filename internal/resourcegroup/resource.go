// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// Scope is what the provider block settles for its resources.
type Scope struct {
	Client    *dli.Client
	Region    string
	ProjectID string
	Tags      TagPolicy
	Claims    *Claims
}

var (
	_ resource.ResourceWithConfigure      = (*groupResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*groupResource)(nil)
	_ resource.ResourceWithValidateConfig = (*groupResource)(nil)
	_ resource.ResourceWithImportState    = (*groupResource)(nil)
	_ resource.ResourceWithIdentity       = (*groupResource)(nil)
	_ resource.ResourceWithMoveState      = (*groupResource)(nil)
)

type groupResource struct {
	scope Scope
}

// NewResource returns the resource dli_resource_group.
func NewResource() resource.Resource {
	return &groupResource{}
}

func (r *groupResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_resource_group"
}

// Configure is called without provider data while a configuration is only validated.
func (r *groupResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if req.ProviderData == nil {
		return
	}
	scope, ok := req.ProviderData.(Scope)
	if !ok {
		resp.Diagnostics.Append(unexpectedData(req.ProviderData))
		return
	}
	r.scope = scope
}
