// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/go-cleanhttp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// panicVariable makes the test binary a provider that panics, for the CLI to start.
const panicVariable = "DLI_TEST_PROVIDER_PANICS"

const defect = "a defect below the signer"

// servePanicking is the provider with a defect below its signer, where the signed requests are. It returns the exit code
// for TestMain.
func servePanicking() int {
	host := provider.Host{Getenv: os.Getenv, Transport: panicking{cleanhttp.DefaultPooledTransport()}}
	err := tf6server.Serve("registry.terraform.io/terraform-provider-dli/dli",
		func() tfprotov6.ProviderServer { return provider.NewServerOn(host, "test") })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

type panicking struct{ next http.RoundTripper }

func (p panicking) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method == http.MethodPost && strings.HasSuffix(request.URL.Path, "/resources") {
		panic(defect)
	}
	return p.next.RoundTrip(request)
}

func TestSecretsStayInsideWhenTheProviderPanics(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{SecretKey: hushKey, SecurityToken: hushToken})
	cloud.Env["HW_SECRET_KEY"], cloud.Env["HW_SECURITY_TOKEN"] = hushKey, hushToken
	cloud.Env[panicVariable] = "1"
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(binary, filepath.Join(bin, "terraform-provider-dli")); err != nil {
		t.Fatal(err)
	}
	c := newTerraform(t, bin, terraformBlock+cloud.Config(markedResource), cloud.Env)
	if c.run("apply", "-auto-approve", "-no-color") {
		t.Error("a provider that panics has applied")
	}
	all := c.left()
	// Terraform prints a panic, OpenTofu only writes it to its log.
	if !strings.Contains(all, "panic: "+defect) {
		t.Errorf("neither the CLI nor its log shows the panic:\n%s", &c.said)
	}
	wantNoSecret(t, all, cloud.Journal(), hushKey, hushToken)
}
