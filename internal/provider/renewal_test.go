// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// Keys of 15 minutes are renewed after ten, and the upload takes twelve: whatever IAM does then, the keys still hold.
func TestRenewal_thatFailsOrHangsDisturbsNobodyWhileTheKeysLast(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]dlisim.Fault{
		"refused":   {Status: http.StatusForbidden},
		"faulty":    {Status: http.StatusInternalServerError},
		"slow":      {Status: http.StatusServiceUnavailable, Delay: 15 * time.Second},
		"throttled": {Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"120"}}},
		"hanging":   {Hang: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{Now: time.Now, UploadTime: 12 * time.Minute})
				w := acctest.NewWorkspace(t, simulator.RoundTripper())
				w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data", "duration": 900.0}
				config := acctest.Values{"group": "etl", "kind": "jar", "is_async": true, "paths": []string{"obs://bucket/a.jar"}}
				plan, diags := w.Plan(t.Context(), config)
				if diags.HasError() {
					t.Fatal(diags)
				}
				fault.Operation, fault.Skip = dlisim.OpSecurityTokens, 1
				simulator.Inject(fault)
				if diags := w.Carry(t.Context(), plan, config); diags.HasError() {
					t.Error(diags)
				}
				if count(simulator, dlisim.OpSecurityTokens) < 3 { // of the plan, of the apply, and the renewal
					t.Error("no renewal was tried")
				}
			})
		})
	}
}
