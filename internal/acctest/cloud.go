// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// Region is the region that the provider under test is configured for.
const Region = "cn-north-4"

// Environment are the variables that configure the provider for a simulator of the default account.
func Environment() map[string]string {
	return map[string]string{
		"HW_REGION_NAME": Region,
		"HW_ACCESS_KEY":  dlisim.DefaultAccessKey,
		"HW_SECRET_KEY":  dlisim.DefaultSecretKey,
		"HW_PROJECT_ID":  dlisim.DefaultProjectID,
	}
}

// Cloud is a simulator that listens on loopback, and the way of the provider to it.
type Cloud struct {
	*dlisim.Simulator
	URL string
	// Env is the environment of the provider; a test may change it before its first command.
	Env map[string]string
}

// NewCloud starts a simulator that ends with the test.
func NewCloud(t *testing.T, config dlisim.Config) *Cloud {
	t.Helper()
	simulator := dlisim.New(config)
	server := httptest.NewServer(simulator)
	t.Cleanup(server.Close)
	return &Cloud{Simulator: simulator, URL: server.URL, Env: Environment()}
}

// Providers are the providers of a CLI test: the one under test, by its local name.
func (c *Cloud) Providers() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"dli": func() (tfprotov6.ProviderServer, error) {
			host := provider.Host{Getenv: func(name string) string { return c.Env[name] }}
			return provider.NewServerOn(host, "test"), nil
		},
	}
}

// Config is a configuration with a provider block that leads to the simulator.
func (c *Cloud) Config(resources string) string {
	return fmt.Sprintf("provider \"dli\" {\n  endpoints = { dli = %[1]q, iam = %[1]q }\n}\n\n%[2]s", c.URL, resources)
}
