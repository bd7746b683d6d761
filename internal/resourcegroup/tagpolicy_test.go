// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestTagPolicy_allTagsAreTheResourcesOwnOverTheDefaults(t *testing.T) {
	t.Parallel()
	null, unknown := types.MapNull(types.StringType), types.MapUnknown(types.StringType)
	for name, test := range map[string]struct{ defaults, own, want types.Map }{
		"neither":                     {null, null, null},
		"an empty map":                {null, texts("k", "v"), texts("k", "v")},
		"defaults alone":              {texts("d", "1"), null, texts("d", "1")},
		"the resource's value wins":   {texts("d", "1"), texts("d", "2"), texts("d", "2")},
		"both":                        {texts("d", "1"), texts("k", "v"), texts("d", "1", "k", "v")},
		"unknown tags":                {texts("d", "1"), unknown, unknown},
		"unknown defaults":            {unknown, texts("k", "v"), unknown},
		"one unknown value, the rest": {partly("d"), texts("k", "v"), types.MapValueMust(types.StringType, merged(partly("d"), texts("k", "v")))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := (TagPolicy{Default: test.defaults}).all(test.own); !got.Equal(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestTagPolicy_ownTagsShowWhatIsNotAsTheDefaultsAre(t *testing.T) {
	t.Parallel()
	policy := TagPolicy{Default: texts("d", "1")}
	for name, test := range map[string]struct {
		stated types.Map
		all    map[string]string
		want   types.Map
	}{
		"a default tag stays out":              {types.MapNull(types.StringType), map[string]string{"d": "1"}, types.MapNull(types.StringType)},
		"a changed default tag shows":          {types.MapNull(types.StringType), map[string]string{"d": "2"}, texts("d", "2")},
		"a tag of somebody else shows":         {texts("k", "v"), map[string]string{"k": "v", "x": "y", "d": "1"}, texts("k", "v", "x", "y")},
		"a default tag that is configured too": {texts("d", "1"), map[string]string{"d": "1"}, texts("d", "1")},
		"a tag that is gone":                   {texts("k", "v"), map[string]string{"d": "1"}, texts()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := policy.own(test.stated, test.all); !got.Equal(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestTagPolicy_ignoredTagsAreNotOurs(t *testing.T) {
	t.Parallel()
	policy := TagPolicy{IgnoreKeys: []string{"billing"}, IgnorePrefixes: []string{"CCE-"}}
	got := policy.visible(map[string]string{"billing": "1", "billing2": "2", "CCE-Cluster": "3", "team": "4"})
	if diff := cmp.Diff(map[string]string{"billing2": "2", "team": "4"}, got); diff != "" {
		t.Errorf("visible tags (-want +got):\n%s", diff)
	}
	if diags := policy.check(texts("team", "data", "CCE-x", "1")); len(diags) != 1 {
		t.Errorf("a tag that is configured and ignored: %v", diags)
	}
}

func TestTagPolicy_refusesMoreTagsThanAPackageCarries(t *testing.T) {
	t.Parallel()
	tags := map[string]attr.Value{}
	for _, key := range "abcdefghijklmnopqrstu" {
		tags[string(key)] = types.StringValue("")
	}
	if diags := (TagPolicy{}).check(types.MapValueMust(types.StringType, tags)); !diags.HasError() {
		t.Errorf("%d tags were taken", len(tags))
	}
	delete(tags, "a")
	if diags := (TagPolicy{}).check(types.MapValueMust(types.StringType, tags)); diags.HasError() {
		t.Errorf("%d tags were refused", len(tags))
	}
}

func TestFold_marksTagsThatPackagesDoNotShare(t *testing.T) {
	t.Parallel()
	got := fold(map[string]map[string]string{
		"a.jar": {"same": "1", "some": "1", "value": "1"},
		"b.jar": {"same": "1", "value": "2"},
		"c.jar": {"same": "1", "value": "1"},
	})
	if diff := cmp.Diff(map[string]string{"same": "1", "some": differing, "value": differing}, got); diff != "" {
		t.Errorf("folded (-want +got):\n%s", diff)
	}
}

// texts is a map of key, value, key, value.
func texts(pairs ...string) types.Map {
	values := map[string]attr.Value{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = types.StringValue(pairs[i+1])
	}
	return types.MapValueMust(types.StringType, values)
}

func partly(key string) types.Map {
	return types.MapValueMust(types.StringType, map[string]attr.Value{key: types.StringUnknown()})
}

func merged(some ...types.Map) map[string]attr.Value {
	all := map[string]attr.Value{}
	for _, one := range some {
		maps.Copy(all, one.Elements())
	}
	return all
}
