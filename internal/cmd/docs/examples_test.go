// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

const (
	root     = "../../.."
	examples = root + "/examples"
	bucket   = "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/"
)

// scene is what an example presupposes, and what it promises besides an empty second plan.
type scene struct {
	prepare func(*workspace)
	promise func(*workspace)
}

func scenes() map[string]scene {
	held := func(w *workspace) { w.holds("etl.jar", "udf.jar") }
	managed := func(w *workspace) {
		w.holds("etl.jar", "udf.jar")
		w.managesPackages("etl", "udf")
	}
	return map[string]scene{
		"take-over": {prepare: held, promise: (*workspace).wroteNothing},
		"take-over-several": {
			prepare: func(w *workspace) {
				held(w)
				w.simulator.Put("report", dlisim.Package{Name: "report.jar", Kind: dlisim.KindJar, Owner: dlisim.DefaultUser})
			},
			promise: (*workspace).wroteNothing,
		},
		"take-over-from-huaweicloud": {prepare: managed, promise: (*workspace).wroteNothing},
		"move-from-huaweicloud":      {prepare: managed, promise: (*workspace).wroteNothing},
		"upload-again": {
			prepare: func(w *workspace) { w.write("etl.jar", "a build") },
			promise: func(w *workspace) {
				w.write("etl.jar", "another build")
				w.applyOnce()
				w.uploaded("etl.jar", 2)
			},
		},
		"exclusive-group": {promise: func(w *workspace) {
			w.holds("stray.jar")
			w.applyOnce()
			if group, _ := w.simulator.Group("etl"); group.Packages["stray.jar"].Name != "" {
				w.t.Error("the package of somebody else is still there")
			}
		}},
	}
}

// Every directory of examples/ is applied as it stands, and a second plan is empty. A snippet without provider block
// is put beside the one of examples/provider, as its reader does. Apart are only the files with one import block,
// which presuppose a group: they have tests of their own.
func TestExamples_applyAndLeaveNothingToDo(t *testing.T) {
	t.Parallel()
	for _, directory := range exampleDirectories(t) {
		t.Run(directory, func(t *testing.T) {
			t.Parallel()
			w, scene := newWorkspace(t), scenes()[directory]
			w.copyExample(directory)
			if scene.prepare != nil {
				scene.prepare(w)
			}
			w.applyOnce()
			if scene.promise != nil {
				scene.promise(w)
			}
		})
	}
}

func TestExamples_theImportBlockTakesOverAGroupWithoutAnUpload(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.copyExample("resources/dli_resource_group")
	w.copyFile("resources/dli_resource_group/import-by-string-id.tf")
	w.holds("etl.jar", "udf.jar")
	w.applyOnce()
	w.wroteNothing()
}

func TestExamples_theImportCommandTakesOverAGroupWithoutAnUpload(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.copyExample("resources/dli_resource_group")
	w.holds("etl.jar", "udf.jar")
	_, command, found := strings.Cut(read(t, examples+"/resources/dli_resource_group/import.sh"), "\nterraform ")
	if !found {
		t.Fatal("import.sh has no terraform command")
	}
	w.succeed(strings.Fields(command)...)
	w.applyOnce()
	w.wroteNothing()
}

// An import block with an identity needs Terraform 1.12, so the identity is read from the file and imported at the
// level of the protocol: that runs with every CLI.
func TestExamples_theIdentityImportsTheGroup(t *testing.T) {
	t.Parallel()
	text := read(t, examples+"/resources/dli_resource_group/import-by-identity.tf")
	_, text, _ = strings.Cut(text, "identity = {")
	identity := acctest.Values{}
	for _, pair := range regexp.MustCompile(`(\w+)\s*=\s*"([^"]*)"`).FindAllStringSubmatch(text, -1) {
		identity[pair[1]] = pair[2]
	}
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{})
		simulator.Put("etl", dlisim.Package{Name: "etl.jar", Kind: "jar"})
		workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
		if diags := workspace.ImportIdentity(t.Context(), identity); diags.HasError() {
			t.Fatal(diags)
		}
		if diff := cmp.Diff([]any{"etl.jar"}, workspace.State()["resources"]); diff != "" {
			t.Errorf("resources (-want +got):\n%s", diff)
		}
	})
}

// exampleDirectories are those below examples/ that hold a configuration.
func exampleDirectories(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(examples + "/*/*.tf")
	deeper, deeperErr := filepath.Glob(examples + "/*/*/*.tf")
	if err != nil || deeperErr != nil {
		t.Fatal(err, deeperErr)
	}
	var directories []string
	for _, file := range append(files, deeper...) {
		directory, err := filepath.Rel(examples, filepath.Dir(file))
		if err != nil {
			t.Fatal(err)
		}
		if len(directories) == 0 || directories[len(directories)-1] != directory {
			directories = append(directories, directory)
		}
	}
	return directories
}

// copyExample copies the configuration of a directory of examples/ without its import blocks of one file each.
func (w *workspace) copyExample(directory string) {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(examples, directory, "*.tf"))
	if err != nil || len(files) == 0 {
		w.t.Fatalf("no example in %s: %v", directory, err)
	}
	for _, file := range files {
		if !strings.HasPrefix(filepath.Base(file), "import-by-") {
			w.write(filepath.Base(file), read(w.t, file))
		}
	}
	if !w.namesItsProviders() {
		w.copyFile("provider/provider.tf")
	}
}

// namesItsProviders reports whether a file of the directory says where its providers are from.
func (w *workspace) namesItsProviders() bool {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.directory, "*.tf"))
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool { return strings.Contains(read(w.t, file), "required_providers") })
}

func (w *workspace) copyFile(file string) {
	w.t.Helper()
	w.write(filepath.Base(file), read(w.t, filepath.Join(examples, file)))
}

// holds puts jars into the group etl of the account.
func (w *workspace) holds(names ...string) {
	for _, name := range names {
		w.simulator.Put("etl", dlisim.Package{Name: name, Kind: dlisim.KindJar, Owner: dlisim.DefaultUser})
	}
}

// managesPackages writes the state of a configuration with one huaweicloud_dli_package for each name.
func (w *workspace) managesPackages(names ...string) {
	w.t.Helper()
	var resources []string
	for _, name := range names {
		resources = append(resources, fmt.Sprintf(`{
			"mode": "managed", "type": "huaweicloud_dli_package", "name": %[1]q,
			"provider": "provider[\"%[2]s/huaweicloud/huaweicloud\"]",
			"instances": [{"schema_version": 0, "attributes": {
				"id": "etl#%[1]s.jar", "region": "cn-north-4", "group_name": "etl", "type": "jar",
				"object_path": "%[3]s%[1]s.jar", "object_name": "%[1]s.jar", "is_async": false,
				"owner": %[4]q, "tags": {}, "status": "READY",
				"created_at": "2024-03-28T11:06:49+08:00", "updated_at": "2024-03-28T11:06:49+08:00"
			}}]}`, name, registry(), bucket, dlisim.DefaultUser))
	}
	w.write("terraform.tfstate", fmt.Sprintf(
		`{"version": 4, "terraform_version": "1.8.0", "serial": 1, "lineage": "docs", "outputs": {}, "resources": [%s]}`, strings.Join(resources, ",")))
}

// wroteNothing checks that no request changed anything.
func (w *workspace) wroteNothing() {
	w.t.Helper()
	for _, write := range w.simulator.Writes() {
		w.t.Errorf("sent %s %s", write.Method, write.Path)
	}
}

// uploaded checks how often a package of the group etl was uploaded.
func (w *workspace) uploaded(name string, times int) {
	w.t.Helper()
	group, _ := w.simulator.Group("etl")
	if got := group.Packages[name].Uploads; got != times {
		w.t.Errorf("%d uploads of %s, want %d", got, name, times)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
