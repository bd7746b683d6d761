// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_vanishedPackageIsUploadedAgainAndNothingElse(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar b.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar b.jar")},
			{
				PreConfig:         func() { cloud.Remove("etl", "b.jar") },
				Config:            cloud.Config(etl("a.jar b.jar")),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate), willChange(at("details"))),
				Check:             wrote(cloud, "POST resources b.jar"),
				ConfigStateChecks: append(tagged(nil), managed("a.jar b.jar"), has(at("resources"), texts("a.jar", "b.jar"))),
			},
			{
				PreConfig:        func() { cloud.RemoveGroup("etl") },
				Config:           cloud.Config(etl("a.jar b.jar")),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
				Check:            wrote(cloud, "POST resources a.jar b.jar"),
			},
		},
	})
}

func TestResourceGroup_strangersPackageIsLeftAloneUnlessExclusive(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{Config: cloud.Config(etl("a.jar")), ConfigPlanChecks: planned(), Check: wrote(cloud, "POST resources a.jar")},
			{
				PreConfig:        func() { cloud.Put("etl", dlisim.Package{Name: "theirs.jar"}) },
				Config:           cloud.Config(etl("a.jar")),
				ConfigPlanChecks: planned(plancheck.ExpectEmptyPlan()),
				Check:            wrote(cloud),
				ConfigStateChecks: append(tagged(nil), managed("a.jar"),
					has(at("resources"), texts("a.jar", "theirs.jar")),
					has(at("details", "theirs.jar", "owner"), text(dlisim.Stranger)),
					has(at("references"), textMap(map[string]string{"a.jar": "etl/a.jar"})),
				),
			},
			{
				Config:            cloud.Config(etl("a.jar", "exclusive = true")),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate), willChange(at("resources"))),
				Check:             wrote(cloud, "DELETE resources/theirs.jar?group=etl"),
				ConfigStateChecks: append(tagged(nil), has(at("resources"), texts("a.jar"))),
			},
			{
				PreConfig:        func() { cloud.Put("etl", dlisim.Package{Name: "theirs.jar"}) },
				Config:           cloud.Config(etl("a.jar", "exclusive = true")),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate)),
				Check:            wrote(cloud, "DELETE resources/theirs.jar?group=etl"),
			},
		},
	})
}

func TestResourceGroup_exclusiveWarnsBeforeItRemovesAStrangersPackage(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		exclusive := etlValues("a.jar", acctest.Values{"exclusive": true})
		w.mustApply(ctx, exclusive)
		w.cloud.Put("etl", dlisim.Package{Name: "theirs.jar"})
		_, diags := w.Plan(ctx, exclusive)
		warnings := diags.Warnings()
		if len(warnings) != 1 || warnings[0].Attribute.String() != `AttributeName("exclusive")` || !says("will be removed", "theirs.jar").MatchString(warnings.String()) {
			t.Errorf("wanted one warning on exclusive that names theirs.jar, got: %v", diags)
		}
		w.mustApply(ctx, exclusive)
		w.expectPackages("a.jar")
	})
}

func TestResourceGroup_uploadOverAStrangersPackageIsWarnedOf(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.cloud.Put("etl", dlisim.Package{Name: "b.jar"})
		_, diags := w.Plan(ctx, etlValues("a.jar b.jar", nil))
		if !says("will be overwritten", `AttributeName("paths")`, "b.jar").MatchString(diags.Warnings().String()) {
			t.Errorf("the plan does not warn on paths of b.jar: %v", diags)
		}
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
	})
}

func TestResourceGroup_destroyLeavesStrangersPackagesAndSaysSo(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		w.cloud.Put("etl", dlisim.Package{Name: "theirs.jar"})
		w.cloud.ResetJournal()
		diags := w.mustDestroy(ctx)
		expectWrites(t, w.cloud, "DELETE resources/a.jar?group=etl", "DELETE resources/b.jar?group=etl")
		w.expectPackages("theirs.jar")
		if !says(`Packages remain in DLI resource group "etl"`, "theirs.jar").MatchString(diags.Warnings().String()) {
			t.Errorf("the destruction does not warn of theirs.jar: %v", diags)
		}
	})
}

// shells are the two things that may become of a group whose last package goes.
var shells = map[string]dlisim.Behaviour{
	"a shell stays":      {},
	"the group vanishes": {EmptiedGroupVanishes: true},
	"a shell stays, what is missing is a bad request": {AbsentIsBadRequest: true},
}

func TestResourceGroup_driftIsMendedInPlace(t *testing.T) {
	t.Parallel()
	const team = "team"
	arguments := acctest.Values{"owner": "alice-1", "tags": map[string]string{team: "data"}}
	for name, test := range map[string]struct {
		drift  func(*dlisim.Simulator)
		action string
		want   []string
	}{
		"a package FAILED": {
			func(cloud *dlisim.Simulator) { cloud.SetStatus("etl", "b.jar", dlisim.StatusFailed) }, "update",
			[]string{"POST resources b.jar team=data"},
		},
		"a package vanished": {
			func(cloud *dlisim.Simulator) { cloud.Remove("etl", "b.jar") }, "update",
			[]string{"POST resources b.jar team=data", "PUT resources/owner etl/b.jar to alice-1"},
		},
		"all packages vanished": {
			func(cloud *dlisim.Simulator) { cloud.Remove("etl", "a.jar"); cloud.Remove("etl", "b.jar") }, "create", nil,
		},
		"the group vanished": {
			func(cloud *dlisim.Simulator) { cloud.RemoveGroup("etl") }, "create", nil,
		},
		"a package was given away": {
			func(cloud *dlisim.Simulator) { cloud.SetOwner("etl", "b.jar", "bob-02") }, "update",
			[]string{"PUT resources/owner etl/b.jar to alice-1"},
		},
		"the group was given away": {
			func(cloud *dlisim.Simulator) { cloud.SetOwner("etl", "", "bob-02") }, "update",
			[]string{"PUT resources/owner etl to alice-1"},
		},
		"a tag was removed": {
			func(cloud *dlisim.Simulator) {
				cloud.SetTags("etl", "b.jar", map[string]string{"x": "1", team: "data"})
			}, "update",
			[]string{"POST dli_package_resource/etl%23b.jar/tags/delete x=1"},
		},
	} {
		for shell, behaviour := range shells {
			t.Run(name+", "+shell, func(t *testing.T) {
				t.Parallel()
				simulated(t, dlisim.Config{Users: []string{"alice-1", "bob-02"}, Behaviour: behaviour}, func(ctx context.Context, w *world) {
					w.mustApply(ctx, etlValues("a.jar b.jar", arguments))
					w.cloud.ResetJournal()
					test.drift(w.cloud)
					if plan := w.mustPlan(ctx, etlValues("a.jar b.jar", arguments)); plan.Action != test.action {
						t.Errorf("the plan is %q", plan.Action)
					}
					w.mustApply(ctx, etlValues("a.jar b.jar", arguments))
					if test.want != nil {
						expectWrites(t, w.cloud, test.want...)
					}
					w.expectPackages("a.jar", "b.jar")
					expectWellKept(w)
				})
			})
		}
	}
}

func expectWellKept(w *world) {
	w.t.Helper()
	group, _ := w.cloud.Group("etl")
	if group.Owner != "alice-1" {
		w.t.Errorf("the group belongs to %s", group.Owner)
	}
	for name, found := range group.Packages {
		if found.Owner != "alice-1" || found.Status != dlisim.StatusReady || len(found.Tags) != 1 || found.Tags["team"] != "data" {
			w.t.Errorf("%s is not as configured: %+v", name, found)
		}
	}
}

func TestResourceGroup_packageThatIsUploadedAgainElsewhereIsAwaited(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		w.cloud.ResetJournal()
		w.cloud.SetStatus("etl", "b.jar", dlisim.StatusUploading)
		if plan := w.mustPlan(ctx, etlValues("a.jar b.jar", nil)); plan.Action != "update" {
			t.Errorf("the plan is %q", plan.Action)
		}
		time.AfterFunc(20*time.Second, func() { w.cloud.SetStatus("etl", "b.jar", dlisim.StatusReady) })
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		expectWrites(t, w.cloud)
	})
}

func TestResourceGroup_groupThatTheListingHidesIsNotBelievedGone(t *testing.T) {
	t.Parallel()
	for shell, behaviour := range shells {
		t.Run(shell, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{Behaviour: behaviour}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar b.jar", nil))
				w.cloud.SetBehaviour(func(b *dlisim.Behaviour) { b.HideGroups = []string{"etl"} })
				w.cloud.ResetJournal()
				if plan := w.mustPlan(ctx, etlValues("a.jar b.jar", nil)); plan.Action != "no-op" {
					t.Errorf("the plan is %q", plan.Action)
				}
				expectRequests(t, w.cloud, "GET resources", "GET resources/a.jar?group=etl", "GET resources/b.jar?group=etl")
				w.mustDestroy(ctx)
				w.expectPackages()
			})
		})
	}
}

func TestResourceGroup_refusedLookIsAnErrorAndNoAbsence(t *testing.T) {
	t.Parallel()
	denied := func(operation dlisim.Operation, status int, code string) dlisim.Fault {
		return dlisim.Fault{Operation: operation, Status: status, Body: dlisim.ErrorBody(code, "Permission denied")}
	}
	for name, fault := range map[string]dlisim.Fault{
		"403 of the listing":      denied(dlisim.OpList, http.StatusForbidden, "APIGW.0302"),
		"403 of the package":      denied(dlisim.OpShow, http.StatusForbidden, "APIGW.0302"),
		"DLI.0003 of the package": denied(dlisim.OpShow, http.StatusBadRequest, "DLI.0003"),
		"404 of the gateway":      denied(dlisim.OpShow, http.StatusNotFound, "APIGW.0101"),
		"401 of the listing":      denied(dlisim.OpList, http.StatusUnauthorized, "APIGW.0301"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar", nil))
				w.cloud.SetBehaviour(func(b *dlisim.Behaviour) { b.HideGroups = []string{"etl"} })
				w.cloud.Inject(fault)
				if diags := w.Refresh(ctx); !says(`Unable to read DLI resource group "etl"`, "Permission denied").MatchString(diags.Errors().String()) {
					t.Errorf("the refusal is no error: %v", diags)
				}
				w.expectState(map[string]any{"group": "etl", "paths": []any{bucket + "a.jar"}})
				w.cloud.ClearFaults()
				w.mustBeSettled(ctx, etlValues("a.jar", nil))
			})
		})
	}
}
