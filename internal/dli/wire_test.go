// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBooleansAreReadAsTheServicePrintsThem(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]*bool{
		`{"is_async": true}`:    new(true),
		`{"is_async": false}`:   new(false),
		`{"is_async": "true"}`:  new(true),
		`{"is_async": "false"}`: new(false),
		`{"is_async": "TRUE"}`:  new(true),
		`{"is_async": "False"}`: new(false),
		`{"is_async": null}`:    nil,
		`{"is_async": ""}`:      nil,
		`{"is_async": "soon"}`:  nil,
		`{"is_async": [1]}`:     nil,
		`{}`:                    nil,
	} {
		var wire packageWire
		if err := decode([]byte(body), &wire); err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if diff := cmp.Diff(want, wire.toPackage().Async); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

func TestTimesAreReadAsTheServicePrintsThem(t *testing.T) {
	t.Parallel()
	moment := time.Date(2021, 10, 22, 3, 37, 30, 329_000_000, time.UTC)
	for body, want := range map[string]time.Time{
		`{"create_time": 1634873850329}`:   moment,
		`{"create_time": "1634873850329"}`: moment,
		`{"create_time": 0}`:               {},
		`{"create_time": "0"}`:             {},
		`{"create_time": ""}`:              {},
		`{"create_time": "yesterday"}`:     {},
		`{"create_time": 0.5}`:             {},
		`{"create_time": {}}`:              {},
		`{"create_time": null}`:            {},
		`{}`:                               {},
	} {
		var wire packageWire
		if err := decode([]byte(body), &wire); err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		got := wire.toPackage().Created
		if !got.Equal(want) || got.IsZero() != want.IsZero() || got.Location() != time.UTC {
			t.Errorf("%s: %v, want %v in UTC", body, got, want)
		}
	}
}

func TestAnAnswerOfAnotherShapeIsAnError(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[]`, `{`, `{"status": 1}`} {
		err := decode([]byte(body), &packageWire{})
		if err == nil || !strings.Contains(err.Error(), "not the JSON that is documented") {
			t.Errorf("%s: error is %v", body, err)
		}
	}
}

func TestStatusesAreReadInEitherLetterCase(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Status{
		"READY": StatusReady, "ready": StatusReady, "Ready": StatusReady,
		"uploading": StatusUploading, "UPLOADING": StatusUploading,
		"failed": StatusFailed, "FAILED": StatusFailed,
		"Copying": "Copying",
		"":        "",
	} {
		if got := parseStatus(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// listingOf decodes the answer to a listing call by way of the client.
func listingOf(t *testing.T, body string) map[string]*Group {
	t.Helper()
	client, _ := newTestClient(0, always(reply{body: body}))
	groups, err := client.list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

func TestAListingIsReadWithAllItSays(t *testing.T) {
	t.Parallel()
	got := listingOf(t, `{
		"resources": [{"resource_name": "ungrouped.jar"}],
		"modules": [{"module_name": "gatk", "resources": ["gatk.jar"]}],
		"groups": [{
			"group_name": "g", "status": "ready", "owner": "user1", "is_async": "false",
			"create_time": 1547090015131, "update_time": "1547091098666",
			"resources": ["a.jar"], "new_member": {"deep": [1]},
			"details": [{
				"resource_name": "a.jar", "resource_type": "jar", "status": "uploading", "underlying_name": "u_a.jar",
				"owner": "user2", "create_time": 1547090015132, "update_time": 1547090015133, "is_async": true,
				"new_member": null
			}]
		}],
		"total": "2"
	}`)
	want := map[string]*Group{"g": {
		Name: "g", Status: StatusReady, Owner: "user1", Async: new(false), Listed: true,
		Created: time.UnixMilli(1547090015131).UTC(), Updated: time.UnixMilli(1547091098666).UTC(),
		Packages: map[string]Package{"a.jar": {
			Name: "a.jar", Kind: "jar", Status: StatusUploading, UnderlyingName: "u_a.jar", Owner: "user2", Async: new(true),
			Created: time.UnixMilli(1547090015132).UTC(), Updated: time.UnixMilli(1547090015133).UTC(),
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPackagesAreMatchedByNameAndNotByPlace(t *testing.T) {
	t.Parallel()
	got := listingOf(t, `{"groups": [{
		"group_name": "g",
		"resources": ["a.jar", "only-named.jar", "b.jar", "", null],
		"details": [{"resource_name": "b.jar", "status": "FAILED"}, {"resource_name": "only-described.jar", "status": "READY"},
			{"resource_name": "a.jar", "status": "READY"}, {"status": "READY"}, null]
	}]}`)["g"].Packages
	want := map[string]Package{
		"a.jar":              {Name: "a.jar", Status: StatusReady},
		"b.jar":              {Name: "b.jar", Status: StatusFailed},
		"only-named.jar":     {Name: "only-named.jar"},
		"only-described.jar": {Name: "only-described.jar", Status: StatusReady},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAbsentMembersAreAnEmptyGroup(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"groups": [{"group_name": "g"}, {"owner": "nameless"}, null]}`,
		`{"groups": [{"group_name": "g", "resources": null, "details": null, "owner": null, "status": null}]}`,
		`{"groups": [{"group_name": "g", "resources": [], "details": []}]}`,
	} {
		want := map[string]*Group{"g": {Name: "g", Listed: true, Packages: map[string]Package{}}}
		if diff := cmp.Diff(want, listingOf(t, body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

func TestANilGroupHasNoPackages(t *testing.T) {
	t.Parallel()
	var group *Group
	if _, ok := group.Package("a.jar"); ok || group.Names() != nil {
		t.Error("a nil group has a package")
	}
	group = &Group{Packages: map[string]Package{"b": {}, "a": {}}}
	if diff := cmp.Diff([]string{"a", "b"}, group.Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func FuzzListingAnswer(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `{"groups": null}`, `{"groups": [null, {}]}`, `{"is_success": false, "message": "no"}`,
		`{"groups": [{"group_name": "g", "resources": ["a", null, ""], "details": [{"resource_name": "a", "status": "ready"}, {}]}]}`,
		`{"groups": [{"group_name": "g", "is_async": "true", "create_time": "1", "update_time": 0.5}]}`,
		`{"groups": [{"group_name": "g", "details": {"resource_name": "a"}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		client, _ := newTestClient(0, always(reply{body: string(body)}))
		groups, err := client.list(t.Context())
		if err != nil {
			failed(t, err)
			return
		}
		for key, group := range groups {
			if key == "" || key != group.Name || !group.Listed {
				t.Errorf("group %q stands under %q", group.Name, key)
			}
			for key, found := range group.Packages {
				if key == "" || key != found.Name {
					t.Errorf("package %q stands under %q", found.Name, key)
				}
				if found.Status != parseStatus(string(found.Status)) {
					t.Errorf("status %q is not in its one form", found.Status)
				}
			}
		}
	})
}

// Whatever the service says to a call, the call ends with success or with one error that has the answer's status.
func FuzzAnswers(f *testing.F) {
	calls := maps.Clone(repeatableCalls)
	maps.Copy(calls, onceOnlyCalls)
	calls["survey"] = func(c *Client, ctx context.Context) error { _, err := c.surveyTags(ctx); return err }
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `"READY"`, `{"is_success": "false", "message": 1}`, `{"status": {}}`, `{"tags": [null, {"key": "k"}]}`,
		`{"resource_name": "a.jar", "status": "ready", "create_time": "soon"}`,
		`{"resources": [{"resource_id": "g#a.jar", "tags": [{"key": "_sys_a", "value": "1"}, null]}, null]}`,
	} {
		f.Add(false, []byte(seed))
		f.Add(true, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, refuses bool, body []byte) {
		status := http.StatusOK
		if refuses {
			status = http.StatusForbidden
		}
		for name, call := range calls {
			client, _ := newTestClient(0, always(reply{status: status, body: string(body)}))
			err := call(client, t.Context())
			if err == nil && refuses {
				t.Errorf("%s: an answer %d is a success", name, status)
			}
			if err != nil && failed(t, err).StatusCode != status {
				t.Errorf("%s: an answer %d is %v", name, status, err)
			}
		}
	})
}

func FuzzPackageURL(f *testing.F) {
	f.Add("0123456789abcdef", "g", "a.jar")
	f.Add("p/../q", "../g&x=1#y", "..%2f..")
	f.Add("?", "a b+c;d", "a?group=other#top")
	f.Add("é\x00", "\n", "%zz!\\")
	f.Fuzz(func(t *testing.T, project, group, name string) {
		client := NewClient(nil, endpoint, project)
		if address, err := client.packageURL(group, name); err == nil {
			parsed := checkSegments(t, address, "v2.0", project, "resources", name)
			query, err := url.ParseQuery(parsed.RawQuery)
			if err != nil || !cmp.Equal(query, url.Values{"group": {group}}) {
				t.Errorf("%s asks %v (%v), want group %q alone", address, query, err, group)
			}
		}
		address := client.tagURL(group, name, "create")
		if parsed := checkSegments(t, address, "v3", project, "dli_package_resource", group+"#"+name, "tags", "create"); parsed.RawQuery != "" {
			t.Errorf("%s has a query", address)
		}
	})
}

// checkSegments checks that the path of an address is exactly these segments.
func checkSegments(t *testing.T, address string, want ...string) *url.URL {
	t.Helper()
	// This is how the client itself makes its requests.
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatalf("%q: %v", address, err)
	}
	got := strings.Split(strings.TrimPrefix(request.URL.EscapedPath(), "/"), "/")
	for i := range got {
		if got[i], err = url.PathUnescape(got[i]); err != nil {
			t.Fatalf("%q: %v", address, err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || request.URL.Fragment != "" || request.URL.Host != "dli.example.com" {
		t.Errorf("%q goes to host %q, fragment %q, segments (-want +got):\n%s", address, request.URL.Host, request.URL.Fragment, diff)
	}
	return request.URL
}

func TestTagsOfAnUploadAreLeftOutWhenThereAreNone(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(uploadWire{Paths: []string{"x"}, Kind: "jar", Group: "g", Tags: tagsToWire(map[string]string{})})
	if err != nil || strings.Contains(string(text), "tags") {
		t.Errorf("body is %s (%v), want no tags", text, err)
	}
}
