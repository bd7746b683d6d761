// SPDX-License-Identifier: MPL-2.0

//go:build unix

package resourcegroup_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// A resource that was renamed without a block "moved" is deleted and created side by side.
func TestResource_renamedIsNotDeletedUnderItsSuccessor(t *testing.T) {
	t.Parallel()
	term := newTerminal(t, buildProvider(t), acctest.NewCloud(t, dlisim.Config{}))
	resource := func(name string) string {
		return fmt.Sprintf("resource \"dli_resource_group\" %q {\n  group = \"etl\"\n  kind  = \"jar\"\n  paths = [%q]\n  timeouts { delete = \"5s\" }\n}\n", name, obs+"a.jar")
	}
	term.declare(resource("old"))
	term.succeeds("apply -auto-approve")
	term.declare(resource("new"))
	term.succeeds("plan -out=saved")
	// The creation looks when the package is gone, and the deletion hears of that only after the upload. Where they take
	// turns neither can happen, so both waits end by themselves.
	deleted, uploaded := make(chan struct{}), make(chan struct{})
	await := func(event chan struct{}) {
		select {
		case <-event:
		case <-time.After(time.Second):
		}
	}
	term.cloud.Inject(
		dlisim.Fault{Operation: dlisim.OpDelete, Times: 1, After: func() { close(deleted); await(uploaded) }},
		dlisim.Fault{Operation: dlisim.OpList, Times: 1, Before: func() { await(deleted) }},
		dlisim.Fault{Operation: dlisim.OpUpload, Times: 1, After: func() { close(uploaded) }},
	)
	command, said := term.command("apply saved")
	if err := command.Run(); err != nil && !strings.Contains(said.String(), "exists already") {
		t.Errorf("%v\n%s", err, said)
	}
	again, said := term.command("apply -auto-approve")
	if err := again.Run(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	if got := readyPaths(term.cloud.Simulator); got["a.jar"] != obs+"a.jar" {
		t.Errorf("the cloud has %v", got)
	}
	term.succeeds("plan -detailed-exitcode")
}
