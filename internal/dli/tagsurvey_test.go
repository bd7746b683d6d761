// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// tagService answers reads of tags one by one and, unless surveys is false, all at once.
type tagService struct {
	packages int
	surveys  bool
	singles  int
	pages    int
}

func (s *tagService) RoundTrip(request *http.Request) (*http.Response, error) {
	switch {
	case strings.HasSuffix(request.URL.Path, "/resource-instances/filter"):
		s.pages++
		if !s.surveys {
			return answered(http.StatusNotFound, `{"error_code":"APIGW.0101","error_msg":"no such API"}`), nil
		}
		return answered(http.StatusOK, s.page(request)), nil
	case strings.HasSuffix(request.URL.Path, "/tags"):
		s.singles++
		return answered(http.StatusOK, `{"tags":[{"key":"read","value":"alone"},{"key":"_sys_x","value":"1"}]}`), nil
	default:
		return answered(http.StatusNoContent, ""), nil
	}
}

func (s *tagService) page(request *http.Request) string {
	var offset int
	if _, err := fmt.Sscanf(request.URL.Query().Get("offset"), "%d", &offset); err != nil {
		return err.Error()
	}
	var shown []string
	for number := offset; number < min(offset+tagPage, s.packages); number++ {
		shown = append(shown, fmt.Sprintf(`{"resource_id":"g#%d.jar","tags":[{"key":"read","value":"with all"},{"key":"_sys_x","value":"1"}]}`, number))
	}
	return fmt.Sprintf(`{"total_count":%d,"resources":[%s]}`, s.packages, strings.Join(shown, ","))
}

func (s *tagService) client() *Client {
	return NewClient(NewConnection(ConnectionConfig{Transport: s}), "https://dli.example", "p")
}

func expectTags(t *testing.T, client *Client, name, want string) {
	t.Helper()
	tags, err := client.RecentTags(t.Context(), "g", name)
	if diff := cmp.Diff(map[string]string{"read": want}, tags); err != nil || diff != "" {
		t.Errorf("tags of %s: %v (-want +got):\n%s", name, err, diff)
	}
}

func TestTagsOfAllPackagesAreReadAtOnce(t *testing.T) {
	t.Parallel()
	for packages, pages := range map[int]int{1: 1, 999: 1, 1000: 1, 1001: 2, 2000: 2, 2500: 3} {
		synctest.Test(t, func(t *testing.T) {
			service := &tagService{packages: packages, surveys: true}
			client := service.client()
			for number := range packages {
				expectTags(t, client, fmt.Sprintf("%d.jar", number), "with all")
			}
			if service.singles != 0 || service.pages != pages {
				t.Errorf("%d packages: %d single reads and %d pages, want 0 and %d", packages, service.singles, service.pages, pages)
			}
		})
	}
}

func TestAPackageThatTheSurveyDoesNotShowIsReadAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := (&tagService{packages: 20, surveys: true}).client()
		expectTags(t, client, "0.jar", "with all")
		expectTags(t, client, "hidden.jar", "alone")
	})
}

func TestWhereNoSurveyIsOfferedItIsAskedForOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &tagService{}
		client := service.client()
		for range 50 {
			expectTags(t, client, "0.jar", "alone")
		}
		if service.pages != 1 || service.singles != 50 {
			t.Errorf("%d surveys and %d single reads, want 1 and 50", service.pages, service.singles)
		}
	})
}

func TestASurveyFromBeforeAWriteServesNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &tagService{packages: 20, surveys: true}
		client := service.client()
		for range 2 {
			expectTags(t, client, "0.jar", "with all")
		}
		if err := client.SetTags(t.Context(), "g", "0.jar", map[string]string{"k": "v"}); err != nil {
			t.Fatal(err)
		}
		expectTags(t, client, "0.jar", "with all")
		if service.pages != 2 {
			t.Errorf("%d surveys, want 2", service.pages)
		}
	})
}

func answered(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}
