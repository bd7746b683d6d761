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
	term.declare(fmt.Sprintf("resource \"dli_resource_group\" \"etl\" {\n  group = %q\n  kind  = \"jar\"\n  %s\n}\n", sceneGroup, arguments))
}

// declare makes the configuration those resources.
func (term *terminal) declare(resources string) {
	term.t.Helper()
	term.write("main.tf", "terraform {\n  required_providers {\n    dli = { source = \"terraform-provider-dli/dli\" }\n  }\n}\n"+term.cloud.Config(resources))
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
func (term *terminal) command(line string) (*exec.Cmd, *bytes.Buffer) {
	term.t.Helper()
	cli := cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform")
	name, arguments, _ := strings.Cut(line, " ")
	command := exec.CommandContext(term.t.Context(), cli, append([]string{name, "-input=false", "-no-color"}, strings.Fields(arguments)...)...)
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
func (term *terminal) succeeds(line string) {
	term.t.Helper()
	command, output := term.command(line)
	if err := command.Run(); err != nil {
		term.t.Fatalf("terraform %s: %v\n%s", line, err, output)
	}
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

// An apply is that of a saved plan here: while the CLI plans in an apply it does not tell the provider of a Ctrl-C.
func TestCtrlC_atAnyRequestLeavesAStateToGoOnFrom(t *testing.T) {
	t.Parallel()
	binary := buildProvider(t)
	for name, scene := range map[string]struct{ before, after, plan, command, again string }{
		"refresh": {mortalAfter, mortalAfter, "", "plan", "apply -auto-approve"},
		"create":  {"", mortalAfter, "plan -out=saved", "apply saved", "apply -auto-approve"},
		"update":  {mortalBefore, mortalAfter, "plan -out=saved", "apply saved", "apply -auto-approve"},
		"destroy": {mortalAfter, mortalAfter, "plan -destroy -out=saved", "apply saved", "destroy -auto-approve"},
	} {
		prepare := func(t *testing.T) *terminal {
			t.Helper()
			term := newScene(t, binary, scene.before, scene.after)
			if scene.plan != "" {
				term.succeeds(scene.plan)
				term.cloud.ResetJournal()
			}
			return term
		}
		healthy := prepare(t)
		healthy.succeeds(scene.command)
		for number := range healthy.cloud.Journal() {
			t.Run(fmt.Sprintf("%s/request %d", name, number), func(t *testing.T) {
				t.Parallel()
				term := prepare(t)
				term.pressCtrlCAt(number, scene.command)
				term.succeeds(scene.again)
				if name != "destroy" {
					term.isDone()
				} else if left := ours(term.cloud.Simulator); len(left) > 0 || len(term.groups()) > 0 {
					t.Errorf("the destroy leaves %v, and in the state %q", left, term.groups())
				}
			})
		}
	}
}

// patienceWithOneRequest is how long the provider waits for one answer.
const patienceWithOneRequest = time.Minute

// pressCtrlCAt interrupts a command when the service has done the work of the request of that number and does not
// answer. The command has to end by itself, long before the patience with one request does.
func (term *terminal) pressCtrlCAt(number int, line string) {
	term.t.Helper()
	arrived := make(chan struct{})
	term.cloud.Inject(dlisim.Fault{Skip: number, Times: 1, AfterWork: true, Hang: true, After: func() { close(arrived) }})
	command, said := term.command(line)
	if err := command.Start(); err != nil {
		term.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case <-arrived:
	case err := <-ended:
		term.t.Fatalf("terraform ended before the request: %v\n%s", err, said)
	}
	// A terminal sends it to the whole group, and the plugin leaves it to the CLI.
	if err := syscall.Kill(-command.Process.Pid, syscall.SIGINT); err != nil {
		term.t.Error(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			term.t.Errorf("terraform %s succeeded:\n%s", line, said)
		}
	case <-time.After(patienceWithOneRequest / 2):
		term.t.Errorf("terraform %s does not end:\n%s", line, said)
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
		<-ended
	}
	if left := ours(term.cloud.Simulator); len(left) > 0 && len(term.groups()) != 1 {
		term.t.Errorf("the service has packages, and the state file the groups %q:\n%s", term.groups(), said)
	}
}
