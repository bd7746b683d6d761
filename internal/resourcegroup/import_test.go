// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// documentedGroup is the documented rule once more, as a pattern.
var documentedGroup = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// importRequest asks for an import by id as the framework does: with an identity that is null.
func importRequest(ctx context.Context, id string) (resource.ImportStateRequest, *resource.ImportStateResponse) {
	var schema resource.SchemaResponse
	var identitySchema resource.IdentitySchemaResponse
	(&groupResource{}).Schema(ctx, resource.SchemaRequest{}, &schema)
	(&groupResource{}).IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &identitySchema)
	none := tfsdk.ResourceIdentity{
		Schema: identitySchema.IdentitySchema,
		Raw:    tftypes.NewValue(identitySchema.IdentitySchema.Type().TerraformType(ctx), nil),
	}
	asked := none
	return resource.ImportStateRequest{ID: id, Identity: &asked}, &resource.ImportStateResponse{
		State:    tfsdk.State{Schema: schema.Schema, Raw: tftypes.NewValue(schema.Schema.Type().TerraformType(ctx), nil)},
		Identity: &none,
	}
}

func FuzzImportID(f *testing.F) {
	for _, seed := range []string{
		"", "etl", "etl.v1_x-y", ".", "..", "-", "cn-north-4/etl", "etl,a.jar", "etl/a.jar", "etl#a.jar", "e t l", " etl", "etl\n", "ètl", "etl\x00", "\xff",
		`{"group":"etl"}`, strings.Repeat("a", 64), strings.Repeat("a", 65),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		request, response := importRequest(t.Context(), id)
		(&groupResource{}).ImportState(t.Context(), request, response)
		accepted := !response.Diagnostics.HasError()
		if accepted != documentedGroup.MatchString(id) {
			t.Fatalf("%q is accepted: %t; %v", id, accepted, response.Diagnostics)
		}
		if !accepted {
			if !response.State.Raw.IsNull() || !response.Identity.Raw.IsNull() {
				t.Errorf("%q is refused and imported: %v", id, response.State.Raw)
			}
			if said := response.Diagnostics[0].Detail(); !strings.Contains(said, strconv.Quote(id)) {
				t.Errorf("%q is refused without naming it: %s", id, said)
			}
			return
		}
		if url.PathEscape(id) != id || url.QueryEscape(id) != id {
			t.Errorf("%q changes in a URL", id)
		}
		for _, attribute := range []string{"id", "group"} {
			var got types.String
			response.Diagnostics.Append(response.State.GetAttribute(t.Context(), path.Root(attribute), &got)...)
			if response.Diagnostics.HasError() || got.ValueString() != id {
				t.Errorf("%q is imported with the %s %v: %v", id, attribute, got, response.Diagnostics)
			}
		}
	})
}
