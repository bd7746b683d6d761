// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Apply refreshes, plans and applies; a nil config destroys. It ends at the first command that fails.
func (w *Workspace) Apply(ctx context.Context, config Values) Diagnostics {
	w.t.Helper()
	plan, diags := w.Plan(ctx, config)
	if diags.HasError() || plan.Action == "no-op" {
		return diags
	}
	return append(diags, w.Carry(ctx, plan, config)...)
}

// Carry applies a plan that was made before, in a process of its own.
func (w *Workspace) Carry(ctx context.Context, plan Plan, config Values) Diagnostics {
	w.t.Helper()
	s, diags := w.open(ctx)
	if diags.HasError() {
		return diags
	}
	if plan.Action == "replace" {
		destroy := Plan{planned: tftypes.NewValue(s.types, nil), private: w.private}
		if w.tainted {
			destroy.private = plan.private // that of the creation, as Terraform does
		}
		if diags = append(diags, w.change(ctx, s, destroy, nil)...); diags.HasError() {
			return diags
		}
	}
	if config != nil {
		// Terraform plans again with what is known by now, and refuses a provider that takes back what it promised.
		final, planDiags := w.planChange(ctx, s, w.state, toTerraform(w.t, s.types, config))
		if diags = append(diags, planDiags...); diags.HasError() {
			return diags
		}
		w.checkPromise(s, plan.planned, final.planned)
		plan = final
	}
	return append(diags, w.change(ctx, s, plan, config)...)
}

// Destroy deletes the resource.
func (w *Workspace) Destroy(ctx context.Context) Diagnostics {
	w.t.Helper()
	return w.Apply(ctx, nil)
}

func (w *Workspace) change(ctx context.Context, s *session, plan Plan, config Values) Diagnostics {
	w.t.Helper()
	prior, raw := w.state, tftypes.NewValue(s.types, nil)
	if config != nil {
		raw = toTerraform(w.t, s.types, config)
	}
	applied, err := s.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName:        TypeName,
		PriorState:      s.dynamic(prior),
		PlannedState:    s.dynamic(plan.planned),
		Config:          s.dynamic(raw),
		PlannedPrivate:  plan.private,
		PlannedIdentity: plan.identity,
	})
	s.check(err)
	diags := Diagnostics(applied.Diagnostics)
	after := s.value(applied.NewState)
	if !diags.HasError() {
		w.checkPromise(s, plan.planned, after)
	}
	if prior.IsNull() {
		w.tainted = diags.HasError()
	}
	w.keep(after, applied.Private, applied.NewIdentity)
	return diags
}

// checkPromise fails the test where Terraform would say that the provider produced an inconsistent result.
func (w *Workspace) checkPromise(s *session, planned, after tftypes.Value) {
	w.t.Helper()
	if planned.IsNull() != after.IsNull() {
		w.t.Errorf("planned %v, and the new state is %v", planned, after)
		return
	}
	result := s.attributes(after)
	for name, promised := range s.attributes(planned) {
		if promised.IsFullyKnown() && !promised.Equal(result[name]) {
			w.t.Errorf("%s was planned as %v and is %v", name, fromTerraform(w.t, promised), fromTerraform(w.t, result[name]))
		}
	}
}

// Import reads an existing group into an empty state, by its id.
func (w *Workspace) Import(ctx context.Context, id string) Diagnostics {
	w.t.Helper()
	return w.importAs(ctx, func(*session) *tfprotov6.ImportResourceStateRequest {
		return &tfprotov6.ImportResourceStateRequest{TypeName: TypeName, ID: id}
	})
}

// ImportIdentity reads an existing group into an empty state, by its identity.
func (w *Workspace) ImportIdentity(ctx context.Context, identity Values) Diagnostics {
	w.t.Helper()
	return w.importAs(ctx, func(s *session) *tfprotov6.ImportResourceStateRequest {
		return &tfprotov6.ImportResourceStateRequest{
			TypeName: TypeName,
			Identity: &tfprotov6.ResourceIdentityData{IdentityData: s.dynamic(toTerraform(w.t, s.identity, identity))},
		}
	})
}

func (w *Workspace) importAs(ctx context.Context, request func(*session) *tfprotov6.ImportResourceStateRequest) Diagnostics {
	w.t.Helper()
	s, diags := w.open(ctx)
	if diags.HasError() {
		return diags
	}
	imported, err := s.server.ImportResourceState(ctx, request(s))
	s.check(err)
	if diags = append(diags, imported.Diagnostics...); diags.HasError() {
		return diags
	}
	one := imported.ImportedResources[0]
	w.keep(s.value(one.State), one.Private, one.Identity)
	return append(diags, w.read(ctx, s)...)
}

// Identity is the identity in the state; nil when there is none.
func (w *Workspace) Identity() map[string]any {
	w.t.Helper()
	return w.identityOf(w.identity)
}

// AnsweredIdentity is the identity in the provider's last answer, which the state does not keep of what is gone.
func (w *Workspace) AnsweredIdentity() map[string]any {
	w.t.Helper()
	return w.identityOf(w.answered)
}

func (w *Workspace) identityOf(data *tfprotov6.ResourceIdentityData) map[string]any {
	w.t.Helper()
	if data == nil || data.IdentityData == nil {
		return nil
	}
	s, _ := w.open(w.t.Context())
	value, err := data.IdentityData.Unmarshal(s.identity)
	s.check(err)
	identity, _ := fromTerraform(w.t, value).(map[string]any)
	return identity
}

// ForgetIdentity makes the state one of a Terraform that knew no identities.
func (w *Workspace) ForgetIdentity() { w.identity = nil }
