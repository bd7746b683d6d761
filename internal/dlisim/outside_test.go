// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPut_makesAPackageAsSomebodyElseWould(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	now := c.clock.Now()
	full := Package{
		Name: "b.py", Kind: KindPyFile, Status: StatusFailed, UnderlyingName: "1_b.py", Owner: "user2", Path: "obs://b/b.py",
		Created: now.Add(-2 * time.Hour), Updated: now.Add(-time.Hour), Tags: map[string]string{"k": "v"}, Uploads: 3,
	}
	c.Put("g", Package{Name: "a.jar"})
	c.Put("g", full)
	want := Group{
		Name: "g", Owner: Stranger, Created: now, Updated: now,
		Packages: map[string]Package{
			"a.jar": {Name: "a.jar", Kind: KindJar, Status: StatusReady, UnderlyingName: "a.jar", Owner: Stranger, Created: now, Updated: now},
			"b.py":  full,
		},
	}
	got, exists := c.Group("g")
	if diff := cmp.Diff(want, got); diff != "" || !exists {
		t.Error(exists, diff)
	}
	if diff := cmp.Diff([]Group{want}, c.Groups()); diff != "" {
		t.Error(diff)
	}
}

func TestPut_keepsAnUploadingPackageUploading(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Put("g", Package{Name: "a.jar", Status: StatusUploading})
	c.clock.advance(time.Hour)
	if status := c.status("g", "a.jar"); status != StatusUploading {
		t.Errorf("the package is %v", status)
	}
	c.SetStatus("g", "a.jar", StatusFailed)
	if status := c.status("g", "a.jar"); status != StatusFailed {
		t.Errorf("the package is %v", status)
	}
}

func TestRemove_leavesTheShellUnlessItVanishes(t *testing.T) {
	t.Parallel()
	for vanishes := range map[bool]struct{}{true: {}, false: {}} {
		c := start(t, Config{Behaviour: Behaviour{EmptiedGroupVanishes: vanishes}})
		c.Put("g", Package{Name: "a.jar"})
		c.Remove("g", "a.jar")
		if g, exists := c.Group("g"); exists == vanishes || len(g.Packages) != 0 {
			t.Errorf("EmptiedGroupVanishes %v: %v %v", vanishes, exists, g)
		}
	}
}

func TestOutsideChanges_showInTheAnswers(t *testing.T) {
	t.Parallel()
	c := start(t, Config{UploadTime: time.Minute})
	c.want(http.StatusCreated, http.MethodPost, resources, uploadBody("g", `,"is_async":true`, "a.jar"))
	c.SetStatus("g", "a.jar", StatusFailed)
	c.clock.advance(time.Hour)
	c.SetOwner("g", "a.jar", "user2")
	c.SetOwner("g", "", "user3")
	c.SetTags("g", "a.jar", map[string]string{"k": "v"})
	g := c.listed("g")
	if d := details(t, g)["a.jar"]; d["status"] != StatusFailed || d["owner"] != "user2" || g["owner"] != "user3" {
		t.Errorf("listed as %v", g)
	}
	if got := c.want(http.StatusOK, http.MethodGet, tagPath+"g%23a.jar/tags", ""); got.json["count"] != 1.0 {
		t.Errorf("tags are %s", got.body)
	}
	c.RemoveGroup("g")
	if c.listed("g") != nil {
		t.Error("the removed group is listed")
	}
}

func TestSnapshots_areCopies(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Put("g", Package{Name: "a.jar", Tags: map[string]string{"k": "v"}})
	copied, _ := c.Group("g")
	copied.Packages["a.jar"].Tags["k"] = "changed"
	delete(copied.Packages, "a.jar")
	if g, _ := c.Group("g"); g.Packages["a.jar"].Tags["k"] != "v" {
		t.Errorf("the simulator's own is %+v", g)
	}
}

// The race detector is what can fail here.
func TestSimulator_isSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	c := start(t, Config{Behaviour: Behaviour{ShuffledListing: true}})
	var group sync.WaitGroup
	for _, work := range []func(){
		func() { c.RoundTripper().RoundTrip(c.request(http.MethodGet, resources, "")) }, //nolint:errcheck,bodyclose // no matter here
		func() {
			c.RoundTripper().RoundTrip(c.request(http.MethodPost, resources, uploadBody("g", "", "a.jar"))) //nolint:errcheck,bodyclose // no matter here
		},
		func() { c.Put("g", Package{Name: "b.jar", Tags: map[string]string{"k": "v"}}) },
		func() { c.SetTags("g", "b.jar", map[string]string{"k": "w"}) },
		func() { c.Groups() },
		func() { c.Writes() },
		func() { c.Inject(Fault{Status: 500, Times: 1}) },
		func() { c.SetBehaviour(func(b *Behaviour) { b.HideGroups = append(b.HideGroups, "h") }) },
		func() { c.FailUpload("a.jar") },
	} {
		group.Go(func() {
			for range 20 {
				work()
			}
		})
	}
	group.Wait()
	if g, exists := c.Group("g"); !exists || len(g.Packages) == 0 {
		t.Errorf("left with %v", g)
	}
}
