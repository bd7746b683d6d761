// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_tagsOfTheProviderBlockGoWithEveryPackage(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	const ignored = "  ignore_tags {\n    keys = [\"billing\"]\n    key_prefixes = [\"CCE-\"]\n  }\n"
	config := func(block, group string) string {
		return strings.Replace(cloud.Config(group), "{\n", "{\n"+ignored+block+"\n", 1)
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config: config(`default_tags { tags = { env = "prod", team = "platform" } }`, etl("a.jar", `tags = { team = "data" }`)),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate),
					willBe(at("tags"), textMap(map[string]string{"team": "data"})),
					willBe(at("tags_all"), textMap(map[string]string{"env": "prod", "team": "data"}))),
				Check: wrote(cloud, "POST resources a.jar env=prod team=data"),
				ConfigStateChecks: append(tagged(map[string]string{"team": "data"}),
					has(at("tags_all"), textMap(map[string]string{"env": "prod", "team": "data"}))),
			},
			{
				PreConfig: func() {
					cloud.SetTags("etl", "a.jar", map[string]string{"env": "prod", "team": "data", "billing": "1", "CCE-x": "2"})
				},
				Config: config(`default_tags { tags = { env = "test" } }`, etl("a.jar", `tags = { team = "data" }`)),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate),
					willBe(at("tags"), textMap(map[string]string{"team": "data"})),
					willBe(at("tags_all"), textMap(map[string]string{"env": "test", "team": "data"})),
					willBe(at("details", "a.jar", "status"), text("READY"))),
				Check: resource.ComposeTestCheckFunc(
					wrote(cloud, "POST dli_package_resource/etl%23a.jar/tags/create env=test"),
					carries(cloud, map[string]string{"env": "test", "team": "data", "billing": "1", "CCE-x": "2"})),
				ConfigStateChecks: append(tagged(map[string]string{"team": "data"}),
					has(at("tags_all"), textMap(map[string]string{"env": "test", "team": "data"}))),
			},
			{
				Config:      config("", etl("a.jar", `tags = { billing = "2" }`)),
				PlanOnly:    true,
				ExpectError: says("A tag is both configured and ignored", `ignore_tags of the provider cover "billing"`),
			},
			{
				Config:           config("", etl("a.jar")),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate), willBe(at("tags_all"), knownvalue.Null())),
				Check: resource.ComposeTestCheckFunc(
					wrote(cloud, "POST dli_package_resource/etl%23a.jar/tags/delete env=test team=data"),
					carries(cloud, map[string]string{"billing": "1", "CCE-x": "2"})),
				ConfigStateChecks: append(tagged(nil), has(at("tags_all"), knownvalue.Null())),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

// carries checks the tags that a.jar has in the cloud.
func carries(cloud *acctest.Cloud, want map[string]string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		group, _ := cloud.Group("etl")
		if diff := cmp.Diff(want, group.Packages["a.jar"].Tags); diff != "" {
			return fmt.Errorf("the tags of a.jar (-want +got):\n%s", diff)
		}
		return nil
	}
}
