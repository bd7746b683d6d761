// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_badInputIsRefusedAtPlanWithoutARequest(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	one := func(group, kind, paths, more string) string {
		return cloud.Config(fmt.Sprintf("resource \"dli_resource_group\" \"test\" {\n  group = %q\n  kind = %q\n  paths = [%s]\n  %s\n}", group, kind, paths, more))
	}
	good := fmt.Sprintf("%q", bucket+"a.jar")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{PlanOnly: true, Config: one("my group", "jar", good, ""), ExpectError: says("Invalid group name", `group = "my group"`, `"my group" cannot be the name of a group`)},
			{PlanOnly: true, Config: one("etl", "zip", good, ""), ExpectError: says(`kind = "zip"`, `must be one of: ["jar" "pyFile" "file" "modelFile"]`)},
			{
				PlanOnly: true, Config: one("etl", "jar", good+`, "https://other.obs.eu/x/a.jar"`, ""),
				ExpectError: says("Two paths make one package", "paths = [", `both make the package "a.jar"`),
			},
		},
		CheckDestroy: func(*terraform.State) error {
			expectRequests(t, cloud.Simulator)
			return nil
		},
	})
}

// invalid is one argument that breaks one rule, and where the error must stand.
type invalid struct {
	argument string
	value    any
	at       string
	says     string
}

func TestResourceGroup_everyRuleOfTheArgumentsHasItsErrorOnTheArgument(t *testing.T) {
	t.Parallel()
	const paths, tags, owner = `AttributeName("paths")`, `AttributeName("tags")`, `AttributeName("owner")`
	path := func(text string) []string { return []string{text} }
	element := func(text string) string { return fmt.Sprintf(`%s.ElementKeyValue(tftypes.String<%q>)`, paths, text) }
	badPath := func(text, says string) invalid { return invalid{"paths", path(text), element(text), says} }
	for name, test := range map[string]invalid{
		"group empty":               {"group", "", `AttributeName("group")`, "1 to 64"},
		"group of 65":               {"group", strings.Repeat("g", 65), `AttributeName("group")`, "1 to 64"},
		"group with a space":        {"group", "my group", `AttributeName("group")`, "1 to 64"},
		"group with a slash":        {"group", "my/group", `AttributeName("group")`, "1 to 64"},
		"group of other letters":    {"group", "数据", `AttributeName("group")`, "1 to 64"},
		"kind in other case":        {"kind", "JAR", `AttributeName("kind")`, "modelFile"},
		"kind empty":                {"kind", "", `AttributeName("kind")`, "modelFile"},
		"paths empty":               {"paths", []string{}, paths, "at least one"},
		"path null":                 {"paths", []any{nil}, paths, "null"},
		"path of another scheme":    badPath("http://b.obs.eu/a.jar", "https://"),
		"path of s3a":               badPath("s3a://b/a.jar", "https://"),
		"path without a scheme":     badPath("b/a.jar", "https://"),
		"path is a bare name":       badPath("a.jar", "https://"),
		"path without a host":       badPath("https:///a.jar", "https://"),
		"path with a password":      badPath("https://me:secret@b.obs.eu/a.jar", "https://"),
		"path is a bucket":          badPath("obs://b/", "bucket"),
		"path is a folder":          badPath("https://b.obs.eu/jars/", "folder"),
		"path with a query":         badPath("https://b.obs.eu/a.jar?versionId=1", "query"),
		"path with an empty query":  badPath("https://b.obs.eu/a.jar?", "query"),
		"path with a fragment":      badPath("https://b.obs.eu/a.jar#1", "fragment"),
		"path with a long name":     badPath("https://b.obs.eu/"+strings.Repeat("a", 125)+".jar", "at most 128"),
		"path with a leading dot":   badPath("https://b.obs.eu/.a.jar", "begins with"),
		"path with a space":         badPath("https://b.obs.eu/a b.jar", "its last segment"),
		"path with an escape":       badPath("https://b.obs.eu/a%20b.jar", "its last segment"),
		"path with another letter":  badPath("https://b.obs.eu/größe.jar", "its last segment"),
		"two paths of one name":     {"paths", []string{"https://b.obs.eu/x/a.jar", "obs://b/y/a.jar"}, paths, `both make the package "a.jar"`},
		"21 tags":                   {"tags", numbered(21), tags, "at most 20"},
		"tag key empty":             {"tags", map[string]string{"": "x"}, tags, "between 1 and 128"},
		"tag key of 129":            {"tags", map[string]string{strings.Repeat("k", 129): "x"}, tags, "between 1 and 128"},
		"tag key of the cloud":      {"tags", map[string]string{"_sys_enterprise_project_id": "x"}, tags, "belongs to the cloud"},
		"tag value of 256":          {"tags", map[string]string{"team": strings.Repeat("v", 256)}, tags, "at most 255"},
		"tag value null":            {"tags", map[string]any{"team": nil}, tags, ""},
		"owner of 4":                {"owner", "anna", owner, "5 to 32"},
		"owner of 33":               {"owner", strings.Repeat("o", 33), owner, "5 to 32"},
		"owner with a digit first":  {"owner", "1alice", owner, "5 to 32"},
		"owner with a dot":          {"owner", "alice.b", owner, "5 to 32"},
		"owner empty":               {"owner", "", owner, "5 to 32"},
		"source_hash of no package": {"source_hash", map[string]string{"b.jar": "1"}, `AttributeName("source_hash").ElementKeyString("b.jar")`, "No path has"},
		"source_hash of a path":     {"source_hash", map[string]string{bucket + "a.jar": "1"}, `AttributeName("source_hash")`, "No path has"},
		"timeout is no duration":    {"timeouts", map[string]any{"create": "soon"}, `AttributeName("timeouts").AttributeName("create")`, "decimal numbers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, test)
		})
	}
}

func numbered(count int) map[string]string {
	tags := map[string]string{}
	for i := range count {
		tags[fmt.Sprintf("key-%d", i)] = "x"
	}
	return tags
}

func refuses(t *testing.T, test invalid) {
	t.Helper()
	cloud := dlisim.New(dlisim.Config{})
	workspace := acctest.NewWorkspace(t, cloud.RoundTripper())
	_, diags := workspace.Plan(t.Context(), etlValues("a.jar", acctest.Values{test.argument: test.value}))
	if len(diags.Errors()) != 1 {
		t.Fatalf("wanted one error, got %d: %v", len(diags.Errors()), diags)
	}
	one := diags.Errors()[0]
	if !strings.HasPrefix(one.Attribute.String(), test.at) || !strings.Contains(one.Detail, test.says) {
		t.Errorf("wanted an error on %s that says %q, got: %v", test.at, test.says, diags)
	}
	expectRequests(t, cloud)
}

func TestResourceGroup_legalInputIsNotRefused(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]acctest.Values{
		"a group of one digit":               {"group": "1"},
		"a group of 64":                      {"group": strings.Repeat("g", 64)},
		"a group with every character":       {"group": "122hong._-"},
		"the kind pyFile":                    {"kind": "pyFile"},
		"the kind file":                      {"kind": "file"},
		"the kind modelFile":                 {"kind": "modelFile"},
		"a path of obs":                      {"paths": []string{"obs://b/x/a.jar"}},
		"a path with a port":                 {"paths": []string{"https://b.obs.ap-southeast-3.myhuaweicloud.com:443/a.jar"}},
		"a path with a space in its folder":  {"paths": []string{"https://b.obs.eu/my jars/a.jar"}},
		"a package name of 128":              {"paths": []string{"obs://b/" + strings.Repeat("a", 124) + ".jar"}},
		"a package name without extension":   {"paths": []string{"obs://b/wordcount"}},
		"a package name of every character":  {"paths": []string{"obs://b/_!-.x"}},
		"20 tags":                            {"tags": numbered(20)},
		"no tags in a map":                   {"tags": map[string]string{}},
		"a tag without a value":              {"tags": map[string]string{"team": ""}},
		"a tag of 128 and 255 other letters": {"tags": map[string]string{strings.Repeat("组", 128): strings.Repeat("数", 255)}},
		"a tag key with _sys_ inside":        {"tags": map[string]string{"a_sys_": "x"}},
		"an owner of 5":                      {"owner": "a-_12"},
		"an owner of 32":                     {"owner": strings.Repeat("o", 32)},
		"the hash of a package":              {"source_hash": map[string]string{"a.jar": ""}},
		"all timeouts":                       {"timeouts": map[string]any{"create": "45m", "read": "1m", "update": "1h30m", "delete": "20s"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values := etlValues("a.jar", nil)
			maps.Copy(values, arguments)
			cloud := dlisim.New(dlisim.Config{})
			plan, diags := acctest.NewWorkspace(t, cloud.RoundTripper()).Plan(t.Context(), values)
			if diff := cmp.Diff("", diags.String()); diff != "" || plan.Action != "create" {
				t.Errorf("the plan is %q: %v", plan.Action, diags)
			}
		})
	}
}

func TestResourceGroup_unknownArgumentsAreCheckedOnceTheyAreKnown(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		unknown := etlValues("a.jar", acctest.Values{
			"paths": []any{acctest.Unknown, bucket + "a.jar"}, "source_hash": map[string]any{"b.jar": acctest.Unknown},
		})
		if plan := w.mustPlan(ctx, unknown); plan.Planned["references"] != acctest.Unknown {
			t.Errorf("with an unknown path the references are planned as %v", plan.Planned["references"])
		}
		known := etlValues("a.jar", acctest.Values{"source_hash": map[string]string{"b.jar": "1"}})
		if _, diags := w.Plan(ctx, known); !says("No such package").MatchString(diags.String()) {
			t.Errorf("a source_hash of no package is not refused: %v", diags)
		}
	})
}
