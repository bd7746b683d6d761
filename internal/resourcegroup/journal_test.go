// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// expectWrites fails the test unless exactly these writes were sent since the journal was last looked at, in this order.
func expectWrites(t *testing.T, cloud *dlisim.Simulator, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, writes(cloud)); diff != "" {
		t.Errorf("the writes that were sent (-want +got):\n%s", diff)
	}
}

// expectRequests does the same for everything that was sent, reads included.
func expectRequests(t *testing.T, cloud *dlisim.Simulator, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, requests(cloud)); diff != "" {
		t.Errorf("the requests that were sent (-want +got):\n%s", diff)
	}
}

// wrote is expectWrites for a step of a CLI test.
func wrote(cloud *acctest.Cloud, want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if diff := cmp.Diff(want, writes(cloud.Simulator)); diff != "" {
			return fmt.Errorf("the writes that were sent (-want +got):\n%s", diff)
		}
		return nil
	}
}

// writes are the writes since the last look, told in short, and starts the journal anew.
func writes(cloud *dlisim.Simulator) []string {
	defer cloud.ResetJournal()
	return told(cloud.Writes())
}

func requests(cloud *dlisim.Simulator) []string {
	defer cloud.ResetJournal()
	return told(cloud.Journal())
}

// told makes one short text of each request. Calls that are made side by side have no order among themselves, so
// neighbours of one operation are sorted.
func told(journal []dlisim.Request) []string {
	var texts []string
	for start := 0; start < len(journal); {
		end := start + 1
		for end < len(journal) && together(journal[end-1], journal[end]) {
			end++
		}
		for _, request := range journal[start:end] {
			texts = append(texts, tell(request))
		}
		slices.Sort(texts[start:])
		start = end
	}
	return texts
}

// together reports whether two calls may be made side by side. The owner of a group is changed after those of its packages.
func together(one, other dlisim.Request) bool {
	if one.Operation != other.Operation {
		return false
	}
	switch one.Operation {
	case dlisim.OpUpload:
		return false
	case dlisim.OpOwner:
		return bodyOf(one)["resource_name"] != nil && bodyOf(other)["resource_name"] != nil
	default:
		return true
	}
}

func tell(r dlisim.Request) string {
	segments := strings.Split(r.Path, "/") // "", version, project, then what it is about
	text := r.Method + " " + strings.Join(segments[min(3, len(segments)):], "/")
	switch r.Operation {
	case dlisim.OpUpload:
		body := bodyOf(r)
		words := []string{text}
		for _, path := range body["paths"].([]any) {
			words = append(words, dli.PackageName(path.(string)))
		}
		return strings.Join(words, " ") + tellTags(body)
	case dlisim.OpOwner:
		body := bodyOf(r)
		text += fmt.Sprintf(" %v", body["group_name"])
		if name, ok := body["resource_name"]; ok {
			text += fmt.Sprintf("/%v", name)
		}
		return text + fmt.Sprintf(" to %v", body["new_owner"])
	case dlisim.OpTagsCreate, dlisim.OpTagsDelete:
		return text + tellTags(bodyOf(r))
	case dlisim.OpShow, dlisim.OpDelete:
		return text + "?group=" + r.Query.Get("group")
	case dlisim.OpProjects:
		return r.Method + " projects?name=" + r.Query.Get("name")
	default:
		return text
	}
}

func tellTags(body map[string]any) string {
	tags, _ := body["tags"].([]any)
	var text strings.Builder
	for _, one := range tags {
		tag := one.(map[string]any)
		fmt.Fprintf(&text, " %v=%v", tag["key"], tag["value"])
	}
	return text.String()
}

func bodyOf(r dlisim.Request) map[string]any {
	var body map[string]any
	if err := json.Unmarshal(r.Body, &body); err != nil {
		panic(fmt.Sprintf("the body of %s %s is no JSON: %v", r.Method, r.Path, err))
	}
	return body
}

// uploads are the bodies of all uploads in the journal.
func uploads(cloud *dlisim.Simulator) []map[string]any {
	var bodies []map[string]any
	for _, r := range cloud.Writes() {
		if r.Operation == dlisim.OpUpload {
			bodies = append(bodies, bodyOf(r))
		}
	}
	return bodies
}
