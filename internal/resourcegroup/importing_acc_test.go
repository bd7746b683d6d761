// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

const importBlock = `
import {
  to = dli_resource_group.test
  id = "etl"
}
`

// putByHand makes the group etl as somebody did in the console.
func putByHand(cloud *dlisim.Simulator, kinds map[string]string) {
	for name, kind := range kinds {
		cloud.Put("etl", dlisim.Package{Name: name, Kind: kind, Owner: dlisim.DefaultUser})
	}
}

func TestResourceGroup_importBlockAdoptsWithoutAWrite(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	putByHand(cloud.Simulator, map[string]string{"a.jar": "jar", "b.jar": "jar"})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config: cloud.Config(etl("a.jar b.jar") + importBlock),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionUpdate),
					willBe(at("details", "a.jar", "status"), text("READY")),
					willBe(at("resources"), texts("a.jar", "b.jar")),
				),
				Check:             wrote(cloud),
				ConfigStateChecks: append(tagged(nil), managed("a.jar b.jar"), has(at("owner"), text(dlisim.DefaultUser))),
			},
			{
				Config:            cloud.Config(etl("a.jar")),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate)),
				Check:             wrote(cloud, "DELETE resources/b.jar?group=etl"),
				ConfigStateChecks: append(tagged(nil), managed("a.jar")),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_importCommandPutsBareNamesIntoTheState(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	putByHand(cloud.Simulator, map[string]string{"a.jar": "jar", "b.jar": "jar"})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:             cloud.Config(etl("a.jar b.jar")),
				ResourceName:       address,
				ImportState:        true,
				ImportStateId:      "etl",
				ImportStatePersist: true,
				ImportStateCheck: func(states []*terraform.InstanceState) error {
					one := states[0].Attributes
					for key, want := range map[string]string{
						"id": "etl", "group": "etl", "kind": "jar", "paths.0": "a.jar", "paths.1": "b.jar", "references.a.jar": "etl/a.jar",
						"details.b.jar.status": "READY", "is_async": "false", "exclusive": "false",
					} {
						if one[key] != want {
							return fmt.Errorf("%s is %q, not %q", key, one[key], want)
						}
					}
					return nil
				},
			},
			{
				Config:            cloud.Config(etl("a.jar b.jar")),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate)),
				Check:             wrote(cloud),
				ConfigStateChecks: append(tagged(nil), managed("a.jar b.jar")),
			},
		},
	})
}

func TestResourceGroup_importOfMixedKindsTakesTheKindOfTheConfiguration(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	putByHand(cloud.Simulator, map[string]string{"a.jar": "jar", "b.py": "pyFile"})
	config := strings.Replace(etl("a.jar b.py"), `"jar"`, `"file"`, 1)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config:            cloud.Config(config + importBlock),
			ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate)),
			Check:             wrote(cloud),
			ConfigStateChecks: append(tagged(nil), has(at("kind"), text("file")), has(at("details", "b.py", "resource_type"), text("pyFile"))),
		}},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_importOfWhatIsNotThereFails(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config:      cloud.Config(etl("a.jar") + importBlock),
			ExpectError: says("Cannot import non-existent remote object"),
		}},
		CheckDestroy: wrote(cloud),
	})
}

func TestResourceGroup_importOfAnEmptyShellFindsNothing(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.cloud.Put("etl", dlisim.Package{Name: "a.jar"})
		w.cloud.Remove("etl", "a.jar")
		if diags := w.Import(ctx, "etl"); diags.HasError() || w.State() != nil {
			t.Errorf("the state is %v: %v", w.State(), diags)
		}
	})
}

func TestResourceGroup_importOfAMalformedIdIsRefusedBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"my group", "etl/a.jar", strings.Repeat("g", 65), "组", "etl,cn-north-4", " etl"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				if diags := w.Import(ctx, id); !says("is not the name of a group", "Import by its name alone").MatchString(diags.Errors().String()) {
					t.Errorf("the id is not refused: %v", diags)
				}
				expectRequests(t, w.cloud)
			})
		})
	}
}

func TestResourceGroup_importOfOneKindIsReplacedByAnother(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		putByHand(w.cloud, map[string]string{"a.py": "pyFile", "b.py": "pyFile"})
		if diags := w.Import(ctx, "etl"); diags.HasError() {
			t.Fatal(diags)
		}
		w.expectState(map[string]any{"kind": "pyFile", "paths": []any{"a.py", "b.py"}})
		if plan := w.mustPlan(ctx, etlValues("a.py b.py", nil)); plan.Action != "replace" {
			t.Errorf("another kind is planned as %q", plan.Action)
		}
		if plan := w.mustPlan(ctx, etlValues("a.py b.py", acctest.Values{"kind": "pyFile"})); plan.Action != "update" {
			t.Errorf("the kind of the packages is planned as %q", plan.Action)
		}
	})
}

func TestResourceGroup_sourceHashForcesAnUploadAfterAnImport(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	putByHand(cloud.Simulator, map[string]string{"a.jar": "jar", "b.jar": "jar"})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config:            cloud.Config(etl("a.jar b.jar c.jar", `source_hash = { "a.jar" = "1" }`, `tags = { team = "data" }`) + importBlock),
			ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate), willChange(at("details"))),
			Check:             wrote(cloud, "POST resources a.jar c.jar team=data", "POST dli_package_resource/etl%23b.jar/tags/create team=data"),
			ConfigStateChecks: append(tagged(map[string]string{"team": "data"}), managed("a.jar b.jar c.jar"), has(at("tags"), knownvalue.MapSizeExact(1))),
		}},
	})
}
