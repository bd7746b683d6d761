// SPDX-License-Identifier: MPL-2.0

//go:build unix

package resourcegroup_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// The arguments of the group before and after an update that meets every call that the provider has.
var (
	mortalBefore = fmt.Sprintf("paths = [%q, %q, %q]\ntags = { team = \"data\", stage = \"old\" }", obs+"v1/a.jar", obs+"b.jar", obs+"keep.jar")
	mortalAfter  = fmt.Sprintf("paths = [%q, %q, %q]\ntags = { team = \"etl\" }\nowner = %q", obs+"v2/a.jar", obs+"c.jar", obs+"keep.jar", sceneOwner)
)

func TestSIGKILL_atAnyRequestIsFollowedByAnApplyThatConvergesOrSaysHow(t *testing.T) {
	t.Parallel()
	binary := buildProvider(t)
	for name, before := range map[string]string{"create": "", "update": mortalBefore} {
		healthy := newScene(t, binary, before, mortalAfter)
		healthy.succeeds("apply -auto-approve")
		for number := range healthy.cloud.Journal() {
			t.Run(fmt.Sprintf("%s/request %d", name, number), func(t *testing.T) {
				t.Parallel()
				term := newScene(t, binary, before, mortalAfter)
				term.dieAt(number)
				term.resurrect(before == "")
			})
		}
	}
}

// newScene is a terminal in which the configuration before was applied and the one after is to be.
func newScene(t *testing.T, binary, before, after string) *terminal {
	t.Helper()
	term := newTerminal(t, binary, acctest.NewCloud(t, dlisim.Config{Users: []string{sceneOwner}}))
	if before != "" {
		term.configure(before)
		term.succeeds("apply -auto-approve")
		term.cloud.ResetJournal()
	}
	term.configure(after)
	return term
}

// dieAt applies, and kills the provider when the service has done the work of the request of that number: what it
// would have said or written is lost.
func (term *terminal) dieAt(number int) {
	term.t.Helper()
	term.cloud.Inject(dlisim.Fault{Skip: number, Times: 1, AfterWork: true, Hang: true, After: term.kill})
	command, said := term.command("apply -auto-approve")
	if err := command.Run(); err == nil {
		term.t.Errorf("terraform apply succeeded:\n%s", said)
	}
}

// resurrect applies again. A new group that is not in the state may be refused, with the way to import it.
func (term *terminal) resurrect(isNew bool) {
	term.t.Helper()
	uploaded := len(ours(term.cloud.Simulator)) > 0
	again, said := term.command("apply -auto-approve")
	switch err := again.Run(); {
	case isNew && uploaded && len(term.groups()) == 0:
		if err == nil || !strings.Contains(said.String(), "import {") {
			term.t.Errorf("the next apply does not say how to import the group (%v):\n%s", err, said)
		}
		term.succeeds("import dli_resource_group.etl " + sceneGroup)
		term.succeeds("apply -auto-approve")
	case err != nil:
		term.t.Errorf("the next apply failed: %v\n%s", err, said)
	}
	for name, found := range ours(term.cloud.Simulator) {
		if isNew && found.Uploads != 1 {
			term.t.Errorf("%s was uploaded %d times", name, found.Uploads)
		}
	}
	term.isDone()
}

// isDone checks that the service is as mortalAfter says, and that nothing is left to plan.
func (term *terminal) isDone() {
	term.t.Helper()
	want := map[string]string{"a.jar": obs + "v2/a.jar", "c.jar": obs + "c.jar", "keep.jar": obs + "keep.jar"}
	if diff := cmp.Diff(want, readyPaths(term.cloud.Simulator)); diff != "" {
		term.t.Errorf("READY packages (-configured +service):\n%s", diff)
	}
	for name, found := range ours(term.cloud.Simulator) {
		if found.Owner != sceneOwner || len(found.Tags) != 1 || found.Tags["team"] != "etl" {
			term.t.Errorf("%s belongs to %s and has the tags %v", name, found.Owner, found.Tags)
		}
	}
	term.succeeds("plan -detailed-exitcode")
}

// kill ends the provider that was started last, without a chance to say or write anything.
func (term *terminal) kill() {
	text, err := os.ReadFile(term.pidFile)
	if err != nil {
		term.t.Error(err)
		return
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		term.t.Error(err)
		return
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		term.t.Error(err)
	}
}
