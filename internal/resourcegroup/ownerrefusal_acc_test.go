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

func TestResourceGroup_ownerThatASuccessRefusesIsAnErrorUnderTheCLI(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{Users: []string{"alice-1"}})
	given := cloud.Config(etl("a.jar", `owner = "alice-1"`))
	refused := func(body string) resource.TestStep {
		return resource.TestStep{
			PreConfig: func() {
				cloud.ClearFaults()
				cloud.Inject(dlisim.Fault{Operation: dlisim.OpOwner, Status: http.StatusOK, Body: body})
			},
			Config:      given,
			ExpectError: says(`Unable to update DLI resource group "etl"`, "with "+address, `owner = "alice-1"`, "o right to give it away"),
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar")},
			refused(`{"is_success": false, "message": "no right to give it away"}`),
			refused(`{"is_success": "false", "message": "no right to give it away"}`),
			{
				PreConfig: func() { cloud.ClearFaults(); cloud.ResetJournal() },
				Config:    given,
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate),
					willBe(at("details", "a.jar", "owner"), text("alice-1")), willBe(at("status"), text("READY"))),
				Check:             wrote(cloud, "PUT resources/owner etl/a.jar to alice-1", "PUT resources/owner etl to alice-1"),
				ConfigStateChecks: append(tagged(nil), has(at("owner"), text("alice-1"))),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}
