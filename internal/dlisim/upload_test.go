// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestUpload_answersAsDocumented(t *testing.T) {
	t.Parallel()
	c := start(t, Config{User: "user1"})
	got := c.want(http.StatusCreated, http.MethodPost, resources, uploadBody("gatk", "", "b.jar", "a.jar"))
	millis := float64(c.clock.now.UnixMilli())
	detail := func(name string) map[string]any {
		return map[string]any{
			"create_time": millis, "update_time": millis, "resource_type": "jar", "resource_name": name,
			"status": "READY", "underlying_name": name, "is_async": false,
		}
	}
	want := map[string]any{
		"group_name": "gatk", "status": "READY", "owner": "user1", "is_async": false,
		"resources":   []any{"b.jar", "a.jar"},
		"details":     []any{detail("b.jar"), detail("a.jar")},
		"create_time": millis, "update_time": millis,
	}
	if diff := cmp.Diff(want, got.json); diff != "" {
		t.Error(diff)
	}
}

func TestUpload_addsToTheGroupAndOverwritesInPlace(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar", "b.jar")
	first := c.clock.Now()
	c.clock.advance(time.Minute)
	got := c.upload("g", "b.jar", "c.jar")
	if diff := cmp.Diff([]any{"b.jar", "c.jar"}, got.json["resources"]); diff != "" {
		t.Errorf("an upload answers its own packages: %s", diff)
	}
	g, _ := c.Group("g")
	if !g.Created.Equal(first) || !g.Updated.Equal(c.clock.Now()) {
		t.Errorf("the group was created %v and updated %v", g.Created, g.Updated)
	}
	for name, want := range map[string]struct {
		created, updated time.Time
		uploads          int
	}{
		"a.jar": {first, first, 1},
		"b.jar": {first, c.clock.Now(), 2},
		"c.jar": {c.clock.Now(), c.clock.Now(), 1},
	} {
		p := g.Packages[name]
		if !p.Created.Equal(want.created) || !p.Updated.Equal(want.updated) || p.Uploads != want.uploads {
			t.Errorf("%s is %+v, want %+v", name, p, want)
		}
	}
}

func TestUpload_bumpsTheUpdateTimeWithinOneMillisecond(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar")
	before, _ := c.Group("g")
	c.upload("g", "a.jar")
	after, _ := c.Group("g")
	if after.Updated.UnixMilli() <= before.Updated.UnixMilli() ||
		after.Packages["a.jar"].Updated.UnixMilli() <= before.Packages["a.jar"].Updated.UnixMilli() {
		t.Errorf("from %+v to %+v", before, after)
	}
}

func TestUpload_ofTwoPathsWithOneNameKeepsTheLater(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.want(http.StatusCreated, http.MethodPost, resources,
		`{"paths":["obs://bucket/1/a.jar","obs://bucket/2/a.jar"],"kind":"file","group":"g"}`)
	g, _ := c.Group("g")
	if len(g.Packages) != 1 || g.Packages["a.jar"].Path != "obs://bucket/2/a.jar" || g.Packages["a.jar"].Kind != KindFile {
		t.Errorf("the group holds %+v", g.Packages)
	}
}

func TestUpload_withoutGroupIsUngrouped(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	got := c.want(http.StatusCreated, http.MethodPost, resources, `{"paths":["`+bucket+`kmeans-2.0.0.jar"],"kind":"modelFile"}`)
	if got.body != `{"resource_names":["kmeans-2.0.0.jar"]}` {
		t.Errorf("answered %s", got.body)
	}
	list := c.want(http.StatusOK, http.MethodGet, resources, "").json
	if list["resources"].([]any)[0].(map[string]any)["resource_name"] != "kmeans-2.0.0.jar" || len(list["groups"].([]any)) != 0 {
		t.Errorf("listed as %v", list)
	}
}

func TestUpload_asynchronousIsUploadingUntilItsTimeHasCome(t *testing.T) {
	t.Parallel()
	for name, flag := range map[string]string{"boolean": `true`, "string": `"true"`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Config{UploadTime: time.Minute})
			c.FailUpload("bad.jar")
			got := c.want(http.StatusCreated, http.MethodPost, resources, uploadBody("g", `,"is_async":`+flag, "a.jar", "bad.jar"))
			if got.json["status"] != StatusUploading || got.json["is_async"] != true {
				t.Errorf("answered %s", got.body)
			}
			c.clock.advance(time.Minute - time.Millisecond)
			if status := c.status("g", "a.jar"); status != StatusUploading {
				t.Errorf("a millisecond before its time the package is %v", status)
			}
			c.clock.advance(time.Millisecond)
			if c.status("g", "a.jar") != StatusReady || c.status("g", "bad.jar") != StatusFailed {
				t.Errorf("the group is %v", c.listed("g"))
			}
			if status := c.listed("g")["status"]; status != StatusFailed {
				t.Errorf("a group with a failed package is %v", status)
			}
		})
	}
}

func TestUpload_synchronousIsOverWhenItReturns(t *testing.T) {
	t.Parallel()
	c := start(t, Config{UploadTime: time.Hour})
	c.FailUpload("bad.jar")
	got := c.want(http.StatusCreated, http.MethodPost, resources, uploadBody("g", `,"is_async":"false"`, "a.jar", "bad.jar"))
	by := details(t, got.json)
	if by["a.jar"]["status"] != StatusReady || by["bad.jar"]["status"] != StatusFailed || got.json["status"] != StatusFailed {
		t.Errorf("answered %s", got.body)
	}
	c.FailUpload()
	if got := c.upload("g", "bad.jar"); got.json["status"] != StatusReady {
		t.Errorf("after FailUpload() the upload ends %v", got.json["status"])
	}
}

func TestUpload_refusesWith400DLI0001(t *testing.T) {
	t.Parallel()
	const good = `"` + bucket + `a.jar"`
	tagged := func(tags string) string {
		return `{"paths":[` + good + `],"kind":"jar","group":"g","tags":` + tags + `}`
	}
	tag := func(key, value string) string { return `{"key":"` + key + `","value":"` + value + `"}` }
	for name, body := range map[string]string{
		"no JSON":                        `paths`,
		"no paths":                       `{"kind":"jar","group":"g"}`,
		"empty paths":                    `{"paths":[],"kind":"jar","group":"g"}`,
		"unknown kind":                   `{"paths":[` + good + `],"kind":"Jar","group":"g"}`,
		"no kind":                        `{"paths":[` + good + `],"group":"g"}`,
		"empty group":                    `{"paths":[` + good + `],"kind":"jar","group":""}`,
		"group with a space":             `{"paths":[` + good + `],"kind":"jar","group":" g"}`,
		"group of 65":                    `{"paths":[` + good + `],"kind":"jar","group":"` + strings.Repeat("g", 65) + `"}`,
		"path that is no URL":            `{"paths":["a.jar"],"kind":"jar","group":"g"}`,
		"path that ends in /":            `{"paths":["` + bucket + `jars/"],"kind":"jar","group":"g"}`,
		"path with a query":              `{"paths":["` + bucket + `a.jar?x=1"],"kind":"jar","group":"g"}`,
		"package that begins with a dot": `{"paths":["` + bucket + `.jar"],"kind":"jar","group":"g"}`,
		"package of 129":                 `{"paths":["` + bucket + strings.Repeat("p", 129) + `"],"kind":"jar","group":"g"}`,
		"is_async that is neither":       `{"paths":[` + good + `],"kind":"jar","group":"g","is_async":"yes"}`,
		"tag without value":              tagged(`[{"key":"k"}]`),
		"tag without key":                tagged(`[` + tag("", "v") + `]`),
		"tag of the system":              tagged(`[` + tag("_sys_x", "v") + `]`),
		"tag key of 129":                 tagged(`[` + tag(strings.Repeat("k", 129), "v") + `]`),
		"tag value of 256":               tagged(`[` + tag("k", strings.Repeat("v", 256)) + `]`),
		"tag key twice":                  tagged(`[` + tag("k", "1") + "," + tag("k", "2") + `]`),
		"21 tags":                        tagged(tagList(21)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Config{})
			c.refused(http.StatusBadRequest, "DLI.0001", http.MethodPost, resources, body)
			if _, exists := c.Group("g"); exists {
				t.Error("a refused upload made the group")
			}
		})
	}
}

func TestUpload_acceptsTheLimits(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	name := "!" + strings.Repeat("p", 127)
	group := "122hong._-" + strings.Repeat("g", 54)
	c.upload(group, name)
	if c.status(group, name) != StatusReady {
		t.Error("not READY")
	}
}

func TestUpload_ofAnAbsentObjectChangesNothing(t *testing.T) {
	t.Parallel()
	c := start(t, Config{Objects: []string{bucket + "jars/a.jar"}})
	got := c.want(http.StatusBadRequest, http.MethodPost, resources, uploadBody("g", "", "a.jar", "b.jar"))
	if got.code() != "DLI.0001" || !strings.Contains(got.body, bucket+"jars/b.jar") {
		t.Errorf("answered %s", got.body)
	}
	if _, exists := c.Group("g"); exists {
		t.Error("the group was made all the same")
	}
	c.PutObject(bucket + "jars/b.jar")
	c.upload("g", "a.jar", "b.jar")
	c.RemoveObject(bucket + "jars/a.jar")
	c.want(http.StatusBadRequest, http.MethodPost, resources, uploadBody("g", "", "a.jar"))
}

func TestUpload_withoutKnownObjectsFindsEachButTheRemoved(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar")
	c.RemoveObject(bucket + "jars/a.jar")
	c.want(http.StatusBadRequest, http.MethodPost, resources, uploadBody("g", "", "a.jar"))
}

func TestUpload_ofOneKindHasTheKindInItsPath(t *testing.T) {
	t.Parallel()
	for kinds, kind := range map[string]string{"jars": KindJar, "pyfiles": KindPyFile, "files": KindFile} {
		t.Run(kinds, func(t *testing.T) {
			t.Parallel()
			c := start(t, Config{UploadTime: time.Hour})
			got := c.want(http.StatusCreated, http.MethodPost, resources+"/"+kinds,
				`{"paths":["`+bucket+`a"],"group":"g","is_async":true}`)
			if got.json["module_type"] != kind || details(t, got.json)["a"]["resource_type"] != kind || got.json["status"] != StatusReady {
				t.Errorf("answered %s", got.body)
			}
		})
	}
	start(t, Config{}).refused(http.StatusNotFound, "APIGW.0101", http.MethodPost, resources+"/modelfiles", `{}`)
}
