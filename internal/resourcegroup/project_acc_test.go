// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_projectOfTheRegionIsLookedUpByItsName(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	delete(cloud.Env, "HW_PROJECT_ID")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config:           cloud.Config(etl("a.jar")),
			ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
			Check:            wrote(cloud, "POST resources a.jar"),
		}},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_projectIsFoundByItsName(t *testing.T) {
	t.Parallel()
	const main, analytics = "11111111111111111111111111111111", "22222222222222222222222222222222"
	projects := []dlisim.Project{{ID: main, Name: "cn-north-4"}, {ID: analytics, Name: "cn-north-4_analytics"}}
	for name, test := range map[string]struct {
		block  acctest.Values
		env    map[string]string
		lookup []string
		want   string
	}{
		"by the region":             {lookup: []string{"GET projects?name=cn-north-4"}, want: main},
		"by the argument":           {block: acctest.Values{"project_name": "cn-north-4_analytics"}, lookup: []string{"GET projects?name=cn-north-4_analytics"}, want: analytics},
		"by the variable":           {env: map[string]string{"HW_PROJECT_NAME": "cn-north-4_analytics"}, lookup: []string{"GET projects?name=cn-north-4_analytics"}, want: analytics},
		"by the id, without a call": {block: acctest.Values{"project_id": analytics}, want: analytics},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{Projects: projects}, func(ctx context.Context, w *world) {
				delete(w.Env, "HW_PROJECT_ID")
				maps.Copy(w.Env, test.env)
				if test.block != nil {
					w.Block = test.block
				}
				w.mustPlan(ctx, etlValues("a.jar", nil))
				expectRequests(t, w.cloud, test.lookup...)
				if diags := w.Apply(ctx, etlValues("a.jar", nil)); diags.HasError() {
					t.Fatal(diags)
				}
				for _, r := range w.cloud.Writes() {
					if !strings.HasPrefix(r.Path, "/v2.0/"+test.want+"/") {
						t.Errorf("%s went to another project", r.Path)
					}
				}
				w.expectIdentity(ctx, map[string]any{"group": "etl", "region": acctest.Region, "project_id": test.want}, "a creation")
			})
		})
	}
}

func TestResourceGroup_projectNameThatLeadsNowhereIsAnErrorOnTheArgument(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		projects []dlisim.Project
		says     string
	}{
		"no project":   {[]dlisim.Project{{ID: "1", Name: "eu-west-101"}}, `knows no project named "cn-north-4"`},
		"two projects": {[]dlisim.Project{{ID: "1", Name: "cn-north-4"}, {ID: "2", Name: "cn-north-4"}}, `2 projects named "cn-north-4" (1, 2): set project_id to the one you mean`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{Projects: test.projects}, func(ctx context.Context, w *world) {
				delete(w.Env, "HW_PROJECT_ID")
				_, diags := w.Plan(ctx, etlValues("a.jar", nil))
				errs := diags.Errors()
				if len(errs) != 1 || errs[0].Attribute.String() != `AttributeName("project_id")` || !strings.Contains(errs[0].Detail, test.says) {
					t.Errorf("wanted one error on project_id that says %q, got: %v", test.says, diags)
				}
				expectRequests(t, w.cloud, "GET projects?name=cn-north-4")
			})
		})
	}
}
