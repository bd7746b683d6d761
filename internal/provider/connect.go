// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"time"

	"github.com/hashicorp/go-cleanhttp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/resourcegroup"
)

// connect makes the one connection that carries every call, IAM's included, and the client on top of it.
func (p *dliProvider) connect(ctx context.Context, settings settings, terraformVersion string) (resourcegroup.Scope, diag.Diagnostics) {
	connection := dli.NewConnection(dli.ConnectionConfig{
		Transport:            auth.NewSigner(auth.Static(settings.credentials), p.transport(settings), time.Now),
		UserAgent:            p.userAgent(terraformVersion),
		MaxRetries:           settings.maxRetries,
		MaxRequestsPerSecond: settings.maxRequestsPerSecond,
		Observe:              requestLog(settings.credentials),
	})
	scope := resourcegroup.Scope{Region: settings.region, ProjectID: settings.projectID}
	if scope.ProjectID == "" {
		name := settings.projectName
		if name == "" {
			name = settings.region
		}
		id, err := auth.ProjectID(ctx, connection, settings.endpoints.IAM, name)
		if err != nil {
			return scope, diag.Diagnostics{projectNotFound(err)}
		}
		scope.ProjectID = id
	}
	scope.Client = dli.NewClient(connection, settings.endpoints.DLI, scope.ProjectID)
	return scope, nil
}

// projectNotFound puts the failure of the lookup where its cure is.
func projectNotFound(err error) diag.Diagnostic {
	const title = "Unable to look up the project"
	if _, ok := errors.AsType[*auth.ProjectError](err); ok {
		return diag.NewAttributeErrorDiagnostic(path.Root("project_id"), title, err.Error()+".")
	}
	return diag.NewErrorDiagnostic(title, err.Error()+".\n\nSet project_id or HW_PROJECT_ID to do without the lookup.")
}

func (p *dliProvider) transport(settings settings) http.RoundTripper {
	if p.host.Transport != nil {
		return p.host.Transport
	}
	transport := cleanhttp.DefaultPooledTransport()
	transport.TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: settings.insecure, //nolint:gosec // the user asks for it by the argument insecure
	}
	return transport
}

func (p *dliProvider) userAgent(terraformVersion string) string {
	agent := "terraform-provider-dli/" + p.version + " terraform/" + terraformVersion
	if more := p.host.Getenv("TF_APPEND_USER_AGENT"); more != "" {
		agent += " " + more
	}
	return agent
}
