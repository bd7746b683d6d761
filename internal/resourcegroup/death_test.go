// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestDeath_atAnyRequestIsFollowedByAnApplyThatConvergesOrSaysHow(t *testing.T) {
	t.Parallel()
	for name, scene := range disturbed() {
		first := scene.rehearse(t)
		for number := range first.requests(t) {
			for when, worked := range map[string]bool{"before the work": false, "after the work": true} {
				t.Run(fmt.Sprintf("%s/request %d/%s", name, number, when), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						st := first.again(t)
						st.die(number, worked)
						st.resurrects()
					})
				})
			}
		}
	}
}

// die plays the scene and kills the provider at the request of that number: it sends nothing more, and what it would
// have said or written is lost. Only its state from before is left.
func (st *stage) die(number int, worked bool) {
	ctx, kill := context.WithCancel(st.t.Context())
	defer kill()
	var dead atomic.Bool
	st.sim.Inject(
		dlisim.Fault{Match: func(dlisim.Request) bool { return dead.Load() }, CutBefore: true},
		dlisim.Fault{Skip: number, Times: 1, CutBefore: !worked, After: func() { dead.Store(true); kill() }},
	)
	before := st.w.Clone()
	st.play(ctx)
	st.w = before
	st.sim.ClearFaults()
}

// resurrects applies again. A new group whose upload was accepted is not in the state: the provider must not upload over
// it but say how to import it, and the import adopts what is there. A new package of an update must be named before it
// is overwritten.
func (st *stage) resurrects() {
	st.t.Helper()
	unknown := st.unknown()
	plan, diags := st.w.Plan(st.t.Context(), st.after)
	succeeds(st.t, diags)
	if st.w.State() == nil && len(unknown) > 0 {
		st.isRefused(st.w.Carry(st.t.Context(), plan, st.after), unknown)
		succeeds(st.t, st.w.Import(st.t.Context(), sceneGroup))
		st.converges()
		st.uploadedOnce()
		return
	}
	for name := range unknown {
		if !strings.Contains(diags.Warnings().String(), name) {
			st.t.Errorf("%s is overwritten without a warning:\n%s", name, diags)
		}
	}
	if plan.Action != "no-op" {
		succeeds(st.t, st.w.Carry(st.t.Context(), plan, st.after))
	}
	st.isDone()
}

func (st *stage) isRefused(diags acctest.Diagnostics, unknown map[string]dlisim.Package) {
	st.t.Helper()
	said := diags.Errors().String()
	for name := range unknown {
		if !strings.Contains(said, name) {
			st.t.Errorf("the error does not name %s:\n%s", name, diags)
		}
	}
	if len(diags.Errors()) != 1 || !strings.Contains(said, "import {") {
		st.t.Errorf("the error does not say how to import the group:\n%s", diags)
	}
}

// unknown are the packages of ours that the state does not know.
func (st *stage) unknown() map[string]dlisim.Package {
	st.t.Helper()
	found := ours(st.sim)
	for name := range statedPaths(st.w) {
		delete(found, name)
	}
	return found
}
