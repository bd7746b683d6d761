// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// lost is an upload that is carried out and whose answer never comes.
var lost = dlisim.Fault{Operation: dlisim.OpUpload, Status: http.StatusGatewayTimeout, AfterWork: true}

func TestLostAnswer_aPackageThatFailedIsOursAllTheSame(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before   string
		packages string
		failing  string
		async    bool
	}{
		"create":              {"", "a.jar", "a.jar", false},
		"asynchronous create": {"", "a.jar", "a.jar", true},
		"update":              {"a.jar", "a.jar b.jar", "b.jar", false},
		"asynchronous update": {"a.jar", "a.jar b.jar", "b.jar", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				if test.before != "" {
					w.mustApply(ctx, etlValues(test.before, nil))
				}
				w.cloud.FailUpload(test.failing)
				w.cloud.Inject(lost)
				config := etlValues(test.packages, acctest.Values{"is_async": test.async})
				diags := w.Apply(ctx, config)
				if !diags.HasError() || strings.Contains(diags.String(), "accepted no package") || w.State() == nil {
					t.Errorf("the apply says:\n%s\nand leaves %v", diags, w.State())
				}
				w.cloud.ClearFaults()
				w.cloud.FailUpload()
				again := w.Clone()
				w.mustDestroy(ctx)
				w.expectPackages()
				succeeds(t, again.Apply(ctx, config))
				w.expectPackages(strings.Fields(test.packages)...)
			})
		})
	}
}

func TestLostAnswer_withoutTimesTheContentIsNotKnown(t *testing.T) {
	t.Parallel()
	for name, noTimes := range map[string]bool{"with times": false, "without times": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{Behaviour: dlisim.Behaviour{NoTimes: noTimes}}, func(ctx context.Context, w *world) {
				first, second := acctest.Values{"paths": []string{obs + "v1/a.jar"}}, acctest.Values{"paths": []string{obs + "v2/a.jar"}}
				w.mustApply(ctx, etlValues("", first))
				w.cloud.Inject(lost)
				w.Apply(ctx, etlValues("", second))
				w.cloud.ClearFaults()
				w.mustApply(ctx, etlValues("", first)) // the cloud has the second now
				group, _ := w.cloud.Group("etl")
				if got := group.Packages["a.jar"].Path; got != obs+"v1/a.jar" {
					t.Errorf("the cloud has %s", got)
				}
			})
		})
	}
}

// The documents disagree on whether an upload adds to a group or replaces it.
func TestUpload_whereItReplacesTheGroupBringsBackWhatWasUnderWay(t *testing.T) {
	t.Parallel()
	config := dlisim.Config{UploadTime: 10 * time.Minute, Behaviour: dlisim.Behaviour{UploadReplacesGroup: true}}
	simulated(t, config, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		impatient := acctest.Values{"timeouts": acctest.Values{"update": "1m"}}
		if diags := w.Apply(ctx, etlValues("a.jar b.jar", impatient)); !diags.HasError() {
			t.Error("an upload of ten minutes was done within one")
		}
		w.mustApply(ctx, etlValues("a.jar b.jar c.jar", nil))
		w.expectPackages("a.jar", "b.jar", "c.jar")
	})
}

func TestUpload_thatIsStuckKeepsNoOtherOut(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.cloud.SetStatus("etl", "a.jar", dlisim.StatusUploading)
		diags := w.Apply(ctx, etlValues("a.jar b.jar", nil))
		if !diags.HasError() || !strings.Contains(diags.String(), `"a.jar" is UPLOADING`) {
			t.Errorf("the apply says:\n%s", diags)
		}
		w.expectPackages("a.jar", "b.jar")
	})
}
