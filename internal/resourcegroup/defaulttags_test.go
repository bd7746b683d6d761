// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func defaultTags(tags any) acctest.Values {
	return acctest.Values{"default_tags": map[string]any{"tags": tags}}
}

func etlTagged(tags any) acctest.Values {
	return acctest.Values{"group": "etl", "kind": "jar", "paths": []string{"obs://bucket/a.jar"}, "tags": tags}
}

// apply applies and wants success and then nothing left to do.
func apply(t *testing.T, workspace *acctest.Workspace, config acctest.Values) {
	t.Helper()
	if diags := workspace.Apply(t.Context(), config); diags.HasError() {
		t.Fatalf("apply: %v", diags)
	}
	plan, diags := workspace.Plan(t.Context(), config)
	if diags.HasError() || plan.Action != "no-op" {
		t.Errorf("the plan after the apply is %q: %v\n%s", plan.Action, diags, cmp.Diff(plan.Prior, plan.Planned))
	}
}

func expectCarried(t *testing.T, simulator *dlisim.Simulator, want map[string]string) {
	t.Helper()
	group, _ := simulator.Group("etl")
	if diff := cmp.Diff(want, group.Packages["a.jar"].Tags); diff != "" {
		t.Errorf("tags of the package (-want +got):\n%s", diff)
	}
}

func TestDefaultTags_goWithEveryPackageAndShowInTagsAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{})
		workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
		workspace.Block = defaultTags(map[string]string{"env": "prod", "team": "platform"})

		apply(t, workspace, etlTagged(map[string]string{"team": "data"}))
		expectCarried(t, simulator, map[string]string{"env": "prod", "team": "data"})
		if diff := cmp.Diff(map[string]any{"team": "data"}, workspace.State()["tags"]); diff != "" {
			t.Errorf("tags (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[string]any{"env": "prod", "team": "data"}, workspace.State()["tags_all"]); diff != "" {
			t.Errorf("tags_all (-want +got):\n%s", diff)
		}

		workspace.Block = defaultTags(map[string]string{"env": "test"})
		simulator.ResetJournal()
		apply(t, workspace, etlTagged(nil))
		expectCarried(t, simulator, map[string]string{"env": "test"})
		for _, write := range simulator.Writes() {
			if write.Operation != dlisim.OpTagsCreate && write.Operation != dlisim.OpTagsDelete {
				t.Errorf("a change of default tags sent %s %s", write.Method, write.Path)
			}
		}

		workspace.Block = acctest.Values{}
		apply(t, workspace, etlTagged(nil))
		expectCarried(t, simulator, map[string]string{})
	})
}

func TestDefaultTags_changedByHandAreMended(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{})
		workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
		workspace.Block = defaultTags(map[string]string{"env": "prod"})
		apply(t, workspace, etlTagged(nil))
		simulator.SetTags("etl", "a.jar", map[string]string{"env": "other", "by": "hand"})
		plan, _ := workspace.Plan(t.Context(), etlTagged(nil))
		if diff := cmp.Diff(map[string]any{"env": "other", "by": "hand"}, plan.Prior["tags"]); diff != "" {
			t.Errorf("tags after the refresh (-want +got):\n%s", diff)
		}
		apply(t, workspace, etlTagged(nil))
		expectCarried(t, simulator, map[string]string{"env": "prod"})
	})
}

func TestDefaultTags_mayBeUnknownInAPlan(t *testing.T) {
	t.Parallel()
	for name, tags := range map[string]any{"all": acctest.Unknown, "a value": map[string]any{"env": acctest.Unknown}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := acctest.NewWorkspace(t, dlisim.New(dlisim.Config{}).RoundTripper())
			workspace.Block = defaultTags(tags)
			plan, diags := workspace.Plan(t.Context(), etlTagged(map[string]string{"team": "data"}))
			all, known := plan.Planned["tags_all"].(map[string]any)
			if diags.HasError() || known && all["env"] != acctest.Unknown {
				t.Errorf("tags_all is planned as %v: %v", plan.Planned["tags_all"], diags)
			}
		})
	}
}

func TestIgnoredTags_areNeitherShownNorRemoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{})
		workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
		workspace.Block = acctest.Values{"ignore_tags": map[string]any{"keys": []string{"billing"}, "key_prefixes": []string{"CCE-"}}}
		apply(t, workspace, etlTagged(map[string]string{"team": "data"}))
		simulator.SetTags("etl", "a.jar", map[string]string{"team": "data", "billing": "1", "CCE-x": "2"})
		apply(t, workspace, etlTagged(map[string]string{"team": "ml"}))
		expectCarried(t, simulator, map[string]string{"team": "ml", "billing": "1", "CCE-x": "2"})
		_, diags := workspace.Plan(t.Context(), etlTagged(map[string]string{"billing": "2"}))
		if !diags.HasError() {
			t.Error("a tag that is configured and ignored was planned")
		}
	})
}

func TestTags_ofManyPackagesAreReadAtOnceWhereTheServiceCan(t *testing.T) {
	t.Parallel()
	for _, surveys := range []bool{true, false} {
		t.Run(strconv.FormatBool(surveys), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{Behaviour: dlisim.Behaviour{BulkTagFilter: surveys}})
				workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
				config := etlTagged(map[string]string{"team": "data"})
				var paths []string
				for number := range 20 {
					paths = append(paths, fmt.Sprintf("obs://bucket/%d.jar", number))
				}
				config["paths"] = paths
				apply(t, workspace, config)
				simulator.SetTags("etl", "19.jar", map[string]string{"team": "other"})
				simulator.ResetJournal()
				plan, _ := workspace.Plan(t.Context(), config)
				if plan.Action != "update" {
					t.Errorf("a changed tag is planned as %q", plan.Action)
				}
				reads := map[dlisim.Operation]int{}
				for _, request := range simulator.Journal() {
					reads[request.Operation]++
				}
				want := map[dlisim.Operation]int{dlisim.OpList: 1, dlisim.OpTagsFilter: 1}
				if !surveys {
					want[dlisim.OpTagsRead] = 20
				}
				if diff := cmp.Diff(want, reads); diff != "" {
					t.Errorf("requests (-want +got):\n%s", diff)
				}
			})
		})
	}
}
