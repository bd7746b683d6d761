// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"strings"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// Terraform destroys a tainted resource with the private data that the plan of its successor returned.
func TestPlace_aSavedReplacementOfATaintedResourceIsNotCarriedOutElsewhere(t *testing.T) {
	t.Parallel()
	const elsewhere = "ffffffffffffffffffffffffffffffff"
	simulator := dlisim.New(dlisim.Config{Projects: []dlisim.Project{
		{ID: dlisim.DefaultProjectID, Name: acctest.Region}, {ID: elsewhere, Name: "elsewhere"},
	}})
	w := acctest.NewWorkspace(t, simulator.RoundTripper())
	config := etlValues("a.jar b.jar", nil)
	simulator.FailUpload("b.jar")
	if diags := w.Apply(t.Context(), config); !diags.HasError() {
		t.Fatal("a package that FAILED was applied")
	}
	simulator.FailUpload()
	plan, diags := w.Plan(t.Context(), config)
	succeeds(t, diags)
	if plan.Action != "replace" {
		t.Fatalf("the plan is to %s", plan.Action)
	}
	w.Env["HW_PROJECT_ID"] = elsewhere
	simulator.ResetJournal()
	if diags := w.Carry(t.Context(), plan, config); !diags.HasError() || !strings.Contains(diags.String(), elsewhere) {
		t.Errorf("the apply says:\n%s", diags)
	}
	if writes := simulator.Writes(); len(writes) > 0 {
		t.Errorf("sent %v", writes)
	}
}
