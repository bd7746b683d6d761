// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Move takes over the state of another resource, as a moved block does, and refreshes it. The provider that moves is
// not configured, as Terraform's is not.
func (w *Workspace) Move(ctx context.Context, address, typeName string, state map[string]any) Diagnostics {
	w.t.Helper()
	s, diags := w.open(ctx)
	if diags.HasError() {
		return diags
	}
	raw, err := json.Marshal(state)
	s.check(err)
	moved, err := newServer(w.transport, w.Env).MoveResourceState(ctx, &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: address,
		SourceTypeName:        typeName,
		SourceState:           &tfprotov6.RawState{JSON: raw},
		TargetTypeName:        TypeName,
	})
	s.check(err)
	if diags = append(diags, moved.Diagnostics...); diags.HasError() {
		return diags
	}
	w.keep(s.value(moved.TargetState), moved.TargetPrivate, moved.TargetIdentity)
	return append(diags, w.read(ctx, s)...)
}
