// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func (r *groupResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: description,
		Attributes:          attributes(),
		Blocks:              map[string]schema.Block{"timeouts": timeoutsBlock(ctx)},
	}
}

// timeoutsBlock is that of the framework, which leaves the block itself without a description.
func timeoutsBlock(ctx context.Context) schema.Block {
	block := timeouts.Block(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: "How long creation may take, the wait for `READY` included. Default `30m`.",
		ReadDescription:   "How long a refresh may take. Default `5m`.",
		UpdateDescription: "How long a change may take, the wait for `READY` included. Default `30m`.",
		DeleteDescription: "How long the deletion of the packages may take. Default `15m`.",
	})
	if nested, ok := block.(schema.SingleNestedBlock); ok {
		nested.MarkdownDescription = "How long each operation may take: durations such as `90s`, `45m` or `1h30m`."
		return nested
	}
	return block
}

const description = "A package group of Huawei Cloud Data Lake Insight (DLI): OBS objects that are uploaded under one name, " +
	"for Spark and Flink jobs to use. Apply uploads the packages, waits until each is `READY`, and fails when one is not.\n\n" +
	"DLI deprecates packages for Flink 1.15 and later and for Spark 3.3.1 and later; jobs of these versions take OBS paths."

func attributes() map[string]schema.Attribute {
	all := computedAttributes()
	all["group"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "The name of the group: 1 to 64 letters, digits, `.`, `_` or `-`. A change replaces the resource, because the service cannot rename a group.",
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		Validators:          []validator.String{groupName()},
	}
	all["kind"] = schema.StringAttribute{
		Required: true,
		MarkdownDescription: "What the packages are: `jar`, `pyFile`, `file` or `modelFile` (AI models). Use `file` for packages of " +
			"different types. A change replaces the resource, because it is not documented whether an upload over a package changes its kind; " +
			"after an import of packages of different kinds, the configured kind is accepted without a replacement.",
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIf(kindIsReplaced,
			"a known kind cannot change", "a known kind cannot change")},
		Validators: []validator.String{stringvalidator.OneOf("jar", "pyFile", "file", "modelFile")},
	}
	all["paths"] = schema.SetAttribute{
		Required:    true,
		ElementType: types.StringType,
		MarkdownDescription: "The OBS objects to upload, as `https://<bucket>.<OBS host>/<key>` or `obs://<bucket>/<key>`. The last segment " +
			"names the package: at most 128 letters, digits, `_`, `!`, `-` or `.`, not beginning with `.`, and unique in the group. Changes in place: a new " +
			"or moved path is uploaded, a path that is gone has its package deleted, and the others are left alone. A package that vanished or " +
			"is `FAILED` drops out of the state, so the next apply uploads it again. After an import a package stands here under its bare name, and the " +
			"path in the configuration is taken over without an upload; set `source_hash` to force one.",
		Validators: []validator.Set{packagePaths{}},
	}
	all["is_async"] = schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(false),
		MarkdownDescription: "Whether the service copies the objects after the upload call has returned. Recommended for large packages. " +
			"Apply waits for `READY` either way. A change by itself sends nothing. Default `false`.",
	}
	all["tags"] = schema.MapAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: "Tags of each package of `paths`: at most 20, keys of 1 to 128 characters that do not begin with `_sys_`, values of at most 255 characters. A change is made in place. " +
			"The first apply that manages tags removes those that are not configured; its plan names them. " +
			"Without this argument, and without `default_tags` of the provider, tags are neither read nor changed.",
		Validators: TagRules(),
	}
	all["owner"] = schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: "The IAM user name of the owner of the group and of the packages of `paths`: 5 to 32 letters, digits, `_` or `-`, " +
			"not beginning with a digit. A change is made in place. Without this argument, the owner that the service reports: leave it out where others decide, for `ignore_changes` does not keep an apply from giving the group back.",
		Validators: []validator.String{ownerName()},
	}
	all["source_hash"] = schema.MapAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: "Any text per package name, such as the ETag of the OBS object. The service keeps no checksum of a package, so a changed object " +
			"under an unchanged path is not seen; a value here that is new or changes uploads that package again. A key that names no package of `paths` is refused. Changes in place. Default: none.",
	}
	all["exclusive"] = schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(false),
		MarkdownDescription: "Whether packages that others put into the group are removed by apply. By default they are left alone. Changes in place. Default `false`.",
	}
	return all
}

func computedAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":     schema.StringAttribute{Computed: true, MarkdownDescription: "The name of the group."},
		"status": schema.StringAttribute{Computed: true, MarkdownDescription: "The status that the service gives the group: `UPLOADING`, `READY` or `FAILED`."},
		"create_time": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "When the group was created: RFC 3339, UTC. Null where the service has no time.",
		},
		"update_time": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "When a package of the group was last uploaded: RFC 3339, UTC. Null where the service has no time.",
		},
		"resources": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "The names of all packages in the group, sorted, including those that others put there.",
		},
		"tags_all": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "`tags` together with the `default_tags` of the provider. The value `(differs between the packages)` stands for " +
				"a tag whose value differs between packages; the next apply corrects it.",
		},
		"references": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "For each package of `paths`, by its name, the `group/name` that Spark and Flink jobs take. Known at plan time.",
		},
		"details": schema.MapNestedAttribute{
			Computed:            true,
			MarkdownDescription: "All packages in the group by name, including those that others put there.",
			NestedObject:        schema.NestedAttributeObject{Attributes: detailSchema()},
		},
	}
}

func detailSchema() map[string]schema.Attribute {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	moment := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"resource_name":   text("The name of the package."),
		"resource_type":   text("The kind of the package."),
		"status":          text("`UPLOADING`, `READY` or `FAILED`."),
		"underlying_name": text("The name of the package in the queue. It may change with an upload; jobs take `references`."),
		"owner":           text("The IAM user name of the owner of the package."),
		"create_time":     moment("When the package was first uploaded: RFC 3339, UTC."),
		"update_time":     moment("When the package was last uploaded: RFC 3339, UTC."),
		"is_async":        schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the package was uploaded asynchronously. Null where the service does not say."},
	}
}

// kindIsReplaced leaves a kind that an import could not tell open to the configuration.
func kindIsReplaced(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull()
}
