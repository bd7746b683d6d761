// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

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
			return scope, diag.Diagnostics{projectNotFound(settings, err)}
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
			return nil, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("use_instance_metadata"),
				"No instance metadata", "This machine is no instance of the cloud. Unset use_instance_metadata and HW_USE_INSTANCE_METADATA, and set access_key and secret_key.")}
		}
		keys = auth.InstanceMetadata(keyClient(p.instance(), userAgent, metadataPatience, 0), p.host.MetadataURL, time.Now)
		if _, err := keys.Credentials(ctx); err != nil {
			return nil, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("use_instance_metadata"),
				"Unable to get the keys of the instance", err.Error()+".\n\nThe instance that Terraform runs on must have an agency. To do without it, unset "+
					"use_instance_metadata and HW_USE_INSTANCE_METADATA, and set access_key and secret_key.")}
		}
	}
	if settings.agency.Name != "" {
		signer := auth.NewSigner(keys, network, time.Now)
		keys = auth.AssumeRole(keyClient(signer, userAgent, keyPatience, settings.maxRetries), settings.endpoints.IAM, settings.agency, time.Now)
		if _, err := keys.Credentials(ctx); err != nil {
			return nil, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("assume_role"),
				"Unable to assume the role", err.Error()+".\n\nCheck assume_role (HW_ASSUME_ROLE_AGENCY_NAME, HW_ASSUME_ROLE_DOMAIN_NAME) and that the keys belong to somebody whom the agency lets in.")}
		}
	}
	return keys, nil
}

// projectNotFound puts the failure of the lookup where its cure is.
func projectNotFound(settings settings, err error) diag.Diagnostic {
	const title = "Unable to look up the project"
	if _, ok := errors.AsType[*auth.ProjectError](err); !ok {
		text := err.Error() + "." + dli.Advice(err)
		if answer, ok := errors.AsType[*dli.APIError](err); !ok || answer.StatusCode != http.StatusUnauthorized {
			text += "\n\nSet project_id or HW_PROJECT_ID to do without the lookup."
		}
		return diag.NewErrorDiagnostic(title, text)
	}
	argument := "project_id"
	if settings.projectName != settings.region {
		argument = "project_name"
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(argument), title, err.Error()+".")
}

func (p *dliProvider) userAgent(terraformVersion string) string {
	agent := "terraform-provider-dli/" + p.version + " terraform/" + terraformVersion
	if more := p.host.Getenv("TF_APPEND_USER_AGENT"); more != "" {
		agent += " " + more
	}
	return agent
}
