// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// stateAgrees checks that the state says of the group what the service says: a refresh has no news, and finds
// everything. To be called when the service is well.
func stateAgrees(t *testing.T, w *acctest.Workspace, sim *dlisim.Simulator) {
	t.Helper()
	refreshed := stateKnows(t, w, sim)
	if diff := cmp.Diff(w.State(), refreshed.State()); diff != "" {
		t.Errorf("a refresh changes the state (-before +after):\n%s", diff)
	}
}

// stateKnows checks that nothing of ours in the service is lost to the state: a refresh finds all of it, and a destroy
// leaves none of it. It is what can be asked for where the provider could not look before it ended. The named packages
// may be missing in paths: whether they were overwritten cannot be known, so they are to be uploaded again. It returns
// the refreshed state and leaves the service as it was.
func stateKnows(t *testing.T, w *acctest.Workspace, sim *dlisim.Simulator, doubtful ...string) *acctest.Workspace {
	t.Helper()
	refreshed := w.Clone()
	destroy, diags := refreshed.Plan(t.Context(), nil)
	succeeds(t, diags)
	if exists, known := len(ours(sim)) > 0, refreshed.State() != nil; exists != known {
		t.Errorf("the group holds packages of ours: %t, and it is in the state: %t", exists, known)
	}
	ready, stated := readyPaths(sim), statedPaths(refreshed)
	for _, name := range doubtful {
		if _, ok := stated[name]; !ok {
			delete(ready, name)
		}
	}
	if diff := cmp.Diff(ready, stated); diff != "" {
		t.Errorf("READY packages (-service +state):\n%s", diff)
	}
	tagsAgree(t, refreshed, sim)
	if destroy.Action == "no-op" {
		return refreshed
	}
	ownerAgrees(t, refreshed, sim)
	before := dlisim.New(dlisim.Config{})
	restore(before, sim)
	succeeds(t, refreshed.Clone().Carry(t.Context(), destroy, nil))
	for name := range ours(sim) {
		t.Errorf("%s is not known to the state: a destroy leaves it", name)
	}
	restore(sim, before)
	return refreshed
}

// ownerAgrees compares the owner of the group, which no one can see where the listing hides it.
func ownerAgrees(t *testing.T, w *acctest.Workspace, sim *dlisim.Simulator) {
	t.Helper()
	group, _ := sim.Group(sceneGroup)
	if owner := w.State()["owner"]; owner != nil && owner != group.Owner {
		t.Errorf("the owner is %s, and in the state %v", group.Owner, owner)
	}
}

// tagsAgree compares the tags that all packages share; of others the state only says that they differ.
func tagsAgree(t *testing.T, w *acctest.Workspace, sim *dlisim.Simulator) {
	t.Helper()
	stated, managed := w.State()["tags"].(map[string]any)
	if !managed {
		return
	}
	packages := ours(sim)
	for _, one := range packages {
		for key, value := range one.Tags {
			if stated[key] != value && isShared(packages, key) {
				t.Errorf("the tag %s is %q, and in the state %v", key, value, stated[key])
			}
		}
	}
	for key, value := range stated {
		for name, one := range packages {
			if _, ok := one.Tags[key]; !ok && isShared(packages, key) {
				t.Errorf("the tag %s=%v of the state is not on %s", key, value, name)
			}
		}
	}
}

// isShared reports whether all packages carry the tag alike, be it not at all.
func isShared(packages map[string]dlisim.Package, key string) bool {
	type carried struct {
		value string
		there bool
	}
	all := map[carried]bool{}
	for _, one := range packages {
		value, there := one.Tags[key]
		all[carried{value, there}] = true
	}
	return len(all) == 1
}

func statedPaths(w *acctest.Workspace) map[string]string {
	paths := map[string]string{}
	stated, _ := w.State()["paths"].([]any)
	for _, one := range stated {
		paths[path.Base(one.(string))] = one.(string)
	}
	return paths
}
