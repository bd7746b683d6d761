// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What a guide has of configuration is in examples/ and applied there, but for a backend, which stands in the guide.
func TestGuides_theBackendIsValid(t *testing.T) {
	t.Parallel()
	blocks := regexp.MustCompile("(?s)```hcl\n(.*?)```").FindAllStringSubmatch(read(t, root+"/templates/guides/state-in-obs.md.tmpl"), -1)
	if len(blocks) != 1 {
		t.Fatalf("%d blocks of HCL in the guide, want 1", len(blocks))
	}
	w := newWorkspace(t)
	w.write("main.tf", blocks[0][1])
	w.succeed("fmt", "-check", "-diff")
	w.succeed("init", "-backend=false")
	w.succeed("validate", "-no-color")
}

func TestGuides_haveNoOtherConfigurationThanExamples(t *testing.T) {
	t.Parallel()
	templates, err := filepath.Glob(root + "/templates/*/*.tmpl")
	if err != nil || len(templates) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, file := range append(templates, root+"/templates/index.md.tmpl") {
		if fences := strings.Count(read(t, file), "```hcl") + strings.Count(read(t, file), "```terraform"); fences > 0 &&
			filepath.Base(file) != "state-in-obs.md.tmpl" {
			t.Errorf("%s has %d blocks of configuration that no test applies; put them into examples/", filepath.Base(file), fences)
		}
	}
}

// The steps of the guide about tests: a module with its endpoints as a variable, and `terraform test`.
func TestGuides_theModuleTestPassesAgainstTheSimulator(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.copyExample("module-test")
	w.copyFile("module-test/module.tftest.hcl")
	w.succeed("test", "-no-color", fmt.Sprintf("-var=endpoints={dli=%[1]q,iam=%[1]q}", w.url))
	if len(w.simulator.Writes()) != 2 {
		t.Errorf("%d writes, want an upload and a deletion", len(w.simulator.Writes()))
	}
}

// The script of the same guide, as a machine of CI has it: no settings, and nothing installed but the tools.
func TestGuides_theScriptForCIRunsTheModuleTest(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.copyExample("module-test")
	w.copyFile("module-test/module.tftest.hcl")
	w.copyFile("module-test/ci.sh")
	tools := t.TempDir()
	if err := os.Symlink(w.terraform, filepath.Join(tools, "terraform")); err != nil {
		t.Fatal(err)
	}
	clone, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	caches, err := exec.CommandContext(t.Context(), "go", "env", "GOMODCACHE", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	cache := strings.Fields(string(caches))
	script := exec.CommandContext(t.Context(), "sh", "ci.sh", clone)
	script.Dir = w.directory
	script.Env = []string{
		"PATH=" + tools + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + t.TempDir(), "CHECKPOINT_DISABLE=1",
		"GOMODCACHE=" + cache[0], "GOCACHE=" + cache[1],
	}
	if said, err := script.CombinedOutput(); err != nil || !strings.Contains(string(said), "1 passed, 0 failed") {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestGuides_nameOnlyFlagsThatTheSimulatorHas(t *testing.T) {
	t.Parallel()
	usage, err := exec.CommandContext(t.Context(), "go", "run", root+"/internal/cmd/dlisim", "-h").CombinedOutput()
	if err != nil && !strings.Contains(string(usage), "Usage") {
		t.Fatalf("%v\n%s", err, usage)
	}
	named := regexp.MustCompile("(?m)^\\| `(-[a-z0-9-]+)").FindAllStringSubmatch(read(t, root+"/templates/guides/simulator.md.tmpl"), -1)
	if len(named) == 0 {
		t.Fatal("the guide names no flag")
	}
	for _, flag := range named {
		if !regexp.MustCompile(`(?m)^  ` + flag[1] + `( |$)`).Match(usage) {
			t.Errorf("the simulator has no flag %s", flag[1])
		}
	}
}

func TestDocs_linkOnlyToPagesThatAreThere(t *testing.T) {
	t.Parallel()
	var pages []string
	for _, pattern := range []string{"/docs/*.md", "/docs/*/*.md"} {
		found, err := filepath.Glob(root + pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no pages %s: %v", pattern, err)
		}
		pages = append(pages, found...)
	}
	for _, page := range pages {
		for _, link := range regexp.MustCompile(`\]\(([^)#:]+\.md)\)`).FindAllStringSubmatch(read(t, page), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), link[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}
