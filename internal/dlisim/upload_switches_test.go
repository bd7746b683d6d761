// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestUpload_switches(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, b Behaviour) *client {
		t.Helper()
		c := start(t, Config{Behaviour: b})
		c.Put("g", Package{Name: "old.jar", Created: c.clock.Now().Add(-time.Hour), Tags: map[string]string{"old": "1"}})
		return c
	}
	t.Run("UploadAnswers200", func(t *testing.T) {
		t.Parallel()
		begin(t, Behaviour{UploadAnswers200: true}).want(http.StatusOK, http.MethodPost, resources, uploadBody("g", "", "a.jar"))
	})
	t.Run("UploadAnswersWholeGroup", func(t *testing.T) {
		t.Parallel()
		got := begin(t, Behaviour{UploadAnswersWholeGroup: true}).upload("g", "a.jar")
		if len(details(t, got.json)) != 2 || len(got.json["resources"].([]any)) != 2 {
			t.Errorf("answered %s", got.body)
		}
	})
	t.Run("UploadAnswersZeroTimes", func(t *testing.T) {
		t.Parallel()
		got := begin(t, Behaviour{UploadAnswersZeroTimes: true}).upload("g", "a.jar")
		if d := details(t, got.json)["a.jar"]; d["create_time"] != 0.0 || d["update_time"] != 0.0 || got.json["update_time"] == 0.0 {
			t.Errorf("answered %s", got.body)
		}
	})
	t.Run("UUIDUnderlyingNames", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{UUIDUnderlyingNames: true})
		first := details(t, c.upload("g", "a.jar", "b.jar").json)
		a, b := first["a.jar"]["underlying_name"].(string), first["b.jar"]["underlying_name"].(string)
		if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}_a\.jar$`).MatchString(a) {
			t.Errorf("underlying name %q", a)
		}
		if strings.TrimSuffix(a, "a.jar") != strings.TrimSuffix(b, "b.jar") {
			t.Errorf("one upload, two uuids: %q and %q", a, b)
		}
		if again := details(t, c.upload("g", "a.jar").json)["a.jar"]["underlying_name"]; again == a {
			t.Errorf("%q twice", again)
		}
	})
	t.Run("UploadReplacesGroup", func(t *testing.T) {
		t.Parallel()
		c := begin(t, Behaviour{UploadReplacesGroup: true})
		c.upload("g", "a.jar")
		if g, _ := c.Group("g"); len(g.Packages) != 1 || !g.Created.Equal(c.clock.Now()) {
			t.Errorf("the group is %+v", g)
		}
	})
	t.Run("OverwriteDropsTags", func(t *testing.T) {
		t.Parallel()
		for drops, want := range map[bool]map[string]string{
			false: {"old": "1", "new": "2"},
			true:  {"new": "2"},
		} {
			c := begin(t, Behaviour{OverwriteDropsTags: drops})
			c.want(http.StatusCreated, http.MethodPost, resources, uploadBody("g", `,"tags":[{"key":"new","value":"2"}]`, "old.jar"))
			g, _ := c.Group("g")
			if diff := cmp.Diff(want, g.Packages["old.jar"].Tags); diff != "" {
				t.Errorf("OverwriteDropsTags %v: %s", drops, diff)
			}
		}
	})
}
