// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"cmp"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

func TestEveryAttributeIsDescribedWithWhatItsReaderNeeds(t *testing.T) {
	t.Parallel()
	var resp resource.SchemaResponse
	NewResource().Schema(t.Context(), resource.SchemaRequest{}, &resp)
	for name, attribute := range resp.Schema.Attributes {
		wantDescribed(t, name, attribute)
		if nested, ok := attribute.(schema.MapNestedAttribute); ok {
			for inner, attribute := range nested.NestedObject.Attributes {
				wantDescribed(t, name+"."+inner, attribute)
			}
		}
	}
	block, ok := resp.Schema.Blocks["timeouts"].(schema.SingleNestedBlock)
	if !ok || len(block.Attributes) != 4 {
		t.Fatalf("timeouts is %+v", resp.Schema.Blocks["timeouts"])
	}
	if block.GetMarkdownDescription() == "" {
		t.Error("timeouts is not described")
	}
	for name, attribute := range block.Attributes {
		wantSaid(t, "timeouts."+name, attribute, "its default in minutes", "Default `[0-9]+m`")
	}
}

func wantDescribed(t *testing.T, name string, attribute schema.Attribute) {
	t.Helper()
	wantSaid(t, name, attribute, "a sentence", `\.$`)
	if attribute.IsRequired() || attribute.IsOptional() {
		wantSaid(t, name, attribute, "what a change does", "A change|Changes in place")
	}
	if attribute.IsOptional() {
		wantSaid(t, name, attribute, "what holds without it", "Default|Without this argument")
	}
	if strings.HasSuffix(name, "_time") {
		wantSaid(t, name, attribute, "its format", "RFC 3339, UTC")
	}
	if strings.HasSuffix(name, "status") {
		wantSaid(t, name, attribute, "its values", "`UPLOADING`, `READY` or `FAILED`")
	}
}

func wantSaid(t *testing.T, name string, attribute schema.Attribute, what, pattern string) {
	t.Helper()
	description := cmp.Or(attribute.GetMarkdownDescription(), attribute.GetDescription())
	if !regexp.MustCompile(pattern).MatchString(description) {
		t.Errorf("the description of %s does not say %s: %q", name, what, description)
	}
}
