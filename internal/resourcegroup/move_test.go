// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

const movedPath = "https://bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar"

// packageState is the state of a huaweicloud_dli_package as release 1.97 writes it, with the id in that form.
func packageState(id string) map[string]any {
	return map[string]any{
		"id": id, "region": "cn-north-4", "group_name": "etl", "type": "jar", "object_path": movedPath, "object_name": "etl.jar",
		"is_async": true, "owner": dlisim.DefaultUser, "tags": map[string]string{"team": "data"}, "status": "READY",
		"created_at": "2024-03-28T11:06:49+08:00", "updated_at": "2024-03-28T11:06:49+08:00",
	}
}

func TestMove_takesOverAPackageOfEachProviderWithoutAnUpload(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]struct{ address, typeName, id string }{
		"huaweicloud since 1.63":   {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_dli_package", "etl#etl.jar"},
		"huaweicloud before":       {"registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_dli_package", "etl/etl.jar"},
		"huaweicloud in a mirror":  {"mirror.example.com/team/huaweicloud", "huaweicloud_dli_package", "etl#etl.jar"},
		"sbercloud":                {"registry.terraform.io/sbercloud-terraform/sbercloud", "sbercloud_dli_package", "etl#etl.jar"},
		"flexibleengine":           {"registry.terraform.io/flexibleenginecloud/flexibleengine", "flexibleengine_dli_package", "etl/etl.jar"},
		"g42cloud in the registry": {"registry.terraform.io/g42cloud-terraform/g42cloud", "g42cloud_dli_package", "etl/etl.jar"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{Users: []string{"alice-1"}})
				simulator.Put("etl", dlisim.Package{Name: "etl.jar", Kind: "jar", Owner: dlisim.DefaultUser, Tags: map[string]string{"team": "data"}})
				simulator.Put("etl", dlisim.Package{Name: "other.jar", Kind: "jar"})
				workspace := acctest.NewWorkspace(t, simulator.RoundTripper())

				if diags := workspace.Move(t.Context(), source.address, source.typeName, packageState(source.id)); diags.HasError() {
					t.Fatalf("move: %v", diags)
				}
				if diff := cmp.Diff(map[string]any{"group": "etl", "region": nil, "project_id": nil}, workspace.Identity()); diff != "" {
					t.Errorf("identity (-want +got):\n%s", diff)
				}
				config := acctest.Values{
					"group": "etl", "kind": "jar", "is_async": true, "paths": []string{movedPath}, "tags": map[string]string{"team": "data"},
				}
				plan, diags := workspace.Plan(t.Context(), config)
				if diags.HasError() || plan.Action != "no-op" {
					t.Errorf("plan %q: %v\n%s", plan.Action, diags, cmp.Diff(plan.Prior, plan.Planned))
				}
				if diff := cmp.Diff([]any{"etl.jar", "other.jar"}, workspace.State()["resources"]); diff != "" {
					t.Errorf("resources (-want +got):\n%s", diff)
				}
				config["owner"] = "alice-1"
				if diags := workspace.Apply(t.Context(), config); diags.HasError() {
					t.Errorf("a later update: %v", diags)
				}
				for _, write := range simulator.Writes() {
					if write.Operation != dlisim.OpOwner {
						t.Errorf("sent %s %s", write.Method, write.Path)
					}
				}
			})
		})
	}
}

func TestMove_refusesAnUngroupedPackage(t *testing.T) {
	t.Parallel()
	simulator := dlisim.New(dlisim.Config{})
	workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
	state := packageState("etl.jar")
	state["group_name"] = ""
	diags := workspace.Move(t.Context(), "registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_dli_package", state)
	if text := diags.String(); !diags.HasError() || !strings.Contains(text, `"etl.jar" is in no group`) {
		t.Errorf("said %q", text)
	}
	if sent := simulator.Journal(); len(sent) > 0 {
		t.Errorf("sent %d requests", len(sent))
	}
}

func TestMove_refusesOtherResources(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, dlisim.New(dlisim.Config{}).RoundTripper())
	diags := workspace.Move(t.Context(), "registry.terraform.io/huaweicloud/huaweicloud", "huaweicloud_dli_queue", map[string]any{"id": "1"})
	if !diags.HasError() {
		t.Error("a queue was moved")
	}
}
