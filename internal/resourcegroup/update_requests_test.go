// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// sceneLongUpdate is the update of the scene with two packages to delete, so that a refusal can come between them.
func sceneLongUpdate() scene {
	before := sceneBefore()
	before["paths"] = append(before["paths"].([]string), obs+"old.jar")
	return scene{before: before, after: sceneAfter()}
}

// refusals are definite: the provider need not, and does not, send the request again.
var refusals = map[string]dlisim.Fault{
	"403": answers(http.StatusForbidden, dlisim.ErrorBody("APIGW.0302", "This IAM user is not allowed to access the API")),
	"400": answers(http.StatusBadRequest, dlisim.ErrorBody("DLI.0001", "The parameters are not valid")),
}

func TestUpdate_refusedAtAnyRequestLeavesATrueStateThatTheNextApplyGoesOnFrom(t *testing.T) {
	t.Parallel()
	first := sceneLongUpdate().rehearse(t)
	requests := first.requests(t)
	isWrite := func(r dlisim.Request) bool { return r.Method != http.MethodGet }
	for number, request := range requests {
		left := "no-op" // for the next plan, when only a look after the last write is refused
		if slices.ContainsFunc(requests[number:], isWrite) {
			left = "update"
		}
		for name, refusal := range refusals {
			t.Run(fmt.Sprintf("request %d, %s/%s", number, request.Operation, name), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { first.again(t).isRefusedAt(number, refusal, left) })
			})
		}
	}
}

// isRefusedAt plays an update whose request of that number, counted from 0, is refused; the next plan is to have the
// action left.
func (st *stage) isRefusedAt(number int, refusal dlisim.Fault, left string) {
	st.t.Helper()
	refusal.Skip, refusal.Times = number, 1
	st.sim.Inject(refusal)
	diags := st.play(st.t.Context())
	st.sim.ClearFaults()

	refused := st.sim.Journal()[number].Operation
	if len(diags) != 1 || diags.HasError() == (refused == dlisim.OpTagsRead) {
		st.t.Errorf("not one error about the refused %s, or warning about tags that only were to be read:\n%s", refused, diags)
	}
	if st.w.Tainted() {
		st.t.Error("a failed update taints the resource")
	}
	stateAgrees(st.t, st.w, st.sim)
	plan, planned := st.w.Clone().Plan(st.t.Context(), st.after)
	succeeds(st.t, planned)
	if plan.Action != left {
		st.t.Errorf("after the refused %s the next plan is to %s instead of %s (-state +plan):\n%s",
			refused, plan.Action, left, cmp.Diff(plan.Prior, plan.Planned))
	}
	st.converges()
	st.uploadedOnce()
}
