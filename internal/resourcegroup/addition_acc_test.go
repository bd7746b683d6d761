// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_additionConvergesUnderTheCLI(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behaviour dlisim.Behaviour
		writes    []string
	}{
		"where an upload adds to the group":  {dlisim.Behaviour{}, []string{"POST resources c.jar team=data"}},
		"where an upload replaces the group": {dlisim.Behaviour{UploadReplacesGroup: true}, []string{"POST resources c.jar team=data", "POST resources a.jar b.jar c.jar team=data"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: 200 * time.Millisecond, Behaviour: test.behaviour})
			config := func(packages string) string {
				return cloud.Config(etl(packages, "is_async = true", `tags = { team = "data" }`))
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: cloud.Providers(),
				Steps: []resource.TestStep{
					{Config: config("a.jar b.jar"), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar team=data")},
					{
						Config:           config("a.jar b.jar c.jar"),
						ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate), willChange(at("details"))),
						Check:            wrote(cloud, test.writes...),
						ConfigStateChecks: append(tagged(map[string]string{"team": "data"}),
							managed("a.jar b.jar c.jar"),
							has(at("resources"), texts("a.jar", "b.jar", "c.jar")),
							has(at("status"), text("READY")),
						),
					},
				},
				CheckDestroy: nothingIsLeft(cloud, "etl"),
			})
		})
	}
}
