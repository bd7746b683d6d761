// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// fromElsewhere takes every argument from another resource, so that none is known before that one is applied.
func fromElsewhere(packageName, tag, owner, hash string) string {
	return fmt.Sprintf(`
resource "terraform_data" "name" {
  input = { group = "etl", kind = "jar" }
}

resource "terraform_data" "rest" {
  input = { path = "%[1]s%[2]s", package = %[2]q, tag = %[3]q, owner = %[4]q, hash = %[5]q, yes = true, timeout = "10m" }
}

resource "dli_resource_group" "test" {
  group       = terraform_data.name.output.group
  kind        = terraform_data.name.output.kind
  paths       = ["%[1]sfixed.jar", terraform_data.rest.output.path]
  is_async    = terraform_data.rest.output.yes
  exclusive   = terraform_data.rest.output.yes
  owner       = terraform_data.rest.output.owner
  tags        = { team = terraform_data.rest.output.tag }
  source_hash = { (terraform_data.rest.output.package) = terraform_data.rest.output.hash }
  timeouts {
    create = terraform_data.rest.output.timeout
  }
}`, bucket, packageName, tag, owner, hash)
}

func TestResourceGroup_everyArgumentMayBeUnknownUntilApply(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{Users: []string{"alice-1", "bob-02"}})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config: cloud.Config(fromElsewhere("a.jar", "data", "alice-1", "1")),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionCreate),
					willChange(at("group")), willChange(at("id")), willChange(at("references")), willChange(at("owner")),
				),
				Check: wrote(cloud, "POST resources a.jar fixed.jar team=data",
					"PUT resources/owner etl/a.jar to alice-1", "PUT resources/owner etl/fixed.jar to alice-1", "PUT resources/owner etl to alice-1"),
				ConfigStateChecks: append(tagged(map[string]string{"team": "data"}),
					managed("fixed.jar a.jar"),
					has(at("is_async"), knownvalue.Bool(true)),
					has(at("references", "a.jar"), text("etl/a.jar")),
				),
			},
			{
				Config: cloud.Config(fromElsewhere("b.jar", "ml", "bob-02", "2")),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionUpdate),
					willBe(at("group"), text("etl")), willChange(at("references")), willChange(at("details")), willChange(at("owner")),
				),
				Check: wrote(cloud, "POST resources b.jar team=ml",
					"DELETE resources/a.jar?group=etl",
					"PUT resources/owner etl/b.jar to bob-02", "PUT resources/owner etl/fixed.jar to bob-02", "PUT resources/owner etl to bob-02",
					"POST dli_package_resource/etl%23fixed.jar/tags/create team=ml"),
				ConfigStateChecks: append(tagged(map[string]string{"team": "ml"}), managed("fixed.jar b.jar"), has(at("owner"), text("bob-02"))),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}
