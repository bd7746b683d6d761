// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// placeKey names the private data that hold where the group is.
const placeKey = "place"

// place is where a group is. The state keeps it beside the attributes, for a Terraform that knows no identities: a saved
// plan holds no environment variables, so it may be carried out with those of another project.
type place struct {
	Region    string `json:"region"`
	ProjectID string `json:"project_id"`
}

func (r *groupResource) savePlace(ctx context.Context, private privateState) diag.Diagnostics {
	data, err := json.Marshal(place{Region: r.scope.Region, ProjectID: r.scope.ProjectID})
	if err != nil {
		return diag.Diagnostics{unwritableState(err)}
	}
	return private.SetKey(ctx, placeKey, data)
}

// checkStatedPlace refuses a state of another place than the provider's. A state that was imported or moved just now,
// and one whose resource is tainted, do not say.
func (r *groupResource) checkStatedPlace(ctx context.Context, group string, private privateState) diag.Diagnostics {
	data, diags := private.GetKey(ctx, placeKey)
	if len(data) == 0 {
		return diags
	}
	var stated place
	if err := json.Unmarshal(data, &stated); err != nil {
		diags.Append(unreadableState())
		return diags
	}
	diags.Append(r.checkPlace(group, stated)...)
	return diags
}

// checkPlace refuses another place than the provider's: the group of that name here is another one. An empty part says
// nothing.
func (r *groupResource) checkPlace(group string, stated place) diag.Diagnostics {
	var diags diag.Diagnostics
	if stated.Region != "" && stated.Region != r.scope.Region {
		diags.Append(elsewhere(group, "region", stated.Region, r.scope.Region))
	}
	if stated.ProjectID != "" && stated.ProjectID != r.scope.ProjectID {
		diags.Append(elsewhere(group, "project", stated.ProjectID, r.scope.ProjectID))
	}
	return diags
}
