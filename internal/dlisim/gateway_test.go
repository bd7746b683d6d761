// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGateway_doesNotKnowOtherPaths(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar")
	for _, test := range []struct{ method, path string }{
		{http.MethodGet, "/"},
		{http.MethodGet, resources + "/"},
		{http.MethodPut, resources},
		{http.MethodDelete, resources},
		{http.MethodGet, "/v2.0/" + DefaultProjectID + "/groups/g"},
		{http.MethodGet, "/v3/" + DefaultProjectID + "/dli_queue/q/tags"},
		{http.MethodPost, tagPath + "resource-instances/count"},
	} {
		got := c.want(http.StatusNotFound, test.method, test.path, "")
		if got.code() != "APIGW.0101" || got.json["request_id"] != got.header.Get("X-Request-Id") {
			t.Errorf("%s %s answered %s", test.method, test.path, got.body)
		}
	}
}

func TestGateway_refusesAnUnknownProject(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.refused(http.StatusForbidden, "APIGW.0310", http.MethodGet, "/v2.0/other/resources", "")
	c.refused(http.StatusForbidden, "APIGW.0310", http.MethodGet, "/v3/other/dli_package_resource/a/tags", "")
}

func TestGateway_keepsProjectsApart(t *testing.T) {
	t.Parallel()
	c := start(t, Config{Projects: []Project{{ID: "one", Name: "r"}, {ID: "two", Name: "r"}}})
	c.want(http.StatusCreated, http.MethodPost, "/v2.0/two/resources", uploadBody("g", "", "a.jar"))
	c.refused(http.StatusNotFound, "DLI.0023", http.MethodGet, "/v2.0/one/resources/a.jar?group=g", "")
	c.want(http.StatusOK, http.MethodGet, "/v2.0/two/resources/a.jar?group=g", "")
	if len(c.Groups()) != 0 {
		t.Error("Groups is not of the first project")
	}
}

func TestGateway_boundsTheBody(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	r := c.request(http.MethodPost, resources, "")
	r.Body = io.NopCloser(bytes.NewReader(make([]byte, maxBody+1)))
	if got := c.send(r); got.status != http.StatusRequestEntityTooLarge || got.code() != "APIGW.0201" {
		t.Errorf("answered %d %s", got.status, got.body)
	}
}

func TestProjects_areFoundByName(t *testing.T) {
	t.Parallel()
	c := start(t, Config{Projects: []Project{{ID: "1", Name: "a"}, {ID: "2", Name: "b"}, {ID: "3", Name: "b"}}})
	for query, want := range map[string][]string{
		"?name=a":         {"1"},
		"?name=b":         {"2", "3"},
		"?name=elsewhere": nil,
		"":                {"1", "2", "3"},
	} {
		var ids []string
		for _, one := range c.want(http.StatusOK, http.MethodGet, "/v3/projects"+query, "").json["projects"].([]any) {
			p := one.(map[string]any)
			ids = append(ids, p["id"].(string))
			if p["enabled"] != true {
				t.Errorf("%v is not enabled", p)
			}
		}
		if diff := cmp.Diff(want, ids); diff != "" {
			t.Errorf("%q: %s", query, diff)
		}
	}
}

func TestProjects_refuseInTheShapeOfIAM(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	r := c.request(http.MethodGet, "/v3/projects?name=a", "")
	r.Header.Del("Authorization")
	got := c.send(r)
	failure, _ := got.json["error"].(map[string]any)
	if got.status != http.StatusUnauthorized || failure["code"] != 401.0 || failure["title"] != "Unauthorized" {
		t.Errorf("answered %d %s", got.status, got.body)
	}
}

func TestJournal_holdsEveryRequestInOrder(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar")
	c.do(http.MethodGet, resources+"/a%21b.jar?group=g", "")
	unsigned := c.request(http.MethodGet, resources, "")
	unsigned.Header.Del("Authorization")
	c.send(unsigned)
	c.Inject(Fault{Operation: OpDelete, CutBefore: true}, Fault{Operation: OpOwner, Status: 429, Body: ErrorBody("APIGW.0308", "slow down")})
	if err := c.failure(c.request(http.MethodDelete, resources+"/a.jar?group=g", "")); err == nil {
		t.Fatal("the connection was not cut")
	}
	c.do(http.MethodPut, resources+"/owner", `{}`)
	c.do(http.MethodGet, "/nowhere", "")

	type short struct {
		Operation    Operation
		Method, Path string
		Status       int
		Code         string
	}
	var got []short
	for _, r := range c.Journal() {
		got = append(got, short{r.Operation, r.Method, r.Path, r.Status, r.Code})
	}
	want := []short{
		{OpUpload, "POST", resources, 201, ""},
		{OpShow, "GET", resources + "/a%21b.jar", 404, "DLI.0023"},
		{OpList, "GET", resources, 401, "APIGW.0301"},
		{OpDelete, "DELETE", resources + "/a.jar", 0, ""},
		{OpOwner, "PUT", resources + "/owner", 429, "APIGW.0308"},
		{OpUnknown, "GET", "/nowhere", 404, "APIGW.0101"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first := c.Journal()[0]
	if string(first.Body) != uploadBody("g", "", "a.jar") || first.Header.Get("X-Sdk-Date") == "" || !first.Time.Equal(c.clock.Now()) {
		t.Errorf("the first is %+v", first)
	}
	if show := c.Journal()[1]; show.Query.Get("group") != "g" {
		t.Errorf("the query of the second is %v", show.Query)
	}
	var writes []Operation
	for _, r := range c.Writes() {
		writes = append(writes, r.Operation)
	}
	if diff := cmp.Diff([]Operation{OpUpload, OpDelete, OpOwner}, writes); diff != "" {
		t.Error(diff)
	}
	c.ResetJournal()
	if len(c.Journal()) != 0 {
		t.Error("the journal is not empty after ResetJournal")
	}
}

func TestLog_hasOneLinePerRequestAndNoSecret(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	c := start(t, Config{Log: &lines, SecretKey: "hush", SecurityToken: "token-hush"})
	r := c.request(http.MethodPost, resources, uploadBody("gatk", "", "a.jar", "b.jar", "c.jar"))
	r.Header.Set("X-Security-Token", "token-hush")
	c.send(r)
	c.do(http.MethodGet, resources+"/a.jar?group=gatk", "")
	c.Inject(Fault{CutBefore: true})
	if err := c.failure(c.request(http.MethodGet, resources, "")); err == nil {
		t.Fatal("the connection was not cut")
	}
	want := "03:04:05.000 POST   " + resources + " 201 0s upload gatk 3 packages\n" +
		"03:04:05.000 GET    " + resources + "/a.jar?group=gatk 401 0s refused: APIGW.0301 Incorrect IAM authentication information: decrypt token fail\n" +
		"03:04:05.000 GET    " + resources + " cut 0s fault: cut, the work is not done\n"
	if diff := cmp.Diff(want, lines.String()); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(lines.String(), "hush") || strings.Contains(lines.String(), "Signature") {
		t.Error("the log holds a secret")
	}
}
