// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"maps"
	"path"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// The tests of faults, cancellation and sudden death disturb the same operations on one group. The update meets every
// call that the provider has: a.jar moves, c.jar comes, b.jar goes, keep.jar stays, tags and the owner change.
const (
	sceneGroup = "etl"
	sceneOwner = "analyst"
	obs        = "https://bucket.obs.cn-north-4.myhuaweicloud.com/"
)

func sceneBefore() acctest.Values {
	return acctest.Values{
		"group": sceneGroup, "kind": "jar",
		"paths": []string{obs + "v1/a.jar", obs + "b.jar", obs + "keep.jar"},
		"tags":  map[string]string{"team": "data", "stage": "old"},
	}
}

func sceneAfter() acctest.Values {
	return acctest.Values{
		"group": sceneGroup, "kind": "jar", "owner": sceneOwner,
		"paths": []string{obs + "v2/a.jar", obs + "c.jar", obs + "keep.jar"},
		"tags":  map[string]string{"team": "etl"},
	}
}

// scene is one operation between two configurations, nil for none: before was applied, after is planned.
type scene struct {
	before, after acctest.Values
	// refresh makes it a read alone.
	refresh bool
	// hidden keeps the group out of the listing, so that only its packages tell of it.
	hidden bool
	config dlisim.Config
}

var (
	sceneCreate  = scene{after: sceneAfter()}
	sceneUpdate  = scene{before: sceneBefore(), after: sceneAfter()}
	sceneDestroy = scene{before: sceneBefore()}
	sceneRefresh = scene{before: sceneBefore(), after: sceneBefore(), refresh: true}
)

func hidden(s scene) scene {
	s.hidden = true
	return s
}

// surveyed lets the service show the tags of all packages at once.
func surveyed(s scene) scene {
	s.config.Behaviour.BulkTagFilter = true
	return s
}

// stage is a scene ready to be played, on a service of its own.
type stage struct {
	scene
	t    *testing.T
	sim  *dlisim.Simulator
	w    *acctest.Workspace
	plan acctest.Plan
}

// rehearse brings a scene up to its plan, once for all the stages that are made of it.
func (s scene) rehearse(t *testing.T) (first *stage) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		first = s.stage(t)
		if s.before != nil {
			succeeds(t, first.w.Apply(t.Context(), s.before))
		}
		var diags acctest.Diagnostics
		first.plan, diags = first.w.Plan(t.Context(), s.after)
		succeeds(t, diags)
	})
	return first
}

func (s scene) stage(t *testing.T) *stage {
	t.Helper()
	s.config.Users = []string{sceneOwner}
	sim := dlisim.New(s.config)
	return &stage{scene: s, t: t, sim: sim, w: acctest.NewWorkspace(t, sim.RoundTripper())}
}

// again is the same scene on a service of its own.
func (st *stage) again(t *testing.T) *stage {
	t.Helper()
	next := st.stage(t)
	next.plan, next.w = st.plan, st.w.On(t, next.sim.RoundTripper())
	restore(next.sim, st.sim)
	if st.hidden {
		next.sim.SetBehaviour(func(b *dlisim.Behaviour) { b.HideGroups = []string{sceneGroup} })
	}
	return next
}

// restore makes the group of one service like that of another, or of itself at an earlier time.
func restore(sim, like *dlisim.Simulator) {
	group, exists := like.Group(sceneGroup)
	for _, found := range group.Packages {
		sim.Put(sceneGroup, found)
	}
	if exists {
		sim.SetOwner(sceneGroup, "", group.Owner)
	}
}

// play does what was planned.
func (st *stage) play(ctx context.Context) acctest.Diagnostics {
	st.t.Helper()
	if st.refresh {
		return st.w.Refresh(ctx)
	}
	return st.w.Carry(ctx, st.plan, st.after)
}

// converges applies again, now that the service is well, and checks that this leads to what is configured.
func (st *stage) converges() {
	st.t.Helper()
	succeeds(st.t, st.w.Apply(st.t.Context(), st.after))
	st.isDone()
}

// isDone checks that the service is as configured, that the next plan is empty, and that its refresh has no news.
func (st *stage) isDone() {
	st.t.Helper()
	want := map[string]string{}
	if st.after != nil {
		for _, location := range st.after["paths"].([]string) {
			want[path.Base(location)] = location
		}
	}
	if diff := cmp.Diff(want, readyPaths(st.sim)); diff != "" {
		st.t.Errorf("READY packages (-configured +service):\n%s", diff)
	}
	for name, found := range ours(st.sim) {
		if diff := cmp.Diff(st.after["tags"], any(found.Tags)); diff != "" {
			st.t.Errorf("tags of %s (-configured +service):\n%s", name, diff)
		}
		if owner, ok := st.after["owner"]; ok && found.Owner != owner {
			st.t.Errorf("%s belongs to %s instead of %s", name, found.Owner, owner)
		}
	}
	before := st.w.State()
	plan, diags := st.w.Clone().Plan(st.t.Context(), st.after)
	succeeds(st.t, diags)
	if plan.Action != "no-op" {
		st.t.Errorf("the next plan is to %s (-state +plan):\n%s", plan.Action, cmp.Diff(plan.Prior, plan.Planned))
	}
	if diff := cmp.Diff(before, plan.Prior); diff != "" {
		st.t.Errorf("a refresh changes the state (-before +after):\n%s", diff)
	}
}

// sent counts the requests of an operation.
func (st *stage) sent(operation dlisim.Operation) int {
	others := func(r dlisim.Request) bool { return r.Operation != operation }
	return len(slices.DeleteFunc(st.sim.Journal(), others))
}

func succeeds(t *testing.T, diags acctest.Diagnostics) {
	t.Helper()
	if diags.HasError() {
		t.Fatalf("it failed:\n%s", diags)
	}
}

// ours are the packages that were uploaded through the provider.
func ours(sim *dlisim.Simulator) map[string]dlisim.Package {
	group, _ := sim.Group(sceneGroup)
	maps.DeleteFunc(group.Packages, func(_ string, p dlisim.Package) bool { return p.Uploads == 0 })
	return group.Packages
}

func readyPaths(sim *dlisim.Simulator) map[string]string {
	paths := map[string]string{}
	for name, found := range ours(sim) {
		if found.Status == dlisim.StatusReady {
			paths[name] = found.Path
		}
	}
	return paths
}
