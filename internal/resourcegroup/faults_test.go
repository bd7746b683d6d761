// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// ailment is one way in which the service can be ill.
type ailment struct {
	name string
	// fault is made when it is needed: some hold a date.
	fault func() dlisim.Fault
	// says is what the user must read of it.
	says []string
	// worked is true when the work is done all the same.
	worked bool
}

func answers(status int, body string) dlisim.Fault {
	return dlisim.Fault{Status: status, Body: body}
}

func throttledUntil(header func() string) func() dlisim.Fault {
	return func() dlisim.Fault {
		fault := answers(http.StatusTooManyRequests, dlisim.ErrorBody("APIGW.0308", "The throttling threshold has been reached"))
		if header != nil {
			fault.Header = http.Header{"Retry-After": {header()}}
		}
		return fault
	}
}

func inThreeSeconds() string { return time.Now().Add(3 * time.Second).UTC().Format(http.TimeFormat) }

var (
	saysThrottled = []string{"APIGW.0308", "The throttling threshold has been reached", "HTTP 429"}
	saysTimeout   = []string{"APIGW.0201", "Backend timeout", "HTTP 504"}
	saysHang      = []string{".myhuaweicloud.com"}
	saysNothing   = []string{"no answer from", ".myhuaweicloud.com", "the connection was cut"}

	gatewayTimeout = answers(http.StatusGatewayTimeout, dlisim.ErrorBody("APIGW.0201", "Backend timeout"))
)

func afterWork(fault dlisim.Fault) dlisim.Fault {
	fault.AfterWork = true
	return fault
}

func always(fault dlisim.Fault) func() dlisim.Fault {
	return func() dlisim.Fault { return fault }
}

var ailments = []ailment{
	{name: "429", fault: throttledUntil(nil), says: saysThrottled},
	{name: "429 for seconds", fault: throttledUntil(func() string { return "3" }), says: saysThrottled},
	{name: "429 until a date", fault: throttledUntil(inThreeSeconds), says: saysThrottled},
	{name: "500", fault: always(answers(500, dlisim.ErrorBody("APIGW.0601", "Internal server error"))), says: []string{"APIGW.0601", "Internal server error", "HTTP 500"}},
	{name: "502 in HTML", fault: always(answers(502, "<html><body>\n<h1>Bad gateway</h1></body></html>")), says: []string{"<h1>Bad gateway</h1>", "HTTP 502"}},
	{name: "503 without a word", fault: always(answers(503, "")), says: []string{"Service Unavailable", "HTTP 503"}},
	{name: "400 that is a 500", fault: always(answers(400, dlisim.ErrorBody("DLI.0999", "Server-side errors"))), says: []string{"DLI.0999", "Server-side errors", "HTTP 400"}},
	{name: "408", fault: always(answers(408, "")), says: []string{"Request Timeout", "HTTP 408"}},
	{name: "408 after the work", fault: always(afterWork(answers(408, ""))), says: []string{"Request Timeout", "HTTP 408"}, worked: true},
	{name: "504", fault: always(gatewayTimeout), says: saysTimeout},
	{name: "504 after the work", fault: always(afterWork(gatewayTimeout)), says: saysTimeout, worked: true},
	{name: "cut before the work", fault: always(dlisim.Fault{CutBefore: true}), says: saysNothing},
	{name: "cut after the work", fault: always(dlisim.Fault{CutAfter: true}), says: saysNothing, worked: true},
	{name: "half a body", fault: always(dlisim.Fault{HalfBody: true}), says: saysNothing, worked: true},
	{name: "hang", fault: always(dlisim.Fault{Hang: true}), says: saysHang},
}

// patient is a scene in which the service is ill at one operation.
type patient struct {
	name      string
	scene     scene
	operation dlisim.Operation
	// skip lets so many of its requests pass.
	skip int
	// isFound says that the provider looks for the work before it complains, so that a lost answer does no harm.
	isFound bool
	// isSpared says that the provider does without the call where it fails.
	isSpared bool
	// setting changes the environment, so that the operation is called at all.
	setting func(env map[string]string)
}

func byProjectName(env map[string]string) { delete(env, "HW_PROJECT_ID") }

func byAgency(env map[string]string) {
	env["HW_ASSUME_ROLE_AGENCY_NAME"], env["HW_ASSUME_ROLE_DOMAIN_NAME"] = "etl", "data"
}

var patients = []patient{
	{name: "project lookup", scene: sceneCreate, operation: dlisim.OpProjects, setting: byProjectName},
	{name: "account of the keys", scene: sceneCreate, operation: dlisim.OpDomains, setting: byAgency},
	{name: "keys of an agency", scene: sceneCreate, operation: dlisim.OpSecurityTokens, setting: byAgency},
	{name: "upload of a create", scene: sceneCreate, operation: dlisim.OpUpload, isFound: true},
	{name: "upload of an update", scene: sceneUpdate, operation: dlisim.OpUpload, isFound: true},
	{name: "wait for READY", scene: sceneUpdate, operation: dlisim.OpList, skip: 1},
	{name: "show", scene: hidden(sceneUpdate), operation: dlisim.OpShow, skip: 4},
	{name: "delete of a destroy", scene: sceneDestroy, operation: dlisim.OpDelete, isFound: true},
	{name: "owner", scene: sceneUpdate, operation: dlisim.OpOwner},
	{name: "tags create", scene: sceneUpdate, operation: dlisim.OpTagsCreate},
	{name: "tags delete", scene: sceneUpdate, operation: dlisim.OpTagsDelete},
	{name: "refresh", scene: sceneRefresh, operation: dlisim.OpList},
	{name: "tags read of a refresh", scene: sceneRefresh, operation: dlisim.OpTagsRead},
	{name: "tags filter of a refresh", scene: surveyed(sceneRefresh), operation: dlisim.OpTagsFilter, isSpared: true},
}

func TestFault_thatPassesIsOvercomeAndOneThatStaysIsToldOnce(t *testing.T) {
	t.Parallel()
	for _, patient := range patients {
		first := patient.scene.rehearse(t)
		for _, ill := range ailments {
			for _, times := range []int{1, 2, 0} {
				t.Run(fmt.Sprintf("%s/%s/%d", patient.name, ill.name, times), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) { patient.suffer(first.again(t), ill, times) })
				})
			}
		}
	}
}

// suffer plays the scene with a fault that strikes so many times, 0 for ever.
func (p patient) suffer(st *stage, ill ailment, times int) {
	if p.setting != nil {
		st.w.Env = maps.Clone(st.w.Env)
		p.setting(st.w.Env)
	}
	fault := ill.fault()
	fault.Operation, fault.Skip, fault.Times = p.operation, p.skip, times
	st.sim.Inject(fault)
	diags := st.play(st.t.Context())
	st.sim.ClearFaults()

	if uploads := st.sent(dlisim.OpUpload); p.operation == dlisim.OpUpload && ill.worked && uploads != 1 {
		st.t.Errorf("%d uploads where one was enough", uploads)
	}
	if st.sent(p.operation) == 0 {
		st.t.Errorf("%q was not called", p.operation)
	}
	if times > 0 || p.isSpared || ill.worked && p.isFound {
		if len(diags) > 0 {
			st.t.Errorf("it was not overcome:\n%s", diags)
		}
		st.isDone()
		return
	}
	p.isTold(st, ill, diags)
	if p.operation == dlisim.OpList || p.operation == dlisim.OpShow {
		stateKnows(st.t, st.w, st.sim)
	} else {
		stateAgrees(st.t, st.w, st.sim)
	}
	st.converges()
}

// isTold checks the one message about an illness that stays: a warning where only tags could not be read.
func (p patient) isTold(st *stage, ill ailment, diags acctest.Diagnostics) {
	st.t.Helper()
	severe := diags.Errors()
	if p.operation == dlisim.OpTagsRead {
		severe = diags.Warnings()
	}
	if len(severe) != 1 || len(diags) != 1 {
		st.t.Errorf("not one message:\n%s", diags)
	}
	for _, words := range ill.says {
		if !strings.Contains(strings.ToLower(diags.String()), strings.ToLower(words)) {
			st.t.Errorf("the message does not say %q:\n%s", words, diags)
		}
	}
	told := func(r dlisim.Request) bool {
		return r.Operation == p.operation && strings.Contains(diags.String(), r.ID)
	}
	if ill.fault().Status != 0 && !slices.ContainsFunc(st.sim.Journal(), told) {
		st.t.Errorf("the message has no request id of %q:\n%s", p.operation, diags)
	}
}
