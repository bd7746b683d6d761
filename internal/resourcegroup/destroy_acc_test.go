// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_destroyLeavesAStrangersPackageUnderTheCLI(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	cloud.Put("", dlisim.Package{Name: "a.jar"})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar b.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar")},
			{
				PreConfig: func() { cloud.Put("etl", dlisim.Package{Name: "theirs.jar"}) },
				Config:    cloud.Config(etl("a.jar b.jar")),
				Destroy:   true, // unlike the destruction after the last step, with a state that knows of theirs.jar
				Check:     wrote(cloud, "DELETE resources/a.jar?group=etl", "DELETE resources/b.jar?group=etl"),
			},
		},
		CheckDestroy: resource.ComposeTestCheckFunc(wrote(cloud), isAllOf(cloud, "etl", "theirs.jar"), isAllOf(cloud, "", "a.jar")),
	})
}

// isAllOf checks that a package is the only one of its group.
func isAllOf(cloud *acctest.Cloud, group, name string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		found, _ := cloud.Group(group)
		if _, there := found.Packages[name]; !there || len(found.Packages) != 1 {
			return fmt.Errorf("the group %q holds %v, not just %s", group, found.Packages, name)
		}
		return nil
	}
}
