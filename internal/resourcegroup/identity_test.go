// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func wholeIdentity() map[string]any {
	return map[string]any{"group": "etl", "region": acctest.Region, "project_id": dlisim.DefaultProjectID}
}

func (w *world) expectIdentity(_ context.Context, want map[string]any, after string) {
	w.t.Helper()
	got := w.Identity() //nolint:contextcheck // it is in the state: nothing is sent
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("the identity after %s (-want +got):\n%s", after, diff)
	}
}

func TestResourceGroupIdentity_isSetByEveryOperation(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.expectIdentity(ctx, wholeIdentity(), "a creation")
		w.mustRefresh(ctx)
		w.expectIdentity(ctx, wholeIdentity(), "a refresh")
		w.mustApply(ctx, etlValues("b.jar", nil))
		w.expectIdentity(ctx, wholeIdentity(), "an update")
		w.ForgetIdentity()
		w.mustRefresh(ctx)
		w.expectIdentity(ctx, wholeIdentity(), "a refresh of a state that has none")
	})
}

func TestResourceGroupIdentity_isSetByACreationThatFails(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.cloud.FailUpload("a.jar")
		if diags := w.Apply(ctx, etlValues("a.jar", nil)); !diags.HasError() {
			t.Error("a FAILED package is no error")
		}
		w.expectIdentity(ctx, wholeIdentity(), "a failed creation")
	})
}

func TestResourceGroupIdentity_isThatOfTheGroupWhenItIsGone(t *testing.T) {
	t.Parallel()
	for name, forget := range map[string]bool{"from a state with an identity": false, "from a state without": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				w.mustApply(ctx, etlValues("a.jar", nil))
				w.cloud.RemoveGroup("etl")
				if forget {
					w.ForgetIdentity()
				}
				w.mustRefresh(ctx)
				if w.State() != nil {
					t.Errorf("the state is %v", w.State())
				}
				answered := w.AnsweredIdentity() //nolint:contextcheck // it was answered: nothing is sent
				if diff := cmp.Diff(wholeIdentity(), answered); diff != "" {
					t.Errorf("the identity of what is gone (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestResourceGroupIdentity_importsWithAndWithoutItsOptionalParts(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]acctest.Values{
		"the group alone": {"group": "etl"},
		"with the region": {"group": "etl", "region": acctest.Region},
		"whole":           {"group": "etl", "region": acctest.Region, "project_id": dlisim.DefaultProjectID},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				putByHand(w.cloud, map[string]string{"a.jar": "jar"})
				if diags := w.ImportIdentity(ctx, given); diags.HasError() {
					t.Fatal(diags)
				}
				w.expectIdentity(ctx, wholeIdentity(), "an import")
				w.expectState(map[string]any{"id": "etl", "group": "etl", "kind": "jar", "paths": []any{"a.jar"}})
				w.mustApply(ctx, etlValues("a.jar", nil))
				expectWrites(t, w.cloud)
			})
		})
	}
}

func TestResourceGroupIdentity_ofElsewhereIsRefusedBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		given acctest.Values
		says  string
	}{
		"another region":   {acctest.Values{"group": "etl", "region": "eu-west-101"}, `"eu-west-101"`},
		"another project":  {acctest.Values{"group": "etl", "project_id": "ffffffffffffffffffffffffffffffff"}, `"ffffffffffffffffffffffffffffffff"`},
		"an illegal group": {acctest.Values{"group": "my group"}, `"my group" is not the name of a group`},
		"an empty group":   {acctest.Values{"group": ""}, `"" is not the name of a group`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				putByHand(w.cloud, map[string]string{"a.jar": "jar"})
				if diags := w.ImportIdentity(ctx, test.given); !says(test.says).MatchString(diags.Errors().String()) {
					t.Errorf("wanted an error that says %s, got: %v", test.says, diags)
				}
				expectRequests(t, w.cloud)
			})
		})
	}
}
