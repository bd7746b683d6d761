// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"strings"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// warnedOf checks that the warnings have these words.
func warnedOf(t *testing.T, diags acctest.Diagnostics, words ...string) {
	t.Helper()
	for _, word := range words {
		if said := diags.Warnings().String(); !strings.Contains(said, word) {
			t.Errorf("no warning says %q:\n%s", word, diags)
		}
	}
}

func TestApply_leavesAloneWhatOthersPutIntoAnExclusiveGroupSinceThePlan(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		exclusive := acctest.Values{"exclusive": true}
		w.mustApply(ctx, etlValues("a.jar", exclusive))
		plan := w.mustPlan(ctx, etlValues("a.jar b.jar", exclusive))
		w.cloud.Put("etl", dlisim.Package{Name: "theirs.jar"})
		succeeds(t, w.Carry(ctx, plan, etlValues("a.jar b.jar", exclusive)))
		w.expectPackages("a.jar", "b.jar", "theirs.jar")
		_, diags := w.Plan(ctx, etlValues("a.jar b.jar", exclusive))
		warnedOf(t, diags, "theirs.jar", "will be removed")
		w.mustApply(ctx, etlValues("a.jar b.jar", exclusive))
		w.expectPackages("a.jar", "b.jar")
	})
}

func TestApply_refusesToOverwriteWhatOthersPutThereSinceThePlan(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		config := etlValues("a.jar b.jar", nil)
		plan := w.mustPlan(ctx, config)
		w.cloud.Put("etl", dlisim.Package{Name: "b.jar", Path: "theirs"})
		w.cloud.ResetJournal()
		diags := w.Carry(ctx, plan, config)
		if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "Packages have appeared") || !strings.Contains(diags.String(), `"b.jar"`) {
			t.Errorf("the apply says:\n%s", diags)
		}
		if writes := w.cloud.Writes(); len(writes) > 0 {
			t.Errorf("sent %v", writes)
		}
		_, diags = w.Plan(ctx, config)
		warnedOf(t, diags, "b.jar", "will be overwritten")
		w.mustApply(ctx, config)
	})
}

// No plan sees what others put into a group that the listing hides, so an apply that refused would never succeed.
func TestApply_saysWhatItOverwritesInAHiddenGroup(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{Behaviour: dlisim.Behaviour{HideGroups: []string{"etl"}}}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.cloud.Put("etl", dlisim.Package{Name: "b.jar"})
		diags := w.Apply(ctx, etlValues("a.jar b.jar", nil))
		succeeds(t, diags)
		warnedOf(t, diags, "b.jar", "will be overwritten")
	})
}

func TestPlan_warnsOfUnfinishedPackagesThatGo(t *testing.T) {
	t.Parallel()
	for _, status := range []string{dlisim.StatusUploading, dlisim.StatusFailed} {
		t.Run("after an import, "+status, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				w.cloud.Put("etl", dlisim.Package{Name: "a.jar"})
				w.cloud.Put("etl", dlisim.Package{Name: "theirs.jar", Status: status})
				succeeds(t, w.Import(ctx, "etl"))
				_, diags := w.Plan(ctx, etlValues("a.jar", nil))
				warnedOf(t, diags, "theirs.jar", "will be deleted")
			})
		})
		// What Terraform gives as the configuration then are the paths of the state.
		t.Run("with ignore_changes, "+status, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar b.jar", nil))
				w.cloud.SetStatus("etl", "b.jar", status)
				_, diags := w.Plan(ctx, etlValues("a.jar", nil))
				warnedOf(t, diags, "b.jar", "will be deleted")
			})
		})
	}
}

func TestPlan_namesTheTagsThatGoWithTheFirstApplyThatManagesThem(t *testing.T) {
	t.Parallel()
	prod := acctest.Values{"default_tags": map[string]any{"tags": map[string]string{"env": "prod"}}}
	for name, test := range map[string]struct {
		block   acctest.Values
		tags    acctest.Values
		carried map[string]string
		want    string
	}{
		"tags":                      {nil, acctest.Values{"tags": map[string]string{"team": "data"}}, map[string]string{"cost-centre": "42"}, "cost-centre"},
		"default tags":              {prod, nil, map[string]string{"cost-centre": "42"}, "cost-centre"},
		"a tag that is configured":  {nil, acctest.Values{"tags": map[string]string{"team": "data"}}, map[string]string{"team": "ml"}, ""},
		"no tags on the packages":   {prod, nil, nil, ""},
		"tags that nobody manages":  {nil, nil, map[string]string{"cost-centre": "42"}, ""},
		"a tag that is not managed": {acctest.Values{"ignore_tags": map[string]any{"keys": []string{"cost-centre"}}}, acctest.Values{"tags": map[string]string{"team": "data"}}, map[string]string{"cost-centre": "42"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar", nil))
				w.cloud.SetTags("etl", "a.jar", test.carried)
				w.Block = test.block
				_, diags := w.Plan(ctx, etlValues("a.jar", test.tags))
				if test.want == "" && len(diags) > 0 {
					t.Errorf("the plan says:\n%s", diags)
				}
				if test.want != "" {
					warnedOf(t, diags, "will be removed", test.want)
				}
			})
		})
	}
}

func TestPlan_saysWhenTheTagsThatGoCannotBeRead(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.cloud.Inject(dlisim.Fault{Operation: dlisim.OpTagsRead, Status: 403})
		_, diags := w.Plan(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data"}}))
		warnedOf(t, diags, "will be removed", "HTTP 403", "are not known")
	})
}

// The value that stands for tags that differ comes back as if it were configured.
func TestTags_thatDifferAreNeverWrittenAsAValue(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"tags": map[string]string{"team": "data"}}))
		w.cloud.SetTags("etl", "b.jar", map[string]string{"team": "ml"})
		w.mustRefresh(ctx)
		ignored := acctest.Values{"tags": w.State()["tags"]}
		succeeds(t, w.Apply(ctx, etlValues("a.jar b.jar c.jar", ignored)))
		group, _ := w.cloud.Group("etl")
		for name, want := range map[string]string{"a.jar": "data", "b.jar": "ml", "c.jar": ""} {
			if got := group.Packages[name].Tags["team"]; got != want {
				t.Errorf("%s carries team = %q, want %q", name, got, want)
			}
		}
	})
}

func TestTags_thatOthersTakeOverStayWithoutARefreshToo(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data", "cost": "1"}}))
		w.Block, w.NoRefresh = acctest.Values{"ignore_tags": acctest.Values{"keys": []string{"cost"}}}, true
		succeeds(t, w.Apply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data"}})))
		expectCarried(t, w.cloud, map[string]string{"team": "data", "cost": "1"})
	})
}

func TestTags_thatDifferedMayAllBeGone(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"tags": map[string]string{"team": "data"}}))
		w.cloud.SetTags("etl", "b.jar", map[string]string{"team": "ml"})
		w.mustRefresh(ctx)
		ignored := acctest.Values{"tags": w.State()["tags"]}
		succeeds(t, w.Apply(ctx, etlValues("c.jar", ignored)))
		if diags := w.mustRefresh(ctx); len(diags) > 0 {
			t.Errorf("the refresh says:\n%s", diags)
		}
		w.expectState(map[string]any{"tags_all": map[string]any{}})
	})
}

func TestPlan_isSilentOfTagsOfPackagesThatGo(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		w.cloud.SetTags("etl", "b.jar", map[string]string{"cost": "1"})
		_, diags := w.Plan(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data"}}))
		if len(diags) > 0 {
			t.Errorf("the plan says:\n%s", diags)
		}
	})
}
