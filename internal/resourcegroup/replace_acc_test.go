// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_changeOfKindOrGroupDeletesBeforeItCreates(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar b.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar")},
			{
				Config:            cloud.Config(strings.Replace(etl("a.jar b.jar"), `"jar"`, `"file"`, 1)),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionDestroyBeforeCreate), willChange(at("details"))),
				Check:             wrote(cloud, "DELETE resources/a.jar?group=etl", "DELETE resources/b.jar?group=etl", "POST resources a.jar b.jar"),
				ConfigStateChecks: append(tagged(nil), has(at("details", "a.jar", "resource_type"), text("file"))),
			},
			{
				Config: cloud.Config(strings.NewReplacer(`"jar"`, `"file"`, `"etl"`, `"etl2"`).Replace(etl("a.jar b.jar"))),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionDestroyBeforeCreate),
					willBe(at("id"), text("etl2")),
					willBe(at("references", "a.jar"), text("etl2/a.jar")),
				),
				Check: wrote(cloud, "DELETE resources/a.jar?group=etl", "DELETE resources/b.jar?group=etl", "POST resources a.jar b.jar"),
			},
		},
		CheckDestroy: resource.ComposeTestCheckFunc(nothingIsLeft(cloud, "etl"), nothingIsLeft(cloud, "etl2")),
	})
}

func TestResourceGroup_createBeforeDestroyOfOneGroupIsExplained(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	config := etl("a.jar", "lifecycle { create_before_destroy = true }")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(config), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar")},
			{
				Config:      cloud.Config(strings.Replace(config, `"jar"`, `"file"`, 1)),
				ExpectError: says(`DLI resource group "etl" exists already`, `It holds "a.jar", so nothing was uploaded`, "create_before_destroy, remove that setting"),
			},
			{Config: cloud.Config(config), ConfigPlanChecks: planned(plancheck.ExpectEmptyPlan()), Check: wrote(cloud)},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_secondResourceOfOneGroupIsExplained(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	second := strings.Replace(etl("b.jar", "depends_on = [dli_resource_group.test]"), `"test"`, `"second"`, 1)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config: cloud.Config(etl("a.jar") + second),
				ExpectError: says(`DLI resource group "etl" exists already`, "dli_resource_group.second",
					"If another resource of this configuration manages the group, give all paths to one of them"),
			},
			{Config: cloud.Config(etl("a.jar")), ConfigPlanChecks: planned(plancheck.ExpectEmptyPlan()), Check: wrote(cloud, "POST resources a.jar")},
		},
	})
}

func TestResourceGroup_twoResourcesThatCreateOneGroupAtOnceUploadOnce(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: 300 * time.Millisecond})
	second := strings.Replace(etl("b.jar", "is_async = true"), `"test"`, `"second"`, 1)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config:      cloud.Config(etl("a.jar", "is_async = true") + second),
			ExpectError: regexp.MustCompile(`DLI resource group "etl" (is created twice|exists already)`),
		}},
		CheckDestroy: func(state *terraform.State) error {
			if count := len(uploads(cloud.Simulator)); count != 1 {
				return fmt.Errorf("there were %d uploads", count)
			}
			return nothingIsLeft(cloud, "etl")(state)
		},
	})
}
