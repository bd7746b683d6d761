// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// movable are the resources that a moved block may come from: the one of huaweicloud and its re-exports. The provider's
// address is not compared: mirrors and forks have others.
func movable() []string {
	return []string{"huaweicloud_dli_package", "sbercloud_dli_package", "flexibleengine_dli_package", "g42cloud_dli_package"}
}

// packageState is what the state of such a resource holds of interest. Its id comes in two forms and is not read.
type packageState struct {
	Group string            `json:"group_name"`
	Kind  string            `json:"type"`
	Path  string            `json:"object_path"`
	Name  string            `json:"object_name"`
	Async bool              `json:"is_async"`
	Owner *string           `json:"owner"`
	Tags  map[string]string `json:"tags"`
}

// MoveState takes over one package as a group with one path, without an upload. The refresh that follows reads the rest.
func (r *groupResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: movePackage}}
}

func movePackage(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if !slices.Contains(movable(), req.SourceTypeName) {
		return // the framework words the refusal
	}
	var source packageState
	if json.Unmarshal(req.SourceRawState.JSON, &source) != nil {
		resp.Diagnostics.Append(unreadableSource(req.SourceTypeName))
		return
	}
	switch {
	case source.Group == "":
		resp.Diagnostics.Append(ungrouped(req.SourceTypeName, source.Name))
		return
	case source.Path == "":
		source.Path = source.Name
	}
	for name, value := range map[string]any{
		"id":        source.Group,
		"group":     source.Group,
		"kind":      stringOrNull(source.Kind),
		"paths":     stringSet([]string{source.Path}),
		"is_async":  source.Async,
		"exclusive": false,
		"owner":     types.StringPointerValue(source.Owner),
		"tags":      managedTags(source.Tags),
		"tags_all":  managedTags(source.Tags),
	} {
		resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root(name), value)...)
	}
	if resp.TargetIdentity != nil {
		// Terraform moves with a provider that is not configured, so region and project are not known.
		resp.Diagnostics.Append(resp.TargetIdentity.Set(ctx, identity{Group: types.StringValue(source.Group)})...)
	}
}

// managedTags are null where the package has none: then nobody managed them.
func managedTags(tags map[string]string) types.Map {
	if len(tags) == 0 {
		return types.MapNull(types.StringType)
	}
	return stringMap(tags)
}
