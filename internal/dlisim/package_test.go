// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShow_answersAsDocumented(t *testing.T) {
	t.Parallel()
	c := start(t, Config{User: "user1"})
	c.upload("g", "a!b.jar")
	millis := float64(c.clock.Now().UnixMilli())
	want := map[string]any{
		"create_time": millis, "update_time": millis, "resource_type": "jar", "resource_name": "a!b.jar",
		"status": "READY", "underlying_name": "a!b.jar", "owner": "user1",
	}
	if diff := cmp.Diff(want, c.want(http.StatusOK, http.MethodGet, resources+"/a%21b.jar?group=g", "").json); diff != "" {
		t.Error(diff)
	}
}

func TestShowAndDelete_addressOnePackage(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{
		"absent package":                "/b.jar?group=g",
		"absent group":                  "/a.jar?group=h",
		"grouped package without group": "/a.jar",
		"the group's own name":          "/g",
		"ungrouped package with group":  "/loose.jar?group=g",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, method := range []string{http.MethodGet, http.MethodDelete} {
				c := start(t, Config{})
				c.upload("g", "a.jar")
				c.Put("", Package{Name: "loose.jar"})
				c.refused(http.StatusNotFound, "DLI.0023", method, resources+path, "")
				c.SetBehaviour(func(b *Behaviour) { b.AbsentIsBadRequest = true })
				c.refused(http.StatusBadRequest, "DLI.0002", method, resources+path, "")
			}
		})
	}
}

func TestDelete_removesOnePackageWithNoBody(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar", "b.jar")
	c.Put("", Package{Name: "a.jar"})
	if got := c.want(http.StatusOK, http.MethodDelete, resources+"/a.jar?group=g", ""); got.body != "" {
		t.Errorf("answered %s", got.body)
	}
	g, _ := c.Group("g")
	ungrouped, _ := c.Group("")
	if len(g.Packages) != 1 || len(ungrouped.Packages) != 1 {
		t.Errorf("left: %v and ungrouped %v", g.Packages, ungrouped.Packages)
	}
	c.want(http.StatusOK, http.MethodDelete, resources+"/a.jar", "")
	if ungrouped, _ = c.Group(""); len(ungrouped.Packages) != 0 {
		t.Error("the ungrouped package is still there")
	}
}

func TestDelete_ofTheLastPackage(t *testing.T) {
	t.Parallel()
	t.Run("leaves an empty shell", func(t *testing.T) {
		t.Parallel()
		c := start(t, Config{User: "user1"})
		c.upload("g", "a.jar")
		c.want(http.StatusOK, http.MethodDelete, resources+"/a.jar?group=g", "")
		g := c.listed("g")
		if g == nil || g["owner"] != "user1" {
			t.Fatalf("listed as %v", g)
		}
		if diff := cmp.Diff([]any{[]any{}, []any{}}, []any{g["resources"], g["details"]}); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("takes the group along with EmptiedGroupVanishes", func(t *testing.T) {
		t.Parallel()
		c := start(t, Config{Behaviour: Behaviour{EmptiedGroupVanishes: true}})
		c.upload("g", "a.jar")
		c.want(http.StatusOK, http.MethodDelete, resources+"/a.jar?group=g", "")
		if g := c.listed("g"); g != nil {
			t.Errorf("listed as %v", g)
		}
	})
}

func TestOwner_changesWhatIsNamed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body      string
		behaviour Behaviour
		want      []string // owners of the group, of its two packages, of the ungrouped one
	}{
		"group":     {`{"new_owner":"user2","group_name":"g"}`, Behaviour{}, []string{"user2", "user1", "user1", "user1"}},
		"package":   {`{"new_owner":"user2","group_name":"g","resource_name":"a.jar"}`, Behaviour{}, []string{"user1", "user2", "user1", "user1"}},
		"ungrouped": {`{"new_owner":"user2","resource_name":"a.jar"}`, Behaviour{}, []string{"user1", "user1", "user1", "user2"}},
		"group with OwnerChangeReachesPackages": {
			`{"new_owner":"user2","group_name":"g"}`, Behaviour{OwnerChangeReachesPackages: true}, []string{"user2", "user2", "user2", "user1"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Config{User: "user1", Users: []string{"user2"}, Behaviour: test.behaviour})
			c.upload("g", "a.jar", "b.jar")
			c.Put("", Package{Name: "a.jar", Owner: "user1"})
			got := c.want(http.StatusOK, http.MethodPut, resources+"/owner", test.body)
			if diff := cmp.Diff(map[string]any{"is_success": true, "message": ""}, got.json); diff != "" {
				t.Error(diff)
			}
			g, _ := c.Group("g")
			ungrouped, _ := c.Group("")
			owners := []string{g.Owner, g.Packages["a.jar"].Owner, g.Packages["b.jar"].Owner, ungrouped.Packages["a.jar"].Owner}
			if diff := cmp.Diff(test.want, owners); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOwner_refuses(t *testing.T) {
	t.Parallel()
	c := start(t, Config{Users: []string{"user2"}})
	c.upload("g", "a.jar")
	put := func(status int, code, body string) {
		t.Helper()
		c.refused(status, code, http.MethodPut, resources+"/owner", body)
	}
	put(http.StatusNotFound, "DLI.0002", `{"new_owner":"ssssss","group_name":"g"}`)
	put(http.StatusBadRequest, "DLI.0001", `{"new_owner":"","group_name":"g"}`)
	put(http.StatusBadRequest, "DLI.0001", `{"new_owner":"2user","group_name":"g"}`)
	put(http.StatusBadRequest, "DLI.0001", `{"new_owner":"`+strings.Repeat("u", 33)+`","group_name":"g"}`)
	put(http.StatusBadRequest, "DLI.0001", `{"new_owner":"user2"}`)
	put(http.StatusNotFound, "DLI.0023", `{"new_owner":"user2","group_name":"h"}`)
	put(http.StatusNotFound, "DLI.0023", `{"new_owner":"user2","group_name":"g","resource_name":"b.jar"}`)
	got := c.want(http.StatusNotFound, http.MethodPut, resources+"/owner", `{"new_owner":"ssssss","group_name":"g"}`)
	if got.json["error_msg"] != "No such user. userName:ssssss." {
		t.Errorf("answered %s", got.body)
	}
}

func TestOwner_answersStringsWithBooleansAsStrings(t *testing.T) {
	t.Parallel()
	c := start(t, Config{Users: []string{"user2"}, Behaviour: Behaviour{BooleansAsStrings: true}})
	c.upload("g", "a.jar")
	got := c.want(http.StatusOK, http.MethodPut, resources+"/owner", `{"new_owner":"user2","group_name":"g"}`)
	if got.json["is_success"] != "true" {
		t.Errorf("answered %s", got.body)
	}
}
