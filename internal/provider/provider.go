// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/resourcegroup"
)

// Host is what surrounds the provider on its machine.
type Host struct {
	// Getenv reads an environment variable.
	Getenv func(string) string
	// Transport carries the signed requests; nil is the network, with the proxy of the environment.
	Transport http.RoundTripper
	// MetadataURL is where an instance of the cloud finds out about itself; empty is a machine that is none. Only New
	// knows the real one, so that no test can reach it.
	MetadataURL string
}

type dliProvider struct {
	version string
	host    Host
}

// New returns the provider of that version on this machine.
func New(version string) provider.Provider {
	return NewOn(Host{Getenv: os.Getenv, MetadataURL: auth.MetadataURL}, version)
}

// NewOn returns the provider of that version on another host, for tests that run side by side in one process.
func NewOn(host Host, version string) provider.Provider {
	return &dliProvider{version: version, host: host}
}

func (p *dliProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "dli"
	resp.Version = p.version
}

func (p *dliProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{resourcegroup.NewResource}
}

func (p *dliProvider) DataSources(context.Context) []func() datasource.DataSource {
	return nil
}

// Configure turns the provider block into the scope of its resources. It sends nothing but the lookup of the project,
// when no project id is given, and requests for temporary keys, when there are no others.
func (p *dliProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var block block
	resp.Diagnostics.Append(req.Config.Get(ctx, &block)...)
	if resp.Diagnostics.HasError() {
		return
	}
	settings, diags := resolve(ctx, block, p.host.Getenv)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	scope, diags := p.connect(ctx, settings, req.TerraformVersion)
	resp.Diagnostics.Append(diags...)
	resp.ResourceData = scope
}
