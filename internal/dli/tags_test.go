// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheTagsOfTheCloudItselfAreLeftOut(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]map[string]string{
		`{"tags":[{"key":"team","value":"data"},{"key":"_sys_enterprise_project_id","value":"0"},{"key":"sys_","value":""}],"count":3}`: {
			"team": "data", "sys_": "",
		},
		`{"tags":[{"key":"_sys_a","value":"0"}],"count":"1"}`: {},
		`{"tags":[]}`:   {},
		`{"tags":null}`: {},
		`{}`:            {},
	} {
		client, _ := newTestClient(0, always(reply{body: body}))
		got, err := client.ReadTags(t.Context(), "g", "a.jar")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", body, err, diff)
		}
	}
}

func manyTags(count int) map[string]string {
	tags := make(map[string]string, count)
	for i := range count {
		tags[fmt.Sprintf("k%04d", i)] = strconv.Itoa(i)
	}
	return tags
}

// pages answers reads of tags page by page, as the service documents it.
func pages(t *testing.T, tags map[string]string) func(request) reply {
	t.Helper()
	all := tagsToWire(tags)
	return func(r request) reply {
		target, err := url.Parse(r.Target)
		if err != nil {
			t.Error(err)
		}
		limit, limitErr := strconv.Atoi(target.Query().Get("limit"))
		offset, offsetErr := strconv.Atoi(target.Query().Get("offset"))
		if limitErr != nil || offsetErr != nil {
			t.Errorf("query %s", target.RawQuery)
		}
		page := all[min(offset, len(all)):min(offset+limit, len(all))]
		return reply{body: toJSON(map[string]any{"tags": page, "count": len(all)})}
	}
}

func TestTagsAreReadToTheLastPage(t *testing.T) {
	t.Parallel()
	for count, wantPages := range map[int]int{0: 1, 20: 1, 999: 1, 1000: 2, 1001: 2, 2500: 3} {
		want := manyTags(count)
		client, service := newTestClient(0, pages(t, want))
		got, err := client.ReadTags(t.Context(), "g", "a.jar")
		if err != nil || !maps.Equal(got, want) || len(service.sent()) != wantPages {
			t.Errorf("%d tags: read %d in %d pages (%v), want %d pages", count, len(got), len(service.sent()), err, wantPages)
		}
	}
}

func TestAServiceWithoutPagesIsNotReadForEver(t *testing.T) {
	t.Parallel()
	want := manyTags(1000)
	client, service := newTestClient(0, func(r request) reply {
		if r.Number > 5 {
			t.Error("read again and again")
			return reply{body: "{}"}
		}
		return reply{body: toJSON(tagsWire{Tags: tagsToWire(want)})}
	})
	got, err := client.ReadTags(t.Context(), "g", "a.jar")
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("read %d tags in %d calls (%v)", len(got), len(service.sent()), err)
	}
}

func TestAFailingReadOfTagsIsAnError(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(0, always(reply{status: 404, body: `{"error_code":"DLI.0023"}`}))
	if tags, err := client.ReadTags(t.Context(), "g", "a.jar"); failed(t, err).StatusCode != http.StatusNotFound || tags != nil {
		t.Errorf("tags %v, error %v", tags, err)
	}
}

var tagChanges = map[string]func(*Client, context.Context, string, string, map[string]string) error{
	"create": (*Client).SetTags,
	"delete": (*Client).RemoveTags,
}

func TestTagsAreChangedTwentyAtATime(t *testing.T) {
	t.Parallel()
	for _, change := range tagChanges {
		for count, wantSizes := range map[int][]int{0: nil, 1: {1}, 20: {20}, 21: {20, 1}, 45: {20, 20, 5}} {
			tags := manyTags(count)
			client, service := newTestClient(0, always(reply{status: 204}))
			if err := change(client, t.Context(), "g", "a.jar", tags); err != nil {
				t.Fatal(err)
			}
			var sizes []int
			got := map[string]string{}
			for _, request := range service.sent() {
				var body tagsWire
				if err := json.Unmarshal([]byte(request.Body), &body); err != nil {
					t.Fatal(err)
				}
				sizes = append(sizes, len(body.Tags))
				for _, tag := range body.Tags {
					got[tag.Key] = tag.Value
				}
			}
			if diff := cmp.Diff(wantSizes, sizes); diff != "" || !maps.Equal(got, tags) {
				t.Errorf("%d tags: %d arrived in calls of (-want +got):\n%s", count, len(got), diff)
			}
		}
	}
}

func TestTheFirstFailingChangeOfTagsIsTheLast(t *testing.T) {
	t.Parallel()
	for name, change := range tagChanges {
		client, service := newTestClient(0, inTurn(reply{status: 204}, reply{status: 400, body: `{"error_code":"DLI.0001"}`}))
		err := change(client, t.Context(), "g", "a.jar", manyTags(60))
		if failed(t, err).Code != "DLI.0001" || len(service.sent()) != 2 {
			t.Errorf("%s: %d calls, error %v", name, len(service.sent()), err)
		}
	}
}
