// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// privateState is the part of the framework's private data that is used; the type itself has no name to outsiders.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// stated is what an operation begins with: the state, and our account of the packages. A state of another place is
// refused.
func (r *groupResource) stated(ctx context.Context, from tfsdk.State, private privateState) (model, holding, diag.Diagnostics) {
	var state model
	diags := from.Get(ctx, &state)
	held, more := state.holding(ctx, private)
	diags.Append(more...)
	diags.Append(r.checkStatedPlace(ctx, state.Group.ValueString(), private)...)
	return state, held, diags
}

// saved is where an operation leaves what it did.
type saved struct {
	state    *tfsdk.State
	private  privateState
	identity *tfsdk.ResourceIdentity
	diags    *diag.Diagnostics
}

// save writes the outcome of an apply: after a success what was planned with what the service said, after a failure
// what was done. Before is what stood in the state, or the plan when nothing did.
func (r *groupResource) save(ctx context.Context, change *apply, plan, before model, succeeded bool, to saved) {
	ctx = context.WithoutCancel(ctx)
	state := plan
	if change.group == nil || !change.group.Listed {
		state.keepKnown(before)
	}
	if change.seen {
		state.observe(change.group)
	}
	if succeeded {
		state.keepKnown(plan)
	} else {
		state.setHolding(change.holding)
		all := change.statedTags()
		state.TagsAll, state.Tags = stringMap(all), r.scope.Tags.own(plan.Tags, all)
		state.SourceHash = stringMap(change.statedHashes())
		state.Owner = stringOrNull(change.owner)
	}
	state.nullUnknown()
	r.saveState(ctx, state, change.holding, to)
}

func (r *groupResource) saveState(ctx context.Context, state model, held holding, to saved) {
	to.diags.Append(to.state.Set(ctx, state)...)
	private, err := held.private()
	if err != nil {
		to.diags.Append(unwritableState(err))
		return
	}
	to.diags.Append(to.private.SetKey(ctx, unfinishedKey, private)...)
	to.diags.Append(r.savePlace(ctx, to.private)...)
	r.saveIdentity(ctx, state.Group, to)
}
