// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_timeoutsBoundEachOperation(t *testing.T) {
	t.Parallel()
	created := func(ctx context.Context, w *world, timeouts acctest.Values) acctest.Diagnostics {
		return w.Apply(ctx, etlValues("a.jar", timeouts))
	}
	updated := func(ctx context.Context, w *world, timeouts acctest.Values) acctest.Diagnostics {
		return w.Apply(ctx, etlValues("a.jar b.jar", timeouts))
	}
	read := func(ctx context.Context, w *world, _ acctest.Values) acctest.Diagnostics { return w.Refresh(ctx) }
	deleted := func(ctx context.Context, w *world, _ acctest.Values) acctest.Diagnostics { return w.Destroy(ctx) }
	never := dlisim.Fault{Operation: dlisim.OpDelete, Status: http.StatusOK} // says it deletes, and does not
	hangs := dlisim.Fault{Operation: dlisim.OpList, Hang: true}
	for name, test := range map[string]struct {
		operation string
		run       func(context.Context, *world, acctest.Values) acctest.Diagnostics
		fault     dlisim.Fault
		defaults  time.Duration
		says      string
	}{
		"create": {"create", created, dlisim.Fault{Operation: dlisim.OpUnknown}, 30 * time.Minute, `"a.jar" is UPLOADING`},
		"update": {"update", updated, dlisim.Fault{Operation: dlisim.OpUnknown}, 30 * time.Minute, `"b.jar" is UPLOADING`},
		"read":   {"read", read, hangs, 5 * time.Minute, "the timeout of"},
		"delete": {"delete", deleted, never, 15 * time.Minute, `"a.jar" is READY`},
	} {
		for configured, want := range map[string]time.Duration{"by default": test.defaults, "3m": 3 * time.Minute} {
			t.Run(name+" "+configured, func(t *testing.T) {
				t.Parallel()
				simulated(t, dlisim.Config{UploadTime: 2 * time.Hour}, func(ctx context.Context, w *world) {
					timeouts := acctest.Values{}
					if configured != "by default" {
						timeouts["timeouts"] = map[string]any{test.operation: configured}
					}
					if test.operation != "create" {
						synchronous := etlValues("a.jar", timeouts)
						synchronous["is_async"] = false
						w.mustApply(ctx, synchronous)
					}
					w.cloud.Inject(test.fault)
					began := time.Now()
					diags := test.run(ctx, w, timeouts)
					if !says(test.says).MatchString(diags.Errors().String()) {
						t.Errorf("wanted an error that says %q, got: %v", test.says, diags)
					}
					if took := time.Since(began).Truncate(time.Minute); took != want {
						t.Errorf("it took %s and not %s", took, want)
					}
				})
			})
		}
	}
}
