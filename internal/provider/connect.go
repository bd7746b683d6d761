// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"golang.org/x/time/rate"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/resourcegroup"
)

// metadataPatience is short, for the metadata is on the same machine: where there is none, the user should hear of it
// at once.
const metadataPatience = 3 * time.Second

// connect makes the connection that carries every call of DLI, and the client on top of it.
func (p *dliProvider) connect(ctx context.Context, settings settings, terraformVersion string) (resourcegroup.Scope, diag.Diagnostics) {
	scope := resourcegroup.Scope{Claims: &resourcegroup.Claims{}, Region: settings.region, ProjectID: settings.projectID, Tags: settings.tags}
	config := dli.ConnectionConfig{
		Transport:  p.network(settings),
		UserAgent:  p.userAgent(terraformVersion),
		MaxRetries: settings.maxRetries,
		Limiter:    limiter(settings.maxRequestsPerSecond),
		Observe:    logRequest,
	}
	keys, diags := p.keys(ctx, settings, config)
	if diags.HasError() {
		return scope, diags
	}
	connection := signedWith(keys, config)
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
// told where its cure is, and once. The calls for them go over connections of their own, for those of DLI wait for them.
func (p *dliProvider) keys(ctx context.Context, settings settings, config dli.ConnectionConfig) (auth.Source, diag.Diagnostics) {
	keys := auth.Static(settings.identity.Credentials)
	if settings.identity.metadata {
		if p.host.MetadataURL == "" {
			return nil, diag.Diagnostics{noInstanceMetadata()}
		}
		nearby := config
		nearby.Transport, nearby.Patience, nearby.MaxRetries = p.instance(), metadataPatience, 0
		keys = auth.InstanceMetadata(dli.NewConnection(nearby), p.host.MetadataURL, time.Now)
		if _, err := keys.Credentials(ctx); err != nil {
			return nil, diag.Diagnostics{noInstanceKeys(ctx, err)}
		}
	}
	if settings.agency.Name != "" {
		keys = auth.AssumeRole(signedWith(keys, config), settings.endpoints.IAM, settings.agency, time.Now)
		if _, err := keys.Credentials(ctx); err != nil {
			return nil, diag.Diagnostics{roleNotAssumed(ctx, err)}
		}
	}
	return keys, nil
}

func signedWith(keys auth.Source, config dli.ConnectionConfig) *dli.Connection {
	config.Transport = auth.NewSigner(keys, config.Transport, time.Now)
	return dli.NewConnection(config)
}

// limiter spaces all requests evenly; 0 is no limit.
func limiter(perSecond float64) *rate.Limiter {
	if perSecond == 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(perSecond), 1)
}

func (p *dliProvider) userAgent(terraformVersion string) string {
	agent := "terraform-provider-dli/" + p.version + " terraform/" + terraformVersion
	if more := p.host.Getenv("TF_APPEND_USER_AGENT"); more != "" {
		agent += " " + more
	}
	return agent
}
