// SPDX-License-Identifier: MPL-2.0

//go:build unix

package resourcegroup_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// terminal is a directory in which the real CLI runs with the real provider binary.
type terminal struct {
	t     *testing.T
	dir   string
	cloud *acctest.Cloud
	// pidFile holds the process id of the provider that was started last.
	pidFile string
}

// buildProvider returns the path of the provider as users run it.
func buildProvider(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "provider")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the provider: %v\n%s", err, out)
	}
	return binary
}

// newTerminal prepares the directory. The CLI starts it through a script that leaves its process id behind.
func newTerminal(t *testing.T, binary string, cloud *acctest.Cloud) *terminal {
	t.Helper()
	dir := t.TempDir()
	term := &terminal{t: t, dir: dir, cloud: cloud, pidFile: filepath.Join(dir, "pid")}
	term.write("bin/terraform-provider-dli", fmt.Sprintf("#!/bin/sh\necho $$ >'%s'\nexec '%s' \"$@\"\n", term.pidFile, binary))
	term.write("cli.tfrc", fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"terraform-provider-dli/dli\" = %q\n  }\n  direct {}\n}\n", filepath.Join(dir, "bin")))
	return term
}

// configure gives the group those arguments.
func (term *terminal) configure(arguments string) {
	term.t.Helper()
	term.write("main.tf", `terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}
`+term.cloud.Config(fmt.Sprintf(`resource "dli_resource_group" "etl" {
  group = %q
  kind  = "jar"
  %s
}
`, sceneGroup, arguments)))
}

func (term *terminal) write(name, text string) {
	term.t.Helper()
	file := filepath.Join(term.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		term.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
		term.t.Fatal(err)
	}
}

// command is one of the CLI, in a process group of its own like one that a shell starts.
func (term *terminal) command(arguments ...string) (*exec.Cmd, *bytes.Buffer) {
	term.t.Helper()
	cli := cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform")
	command := exec.CommandContext(term.t.Context(), cli, arguments...)
	command.Dir = term.dir
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + term.dir, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		"TF_CLI_CONFIG_FILE=" + filepath.Join(term.dir, "cli.tfrc"),
	}
	for name, value := range term.cloud.Env {
		command.Env = append(command.Env, name+"="+value)
	}
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	return command, &output
}

// succeeds runs a command to its end.
func (term *terminal) succeeds(arguments ...string) {
	term.t.Helper()
	command, output := term.command(arguments...)
	if err := command.Run(); err != nil {
		term.t.Fatalf("terraform %s: %v\n%s", strings.Join(arguments, " "), err, output)
	}
}

func (term *terminal) apply() (*exec.Cmd, *bytes.Buffer) {
	term.t.Helper()
	return term.command("apply", "-auto-approve", "-input=false", "-no-color")
}

// groups are the names of the groups in the state file.
func (term *terminal) groups() []string {
	term.t.Helper()
	text, err := os.ReadFile(filepath.Join(term.dir, "terraform.tfstate"))
	if err != nil && !os.IsNotExist(err) {
		term.t.Fatal(err)
	}
	var file struct {
		Resources []struct {
			Instances []struct {
				Attributes struct {
					Group string `json:"group"`
				} `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &file); err != nil {
			term.t.Fatal(err)
		}
	}
	var names []string
	for _, resource := range file.Resources {
		for _, instance := range resource.Instances {
			names = append(names, instance.Attributes.Group)
		}
	}
	return names
}

func TestCtrlC_leavesTheGroupInTheStateFile(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: time.Hour})
	term := newTerminal(t, buildProvider(t), cloud)
	term.configure(fmt.Sprintf("paths = [%q]\nis_async = true", obs+"a.jar"))
	uploaded := make(chan struct{})
	cloud.Inject(dlisim.Fault{Operation: dlisim.OpUpload, Times: 1, AfterWork: true, After: func() { close(uploaded) }})
	command, said := term.apply()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case <-uploaded:
	case err := <-ended:
		t.Fatalf("terraform ended before the upload: %v\n%s", err, said)
	}
	// A terminal sends it to the whole group, and the plugin leaves it to the CLI.
	if err := syscall.Kill(-command.Process.Pid, syscall.SIGINT); err != nil {
		t.Error(err)
	}
	if err := <-ended; err == nil {
		t.Errorf("terraform apply succeeded:\n%s", said)
	}
	if names := term.groups(); len(names) != 1 || names[0] != sceneGroup {
		t.Errorf("the state file has the groups %q:\n%s", names, said)
	}
	if !strings.Contains(said.String(), "The group is in the state") || strings.Contains(said.String(), "never showed up") {
		t.Errorf("the CLI does not say what the state holds:\n%s", said)
	}
	term.succeeds("destroy", "-auto-approve", "-input=false", "-no-color")
	if left := ours(cloud.Simulator); len(left) > 0 {
		t.Errorf("the destroy leaves %v", left)
	}
}
