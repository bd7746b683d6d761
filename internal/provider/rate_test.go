// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestMaxRequestsPerSecond_spacesAllRequests(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rate  any
		apart time.Duration
	}{
		"no limit":              {nil, 0},
		"two a second":          {2.0, 500 * time.Millisecond},
		"one in twenty seconds": {0.05, 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{Now: time.Now})
				w := acctest.NewWorkspace(t, simulator.RoundTripper())
				w.Block["max_requests_per_second"] = test.rate
				// So that requests to IAM are among them, and those for the keys that sign the others.
				delete(w.Env, "HW_PROJECT_ID")
				w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
				plan, diags := w.Plan(t.Context(), group)
				if diags.HasError() {
					t.Fatal(diags)
				}
				simulator.ResetJournal() // the plan is another process, with a limit of its own
				if diags := w.Carry(t.Context(), plan, group); diags.HasError() {
					t.Fatal(diags)
				}
				if count(simulator, dlisim.OpSecurityTokens) == 0 || count(simulator, dlisim.OpProjects) == 0 {
					t.Error("IAM was not asked")
				}
				if got := shortestGap(simulator.Journal()); got != test.apart {
					t.Errorf("two requests are %s apart, want %s", got, test.apart)
				}
			})
		})
	}
}

// shortestGap is the least time between two requests, without the rounding errors of a rate.
func shortestGap(journal []dlisim.Request) time.Duration {
	shortest := time.Duration(math.MaxInt64)
	for i, request := range journal[1:] {
		shortest = min(shortest, request.Time.Sub(journal[i].Time))
	}
	return shortest.Round(time.Millisecond)
}
