// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

var uuidName = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}_a\.jar$`)

func TestResourceGroup_everyOddAnswerAtOnceUnderTheCLI(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{
		UploadTime: 300 * time.Millisecond,
		Users:      []string{"alice-1"},
		Behaviour: dlisim.Behaviour{
			UploadAnswers200: true, UploadAnswersWholeGroup: true, UploadAnswersZeroTimes: true, UUIDUnderlyingNames: true,
			LowerCaseStatus: true, UnknownStatus: "COPYING", BooleansAsStrings: true, NoTimes: true, NoTotal: true, ShuffledListing: true,
		},
	})
	odd := []statecheck.StateCheck{
		has(at("status"), text("READY")),
		has(at("owner"), text("alice-1")),
		has(at("create_time"), knownvalue.Null()),
		has(at("details", "a.jar", "status"), text("READY")),
		has(at("details", "a.jar", "update_time"), knownvalue.Null()),
		has(at("details", "a.jar", "underlying_name"), knownvalue.StringRegexp(uuidName)),
	}
	config := func(packages string) string {
		return cloud.Config(etl(packages, "is_async = true", `owner = "alice-1"`))
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:            config("a.jar b.jar c.jar"),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionCreate)),
				ConfigStateChecks: append(odd, managed("a.jar b.jar c.jar"), has(at("resources"), texts("a.jar", "b.jar", "c.jar"))),
			},
			{
				Config:            config("a.jar c.jar d.jar"),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate)),
				ConfigStateChecks: append(odd, managed("a.jar c.jar d.jar"), has(at("resources"), texts("a.jar", "c.jar", "d.jar"))),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_lifeGoesOnUnderEachOddAnswer(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]dlisim.Behaviour{
		"booleans are strings":                {BooleansAsStrings: true},
		"uploads answer 200":                  {UploadAnswers200: true},
		"uploads answer the whole group":      {UploadAnswersWholeGroup: true},
		"uploads answer times of 0":           {UploadAnswersZeroTimes: true},
		"statuses are in lower case":          {LowerCaseStatus: true},
		"underlying names have a uuid":        {UUIDUnderlyingNames: true},
		"there are no times":                  {NoTimes: true},
		"there is no total":                   {NoTotal: true},
		"the listing has no order":            {ShuffledListing: true},
		"an unknown status while uploading":   {UnknownStatus: "COPYING"},
		"what is missing is a bad request":    {AbsentIsBadRequest: true},
		"an upload replaces its group":        {UploadReplacesGroup: true},
		"a package uploaded again drops tags": {OverwriteDropsTags: true},
		"a tag that is set keeps its value":   {TagCreateKeepsExisting: true},
		"owners of groups own their packages": {OwnerChangeReachesPackages: true},
		"an emptied group vanishes":           {EmptiedGroupVanishes: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{UploadTime: 3 * time.Second, Users: []string{"alice-1", "bob-02"}, Behaviour: behaviour}, live)
		})
	}
}

// live goes through a whole life and looks at the state and at the cloud after each turn.
func live(ctx context.Context, w *world) {
	w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"tags": map[string]string{"team": "data", "stage": "test"}}))
	w.expectLife("a.jar b.jar", dlisim.DefaultUser)

	moved := acctest.Values{
		"owner": "alice-1",
		"tags":  map[string]string{"team": "ml", "cost": "42"},
		"paths": []string{"obs://elsewhere/a.jar", bucket + "c.jar"},
	}
	w.mustApply(ctx, etlValues("", moved))
	w.expectLife("a.jar c.jar", "alice-1")
	group, _ := w.cloud.Group("etl")
	for name, found := range group.Packages {
		if len(found.Tags) != 2 || found.Tags["team"] != "ml" || found.Tags["cost"] != "42" {
			w.t.Errorf("%s has the tags %v", name, found.Tags)
		}
	}
	if path := group.Packages["a.jar"].Path; path != "obs://elsewhere/a.jar" {
		w.t.Errorf("a.jar comes from %s", path)
	}

	w.mustDestroy(ctx)
	w.expectPackages()
	w.mustApply(ctx, etlValues("a.jar", nil))
}

// expectLife checks that the packages are there, READY and described truly, whatever dress the answers wear.
func (w *world) expectLife(packages, owner string) {
	w.t.Helper()
	group, _ := w.cloud.Group("etl")
	state := w.State()
	var names []any
	for _, path := range pathsOf(packages) {
		name := path[len(bucket):]
		names = append(names, name)
		if got := detail(state, name, "status"); got != "READY" {
			w.t.Errorf("the status of %s is %v", name, got)
		}
		if got := detail(state, name, "owner"); got != owner {
			w.t.Errorf("the owner of %s is %v, not %s", name, got, owner)
		}
		if got := detail(state, name, "underlying_name"); got != group.Packages[name].UnderlyingName {
			w.t.Errorf("the underlying name of %s is %v, not %s", name, got, group.Packages[name].UnderlyingName)
		}
	}
	w.expectState(map[string]any{"resources": names, "status": "READY", "owner": owner, "id": "etl"})
	if len(group.Packages) != len(names) {
		w.t.Errorf("the group holds %v", group.Packages)
	}
}

func TestResourceGroup_timesAreReadBackAndNotTakenFromTheUpload(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{Behaviour: dlisim.Behaviour{UploadAnswersZeroTimes: true}}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		group, _ := w.cloud.Group("etl")
		want := group.Packages["a.jar"].Created.UTC().Format(time.RFC3339Nano)
		if got := detail(w.State(), "a.jar", "create_time"); got != want {
			t.Errorf("create_time is %v, not %s", got, want)
		}
	})
}

func TestResourceGroup_unknownStatusIsQuotedWhenTimeRunsOut(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{UploadTime: time.Hour, Behaviour: dlisim.Behaviour{UnknownStatus: "COPYING"}}, func(ctx context.Context, w *world) {
		began := time.Now()
		diags := w.Apply(ctx, etlValues("a.jar", nil))
		if !says(`"a.jar" has the unknown status "COPYING"`).MatchString(diags.String()) {
			t.Errorf("the status is not quoted: %v", diags)
		}
		if waited := time.Since(began).Truncate(time.Minute); waited != 30*time.Minute {
			t.Errorf("the default timeout of a creation is %s", waited)
		}
	})
}
