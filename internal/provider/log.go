// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// subsystem names the lines about requests, which Terraform shows as the module dli.api. TF_LOG_PROVIDER_DLI_API sets
// their level apart from the rest.
const subsystem = "api"

// logRequest writes one line for each attempt of a request. Headers and bodies are not known to it, and the signer
// has taken what is secret out of an error.
func logRequest(ctx context.Context, attempt dli.Attempt) {
	ctx = tflog.NewSubsystem(ctx, subsystem, tflog.WithLevelFromEnv("TF_LOG_PROVIDER_DLI", subsystem), tflog.WithRootFields())
	fields := map[string]any{
		"method":      attempt.Method,
		"host":        attempt.Host,
		"path":        attempt.Path,
		"attempt":     attempt.Number,
		"status":      attempt.StatusCode,
		"duration_ms": attempt.Duration.Milliseconds(),
		"request_id":  attempt.RequestID,
	}
	if attempt.Err != nil {
		fields["error"] = attempt.Err.Error()
	}
	tflog.SubsystemDebug(ctx, subsystem, "request", fields)
}
