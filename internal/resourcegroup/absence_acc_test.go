// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_isNotBelievedGoneForBeingHiddenOrForbidden(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	config := cloud.Config(etl("a.jar b.jar"))
	forbidden := func(operation dlisim.Operation) resource.TestStep {
		return resource.TestStep{
			PreConfig: func() {
				cloud.SetBehaviour(func(b *dlisim.Behaviour) { b.HideGroups = []string{"etl"} })
				cloud.ClearFaults()
				cloud.Inject(dlisim.Fault{Operation: operation, Status: http.StatusForbidden, Body: dlisim.ErrorBody("APIGW.0302", "Permission denied")})
			},
			Config:      config,
			PlanOnly:    true,
			ExpectError: says(`Unable to read DLI resource group "etl"`, "Permission denied"),
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: config, ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar")},
			forbidden(dlisim.OpShow),
			forbidden(dlisim.OpList),
			{
				PreConfig:         cloud.ClearFaults,
				Config:            config,
				ConfigPlanChecks:  planned(plancheck.ExpectEmptyPlan()),
				Check:             wrote(cloud),
				ConfigStateChecks: append(tagged(nil), managed("a.jar b.jar"), has(at("status"), text("READY"))),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}
