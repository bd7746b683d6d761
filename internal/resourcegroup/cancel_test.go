// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"fmt"
	"maps"
	"path"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// promptly is how long a user who pressed Ctrl-C waits at most.
const promptly = time.Second

// disturbed are the operations that cancellation and death come upon, on a network that takes its time.
func disturbed() map[string]scene {
	latency := dlisim.Config{Latency: 20 * time.Millisecond}
	return map[string]scene{
		"create":  {after: sceneAfter(), config: latency},
		"update":  {before: sceneBefore(), after: sceneAfter(), config: latency},
		"destroy": {before: sceneBefore(), config: latency},
	}
}

// requests are what the scene sends when nothing disturbs it.
func (st *stage) requests(t *testing.T) (sent []dlisim.Request) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		undisturbed := st.again(t)
		succeeds(t, undisturbed.play(t.Context()))
		sent = undisturbed.sim.Journal()
	})
	return sent
}

// cancellation is what the service does with the request at which the user presses Ctrl-C.
type cancellation struct {
	name string
	// worked is true when the request is carried out, and silent when none is answered from then on.
	worked, silent bool
}

var cancellations = []cancellation{
	{name: "before the work"},
	{name: "after the work", worked: true},
	{name: "before the work and all is silence", silent: true},
	{name: "after the work and all is silence", worked: true, silent: true},
}

func TestCancel_atAnyRequestEndsPromptlyAndLosesNothing(t *testing.T) {
	t.Parallel()
	for name, scene := range disturbed() {
		first := scene.rehearse(t)
		for number := range first.requests(t) {
			for _, c := range cancellations {
				t.Run(fmt.Sprintf("%s/request %d/%s", name, number, c.name), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) { c.strike(first.again(t), number) })
				})
			}
		}
	}
}

// strike cancels the operation at the request of that number, counted from 0.
func (c cancellation) strike(st *stage, number int) {
	ctx, cancel := context.WithCancel(st.t.Context())
	defer cancel()
	var pressed time.Time
	press := func() {
		pressed = time.Now()
		cancel()
		if c.silent {
			st.sim.Inject(dlisim.Fault{Hang: true})
		}
	}
	st.sim.Inject(dlisim.Fault{Skip: number, Times: 1, CutBefore: !c.worked, After: press})
	diags := st.play(ctx)
	if took := time.Since(pressed); took > promptly {
		st.t.Errorf("it ended %s after the cancellation", took)
	}
	st.sim.ClearFaults()

	// Whether an upload that was cancelled on its way will still arrive, nobody can tell: it stays known until a refresh.
	lost := st.sim.Journal()[number].Operation == dlisim.OpUpload && !c.worked
	st.recovers(diags, !c.silent && !lost)
}

// recovers checks what an operation that was ended from outside has left behind. It was able to look at the end when it
// could see what it had done.
func (st *stage) recovers(diags acctest.Diagnostics, looked bool) {
	st.t.Helper()
	if len(diags.Errors()) > 1 {
		st.t.Errorf("more than one error:\n%s", diags)
	}
	if looked {
		stateAgrees(st.t, st.w, st.sim)
	} else {
		stateKnows(st.t, st.w, st.sim, "a.jar")
	}
	if !diags.HasError() {
		st.isDone()
		return
	}
	st.w.Untaint()
	st.converges()
	if looked {
		st.uploadedOnce()
	}
}

// uploadedOnce checks that no package was sent again that the service had.
func (st *stage) uploadedOnce() {
	st.t.Helper()
	earlier := map[string]string{}
	if st.before != nil {
		for _, location := range st.before["paths"].([]string) {
			earlier[path.Base(location)] = location
		}
	}
	for name, found := range ours(st.sim) {
		want := 1
		if location, ok := earlier[name]; ok && location != found.Path {
			want = 2
		}
		if found.Uploads != want {
			st.t.Errorf("%s was uploaded %d times instead of %d", name, found.Uploads, want)
		}
	}
}

// The pauses between attempts are partly chance, so the instants do not hit the same moment in every run; all are to
// be survived.
func TestCancel_atAnyInstantOfAWaitOrAPauseEndsPromptlyAndLosesNothing(t *testing.T) {
	t.Parallel()
	for name, scene := range disturbed() {
		scene.config.UploadTime = 3 * time.Second
		for _, config := range []acctest.Values{scene.before, scene.after} {
			if config != nil {
				config["is_async"] = true
			}
		}
		first := scene.rehearse(t)
		for instant := 250 * time.Millisecond; instant < 14*time.Second; instant += time.Second {
			t.Run(fmt.Sprintf("%s/%s", name, instant), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { first.again(t).cancelAt(instant) })
			})
		}
	}
}

// cancelAt cancels after that time, in the middle of throttled calls, an upload of unknown fate, a wait, and failing looks.
func (st *stage) cancelAt(instant time.Duration) {
	throttled := dlisim.Fault{Status: 429, Body: dlisim.ErrorBody("APIGW.0308", "throttled"), Times: 1}
	onUpload, onDelete := throttled, throttled
	onUpload.Operation, onDelete.Operation = dlisim.OpUpload, dlisim.OpDelete
	st.sim.Inject(
		onUpload, dlisim.Fault{Operation: dlisim.OpUpload, Times: 2, Status: 503}, onDelete,
		dlisim.Fault{Operation: dlisim.OpList, Skip: 4, Times: 2, Status: 503},
	)
	ctx, cancel := context.WithTimeout(st.t.Context(), instant)
	defer cancel()
	start := time.Now()
	diags := st.play(ctx)
	if took := time.Since(start); took > instant+promptly {
		st.t.Errorf("it ended %s after the cancellation", took-instant)
	}
	st.sim.ClearFaults()
	uploadsEnd(st)
	st.recovers(diags, false)
}

// uploadsEnd lets the service finish what it has begun.
func uploadsEnd(st *stage) {
	<-time.After(st.config.UploadTime)
}

func TestCancel_anUploadThatArrivesAfterTheEndIsKnownToTheState(t *testing.T) {
	t.Parallel()
	for name, scene := range map[string]scene{"create": sceneCreate, "update": sceneUpdate} {
		first := scene.rehearse(t)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				st := first.again(t)
				ctx, cancel := context.WithCancel(t.Context())
				st.sim.Inject(dlisim.Fault{Operation: dlisim.OpUpload, CutBefore: true, Before: cancel})
				diags := st.play(ctx)
				st.sim.ClearFaults()
				st.sim.Put(sceneGroup, dlisim.Package{
					Name: "c.jar", Path: obs + "c.jar", Owner: dlisim.DefaultUser, Uploads: 1, Tags: map[string]string{"team": "etl"},
				})
				st.recovers(diags, false)
				st.uploadedOnce()
			})
		})
	}
}

func TestTimeout_namesEveryPackageItsLastStatusAndTheLastError(t *testing.T) {
	t.Parallel()
	settings := acctest.Values{"is_async": true, "timeouts": acctest.Values{"create": "3m"}}
	after := sceneAfter()
	maps.Copy(after, settings)
	first := scene{after: after, config: dlisim.Config{UploadTime: time.Hour}}.rehearse(t)
	synctest.Test(t, func(t *testing.T) {
		st := first.again(t)
		st.sim.Inject(
			dlisim.Fault{Operation: dlisim.OpUpload, After: func() {
				st.sim.Remove(sceneGroup, "keep.jar")
				st.sim.SetStatus(sceneGroup, "c.jar", "CHECKING")
			}},
			dlisim.Fault{Operation: dlisim.OpList, Skip: 3, Times: 6, Status: 503},
		)
		start := time.Now()
		diags := st.play(t.Context())
		st.sim.ClearFaults()
		if took := time.Since(start); took < 3*time.Minute || took > 3*time.Minute+promptly {
			t.Errorf("it ended after %s", took)
		}
		for _, words := range []string{
			"the timeout of 3m0s has passed", `"a.jar" is UPLOADING`, `"c.jar" has the unknown status "CHECKING"`, `"keep.jar" never showed up in the group`,
			"HTTP 503", "timeouts",
		} {
			if !strings.Contains(diags.String(), words) {
				t.Errorf("the message does not say %q:\n%s", words, diags)
			}
		}
		st.sim.SetStatus(sceneGroup, "a.jar", dlisim.StatusReady)
		st.sim.SetStatus(sceneGroup, "c.jar", dlisim.StatusReady)
		st.recoversWith(acctest.Values{"is_async": false}, diags)
	})
}

// recoversWith goes on with another configuration.
func (st *stage) recoversWith(settings acctest.Values, diags acctest.Diagnostics) {
	st.t.Helper()
	st.after = maps.Clone(st.after)
	maps.Copy(st.after, settings)
	st.recovers(diags, false)
}
