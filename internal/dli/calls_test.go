// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatEveryCallSends(t *testing.T) {
	t.Parallel()
	const tagsOf = "/v3/" + projectID + "/dli_package_resource/"
	for _, c := range []struct {
		name   string
		call   func(*Client, context.Context) error
		method string
		target string
		body   string // "" is none
	}{
		{
			name: "an upload",
			call: func(c *Client, ctx context.Context) error {
				return c.upload(ctx, Upload{
					Group: "g", Kind: "pyFile", Paths: []string{"https://b.obs.r.example.com/k/a.py?<&>", "obs://b/b.py"}, Async: true,
					Tags: map[string]string{"team": "data", "env": ""},
				})
			},
			method: "POST", target: resources,
			body: `{"paths": ["https://b.obs.r.example.com/k/a.py?\u003c\u0026\u003e", "obs://b/b.py"], "kind": "pyFile", "group": "g", "is_async": true,
				"tags": [{"key": "env", "value": ""}, {"key": "team", "value": "data"}]}`,
		},
		{
			name: "an upload without tags",
			call: func(c *Client, ctx context.Context) error {
				return c.upload(ctx, Upload{Group: "g", Kind: "jar", Paths: []string{"obs://b/a.jar"}})
			},
			method: "POST", target: resources,
			body: `{"paths": ["obs://b/a.jar"], "kind": "jar", "group": "g", "is_async": false}`,
		},
		{
			name:   "a listing",
			call:   repeatableCalls["list"],
			method: "GET", target: resources,
		},
		{
			name: "a show",
			call: func(c *Client, ctx context.Context) error {
				_, err := c.show(ctx, "g.v1_x-y", "a!b_c-1.0.jar")
				return err
			},
			method: "GET", target: resources + "/a%21b_c-1.0.jar?group=g.v1_x-y",
		},
		{
			name:   "a deletion",
			call:   func(c *Client, ctx context.Context) error { return c.DeletePackage(ctx, "g", "a.jar") },
			method: "DELETE", target: resources + "/a.jar?group=g",
		},
		{
			name: "a deletion with names that need care",
			call: func(c *Client, ctx context.Context) error {
				return c.DeletePackage(ctx, "a b&group=c+d", "a?b#c%2F.jar")
			},
			method: "DELETE", target: resources + "/a%3Fb%23c%252F.jar?group=a%20b%26group%3Dc%2Bd",
		},
		{
			name:   "the owner of a group",
			call:   func(c *Client, ctx context.Context) error { return c.ChangeOwner(ctx, "g", "", "user2") },
			method: "PUT", target: resources + "/owner",
			body: `{"new_owner": "user2", "group_name": "g"}`,
		},
		{
			name:   "the owner of a package",
			call:   func(c *Client, ctx context.Context) error { return c.ChangeOwner(ctx, "g", "a.jar", "user2") },
			method: "PUT", target: resources + "/owner",
			body: `{"new_owner": "user2", "group_name": "g", "resource_name": "a.jar"}`,
		},
		{
			name:   "reading tags",
			call:   func(c *Client, ctx context.Context) error { _, err := c.ReadTags(ctx, "gatk", "a!.jar"); return err },
			method: "GET", target: tagsOf + "gatk%23a%21.jar/tags?limit=1000&offset=0",
		},
		{
			name: "setting tags",
			call: func(c *Client, ctx context.Context) error {
				return c.SetTags(ctx, "gatk", "a.jar", map[string]string{"b": "", "a": "1"})
			},
			method: "POST", target: tagsOf + "gatk%23a.jar/tags/create",
			body: `{"tags": [{"key": "a", "value": "1"}, {"key": "b", "value": ""}]}`,
		},
		{
			name: "removing tags",
			call: func(c *Client, ctx context.Context) error {
				return c.RemoveTags(ctx, "gatk", "a.jar", map[string]string{"a": "1"})
			},
			method: "POST", target: tagsOf + "gatk%23a.jar/tags/delete",
			body: `{"tags": [{"key": "a", "value": "1"}]}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client, service := newTestClient(0, always(reply{body: "{}"}))
			if err := c.call(client, t.Context()); err != nil {
				t.Fatal(err)
			}
			sent := service.sent()
			if len(sent) != 1 || !sent[0].is(c.method, c.target) {
				t.Fatalf("sent %v\nwant %s %s", sent, c.method, c.target)
			}
			header := map[string][]string{
				"Accept": {"application/json"}, "User-Agent": {"test/1"}, "X-Language": {"en-us"}, "X-Project-Id": {projectID},
			}
			body := ""
			if c.body != "" {
				header["Content-Type"] = []string{"application/json"}
				body = compact(t, c.body)
			}
			if diff := cmp.Diff(body, sent[0].Body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(header, map[string][]string(sent[0].Header)); diff != "" {
				t.Errorf("header (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheHeaderOfTheProjectStaysWithTheProject(t *testing.T) {
	t.Parallel()
	client, service := newTestClient(0, always(reply{body: `{"projects":[{"id":"p"}]}`}))
	var answer struct {
		Projects []struct {
			ID string `json:"id"`
		} `json:"projects"`
	}
	if err := client.connection.Call(t.Context(), http.MethodGet, endpoint+"/v3/projects?name=r", nil, nil, &answer); err != nil {
		t.Fatal(err)
	}
	if _, ok := service.sent()[0].Header["X-Project-Id"]; ok || len(answer.Projects) != 1 || answer.Projects[0].ID != "p" {
		t.Errorf("header %v, answer %v", service.sent()[0].Header, answer)
	}
}

func TestACallOfAnotherServiceSendsItsHeaderAndBodyAndMayTakeTheAnswerAsItIs(t *testing.T) {
	t.Parallel()
	client, service := newTestClient(0, always(reply{body: " not JSON\n"}))
	var answer json.RawMessage
	err := client.connection.Call(t.Context(), http.MethodPut, endpoint+"/token", http.Header{"X-Ttl": {"60"}}, map[string]int{"a": 1}, &answer)
	if err != nil || string(answer) != " not JSON\n" {
		t.Errorf("got %q, %v", answer, err)
	}
	if sent := service.sent()[0]; sent.Header.Get("X-Ttl") != "60" || sent.Body != `{"a":1}` {
		t.Errorf("sent %+v", sent)
	}
}

func TestAnySuccessfulStatusOfAnUploadIsASuccess(t *testing.T) {
	t.Parallel()
	for _, answer := range []reply{
		{status: 200, body: `{"group_name":"g","status":"READY","resources":[]}`},
		{status: 201, body: `{"group_name":"g"}`},
		{status: 202},
		{status: 204},
		{status: 201, body: `not JSON`},
	} {
		client, _ := newTestClient(0, always(answer))
		if err := onceOnlyCalls["upload"](client, t.Context()); err != nil {
			t.Errorf("HTTP %d %q: %v", answer.status, answer.body, err)
		}
	}
}

func TestDeletingWhatIsNotThereIsASuccess(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer reply
		fails  bool
	}{
		{reply{status: 200}, false},
		{reply{status: 204}, false},
		{reply{status: 404, body: `{"error_code":"DLI.0023"}`}, false},
		{reply{status: 404}, false},
		{reply{status: 400, body: `{"error_code":"DLI.0002"}`}, false},
		{reply{status: 400, body: `{"error_code":"DLI.0023"}`}, false},
		{reply{status: 404, body: `{"error_code":"APIGW.0101"}`}, true},
		{reply{status: 400, body: `{"error_code":"DLI.0003"}`}, true},
		{reply{status: 403}, true},
		{reply{status: 500}, true},
		{reply{err: errCut}, true},
		{reply{body: `{"is_success":false}`}, true},
	} {
		client, _ := newTestClient(0, always(c.answer))
		if err := client.DeletePackage(t.Context(), "g", "a.jar"); (err != nil) != c.fails {
			t.Errorf("HTTP %d %s: %v", c.answer.status, c.answer.body, err)
		}
	}
}

func TestAnAbsentOwnerIsAnError(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(0, always(reply{status: 404, body: `{"error_code":"DLI.0002","error_msg":"No such user. userName:x."}`}))
	if err := client.ChangeOwner(t.Context(), "g", "", "userx"); failed(t, err).Message != "No such user. userName:x." {
		t.Errorf("error is %v", err)
	}
}

func TestWhatMakesNoSenseIsNotSent(t *testing.T) {
	t.Parallel()
	client, service := newTestClient(0, always(reply{}))
	calls := map[string]error{
		"an upload of nothing": client.upload(t.Context(), Upload{Group: "g", Kind: "jar"}),
		"an owner of no name":  client.ChangeOwner(t.Context(), "g", "", ""),
		// It would reach the ungrouped package of that name.
		"the deletion from no group": client.DeletePackage(t.Context(), "", "a.jar"),
	}
	for _, name := range []string{"", ".", "..", "a/b", `a\b`, "/"} {
		calls["the deletion of "+name] = client.DeletePackage(t.Context(), "g", name)
		_, err := client.show(t.Context(), "g", name)
		calls["the show of "+name] = err
	}
	for name, err := range calls {
		if err == nil || strings.Contains(err.Error(), "HTTP") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sent := service.sent(); len(sent) > 0 {
		t.Errorf("sent %v", sent)
	}
}
