// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Main(m)) }

func TestRun_servesUntilTheContextEnds(t *testing.T) {
	t.Parallel()
	ready := filepath.Join(t.TempDir(), "url")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	var log bytes.Buffer
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-ready-file", ready}, in, &log) }()

	greeting, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	defer func() { _ = in.Close() }()
	written, err := os.ReadFile(ready)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(string(written))
	if !strings.Contains(greeting, url) {
		t.Errorf("%q does not name %s", greeting, url)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/v3/projects", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := new(http.Client).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusUnauthorized {
		t.Errorf("an unsigned request was answered %d", response.StatusCode)
	}

	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "GET    /v3/projects 401") {
		t.Errorf("the log is %q", got)
	}
}

func TestRun_saysWhereItCannotListen(t *testing.T) {
	t.Parallel()
	err := run(t.Context(), []string{"-listen", "127.0.0.1:99999"}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "127.0.0.1:99999") || !strings.Contains(err.Error(), "-listen") {
		t.Errorf("got %v", err)
	}
}

func TestGreet_printsWhatAUserSets(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{"-region", "eu-de", "-project-id", "p1", "-access-key", "AK"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := greet(&out, "http://127.0.0.1:1", s); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"export HW_REGION_NAME=eu-de\n", "export HW_PROJECT_ID=p1\n", "export HW_ACCESS_KEY=AK\n",
		"export HW_SECRET_KEY=" + dlisim.DefaultSecretKey + "\n", `    dli = "http://127.0.0.1:1"` + "\n", `    iam = "http://127.0.0.1:1"` + "\n",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in\n%s", line, out.String())
		}
	}
}

func TestGreet_keepsSecretsOfTheUser(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{"-secret-key", "hush", "-security-token", "hush"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := greet(&out, "http://127.0.0.1:1", s); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hush") || !strings.Contains(out.String(), "HW_SECURITY_TOKEN") {
		t.Errorf("printed\n%s", out.String())
	}
}

func TestParse_setsEachSwitch(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{
		"-upload-answers-200", "-upload-answers-whole-group", "-upload-answers-zero-times", "-uuid-underlying-names",
		"-upload-replaces-group", "-overwrite-drops-tags", "-lower-case-status", "-unknown-status", "PREPARING",
		"-booleans-as-strings", "-no-times", "-no-total", "-shuffled-listing", "-hide-groups", "a,b", "-absent-is-bad-request",
		"-emptied-group-vanishes", "-owner-change-reaches-packages", "-tag-read", "empty", "-tag-create-keeps-existing",
		"-bulk-tag-filter",
	}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	want := dlisim.Behaviour{
		UploadAnswers200: true, UploadAnswersWholeGroup: true, UploadAnswersZeroTimes: true, UUIDUnderlyingNames: true,
		UploadReplacesGroup: true, OverwriteDropsTags: true, LowerCaseStatus: true, UnknownStatus: "PREPARING",
		BooleansAsStrings: true, NoTimes: true, NoTotal: true, ShuffledListing: true, HideGroups: []string{"a", "b"}, AbsentIsBadRequest: true,
		EmptiedGroupVanishes: true, OwnerChangeReachesPackages: true, TagRead: dlisim.TagReadEmpty, TagCreateKeepsExisting: true,
		BulkTagFilter: true,
	}
	if diff := cmp.Diff(want, s.config.Behaviour); diff != "" {
		t.Error(diff)
	}
}

func TestParse_takesFailingUploadsAndObjects(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{"-fail-uploads", "a.jar,b.jar", "-objects", "obs://bucket/a.jar"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.jar", "b.jar"}, s.failing); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"obs://bucket/a.jar"}, s.config.Objects); diff != "" {
		t.Error(diff)
	}
}

func TestParse_refuses(t *testing.T) {
	t.Parallel()
	for _, arguments := range [][]string{{"-tag-read", "sometimes"}, {"serve"}, {"-nonsense"}} {
		if _, err := parse(arguments, io.Discard); err == nil {
			t.Errorf("%v was taken", arguments)
		}
	}
	if _, err := parse([]string{"-h"}, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h gives %v", err)
	}
}
