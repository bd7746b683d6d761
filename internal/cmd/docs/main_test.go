// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/leaktest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// The names under which the test binary is a provider. Terraform starts a process for each provider block; a server
// in the process of the test could be only one of them.
const (
	dliBinary         = "terraform-provider-dli"
	huaweicloudBinary = "terraform-provider-huaweicloud"
)

// simulatorVariable has the URL to which the provider under test sends everything, whatever host it means.
const simulatorVariable = "DOCS_TEST_SIMULATOR"

// metadataVariable has the URL of the instance metadata, where the machine is to be an instance.
const metadataVariable = "DOCS_TEST_METADATA"

func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case dliBinary:
		serve(func() frameworkprovider.Provider {
			return provider.NewOn(provider.Host{Getenv: os.Getenv, Transport: detour{}, MetadataURL: os.Getenv(metadataVariable)}, "test")
		})
	case huaweicloudBinary:
		serve(func() frameworkprovider.Provider { return standIn{} })
	default:
		os.Exit(leaktest.Main(m))
	}
}

func serve(factory func() frameworkprovider.Provider) {
	if err := providerserver.Serve(context.Background(), factory, providerserver.ServeOpts{Address: "registry.terraform.io/docs/test"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// detour sends a request to the simulator under the name of the host that it was for, which the signature covers.
type detour struct{}

func (detour) RoundTrip(request *http.Request) (*http.Response, error) {
	simulator, err := url.Parse(os.Getenv(simulatorVariable))
	if err != nil {
		return nil, err
	}
	redirected := request.Clone(request.Context())
	redirected.Host = request.URL.Host
	redirected.URL.Scheme, redirected.URL.Host = simulator.Scheme, simulator.Host
	return http.DefaultTransport.RoundTrip(redirected)
}
