// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// ModifyPlan says what will be known. The framework marks every computed attribute as unknown as soon as any argument
// changes; only what an apply really changes may stay so.
func (r *groupResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan model
	var owner types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("owner"), &owner)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.ID = plan.Group
	plan.TagsAll = r.scope.Tags.all(plan.Tags)
	resp.Diagnostics.Append(r.scope.Tags.check(plan.TagsAll)...)
	wanted := plan.desired(owner)
	if !plan.Group.IsUnknown() && isWhollyKnown(ctx, plan.Paths) {
		plan.References = references(wanted.group, wanted.paths)
	}
	if !req.State.Raw.IsNull() {
		var state model
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		held, diags := state.holding(ctx, req.Private)
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return
		}
		resp.Diagnostics.Append(planChange(ctx, &plan, state, wanted, owner, held)...)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// planChange keeps from the state what an update leaves alone.
func planChange(ctx context.Context, plan *model, state model, wanted desired, owner types.String, held holding) diag.Diagnostics {
	replaced := !plan.Group.Equal(state.Group) || !state.Kind.IsNull() && !plan.Kind.Equal(state.Kind)
	if replaced || plan.Exclusive.IsUnknown() || !isWhollyKnown(ctx, plan.Paths) || !isWhollyKnown(ctx, plan.SourceHash) {
		return nil
	}
	present := state.present()
	todo := wanted.compare(held, stringMapOf(state.SourceHash), present)
	if owner.IsNull() {
		plan.Owner = state.Owner
	}
	plan.CreateTime = state.CreateTime
	if !todo.touchesPackages() {
		plan.Status, plan.UpdateTime = state.Status, state.UpdateTime
		plan.Resources, plan.Details = state.Resources, state.Details
		switch {
		case owner.IsUnknown():
			plan.Details = types.MapUnknown(detailType())
		case wanted.ownerDiffers(state, held):
			plan.Details = givenTo(state.Details, held, wanted.owner)
		}
		return nil
	}
	plan.Status, plan.UpdateTime = types.StringUnknown(), timetypes.NewRFC3339Unknown()
	plan.Resources, plan.Details = types.ListUnknown(types.StringType), types.MapUnknown(detailType())
	if plan.CreateTime.IsNull() {
		plan.CreateTime = timetypes.NewRFC3339Unknown()
	}
	if plan.Owner.IsNull() {
		plan.Owner = types.StringUnknown()
	}
	return warnings(wanted, held, todo, present)
}

// warnings name the packages of others that an apply will touch.
func warnings(wanted desired, held holding, todo work, present map[string]dli.Status) diag.Diagnostics {
	var overwritten, removed, imported []string
	for _, name := range todo.upload {
		if _, there := present[name]; there && !held.holds(name) {
			overwritten = append(overwritten, name)
		}
	}
	for _, name := range todo.remove {
		switch path, ready := held.ready[name]; {
		case !held.holds(name):
			removed = append(removed, name)
		case ready && isBareName(path):
			imported = append(imported, name)
		}
	}
	var diags diag.Diagnostics
	if len(overwritten) > 0 {
		diags.Append(strangersOverwritten(wanted.group, overwritten))
	}
	if len(removed) > 0 {
		diags.Append(strangersRemoved(wanted.group, removed))
	}
	if len(imported) > 0 {
		diags.Append(importedRemoved(wanted.group, imported))
	}
	return diags
}

// givenTo are the details after a change of owner.
func givenTo(details types.Map, held holding, owner string) types.Map {
	elements := details.Elements()
	for name, value := range elements {
		detail, ok := value.(types.Object)
		if !ok || !held.holds(name) {
			continue
		}
		attributes := detail.Attributes()
		attributes["owner"] = types.StringValue(owner)
		elements[name] = types.ObjectValueMust(detailAttributes(), attributes)
	}
	return types.MapValueMust(detailType(), elements)
}
