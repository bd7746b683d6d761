// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
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

func TestResourceGroup_movedPathIsOverwrittenAndNotDeletedUnderTheCLI(t *testing.T) {
	t.Parallel()
	const elsewhere = "obs://elsewhere/v2/a.jar"
	cloud := acctest.NewCloud(t, dlisim.Config{})
	config := etl("a.jar b.jar")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(config), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar")},
			{
				Config: cloud.Config(strings.Replace(config, bucket+"a.jar", elsewhere, 1)),
				ConfigPlanChecks: planned(
					action(plancheck.ResourceActionUpdate),
					willChange(at("details")), willChange(at("resources")), willChange(at("status")), willChange(at("update_time")),
					willBe(at("owner"), text(dlisim.DefaultUser)),
					willBe(at("create_time"), knownvalue.NotNull()),
					willBe(at("references"), textMap(map[string]string{"a.jar": "etl/a.jar", "b.jar": "etl/b.jar"})),
				),
				Check: resource.ComposeTestCheckFunc(wrote(cloud, "POST resources a.jar"), comesFrom(cloud, "a.jar", elsewhere)),
				ConfigStateChecks: append(tagged(nil),
					has(at("paths"), knownvalue.SetExact([]knownvalue.Check{text(elsewhere), text(bucket + "b.jar")})),
					has(at("resources"), texts("a.jar", "b.jar")),
				),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

// comesFrom checks where a package was last uploaded from.
func comesFrom(cloud *acctest.Cloud, name, path string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if group, _ := cloud.Group("etl"); group.Packages[name].Path != path {
			return fmt.Errorf("%s comes from %q, not %q", name, group.Packages[name].Path, path)
		}
		return nil
	}
}
