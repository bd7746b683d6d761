// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// terraform is the real CLI with a provider binary in a directory of its own.
type terraform struct {
	t    *testing.T
	path string
	dir  string
	env  []string
	said strings.Builder
}

// buildProvider makes the provider as users run it the one in the directory bin.
func buildProvider(t *testing.T, bin string) {
	t.Helper()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(bin, "terraform-provider-dli"),
		"github.com/terraform-provider-dli/terraform-provider-dli")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func newTerraform(t *testing.T, bin, config string, env map[string]string) *terraform {
	t.Helper()
	path, err := exec.LookPath(cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform"))
	if err != nil {
		t.Skip("there is no terraform: set TF_ACC_TERRAFORM_PATH")
	}
	c := &terraform{t: t, path: path, dir: t.TempDir()}
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"terraform-provider-dli/dli\" = %q\n  }\n  direct {}\n}\n", bin)
	c.write("cli.tfrc", override)
	c.write("main.tf", config)
	// An environment of its own: whatever this machine has must not configure the provider.
	c.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=" + filepath.Join(c.dir, "cli.tfrc"),
		"TF_LOG=TRACE", "TF_LOG_PATH=" + c.file("trace.log"),
	}
	for name, value := range env {
		c.env = append(c.env, name+"="+value)
	}
	return c
}

func (c *terraform) file(name string) string { return filepath.Join(c.dir, name) }

func (c *terraform) write(name, content string) {
	c.t.Helper()
	if err := os.WriteFile(c.file(name), []byte(content), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// run reports whether the command succeeded, and keeps what it said.
func (c *terraform) run(arguments ...string) bool {
	c.t.Helper()
	command := exec.CommandContext(c.t.Context(), c.path, arguments...)
	command.Dir, command.Env = c.dir, c.env
	out, err := command.CombinedOutput()
	fmt.Fprintf(&c.said, "$ %v: %v\n%s\n", arguments, err, out)
	return err == nil
}

// left is all that the commands said and left behind: their trace, the state and its backup.
func (c *terraform) left() string {
	c.t.Helper()
	var all strings.Builder
	all.WriteString(c.said.String())
	for _, name := range []string{"trace.log", "terraform.tfstate", "terraform.tfstate.backup"} {
		content, err := os.ReadFile(c.file(name))
		if err != nil && !os.IsNotExist(err) {
			c.t.Error(err)
		}
		all.Write(content)
	}
	return all.String()
}

// apiLines are the lines of the provider about its requests. Terraform's own trace holds the configuration, bodies of
// requests included.
func apiLines(all string) (lines []string) {
	for line := range strings.Lines(all) {
		if strings.Contains(line, "@module=dli.api") {
			lines = append(lines, line)
		}
	}
	return lines
}

const terraformBlock = "terraform {\n  required_providers {\n    dli = { source = \"terraform-provider-dli/dli\" }\n  }\n}\n"

// markedResource is a group whose upload has marks in its body alone.
const (
	bodyBucket     = "body-mark-of-a-bucket"
	bodyTag        = "body-mark-of-a-tag"
	markedResource = `
resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["https://` + bodyBucket + `.obs.cn-north-4.myhuaweicloud.com/etl.jar"]
  tags  = { team = "` + bodyTag + `" }
}
`
)

func TestSecretsStayInsideUnderTheCLI(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{SecretKey: hushKey, SecurityToken: hushToken})
	cloud.Env["HW_SECRET_KEY"], cloud.Env["HW_SECURITY_TOKEN"] = hushKey, hushToken
	cloud.Env["HW_ASSUME_ROLE_AGENCY_NAME"], cloud.Env["HW_ASSUME_ROLE_DOMAIN_NAME"] = "etl", "data"
	cloud.Env["HW_MAX_RETRIES"] = "0"
	bin := t.TempDir()
	buildProvider(t, bin)
	c := newTerraform(t, bin, terraformBlock+cloud.Config(markedResource), cloud.Env)

	cloud.Inject(dlisim.Fault{Operation: dlisim.OpUpload, Times: 1, Status: http.StatusUnauthorized})
	if c.run("apply", "-auto-approve", "-no-color") {
		t.Error("a refused upload was applied")
	}
	for _, arguments := range [][]string{
		{"apply", "-auto-approve", "-no-color"}, {"plan", "-out=saved.tfplan", "-no-color"}, {"show", "-json", "saved.tfplan"}, {"show", "-json"},
		{"destroy", "-auto-approve", "-no-color"},
	} {
		if !c.run(arguments...) {
			t.Errorf("%v failed:\n%s", arguments, &c.said)
		}
	}
	all, lines := c.left(), apiLines(c.left())
	wantNoSecret(t, all, cloud.Journal(), hushKey, hushToken)
	if got, want := len(lines), len(cloud.Journal()); got != want {
		t.Errorf("the trace has %d lines about requests, and there were %d", got, want)
	}
	for _, mark := range []string{bodyBucket, bodyTag} {
		if !isSent(cloud.Journal(), mark) {
			t.Errorf("%s was not in the body of a request", mark)
		}
		for _, line := range lines {
			if strings.Contains(line, mark) {
				t.Errorf("what the body of a request says came out: %s", line)
			}
		}
	}
}

func isSent(journal []dlisim.Request, mark string) bool {
	return slices.ContainsFunc(journal, func(r dlisim.Request) bool { return strings.Contains(string(r.Body), mark) })
}
