// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// takenOver is a workspace in the middle of the guide: two huaweicloud_dli_package in the state, and the example in
// the place of their configuration.
func takenOver(t *testing.T) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.copyExample("take-over-from-huaweicloud")
	scenes()["take-over-from-huaweicloud"].prepare(w)
	return w
}

func (w *workspace) edit(pattern, replacement string) {
	w.t.Helper()
	before := read(w.t, filepath.Join(w.directory, "main.tf"))
	after := regexp.MustCompile(pattern).ReplaceAllString(before, replacement)
	if after == before {
		w.t.Fatalf("nothing matches %s in\n%s", pattern, before)
	}
	w.write("main.tf", after)
}

func wantSaid(t *testing.T, said string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(said, text) {
			t.Errorf("it does not say %q:\n%s", text, said)
		}
	}
}

// The guide's own steps, in their order.
func TestMigration_fromHuaweicloudGoesAsTheGuideSays(t *testing.T) {
	t.Parallel()
	w := takenOver(t)
	w.write("job.tf", `output "job" { value = dli_resource_group.etl.references["etl.jar"] }`)
	said := w.says("plan", "-no-color")
	wantSaid(t, said, "1 to import, 0 to add", "0 to destroy", "# huaweicloud_dli_package.etl will ", "# huaweicloud_dli_package.udf will ")
	if forgotten := strings.Count(said, "but will not be destroyed"); forgotten != 2 {
		t.Errorf("%d packages are forgotten, want 2:\n%s", forgotten, said)
	}
	if strings.Contains(said, "Imported packages") {
		t.Errorf("the plan warns although no path is missing:\n%s", said)
	}
	w.succeed("apply", "-auto-approve", "-no-color")
	if job := w.says("output", "-raw", "job"); !strings.HasSuffix(job, "etl/etl.jar") {
		t.Errorf("the job takes %q instead of what group_name and object_name make", job)
	}
	w.edit(`(?ms)^(removed|import) \{.*?^\}\n`, "")
	w.succeed("plan", "-detailed-exitcode", "-no-color")
	w.wroteNothing()
}

func TestMigration_warnsOfAPathThatIsMissing(t *testing.T) {
	t.Parallel()
	w := takenOver(t)
	w.edit(`(?m)^.*udf\.jar",\n`, "")
	wantSaid(t, w.says("plan", "-no-color"), "Imported packages of DLI resource group \"etl\" will be deleted", "udf.jar")
}

func TestMigration_ofOnePackageChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.copyExample("move-from-huaweicloud")
	scenes()["move-from-huaweicloud"].prepare(w)
	wantSaid(t, w.says("plan", "-no-color"), "huaweicloud_dli_package.etl has moved to dli_resource_group.etl", "0 to add, 0 to change, 0 to destroy")
}
