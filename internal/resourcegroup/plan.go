// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"maps"
	"slices"

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
		resp.Diagnostics.Append(r.planFirstTags(ctx, plan, state, held)...)
	}
	// Of a resource that is tainted later, this is all that Terraform gives its destroy.
	if stated, _ := req.Private.GetKey(ctx, placeKey); len(stated) == 0 {
		resp.Diagnostics.Append(r.savePlace(ctx, resp.Private)...)
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

// planFirstTags names the tags that go with the first apply that manages them: no state has shown them.
func (r *groupResource) planFirstTags(ctx context.Context, plan, state model, held holding) diag.Diagnostics {
	if stringMapOf(plan.TagsAll) == nil || !state.TagsAll.IsNull() || len(held.ready) == 0 || !plan.Group.Equal(state.Group) {
		return nil
	}
	ctx, cancel := within(ctx, readTimeout)
	defer cancel()
	group, names := state.Group.ValueString(), slices.Sorted(maps.Keys(held.ready))
	if isWhollyKnown(ctx, plan.Paths) {
		wanted := byName(stringsOf(plan.Paths))
		names = slices.DeleteFunc(names, func(name string) bool { return wanted[name] == "" }) // the others go with their tags
	}
	read, err := r.scope.Tags.read(ctx, r.scope.Client.RecentTags, group, names, false)
	carried := fold(read)
	for key := range plan.TagsAll.Elements() {
		delete(carried, key)
	}
	if err == nil && len(carried) == 0 {
		return nil
	}
	return diag.Diagnostics{tagsTakenOff(group, slices.Sorted(maps.Keys(carried)), err)}
}

// warnings name the packages of others that an apply will touch.
func warnings(wanted desired, held holding, todo work, present map[string]dli.Status) diag.Diagnostics {
	var overwritten, removed, imported, unfinished []string
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
		case !ready:
			unfinished = append(unfinished, name)
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
	if len(unfinished) > 0 {
		diags.Append(unfinishedRemoved(wanted.group, unfinished))
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
