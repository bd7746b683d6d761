// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// standIn takes the place of the provider huaweicloud, which no test can install. Of its resources it has those that
// the docs show, with the arguments that its documentation names; it keeps what it is given and does nothing else.
type standIn struct{}

func (standIn) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "huaweicloud"
}

func (standIn) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (standIn) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (standIn) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (standIn) Resources(context.Context) []func() resource.Resource {
	text, list := schema.StringAttribute{Optional: true}, schema.ListAttribute{Optional: true, ElementType: types.StringType}
	return []func() resource.Resource{
		standInFor("dli_package", map[string]schema.Attribute{
			"region": text, "group_name": text, "type": text, "object_path": text, "object_name": text, "owner": text,
			"status": text, "created_at": text, "updated_at": text,
			"is_async": schema.BoolAttribute{Optional: true},
			"tags":     schema.MapAttribute{Optional: true, ElementType: types.StringType},
		}),
		standInFor("dli_flinkjar_job", map[string]schema.Attribute{
			"name": text, "queue_name": text, "flink_version": text, "entrypoint": text, "dependency_jars": list,
		}),
		standInFor("dli_spark_job", map[string]schema.Attribute{
			"name": text, "queue_name": text, "app_name": text, "main_class": text, "jars": list,
		}),
		standInFor("obs_bucket_object", map[string]schema.Attribute{"bucket": text, "key": text, "source": text, "etag": text}),
	}
}

func standInFor(name string, attributes map[string]schema.Attribute) func() resource.Resource {
	attributes["id"] = schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}
	return func() resource.Resource { return &standInResource{name: name, attributes: attributes} }
}

type standInResource struct {
	name       string
	attributes map[string]schema.Attribute
}

func (r *standInResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.name
}

func (r *standInResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: r.attributes}
}

func (r *standInResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), r.name)...)
}

// Read keeps the state as it is.
func (r *standInResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (r *standInResource) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete is what no page of the docs may lead to.
func (r *standInResource) Delete(_ context.Context, _ resource.DeleteRequest, resp *resource.DeleteResponse) {
	resp.Diagnostics.AddError("A huaweicloud_"+r.name+" was destroyed", "The docs promise that none is.")
}
