// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// world is one resource and its cloud at the level of the protocol, where time costs nothing.
type world struct {
	*acctest.Workspace
	t     *testing.T
	cloud *dlisim.Simulator
}

// simulated runs a test in a world of its own, from an empty state.
func simulated(t *testing.T, config dlisim.Config, run func(context.Context, *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cloud := dlisim.New(config)
		run(t.Context(), &world{Workspace: acctest.NewWorkspace(t, cloud.RoundTripper()), t: t, cloud: cloud})
	})
}

// mustApply applies without an error and leaves nothing to do.
func (w *world) mustApply(ctx context.Context, config acctest.Values) {
	w.t.Helper()
	diags := w.Apply(ctx, config)
	if diags.HasError() {
		w.t.Fatalf("apply: %v", diags)
	}
	w.mustBeSettled(ctx, config)
}

func (w *world) mustBeSettled(ctx context.Context, config acctest.Values) {
	w.t.Helper()
	if plan := w.mustPlan(ctx, config); plan.Action != "no-op" {
		w.t.Errorf("the plan after the apply is %q:\n%s", plan.Action, cmp.Diff(plan.Prior, plan.Planned))
	}
}

func (w *world) mustPlan(ctx context.Context, config acctest.Values) acctest.Plan {
	w.t.Helper()
	plan, diags := w.Plan(ctx, config)
	if diags.HasError() {
		w.t.Fatalf("plan: %v", diags)
	}
	return plan
}

func (w *world) mustRefresh(ctx context.Context) acctest.Diagnostics {
	w.t.Helper()
	diags := w.Refresh(ctx)
	if diags.HasError() {
		w.t.Fatalf("refresh: %v", diags)
	}
	return diags
}

func (w *world) mustDestroy(ctx context.Context) acctest.Diagnostics {
	w.t.Helper()
	diags := w.Destroy(ctx)
	if diags.HasError() {
		w.t.Fatalf("destroy: %v", diags)
	}
	return diags
}

// expectState compares some attributes of the state.
func (w *world) expectState(want map[string]any) {
	w.t.Helper()
	state, got := w.State(), map[string]any{}
	for name := range want {
		got[name] = state[name]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("the state (-want +got):\n%s", diff)
	}
}

// expectPackages checks which packages the group holds in the cloud.
func (w *world) expectPackages(names ...string) {
	w.t.Helper()
	want, got := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		want[name] = true
	}
	group, _ := w.cloud.Group("etl")
	for name := range group.Packages {
		got[name] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("the packages in the cloud (-want +got):\n%s", diff)
	}
}

// detail is one attribute of one package in a state or a plan.
func detail(state map[string]any, name, attribute string) any {
	details, _ := state["details"].(map[string]any)
	one, _ := details[name].(map[string]any)
	return one[attribute]
}
