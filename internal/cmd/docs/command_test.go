// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// workspace is a directory in which the CLI runs as a reader of the docs runs it, but that its providers are the test
// binary: dli in front of a simulator, and the stand-in for huaweicloud. Nothing can be installed, and no request can
// leave the machine.
type workspace struct {
	t         *testing.T
	directory string
	simulator *dlisim.Simulator
	url       string // of the simulator
	terraform string
	env       []string
}

// otherRegion is a region of the simulated account besides acctest.Region.
const otherRegion = "cn-east-3"

func newWorkspace(t *testing.T) *workspace {
	t.Helper()
	terraform, err := terraformPath()
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{t: t, directory: t.TempDir(), terraform: terraform, simulator: dlisim.New(dlisim.Config{
		Projects: []dlisim.Project{
			{ID: dlisim.DefaultProjectID, Name: acctest.Region},
			{ID: "fedcba9876543210fedcba9876543210", Name: otherRegion},
		},
	})}
	server := httptest.NewServer(w.simulator)
	t.Cleanup(server.Close)
	w.url = server.URL

	var overrides strings.Builder
	for name, source := range map[string]string{dliBinary: "terraform-provider-dli/dli", huaweicloudBinary: "huaweicloud/huaweicloud"} {
		fmt.Fprintf(&overrides, "    %q = %q\n", source, providerDirectory(t, name))
	}
	configuration := filepath.Join(t.TempDir(), "cli.tfrc")
	content := "provider_installation {\n  dev_overrides {\n" + overrides.String() + "  }\n}\n"
	if err := os.WriteFile(configuration, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	w.env = []string{
		"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.Getenv("TMPDIR"), "HOME=" + t.TempDir(),
		"CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE=" + configuration,
		"HW_REGION_NAME=" + acctest.Region, "HW_ACCESS_KEY=" + dlisim.DefaultAccessKey, "HW_SECRET_KEY=" + dlisim.DefaultSecretKey,
		simulatorVariable + "=" + w.url,
	}
	return w
}

// providerDirectory is a directory with the test binary under the name of a provider.
func providerDirectory(t *testing.T, name string) string {
	t.Helper()
	directory := t.TempDir()
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, filepath.Join(directory, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return directory
}

// registry is the host that the CLI takes for the default one.
func registry() string { return cmp.Or(os.Getenv("TF_ACC_PROVIDER_HOST"), "registry.terraform.io") }

// write puts a file into the directory.
func (w *workspace) write(name, content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.directory, name), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// applyOnce validates, applies, and plans again, which must show nothing left to do.
func (w *workspace) applyOnce() {
	w.t.Helper()
	w.succeed("validate", "-no-color")
	w.succeed("apply", "-auto-approve", "-no-color", "-input=false")
	w.succeed("plan", "-detailed-exitcode", "-no-color", "-input=false")
}

// succeed runs a command that must succeed.
func (w *workspace) succeed(arguments ...string) {
	w.t.Helper()
	w.says(arguments...)
}

// says is what a command says that must succeed.
func (w *workspace) says(arguments ...string) string {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), w.terraform, arguments...)
	command.Dir, command.Env = w.directory, w.env
	said, err := command.CombinedOutput()
	if err != nil {
		w.t.Fatalf("terraform %s: %v\n%s", strings.Join(arguments, " "), err, said)
	}
	return string(said)
}
