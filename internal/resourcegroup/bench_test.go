// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// benchmarkState is a state of the resource, and its model with two packages in it.
func benchmarkState(b *testing.B) (tfsdk.State, model, *dli.Group) {
	b.Helper()
	var schema resource.SchemaResponse
	(&groupResource{}).Schema(b.Context(), resource.SchemaRequest{}, &schema)
	state := tfsdk.State{Schema: schema.Schema}
	object, ok := schema.Schema.Type().TerraformType(b.Context()).(tftypes.Object)
	if !ok {
		b.Fatal("the schema is not that of an object")
	}
	members := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		members[name] = tftypes.NewValue(kind, nil)
	}
	state.Raw = tftypes.NewValue(object, members)
	var read model
	if diags := state.Get(b.Context(), &read); diags.HasError() {
		b.Fatal(diags)
	}
	read.Group = types.StringValue("etl")
	at := time.UnixMilli(1700000000000).UTC()
	found := func(name string) dli.Package {
		return dli.Package{Name: name, Kind: "jar", Status: dli.StatusReady, UnderlyingName: name, Owner: "owner", Created: at, Updated: at}
	}
	group := &dli.Group{
		Name: "etl", Status: dli.StatusReady, Owner: "owner", Created: at, Updated: at, Listed: true,
		Packages: map[string]dli.Package{"etl.jar": found("etl.jar"), "udf.jar": found("udf.jar")},
	}
	return state, read, group
}

func BenchmarkModel_observesAGroup(b *testing.B) {
	_, read, group := benchmarkState(b)
	held := newHolding([]string{"obs://bucket/etl.jar", "obs://bucket/udf.jar"})
	b.ReportAllocs()
	for b.Loop() {
		held.observe(group)
		read.observe(group)
		read.setHolding(held)
	}
}

func BenchmarkModel_isWrittenToTheStateAndReadBack(b *testing.B) {
	state, read, group := benchmarkState(b)
	read.observe(group)
	b.ReportAllocs()
	for b.Loop() {
		diags := state.Set(b.Context(), read)
		diags.Append(state.Get(b.Context(), &read)...)
		if diags.HasError() {
			b.Fatal(diags)
		}
	}
}
