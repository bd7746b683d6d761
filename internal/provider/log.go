// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// subsystem names the lines about requests; TF_LOG_PROVIDER_DLI_API sets their level apart from the rest.
const subsystem = "api"

// requestLog writes one line for each attempt of a request. Headers and bodies are not known to it; the secrets are
// masked all the same, for an error text comes from elsewhere.
func requestLog(credentials auth.Credentials) func(context.Context, dli.Attempt) {
	var secrets []string
	for _, secret := range []string{credentials.SecretKey, credentials.SecurityToken} {
		if secret != "" {
			secrets = append(secrets, secret)
		}
	}
	return func(ctx context.Context, attempt dli.Attempt) {
		ctx = tflog.NewSubsystem(ctx, subsystem, tflog.WithLevelFromEnv("TF_LOG_PROVIDER_DLI", subsystem), tflog.WithRootFields())
		ctx = tflog.SubsystemMaskAllFieldValuesStrings(ctx, subsystem, secrets...)
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
}
