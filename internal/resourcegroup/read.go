// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

func (r *groupResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, held, diags := r.stated(ctx, req.State, req.Private)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.Timeouts.Read(ctx, readTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := within(ctx, timeout)
	defer cancel()

	to := saved{&resp.State, resp.Private, resp.Identity, &resp.Diagnostics}
	group, err := r.scope.Client.Group(ctx, state.Group.ValueString(), held.names())
	if err != nil && !errors.Is(err, dli.ErrAbsent) {
		resp.Diagnostics.Append(unseen(ctx, actionRead, state.Group.ValueString(), err))
		return
	}
	if len(group.Names()) == 0 {
		// An older Terraform left no identity, and the framework wants one even of what is gone.
		r.saveIdentity(ctx, state.Group, to)
		resp.State.RemoveResource(ctx)
		return
	}
	if state.Paths.IsNull() {
		held = newHolding(group.Names())
		// Only now it is known which packages to ask for that the listing names and does not describe.
		if group, err = r.scope.Client.Group(ctx, state.Group.ValueString(), held.names()); err != nil {
			resp.Diagnostics.Append(unseen(ctx, "read", state.Group.ValueString(), err))
			return
		}
	}
	held.observe(group)
	state.observe(group)
	state.fillImported(group)
	state.setHolding(held)
	resp.Diagnostics.Append(r.readTags(ctx, &state, held)...)
	state.nullUnknown()
	r.saveState(ctx, state, held, to)
}

// fillImported fills the arguments that an import leaves open. A kind that the packages do not share stays open, and the
// configuration's is taken over.
func (m *model) fillImported(group *dli.Group) {
	if m.Kind.IsNull() {
		m.Kind = commonKind(group)
	}
	if m.IsAsync.IsNull() {
		m.IsAsync = types.BoolValue(group.Async != nil && *group.Async)
	}
	if m.Exclusive.IsNull() {
		m.Exclusive = types.BoolValue(false)
	}
}

func commonKind(group *dli.Group) types.String {
	kind := ""
	for _, found := range group.Packages {
		if kind != "" && found.Kind != "" && found.Kind != kind {
			return types.StringNull()
		}
		kind = cmp.Or(found.Kind, kind)
	}
	return stringOrNull(kind)
}

// readTags refreshes the tags when the resource manages them. A read that fails is a warning, and the tags stay.
func (r *groupResource) readTags(ctx context.Context, state *model, held holding) diag.Diagnostics {
	stated := stringMapOf(state.TagsAll)
	if stated == nil || len(held.ready) == 0 {
		return nil
	}
	group, names := state.Group.ValueString(), slices.Sorted(maps.Keys(held.ready))
	read, err := r.scope.Tags.read(ctx, r.scope.Client.RecentTags, group, names, expectsTags(stated))
	if err != nil {
		return diag.Diagnostics{tagsUnread(group, err)}
	}
	all := fold(read)
	state.TagsAll, state.Tags = stringMap(all), r.scope.Tags.own(state.Tags, all)
	return nil
}
