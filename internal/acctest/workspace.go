// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"maps"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Workspace drives one dli_resource_group through the protocol as Terraform does, with its state: a new process of the
// provider for every command, a refresh before every plan, validation, replacement, taint, and the checks that
// Terraform makes on what a provider promises. It needs no CLI and no sockets.
type Workspace struct {
	t         *testing.T
	transport http.RoundTripper
	// Env is the environment of the provider.
	Env map[string]string
	// Block is the provider block.
	Block Values
	// NoRefresh plans from the state as it is, like -refresh=false.
	NoRefresh bool

	state    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	answered *tfprotov6.ResourceIdentityData // as the provider returned it last, even of what is gone
	tainted  bool
}

// NewWorkspace returns a workspace without state, whose provider sends its signed requests to transport.
func NewWorkspace(t *testing.T, transport http.RoundTripper) *Workspace {
	t.Helper()
	return &Workspace{t: t, transport: transport, Env: Environment(), Block: Values{}}
}

// Clone is a workspace with the same state: what another run from here would find.
func (w *Workspace) Clone() *Workspace {
	other := *w
	other.Env, other.Block = maps.Clone(w.Env), maps.Clone(w.Block)
	return &other
}

// On is a workspace of another test with the same state, whose provider sends its requests to another transport.
func (w *Workspace) On(t *testing.T, transport http.RoundTripper) *Workspace {
	t.Helper()
	other := w.Clone()
	other.t, other.transport = t, transport
	return other
}

// Plan is what a command would do.
type Plan struct {
	// Action is "no-op", "create", "update", "delete" or "replace".
	Action string
	// Planned are the attributes after the apply; Unknown where they are not known yet. Nil for a deletion.
	Planned map[string]any
	// Prior are the attributes after the refresh; nil for none.
	Prior map[string]any
	// Replaced are the attributes that force a replacement.
	Replaced []string

	planned  tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// State are the attributes in the state; nil when there is none.
func (w *Workspace) State() map[string]any {
	w.t.Helper()
	if w.state.Type() == nil || w.state.IsNull() {
		return nil
	}
	state, ok := fromTerraform(w.t, w.state).(map[string]any)
	if !ok {
		w.t.Fatal("the state is no object")
	}
	return state
}

// Tainted reports whether the next apply replaces the resource because its creation failed.
func (w *Workspace) Tainted() bool { return w.tainted }

// Untaint is the command of that name.
func (w *Workspace) Untaint() { w.tainted = false }

// open starts a process of the provider for one command.
func (w *Workspace) open(ctx context.Context) (*session, Diagnostics) {
	w.t.Helper()
	s, diags := newSession(ctx, w.t, w.transport, w.Env, w.Block)
	if w.state.Type() == nil {
		w.state = tftypes.NewValue(s.types, nil)
	}
	return s, diags
}

// Refresh reads the resource.
func (w *Workspace) Refresh(ctx context.Context) Diagnostics {
	w.t.Helper()
	s, diags := w.open(ctx)
	if diags.HasError() {
		return diags
	}
	return append(diags, w.read(ctx, s)...)
}

func (w *Workspace) read(ctx context.Context, s *session) Diagnostics {
	w.t.Helper()
	if w.state.IsNull() {
		return nil
	}
	read, err := s.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName:        TypeName,
		CurrentState:    s.dynamic(w.state),
		Private:         w.private,
		CurrentIdentity: w.identity,
	})
	s.check(err)
	diags := Diagnostics(read.Diagnostics)
	if !diags.HasError() {
		w.keep(s.value(read.NewState), read.Private, read.NewIdentity)
	}
	return diags
}

func (w *Workspace) keep(state tftypes.Value, private []byte, identity *tfprotov6.ResourceIdentityData) {
	w.t.Helper()
	if !state.IsFullyKnown() {
		w.t.Errorf("the new state has unknown values: %v", fromTerraform(w.t, state))
	}
	if !state.IsNull() && (identity == nil || identity.IdentityData == nil) {
		w.t.Error("a state without an identity")
	}
	w.state, w.private, w.identity, w.answered = state, private, identity, identity
	if state.IsNull() {
		w.private, w.identity, w.tainted = nil, nil, false
	}
}

// Plan refreshes and plans; a nil config is that of a destroy.
func (w *Workspace) Plan(ctx context.Context, config Values) (Plan, Diagnostics) {
	w.t.Helper()
	s, diags := w.open(ctx)
	if diags.HasError() {
		return Plan{}, diags
	}
	return w.plan(ctx, s, config, diags)
}

func (w *Workspace) plan(ctx context.Context, s *session, config Values, diags Diagnostics) (Plan, Diagnostics) {
	w.t.Helper()
	if !w.NoRefresh {
		diags = append(diags, w.read(ctx, s)...)
	}
	if diags.HasError() {
		return Plan{}, diags
	}
	if config == nil {
		plan := Plan{Action: "delete", Prior: w.State(), planned: tftypes.NewValue(s.types, nil), private: w.private}
		if w.state.IsNull() {
			plan.Action = "no-op"
		}
		return plan, diags
	}
	raw := toTerraform(w.t, s.types, config)
	validated, err := s.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: TypeName, Config: s.dynamic(raw)})
	s.check(err)
	if diags = append(diags, validated.Diagnostics...); diags.HasError() {
		return Plan{}, diags
	}
	plan, planDiags := w.planChange(ctx, s, w.state, raw)
	if len(plan.Replaced) > 0 || w.tainted {
		replaced := plan.Replaced
		plan, planDiags = w.planChange(ctx, s, tftypes.NewValue(s.types, nil), raw)
		plan.Action, plan.Replaced, plan.Prior = "replace", replaced, w.State()
	}
	return plan, append(diags, planDiags...)
}

func (w *Workspace) planChange(ctx context.Context, s *session, prior, config tftypes.Value) (Plan, Diagnostics) {
	w.t.Helper()
	request := &tfprotov6.PlanResourceChangeRequest{
		TypeName:         TypeName,
		PriorState:       s.dynamic(prior),
		ProposedNewState: s.dynamic(s.propose(prior, config)),
		Config:           s.dynamic(config),
	}
	if !prior.IsNull() {
		request.PriorPrivate, request.PriorIdentity = w.private, w.identity
	}
	planned, err := s.server.PlanResourceChange(ctx, request)
	s.check(err)
	diags := Diagnostics(planned.Diagnostics)
	if diags.HasError() {
		return Plan{}, diags
	}
	plan := Plan{
		Action:   "update",
		planned:  s.value(planned.PlannedState),
		private:  planned.PlannedPrivate,
		identity: planned.PlannedIdentity,
		Prior:    w.State(),
	}
	plan.Planned, _ = fromTerraform(w.t, plan.planned).(map[string]any)
	switch {
	case prior.IsNull():
		plan.Action = "create"
	case plan.planned.Equal(prior):
		plan.Action = "no-op"
	}
	for _, path := range planned.RequiresReplace {
		plan.Replaced = append(plan.Replaced, path.String())
	}
	return plan, diags
}
