// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

// cannedIAM answers every GET alike and keeps the URL.
type cannedIAM struct {
	answer string
	err    error
	url    string
}

func (c *cannedIAM) Call(_ context.Context, _, url string, _ http.Header, _, answer any) error {
	c.url = url
	if c.err != nil {
		return c.err
	}
	return json.Unmarshal([]byte(c.answer), answer)
}

const iam = "https://iam.cn-north-4.myhuaweicloud.com"

func TestProjectIDIsThatOfTheOnlyProjectWithTheName(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"one project": `{"projects":[{"id":"p1","name":"cn-north-4","domain_id":"d","enabled":true}],"links":{}}`,
		"and others":  `{"projects":[{"id":"p2","name":"cn-north-4_dev"},{"id":"p1","name":"cn-north-4"},{"id":"p3","name":"CN-NORTH-4"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auth.ProjectID(t.Context(), &cannedIAM{answer: answer}, iam, "cn-north-4")
			if err != nil || got != "p1" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestProjectNameIsEscapedInTheQuestion(t *testing.T) {
	t.Parallel()
	get := &cannedIAM{answer: `{"projects":[{"id":"p1","name":"cn-north-4_a&b"}]}`}
	if _, err := auth.ProjectID(t.Context(), get, iam, "cn-north-4_a&b"); err != nil {
		t.Fatal(err)
	}
	if want := iam + "/v3/projects?name=cn-north-4_a%26b"; get.url != want {
		t.Errorf("asked %s, want %s", get.url, want)
	}
}

func TestUndecidedProjectNameSaysWhatToSet(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answer string
		ids    []string
	}{
		"none":               {answer: `{"projects":[]}`},
		"no list":            {answer: `{}`},
		"only similar names": {answer: `{"projects":[{"id":"p2","name":"cn-north-4_dev"}]}`},
		"without an id":      {answer: `{"projects":[{"name":"cn-north-4"}]}`},
		"several":            {answer: `{"projects":[{"id":"p2","name":"cn-north-4"},{"id":"p1","name":"cn-north-4"}]}`, ids: []string{"p1", "p2"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auth.ProjectID(t.Context(), &cannedIAM{answer: test.answer}, iam, "cn-north-4")
			refused, ok := errors.AsType[*auth.ProjectError](err)
			if !ok || got != "" {
				t.Fatalf("got %q, %T: %v", got, err, err)
			}
			if diff := cmp.Diff(&auth.ProjectError{Name: "cn-north-4", IAM: iam, IDs: test.ids}, refused); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			for _, part := range append(test.ids, "cn-north-4", iam, "set project_id") {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("message %q lacks %q", err, part)
				}
			}
		})
	}
}

func TestFailedProjectLookupKeepsItsReason(t *testing.T) {
	t.Parallel()
	reason := errors.New("unauthorized")
	if _, err := auth.ProjectID(t.Context(), &cannedIAM{err: reason}, iam, "cn-north-4"); !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
}

func FuzzProjectName(f *testing.F) {
	for _, name := range []string{"cn-north-4", "cn-north-4_a&b=c", "a/../b", "a#b?c", "%zz", "a b+c", "é\x00"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		asked := &cannedIAM{answer: `{"projects":[]}`}
		if _, err := auth.ProjectID(t.Context(), asked, iam, name); err == nil {
			t.Error("a project was found among none")
		}
		parsed, err := url.Parse(asked.url)
		if err != nil || parsed.Host != "iam.cn-north-4.myhuaweicloud.com" || parsed.Path != "/v3/projects" || parsed.Fragment != "" {
			t.Fatalf("%q asks %s (%v)", name, asked.url, err)
		}
		if diff := cmp.Diff(url.Values{"name": {name}}, parsed.Query()); diff != "" {
			t.Errorf("%q asks (-want +got):\n%s", name, diff)
		}
	})
}
