// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestList_answersAsDocumented(t *testing.T) {
	t.Parallel()
	c := start(t, Config{User: "user1"})
	c.upload("groupTest", "a.jar")
	created := float64(c.clock.Now().UnixMilli())
	c.clock.advance(time.Minute)
	c.want(http.StatusCreated, http.MethodPost, resources, `{"paths":["obs://bucket/p.csv"],"kind":"file","group":"groupTest","is_async":true}`)
	c.Put("", Package{Name: "luxor.jar", Owner: "user2", UnderlyingName: "1_luxor.jar"})
	updated := float64(c.clock.Now().UnixMilli())

	got := c.want(http.StatusOK, http.MethodGet, resources, "").json
	view := func(name, kind, owner, underlying string, create, update float64) map[string]any {
		return map[string]any{
			"create_time": create, "update_time": update, "resource_type": kind, "resource_name": name,
			"status": "READY", "underlying_name": underlying, "owner": owner,
		}
	}
	want := map[string]any{
		"resources": []any{view("luxor.jar", "jar", "user2", "1_luxor.jar", updated, updated)},
		"modules":   got["modules"],
		"groups": []any{map[string]any{
			"group_name": "groupTest", "status": "READY", "owner": "user1", "is_async": true,
			"resources": []any{"a.jar", "p.csv"},
			"details": []any{
				view("a.jar", "jar", "user1", "a.jar", created, created),
				view("p.csv", "file", "user1", "p.csv", updated, updated),
			},
			"create_time": created, "update_time": updated,
		}},
		"total": 3.0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if modules := got["modules"].([]any); len(modules) != 1 || modules[0].(map[string]any)["module_name"] == "" {
		t.Errorf("modules are %v, want one built-in", modules)
	}
}

func TestList_filtersByKindAndTags(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Put("g", Package{Name: "a.jar", Tags: map[string]string{"team": "a b", "env": "dev"}})
	c.Put("g", Package{Name: "b.py", Kind: KindPyFile})
	c.Put("h", Package{Name: "c.jar"})
	for query, want := range map[string][]string{
		"":                                       {"g/a.jar", "g/b.py", "h/c.jar"},
		"kind=pyFile":                            {"g/b.py"},
		"kind=jar":                               {"g/a.jar", "h/c.jar"},
		"tags=" + url.QueryEscape("team=a b"):    {"g/a.jar"},
		"tags=" + url.QueryEscape("env=prod"):    nil,
		"kind=pyFile&tags=team%3Da%20b":          nil,
		"tags=team%3Da%20b%2Cenv%3Ddev&kind=jar": {"g/a.jar"},
	} {
		var got []string
		for _, one := range c.want(http.StatusOK, http.MethodGet, resources+"?"+query, "").json["groups"].([]any) {
			g := one.(map[string]any)
			for _, name := range g["resources"].([]any) {
				got = append(got, g["group_name"].(string)+"/"+name.(string))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("?%s: %s", query, diff)
		}
	}
}

func TestList_switches(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, b Behaviour) *client {
		t.Helper()
		c := start(t, Config{Behaviour: b})
		c.Put("g", Package{Name: "a.jar", Status: StatusUploading})
		c.Put("h", Package{Name: "a.jar"})
		return c
	}
	t.Run("LowerCaseStatus", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{LowerCaseStatus: true})
		if g := c.listed("g"); g["status"] != "uploading" || details(t, g)["a.jar"]["status"] != "uploading" || c.status("h", "a.jar") != "ready" {
			t.Errorf("listed as %v", g)
		}
	})
	t.Run("UnknownStatus", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{UnknownStatus: "PREPARING"})
		if g := c.listed("g"); g["status"] != "PREPARING" || c.status("g", "a.jar") != "PREPARING" || c.status("h", "a.jar") != StatusReady {
			t.Errorf("listed as %v", g)
		}
	})
	t.Run("BooleansAsStrings", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{BooleansAsStrings: true})
		up := c.upload("new", "a.jar").json
		if c.listed("g")["is_async"] != "false" || up["is_async"] != "false" || details(t, up)["a.jar"]["is_async"] != "false" {
			t.Errorf("answered %v", up)
		}
	})
	t.Run("NoTimes", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{NoTimes: true})
		g := c.listed("g")
		show := c.want(http.StatusOK, http.MethodGet, resources+"/a.jar?group=g", "").json
		for _, from := range []map[string]any{g, details(t, g)["a.jar"], show} {
			if from["create_time"] != 0.0 || from["update_time"] != 0.0 {
				t.Errorf("times in %v", from)
			}
		}
	})
	t.Run("NoTotal", func(t *testing.T) {
		t.Parallel()
		if total, there := begin(t, Behaviour{NoTotal: true}).want(http.StatusOK, http.MethodGet, resources, "").json["total"]; there {
			t.Errorf("total %v", total)
		}
	})
	t.Run("HideGroups", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{HideGroups: []string{"g"}})
		if c.listed("g") != nil || c.listed("h") == nil {
			t.Error("the hidden group is listed, or the other is not")
		}
		if c.status("g", "a.jar") != StatusUploading {
			t.Error("show does not answer for a package of the hidden group")
		}
	})
	t.Run("ShuffledListing", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{ShuffledListing: true})
		names := []string{"a.jar", "b.jar", "c.jar", "d.jar", "e.jar", "f.jar", "g.jar", "h.jar"}
		c.upload("new", names...)
		orders := map[string]bool{}
		for range 5 {
			g := c.listed("new")
			var order []string
			for _, name := range g["resources"].([]any) {
				order = append(order, name.(string))
			}
			orders[string(encode(order))] = true
			slices.Sort(order)
			if diff := cmp.Diff(names, order); diff != "" || len(details(t, g)) != len(names) {
				t.Errorf("shuffling lost something: %s", diff)
			}
		}
		if len(orders) < 2 {
			t.Errorf("always the same order: %v", orders)
		}
	})
}

func TestGroupStatus(t *testing.T) {
	t.Parallel()
	for want, statuses := range map[string][]string{
		StatusReady:     {StatusReady, "ready"},
		StatusFailed:    {StatusReady, StatusFailed},
		StatusUploading: {StatusFailed, StatusUploading, StatusReady},
	} {
		c := start(t, Config{})
		for i, status := range statuses {
			c.Put("g", Package{Name: string(rune('a' + i)), Status: status})
		}
		if got := c.listed("g")["status"]; got != want {
			t.Errorf("a group of %v is %v, want %s", statuses, got, want)
		}
	}
}
