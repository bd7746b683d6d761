// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func chapters() []chapter {
	return []chapter{
		{"Arguments that break a rule", brokenRules},
		{"Limits of the provider block", limits},
		{"A provider block that leads nowhere", providerBlock},
		{"Variables", environment},
		{"The credentials file of the SDK", sdkFile},
		{"The metadata of an instance", instance},
		{"Lookups in IAM", lookups},
		{"Creation", creation},
		{"Ctrl-C before anything was sent", interruptedEarly},
		{"Ctrl-C during the wait", interruptedLate},
		{"Plans", plans},
		{"Updates", updates},
		{"A plan that is outdated", outdated},
		{"Reading", reading},
		{"Reading elsewhere", readingElsewhere},
		{"Deleting", ends},
		{"Moves", moves},
		{"A state that was edited by hand", editedState},
		{"Identities (at the level of the protocol: the CLI has them from 1.12 on)", identities},
	}
}

func brokenRules(t *testing.T) []string {
	t.Helper()
	return stage(t, "arguments.tf").hears("validate")
}

func limits(t *testing.T) []string {
	t.Helper()
	return stage(t, "limits.tf").hears("validate")
}

func providerBlock(t *testing.T) []string {
	t.Helper()
	w := stage(t, "provider.tf")
	w.without("HW_REGION_NAME", "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_PROJECT_ID")
	w.write("hcloud.json", read(t, "testdata/messages/hcloud.json"))
	return w.hears("plan", "-parallelism=30")
}

func environment(t *testing.T) []string {
	t.Helper()
	w := stage(t, "variables.tf")
	w.without("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_MAX_RETRIES")
	w.env = append(w.env, "HW_INSECURE=perhaps", "HW_MAX_RETRIES=many", "HW_SECURITY_TOKEN=T", "HW_CLOUD=my cloud")
	return w.hears("plan")
}

func sdkFile(t *testing.T) []string {
	t.Helper()
	w := stage(t, "sdkfile.tf")
	w.without("HW_ACCESS_KEY", "HW_SECRET_KEY")
	w.env = append(w.env, "HUAWEICLOUD_SDK_CREDENTIALS_FILE=absent.ini")
	return w.hears("plan")
}

func instance(t *testing.T) []string {
	t.Helper()
	w := stage(t, "instance.tf")
	w.without("HW_ACCESS_KEY", "HW_SECRET_KEY")
	w.env = append(w.env, metadataVariable+"=http://metadata.example.com")
	w.simulator.Inject(dlisim.Fault{Operation: dlisim.OpSecurityKey, Status: http.StatusNotFound, Body: "no agency"})
	return w.hears("plan")
}

func lookups(t *testing.T) []string {
	t.Helper()
	w := stage(t, "lookups.tf")
	w.without("HW_PROJECT_ID")
	named := func(name string) func(dlisim.Request) bool {
		return func(r dlisim.Request) bool { return r.Query.Get("name") == "cn-north-4_"+name }
	}
	twins := answered(http.StatusOK, "", "")
	twins.Body = `{"projects":[{"id":"1","name":"cn-north-4_twins"},{"id":"2","name":"cn-north-4_twins"}]}`
	twins.Match = named("twins")
	refused := answered(http.StatusForbidden, "PAP.0015", "policy does not allow the action")
	refused.Match = named("refused")
	agency := answered(http.StatusForbidden, "PAP.0015", "the agency does not trust you")
	agency.Operation = dlisim.OpSecurityTokens
	w.simulator.Inject(twins, refused, agency)
	return w.hears("plan")
}

func creation(t *testing.T) []string {
	t.Helper()
	w := stage(t, "create.tf")
	w.simulator.Put("held", dlisim.Package{Name: "theirs.jar"})
	w.simulator.FailUpload("broken.jar")
	for group, fault := range map[string]dlisim.Fault{
		"twice":        {Delay: time.Second},
		"refused":      answered(http.StatusBadRequest, "DLI.0001", "The OBS object does not exist"),
		"forbidden":    answered(http.StatusForbidden, "DLI.0003", "Permission denied"),
		"throttled":    answered(http.StatusTooManyRequests, "APIGW.0308", "The throttling threshold has been reached"),
		"unreadable":   answered(http.StatusBadRequest, "DLI.0011", "File permission check failed"),
		"quota":        answered(http.StatusBadRequest, "DLI.1028", "The quota is used up"),
		"misaddressed": answered(http.StatusNotFound, "APIGW.0101", "The API does not exist"),
		"faulty":       answered(http.StatusServiceUnavailable, "APIGW.0201", "Backend unavailable"),
		"redirected":   {Status: http.StatusFound, Header: http.Header{"Location": {"https://elsewhere.example.com"}, "X-Request-Id": {strings.Repeat("0", 32)}}},
		"cut":          {CutBefore: true},
	} {
		w.fails(group, dlisim.OpUpload, fault)
	}
	w.takesForEver("timeout", "a.jar", "b.jar")
	w.fails("tags_refused", dlisim.OpUpload, dlisim.Fault{After: func() {
		w.simulator.SetTags("tags_refused", "a.jar", map[string]string{"team": "other"})
	}})
	w.fails("tags_refused", dlisim.OpTagsCreate, answered(http.StatusBadRequest, "DLI.0001", "The tag value is not valid"))
	for _, operation := range []dlisim.Operation{dlisim.OpUpload, dlisim.OpTagsCreate} {
		w.fails("tags_lost", operation, dlisim.Fault{After: func() {
			w.simulator.SetTags("tags_lost", "a.jar", map[string]string{"team": "other"})
		}})
	}
	w.fails("tags_unread", dlisim.OpTagsRead, answered(http.StatusForbidden, "DLI.0003", "Permission denied"))
	return w.hears(apply...)
}

// interrupted presses Ctrl-C during the creation of a group, when the service meets the fault.
func interrupted(w *workspace, fault dlisim.Fault) []string {
	w.t.Helper()
	ctx, press := context.WithCancel(w.t.Context())
	defer press()
	command := w.command(ctx, apply...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	fault.Times, fault.After = 1, press
	w.simulator.Inject(fault)
	return w.hearsOf(command)
}

func interruptedEarly(t *testing.T) []string {
	t.Helper()
	return interrupted(stage(t, "one.tf"), dlisim.Fault{Operation: dlisim.OpList, Hang: true})
}

func interruptedLate(t *testing.T) []string {
	t.Helper()
	w := stage(t, "one.tf")
	w.takesForEver("one", "a.jar")
	return interrupted(w, dlisim.Fault{Operation: dlisim.OpList, Skip: 2})
}

// takesForEver keeps packages of a group from being READY after their upload.
func (w *workspace) takesForEver(group string, names ...string) {
	w.fails(group, dlisim.OpUpload, dlisim.Fault{After: func() {
		for _, name := range names {
			w.simulator.SetStatus(group, name, dlisim.StatusUploading)
		}
	}})
}

func plans(t *testing.T) []string {
	t.Helper()
	return stage(t, "plan.tf").hears("plan")
}

// lived is a workspace with groups that others have changed since.
func lived(t *testing.T) *workspace {
	t.Helper()
	w := stage(t, "before.tf")
	w.succeed(append(apply, "-no-color")...)
	for _, group := range []string{"overwritten", "exclusive", "imported", "lost", "kept"} {
		w.simulator.Put(group, dlisim.Package{Name: "theirs.jar", Kind: dlisim.KindJar})
	}
	w.simulator.SetStatus("unfinished", "b.jar", dlisim.StatusUploading)
	w.simulator.SetTags("first_tags", "a.jar", map[string]string{"cost-centre": "42"})
	w.show("after.tf")
	return w
}

func updates(t *testing.T) []string {
	t.Helper()
	w := lived(t)
	w.fails("update", dlisim.OpUpload, answered(http.StatusBadRequest, "DLI.0001", "The OBS object does not exist"))
	w.fails("lost", dlisim.OpUpload, dlisim.Fault{After: func() { w.simulator.Remove("lost", "theirs.jar") }})
	return w.hears(apply...)
}

func outdated(t *testing.T) []string {
	t.Helper()
	w := stage(t, "one.tf")
	w.succeed(append(apply, "-no-color")...)
	w.edit(`(/)a(\.jar")`, "${1}a${2}, \"https://bucket.obs.cn-north-4.myhuaweicloud.com/b${2}")
	w.succeed("plan", "-out=saved")
	w.simulator.Put("one", dlisim.Package{Name: "b.jar", Kind: dlisim.KindJar})
	return w.hears("apply", "saved")
}

func ends(t *testing.T) []string {
	t.Helper()
	w := lived(t)
	w.show("before.tf")
	w.fails("undeleted", dlisim.OpDelete, answered(http.StatusForbidden, "DLI.0003", "Permission denied"))
	w.fails("slow", dlisim.OpDelete, dlisim.Fault{Status: http.StatusOK})
	return w.hears("destroy", "-auto-approve", "-parallelism=30")
}

func reading(t *testing.T) []string {
	t.Helper()
	w := stage(t, "one.tf")
	w.succeed(append(apply, "-no-color")...)
	w.simulator.Inject(dlisim.Fault{Operation: dlisim.OpList, Hang: true})
	said := w.hears("plan")
	w.simulator.ClearFaults()
	w.simulator.Inject(answered(http.StatusUnauthorized, "APIGW.0301", "Incorrect IAM authentication information"))
	return append(said, w.hears("plan")...)
}

func readingElsewhere(t *testing.T) []string {
	t.Helper()
	w := stage(t, "one.tf")
	w.succeed(append(apply, "-no-color")...)
	w.without("HW_PROJECT_ID", "HW_REGION_NAME")
	w.env = append(w.env, "HW_REGION_NAME="+otherRegion)
	return w.hears("plan")
}

func moves(t *testing.T) []string {
	t.Helper()
	w := stage(t, "moved.tf")
	w.managesPackages("ungrouped", "misshapen")
	state := read(t, filepath.Join(w.directory, "terraform.tfstate"))
	first, second, _ := strings.Cut(state, `"name": "misshapen"`)
	first = strings.Replace(first, `"group_name": "etl"`, `"group_name": ""`, 1)
	second = strings.Replace(second, `"group_name": "etl"`, `"group_name": ["etl"]`, 1)
	w.write("terraform.tfstate", first+`"name": "misshapen"`+second)
	return w.hears("plan")
}

func editedState(t *testing.T) []string {
	t.Helper()
	w := stage(t, "one.tf")
	w.succeed(append(apply, "-no-color")...)
	file := filepath.Join(w.directory, "terraform.tfstate")
	const private = `"private": "`
	before, after, found := strings.Cut(read(t, file), private)
	_, after, _ = strings.Cut(after, `"`)
	if !found {
		t.Fatal("the state has no private data")
	}
	// {"unfinished": "[]"}, each of both in base64
	w.write("terraform.tfstate", before+private+`eyJ1bmZpbmlzaGVkIjoiVzEwPSJ9"`+after)
	return w.hears("plan")
}

func identities(t *testing.T) []string {
	t.Helper()
	var said []string
	synctest.Test(t, func(t *testing.T) {
		workspace := acctest.NewWorkspace(t, dlisim.New(dlisim.Config{}).RoundTripper())
		for _, identity := range []acctest.Values{
			{"group": "etl", "region": "eu-west-101"},
			{"group": "etl", "project_id": strings.Repeat("f", 32)},
		} {
			for _, one := range workspace.ImportIdentity(t.Context(), identity) {
				said = append(said, "Error: "+one.Summary+"\n\n"+one.Detail)
			}
		}
	})
	return said
}
