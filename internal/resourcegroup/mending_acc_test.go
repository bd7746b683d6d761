// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_driftIsPlannedPreciselyAndMended(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{Users: []string{"alice-1", "bob-02"}})
	config := cloud.Config(etl("a.jar b.jar", `owner = "alice-1"`, `tags = { team = "data" }`))
	const upload, giveA, giveB, giveGroup = "POST resources a.jar b.jar team=data", "PUT resources/owner etl/a.jar to alice-1",
		"PUT resources/owner etl/b.jar to alice-1", "PUT resources/owner etl to alice-1"
	mended := func(drift func(), plan []plancheck.PlanCheck, writes ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig:        drift,
			Config:           config,
			ConfigPlanChecks: planned(plan...),
			Check:            wrote(cloud, writes...),
			ConfigStateChecks: append(tagged(map[string]string{"team": "data"}),
				managed("a.jar b.jar"),
				has(at("resources"), texts("a.jar", "b.jar")),
				has(at("status"), text("READY")),
				has(at("owner"), text("alice-1")),
				has(at("details", "a.jar", "owner"), text("alice-1")),
				has(at("details", "b.jar", "owner"), text("alice-1")),
			),
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			mended(nil, newGroup(), upload, giveA, giveB, giveGroup),
			mended(func() { cloud.SetStatus("etl", "b.jar", dlisim.StatusFailed) }, newPackages(), "POST resources b.jar team=data"),
			mended(func() { cloud.RemoveGroup("etl") }, newGroup(), upload, giveA, giveB, giveGroup),
			// The shell that stays still belongs to alice-1.
			mended(func() { cloud.Remove("etl", "a.jar"); cloud.Remove("etl", "b.jar") }, newGroup(), upload, giveA, giveB),
			mended(func() { cloud.SetTags("etl", "b.jar", map[string]string{"team": "other"}) }, samePackages(),
				"POST dli_package_resource/etl%23b.jar/tags/create team=data"),
			mended(func() { cloud.SetOwner("etl", "a.jar", "bob-02"); cloud.SetOwner("etl", "", "bob-02") }, samePackages(),
				giveA, giveGroup),
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

// configured is what every plan knows from the configuration alone.
func configured(checks ...plancheck.PlanCheck) []plancheck.PlanCheck {
	return append(checks,
		willBe(at("id"), text("etl")),
		willBe(at("references"), textMap(map[string]string{"a.jar": "etl/a.jar", "b.jar": "etl/b.jar"})),
		willBe(at("owner"), text("alice-1")),
		willBe(at("tags"), textMap(map[string]string{"team": "data"})),
		willBe(at("tags_all"), textMap(map[string]string{"team": "data"})),
	)
}

func newGroup() []plancheck.PlanCheck {
	return configured(action(plancheck.ResourceActionCreate),
		willChange(at("details")), willChange(at("resources")), willChange(at("status")),
		willChange(at("create_time")), willChange(at("update_time")))
}

func newPackages() []plancheck.PlanCheck {
	return configured(action(plancheck.ResourceActionUpdate),
		willChange(at("details")), willChange(at("resources")), willChange(at("status")),
		willBe(at("create_time"), knownvalue.NotNull()), willChange(at("update_time")))
}

func samePackages() []plancheck.PlanCheck {
	return configured(action(plancheck.ResourceActionUpdate),
		willBe(at("details", "a.jar", "owner"), text("alice-1")), willBe(at("details", "b.jar", "status"), text("READY")),
		willBe(at("resources"), texts("a.jar", "b.jar")), willBe(at("status"), text("READY")),
		willBe(at("create_time"), knownvalue.NotNull()), willBe(at("update_time"), knownvalue.NotNull()))
}
