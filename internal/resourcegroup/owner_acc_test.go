// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_ownerIsGivenTheGroupAndItsPackages(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behaviour dlisim.Behaviour
		back      []string
	}{
		"one by one": {dlisim.Behaviour{}, []string{
			"PUT resources/owner etl/a.jar to bob-02", "PUT resources/owner etl/b.jar to bob-02", "PUT resources/owner etl to bob-02",
		}},
		"packages follow their group": {dlisim.Behaviour{OwnerChangeReachesPackages: true}, []string{
			"PUT resources/owner etl/a.jar to bob-02", "PUT resources/owner etl/b.jar to bob-02", "PUT resources/owner etl to bob-02",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{Users: []string{"alice-1", "bob-02"}, Behaviour: test.behaviour}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"owner": "alice-1"}))
				expectWrites(t, w.cloud, "POST resources a.jar b.jar",
					"PUT resources/owner etl/a.jar to alice-1", "PUT resources/owner etl/b.jar to alice-1", "PUT resources/owner etl to alice-1")
				w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"owner": "bob-02"}))
				expectWrites(t, w.cloud, test.back...)
				w.expectState(map[string]any{"owner": "bob-02"})
				w.mustApply(ctx, etlValues("a.jar b.jar", nil))
				expectWrites(t, w.cloud)
				w.expectState(map[string]any{"owner": "bob-02"})
			})
		})
	}
}

func TestResourceGroup_ownerThatTheServiceNamesIsTakenAsItIs(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.cloud.SetOwner("etl", "", "bob-02")
		w.mustBeSettled(ctx, etlValues("a.jar", nil))
		w.expectState(map[string]any{"owner": "bob-02"})
	})
}

func TestResourceGroup_unknownUserIsAnErrorOnOwner(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{Users: []string{"alice-1"}})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar")},
			{
				Config:      cloud.Config(etl("a.jar", `owner = "nobody"`)),
				ExpectError: says(`Unable to update DLI resource group "etl"`, `owner = "nobody"`, `does not accept "nobody" as the owner`, "DLI.0002: No such user. userName:nobody."),
			},
			{
				Config:            cloud.Config(etl("a.jar", `owner = "alice-1"`)),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate)),
				ConfigStateChecks: append(tagged(nil), has(at("owner"), text("alice-1"))),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_refusalInsideASuccessIsAnErrorOnOwner(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"as a boolean": `{"is_success": false, "message": "no right to give it away"}`,
		"as a string":  `{"is_success": "false", "message": "no right to give it away"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{Users: []string{"alice-1"}}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar", nil))
				w.cloud.Inject(dlisim.Fault{Operation: dlisim.OpOwner, Status: http.StatusOK, Body: body})
				errs := w.Apply(ctx, etlValues("a.jar", acctest.Values{"owner": "alice-1"})).Errors()
				if len(errs) != 1 || errs[0].Attribute.String() != `AttributeName("owner")` || !says("o right to give it away").MatchString(errs.String()) {
					t.Errorf("wanted the service's message on owner, got: %v", errs)
				}
				w.expectState(map[string]any{"owner": dlisim.DefaultUser})
				w.cloud.ClearFaults()
				w.mustApply(ctx, etlValues("a.jar", acctest.Values{"owner": "alice-1"}))
			})
		})
	}
}
