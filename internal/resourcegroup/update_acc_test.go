// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_updateUploadsThenDeletesThenChangesOwnerThenTags(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: 300 * time.Millisecond, Users: []string{"alice-1"}})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:           cloud.Config(etl("a.jar b.jar", "is_async = true", `tags = { team = "data", stage = "test" }`)),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
				Check:            wrote(cloud, "POST resources a.jar b.jar stage=test team=data"),
			},
			{
				Config: cloud.Config(etl("a.jar c.jar", "is_async = true", `tags = { team = "ml", cost = "42" }`, `owner = "alice-1"`)),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionUpdate),
					willChange(at("details")), willChange(at("resources")), willChange(at("status")), willChange(at("update_time")),
					willBe(at("create_time"), knownvalue.NotNull()),
					willBe(at("references"), textMap(map[string]string{"a.jar": "etl/a.jar", "c.jar": "etl/c.jar"})),
				),
				Check: wrote(cloud,
					"POST resources c.jar cost=42 team=ml",
					"DELETE resources/b.jar?group=etl",
					"PUT resources/owner etl/a.jar to alice-1",
					"PUT resources/owner etl/c.jar to alice-1",
					"PUT resources/owner etl to alice-1",
					"POST dli_package_resource/etl%23a.jar/tags/create cost=42 team=ml",
					"POST dli_package_resource/etl%23a.jar/tags/delete stage=test"),
				ConfigStateChecks: append(tagged(map[string]string{"team": "ml", "cost": "42"}),
					managed("a.jar c.jar"),
					has(at("resources"), texts("a.jar", "c.jar")),
					has(at("owner"), text("alice-1")),
					has(at("details", "c.jar", "owner"), text("alice-1")),
					has(at("details", "c.jar", "status"), text("READY")),
				),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_movedPathIsOverwrittenAndNotDeleted(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		w.cloud.ResetJournal()
		moved := etlValues("", acctest.Values{"paths": []string{"obs://elsewhere/a.jar", bucket + "b.jar"}})
		if plan := w.mustPlan(ctx, moved); plan.Action != "update" {
			t.Errorf("a moved path is planned as %q", plan.Action)
		}
		w.mustApply(ctx, moved)
		expectWrites(t, w.cloud, "POST resources a.jar")
		group, _ := w.cloud.Group("etl")
		if path := group.Packages["a.jar"].Path; path != "obs://elsewhere/a.jar" {
			t.Errorf("a.jar was uploaded from %s", path)
		}
	})
}

func TestResourceGroup_sourceHashUploadsTheChangedPackagesAgain(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:           cloud.Config(etl("a.jar b.jar c.jar", `source_hash = { "a.jar" = "1", "b.jar" = "1" }`)),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
				Check:            wrote(cloud, "POST resources a.jar b.jar c.jar"),
			},
			{
				Config:           cloud.Config(etl("a.jar b.jar c.jar", `source_hash = { "a.jar" = "1", "b.jar" = "2", "c.jar" = "1" }`)),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate), willChange(at("details"))),
				Check:            wrote(cloud, "POST resources b.jar c.jar"),
			},
			{
				Config:            cloud.Config(etl("a.jar b.jar c.jar", `source_hash = { "a.jar" = "1" }`)),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate), willBe(at("details", "b.jar", "status"), text("READY"))),
				Check:             wrote(cloud),
				ConfigStateChecks: tagged(nil),
			},
		},
	})
}

func TestResourceGroup_isAsyncAndExclusiveChangeWithoutACall(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	unchanged := []plancheck.PlanCheck{
		action(plancheck.ResourceActionUpdate),
		willBe(at("details", "a.jar", "status"), text("READY")),
		willBe(at("resources"), texts("a.jar")),
		willBe(at("update_time"), knownvalue.NotNull()),
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar")},
			{Config: cloud.Config(etl("a.jar", "is_async = true")), ConfigPlanChecks: planned(unchanged...), Check: wrote(cloud)},
			{Config: cloud.Config(etl("a.jar", "exclusive = true")), ConfigPlanChecks: planned(unchanged...), Check: wrote(cloud)},
		},
	})
}

func TestResourceGroup_applyOfFlagsSendsNothingAtAll(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		flipped := etlValues("a.jar", acctest.Values{"is_async": false, "exclusive": true, "timeouts": map[string]any{"create": "1h"}})
		plan := w.mustPlan(ctx, flipped)
		w.cloud.ResetJournal()
		if diags := w.Carry(ctx, plan, flipped); len(diags) > 0 || plan.Action != "update" {
			t.Errorf("the %s says: %v", plan.Action, diags)
		}
		expectRequests(t, w.cloud)
		w.expectState(map[string]any{"is_async": false, "exclusive": true})
		w.mustBeSettled(ctx, flipped)
	})
}

func TestResourceGroup_changeOfTagsTouchesTagsAlone(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:           cloud.Config(etl("a.jar b.jar", `tags = { team = "data", stage = "test", keep = "me" }`)),
				ConfigPlanChecks: planned(),
				Check:            wrote(cloud, "POST resources a.jar b.jar keep=me stage=test team=data"),
			},
			{
				Config: cloud.Config(etl("a.jar b.jar", `tags = { team = "ml", cost = "42", keep = "me" }`)),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionUpdate),
					willBe(at("details", "a.jar", "status"), text("READY")),
					willBe(at("details", "b.jar", "update_time"), knownvalue.NotNull()),
					willBe(at("resources"), texts("a.jar", "b.jar")),
					willBe(at("status"), text("READY")),
					willBe(at("owner"), text(dlisim.DefaultUser)),
					willBe(at("create_time"), knownvalue.NotNull()),
					willBe(at("update_time"), knownvalue.NotNull()),
					willBe(at("references", "a.jar"), text("etl/a.jar")),
				),
				Check: wrote(cloud,
					"POST dli_package_resource/etl%23a.jar/tags/create cost=42 team=ml",
					"POST dli_package_resource/etl%23b.jar/tags/create cost=42 team=ml",
					"POST dli_package_resource/etl%23a.jar/tags/delete stage=test",
					"POST dli_package_resource/etl%23b.jar/tags/delete stage=test"),
				ConfigStateChecks: tagged(map[string]string{"team": "ml", "cost": "42", "keep": "me"}),
			},
		},
	})
}

func TestResourceGroup_changeOfOwnerSendsOnlyTheOwner(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{Users: []string{"alice-1"}})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar b.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar")},
			{
				Config: cloud.Config(etl("a.jar b.jar", `owner = "alice-1"`)),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionUpdate),
					willBe(at("owner"), text("alice-1")),
					willBe(at("details", "a.jar", "owner"), text("alice-1")),
					willBe(at("details", "a.jar", "status"), text("READY")),
					willBe(at("resources"), texts("a.jar", "b.jar")),
				),
				Check: wrote(cloud,
					"PUT resources/owner etl/a.jar to alice-1", "PUT resources/owner etl/b.jar to alice-1", "PUT resources/owner etl to alice-1"),
				ConfigStateChecks: tagged(nil),
			},
		},
	})
}

func TestResourceGroup_additionComesToTheSameUnderBothReadingsOfAnUpload(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behaviour dlisim.Behaviour
		want      []string
	}{
		"an upload adds to the group":  {dlisim.Behaviour{}, []string{"POST resources c.jar team=data"}},
		"an upload replaces the group": {dlisim.Behaviour{UploadReplacesGroup: true}, []string{"POST resources c.jar team=data", "POST resources a.jar b.jar c.jar team=data"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{UploadTime: time.Second, Behaviour: test.behaviour}, func(ctx context.Context, w *world) {
				tags := acctest.Values{"tags": map[string]string{"team": "data"}}
				w.mustApply(ctx, etlValues("a.jar b.jar", tags))
				w.cloud.ResetJournal()
				w.mustApply(ctx, etlValues("a.jar b.jar c.jar", tags))
				if diff := cmp.Diff(test.want, writes(w.cloud)); diff != "" {
					t.Errorf("the writes (-want +got):\n%s", diff)
				}
				w.expectPackages("a.jar", "b.jar", "c.jar")
				w.expectState(map[string]any{"resources": []any{"a.jar", "b.jar", "c.jar"}, "status": "READY"})
			})
		})
	}
}

func TestResourceGroup_removalOfAPathDeletesItsPackageAlone(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.cloud.Put("", dlisim.Package{Name: "b.jar"})
		w.cloud.Put("other", dlisim.Package{Name: "b.jar"})
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		w.cloud.ResetJournal()
		w.mustApply(ctx, etlValues("a.jar", nil))
		expectWrites(t, w.cloud, "DELETE resources/b.jar?group=etl")
		for _, elsewhere := range []string{"", "other"} {
			if group, _ := w.cloud.Group(elsewhere); len(group.Packages) != 1 {
				t.Errorf("b.jar of the group %q was deleted", elsewhere)
			}
		}
	})
}
