// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// numbered is the body of a request with so many tags.
func numbered(count int) string { return `{"tags":` + tagList(count) + `}` }

// tagList is the JSON of so many tags, k01 to k<count>.
func tagList(count int) string {
	var tags []string
	for i := range count {
		tags = append(tags, fmt.Sprintf(`{"key":"k%02d","value":"v"}`, i+1))
	}
	return `[` + strings.Join(tags, ",") + `]`
}

func TestTags_ofAnUploadGoToEachOfItsPackages(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.want(http.StatusCreated, http.MethodPost, resources,
		uploadBody("g", `,"tags":[{"key":"team","value":"data"},{"key":"empty","value":""}]`, "a.jar", "b.jar"))
	for _, name := range []string{"a.jar", "b.jar"} {
		got := c.want(http.StatusOK, http.MethodGet, tagPath+"g%23"+name+"/tags", "")
		if want := `{"count":2,"tags":[{"key":"empty","value":""},{"key":"team","value":"data"}]}`; got.body != want {
			t.Errorf("answered %s, want %s", got.body, want)
		}
	}
}

func TestTags_addressThePackageByItsIDEncodedOnce(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Put("g", Package{Name: "a!b.jar", Tags: map[string]string{"in": "g"}})
	c.Put("", Package{Name: "a!b.jar", Tags: map[string]string{"in": "none"}})
	for path, want := range map[string]string{"g%23a%21b.jar": "g", "g%23a!b.jar": "g", "a%21b.jar": "none"} {
		got := c.want(http.StatusOK, http.MethodGet, tagPath+path+"/tags", "")
		if got.body != `{"count":1,"tags":[{"key":"in","value":"`+want+`"}]}` {
			t.Errorf("%s answered %s", path, got.body)
		}
	}
	for _, path := range []string{"g%2523a%21b.jar", "g", "h%23a%21b.jar"} {
		c.refused(http.StatusNotFound, "DLI.0023", http.MethodGet, tagPath+path+"/tags", "")
		c.refused(http.StatusNotFound, "DLI.0023", http.MethodPost, tagPath+path+"/tags/create", numbered(1))
		c.refused(http.StatusNotFound, "DLI.0023", http.MethodPost, tagPath+path+"/tags/delete", numbered(1))
	}
}

func TestTags_createAndDeleteAnswer204(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Put("g", Package{Name: "a.jar", Tags: map[string]string{"k01": "old", "keep": "1"}})
	if got := c.want(http.StatusNoContent, http.MethodPost, tagPath+"g%23a.jar/tags/create", numbered(2)); got.body != "" {
		t.Errorf("answered %s", got.body)
	}
	g, _ := c.Group("g")
	if diff := cmp.Diff(map[string]string{"k01": "v", "k02": "v", "keep": "1"}, g.Packages["a.jar"].Tags); diff != "" {
		t.Error(diff)
	}
	for range 2 { // the second time all of them are gone already
		c.want(http.StatusNoContent, http.MethodPost, tagPath+"g%23a.jar/tags/delete", numbered(2))
	}
	g, _ = c.Group("g")
	if diff := cmp.Diff(map[string]string{"keep": "1"}, g.Packages["a.jar"].Tags); diff != "" {
		t.Error(diff)
	}
}

func TestTags_limits(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar")
	create, remove := tagPath+"g%23a.jar/tags/create", tagPath+"g%23a.jar/tags/delete"
	c.want(http.StatusNoContent, http.MethodPost, create, numbered(20))
	c.want(http.StatusNoContent, http.MethodPost, create, numbered(20))
	for _, body := range []string{
		numbered(21), `{"tags":[{"key":"one more","value":"v"}]}`, `{"tags":[{"key":"_sys_x","value":"v"}]}`, `{"tags":[]}`, ``,
	} {
		c.refused(http.StatusBadRequest, "DLI.0001", http.MethodPost, create, body)
	}
	c.refused(http.StatusBadRequest, "DLI.0001", http.MethodPost, remove, numbered(21))
	c.refused(http.StatusBadRequest, "DLI.0001", http.MethodPost, remove, `{"tags":[{"key":"","value":"v"}]}`)
	c.refused(http.StatusBadRequest, "DLI.0001", http.MethodPost, resources,
		uploadBody("g", `,"tags":[{"key":"one more","value":"v"}]`, "a.jar"))
	if g, _ := c.Group("g"); len(g.Packages["a.jar"].Tags) != 20 {
		t.Errorf("left with %v", g.Packages["a.jar"].Tags)
	}
}

func TestTags_areReadInPages(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar")
	c.want(http.StatusNoContent, http.MethodPost, tagPath+"g%23a.jar/tags/create", numbered(5))
	for query, want := range map[string][]string{
		"":                  {"k01", "k02", "k03", "k04", "k05"},
		"?limit=2":          {"k01", "k02"},
		"?limit=2&offset=4": {"k05"},
		"?offset=9":         {},
	} {
		got := c.want(http.StatusOK, http.MethodGet, tagPath+"g%23a.jar/tags"+query, "")
		keys := []string{}
		for _, one := range got.json["tags"].([]any) {
			keys = append(keys, one.(map[string]any)["key"].(string))
		}
		if diff := cmp.Diff(want, keys); diff != "" || got.json["count"] != 5.0 {
			t.Errorf("%q: count %v, %s", query, got.json["count"], diff)
		}
	}
	c.refused(http.StatusBadRequest, "DLI.0001", http.MethodGet, tagPath+"g%23a.jar/tags?limit=-1", "")
}

func TestTags_switches(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, b Behaviour) *client {
		t.Helper()
		c := start(t, Config{Behaviour: b})
		c.Put("g", Package{Name: "a.jar", Tags: map[string]string{"k01": "old"}})
		return c
	}
	const read = tagPath + "g%23a.jar/tags"
	t.Run("TagReadNotFound", func(t *testing.T) {
		t.Parallel()
		begin(t, Behaviour{TagRead: TagReadNotFound}).refused(http.StatusNotFound, "DLI.0023", http.MethodGet, read, "")
	})
	t.Run("TagReadBadRequest", func(t *testing.T) {
		t.Parallel()
		begin(t, Behaviour{TagRead: TagReadBadRequest}).refused(http.StatusBadRequest, "DLI.0001", http.MethodGet, read, "")
	})
	t.Run("TagReadEmpty", func(t *testing.T) {
		t.Parallel()
		if got := begin(t, Behaviour{TagRead: TagReadEmpty}).want(http.StatusOK, http.MethodGet, read, ""); got.body != `{"count":0,"tags":[]}` {
			t.Errorf("answered %s", got.body)
		}
	})
	t.Run("TagCreateKeepsExisting", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{TagCreateKeepsExisting: true})
		c.want(http.StatusNoContent, http.MethodPost, read+"/create", numbered(2))
		g, _ := c.Group("g")
		if diff := cmp.Diff(map[string]string{"k01": "old", "k02": "v"}, g.Packages["a.jar"].Tags); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTagsFilter(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Put("", Package{Name: "loose.jar"})
	c.Put("g", Package{Name: "a.jar", Tags: map[string]string{"team": "data"}})
	c.Put("h", Package{Name: "b.jar", Tags: map[string]string{"team": "web"}})
	const path = tagPath + "resource-instances/filter"
	c.refused(http.StatusNotFound, "APIGW.0101", http.MethodPost, path, `{}`)
	c.SetBehaviour(func(b *Behaviour) { b.BulkTagFilter = true })
	for name, test := range map[string]struct {
		query, body string
		count       float64
		want        []string
	}{
		"everything":     {"", `{}`, 3, []string{"loose.jar", "g#a.jar", "h#b.jar"}},
		"no body":        {"", ``, 3, []string{"loose.jar", "g#a.jar", "h#b.jar"}},
		"a page":         {"?limit=1&offset=1", `{}`, 3, []string{"g#a.jar"}},
		"by value":       {"", `{"tags":[{"key":"team","values":["web","x"]}]}`, 1, []string{"h#b.jar"}},
		"by key":         {"", `{"tags":[{"key":"team"}]}`, 2, []string{"g#a.jar", "h#b.jar"}},
		"without a tag":  {"", `{"without_any_tag":true}`, 1, []string{"loose.jar"}},
		"by the package": {"", `{"matches":[{"key":"resource_name","value":"b"}]}`, 1, []string{"h#b.jar"}},
	} {
		got := c.want(http.StatusOK, http.MethodPost, path+test.query, test.body)
		var ids []string
		for _, one := range got.json["resources"].([]any) {
			ids = append(ids, one.(map[string]any)["resource_id"].(string))
		}
		if diff := cmp.Diff(test.want, ids); diff != "" || got.json["total_count"] != test.count {
			t.Errorf("%s: total_count %v, %s", name, got.json["total_count"], diff)
		}
	}
	if got := c.want(http.StatusOK, http.MethodPost, path+"?offset=1&limit=1", `{}`); !strings.Contains(got.body, `"tags":[{"key":"team","value":"data"}]`) {
		t.Errorf("answered %s", got.body)
	}
}
