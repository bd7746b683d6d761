// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/resourcegroup"
)

// connect makes the one connection that carries every call, IAM's included, and the client on top of it.
func (p *dliProvider) connect(ctx context.Context, settings settings, terraformVersion string) (resourcegroup.Scope, diag.Diagnostics) {
	scope := resourcegroup.Scope{Claims: &resourcegroup.Claims{}, Region: settings.region, ProjectID: settings.projectID, Tags: settings.tags}
	userAgent := p.userAgent(terraformVersion)
	network := p.network(settings)
	keys, diags := p.keys(ctx, settings, network, userAgent)
	if diags.HasError() {
		return scope, diags
	}
	connection := dli.NewConnection(dli.ConnectionConfig{
		Transport:            auth.NewSigner(keys, network, time.Now),
		UserAgent:            userAgent,
		MaxRetries:           settings.maxRetries,
		MaxRequestsPerSecond: settings.maxRequestsPerSecond,
		Observe:              logRequest,
	})
	if scope.ProjectID == "" {
		id, err := auth.ProjectID(ctx, connection, settings.endpoints.IAM, settings.projectName)
		if err != nil {
			return scope, diag.Diagnostics{projectNotFound(ctx, settings, err)}
		}
		scope.ProjectID = id
	}
	scope.Client = dli.NewClient(connection, settings.endpoints.DLI, scope.ProjectID)
	return scope, nil
}

// keys is the source of the keys that sign. Temporary keys are asked for at once, so that what is wrong with them is
// told where its cure is, and once.
func (p *dliProvider) keys(ctx context.Context, settings settings, network http.RoundTripper, userAgent string) (auth.Source, diag.Diagnostics) {
	keys := auth.Static(settings.identity.Credentials)
	if settings.identity.metadata {
		if p.host.MetadataURL == "" {
			return nil, diag.Diagnostics{noInstanceMetadata()}
		}
		keys = auth.InstanceMetadata(keyClient(p.instance(), userAgent, metadataPatience, 0), p.host.MetadataURL, time.Now)
		if _, err := keys.Credentials(ctx); err != nil {
			return nil, diag.Diagnostics{noInstanceKeys(ctx, err)}
		}
	}
	if settings.agency.Name != "" {
		signer := auth.NewSigner(keys, network, time.Now)
		keys = auth.AssumeRole(keyClient(signer, userAgent, keyPatience, settings.maxRetries), settings.endpoints.IAM, settings.agency, time.Now)
		if _, err := keys.Credentials(ctx); err != nil {
			return nil, diag.Diagnostics{roleNotAssumed(ctx, err)}
		}
	}
	return keys, nil
}

func (p *dliProvider) userAgent(terraformVersion string) string {
	agent := "terraform-provider-dli/" + p.version + " terraform/" + terraformVersion
	if more := p.host.Getenv("TF_APPEND_USER_AGENT"); more != "" {
		agent += " " + more
	}
	return agent
}
