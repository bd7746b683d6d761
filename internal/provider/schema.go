// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// block is the provider block as it is written.
type block struct {
	Region               types.String  `tfsdk:"region"`
	AccessKey            types.String  `tfsdk:"access_key"`
	SecretKey            types.String  `tfsdk:"secret_key"`
	SecurityToken        types.String  `tfsdk:"security_token"`
	ProjectID            types.String  `tfsdk:"project_id"`
	ProjectName          types.String  `tfsdk:"project_name"`
	Endpoints            types.Map     `tfsdk:"endpoints"`
	Insecure             types.Bool    `tfsdk:"insecure"`
	MaxRetries           types.Int64   `tfsdk:"max_retries"`
	MaxRequestsPerSecond types.Float64 `tfsdk:"max_requests_per_second"`
}

func (p *dliProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The provider manages package groups of Huawei Cloud Data Lake Insight (DLI). Its arguments and variables have the names of " +
			"the provider huaweicloud. An argument goes before its variable.",
		Attributes: map[string]schema.Attribute{
			"region": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The region, such as `cn-north-4`. Variable: `HW_REGION_NAME`. Required by one of the two.",
			},
			"access_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "The access key id (AK). Variable: `HW_ACCESS_KEY`. Required by one of the two.",
			},
			"secret_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "The secret access key (SK). Variable: `HW_SECRET_KEY`. Required by one of the two.",
			},
			"security_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "The security token that belongs to temporary keys. Variable: `HW_SECURITY_TOKEN`.",
			},
			"project_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The id of the project. Variable: `HW_PROJECT_ID`. Without it the project is looked up in IAM by its name.",
			},
			"project_name": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The name of the project to look up, such as `cn-north-4_analytics`. Variable: `HW_PROJECT_NAME`. " +
					"Without it the name of the region is looked up, which is that of the region's main project.",
			},
			"endpoints": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Base URLs that replace the usual ones, by service: `dli`, `iam`, `obs`.",
			},
			"insecure": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether TLS certificates go unchecked. Variable: `HW_INSECURE`. Default `false`.",
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "How often a call is sent again when the service throttles it, and, where repeating is safe, when the service or the " +
					"network fails. The pauses grow from 1 second to 30. Variable: `HW_MAX_RETRIES`. Default `5`.",
				Validators: []validator.Int64{int64validator.Between(0, mostRetries)},
			},
			"max_requests_per_second": schema.Float64Attribute{
				Optional:            true,
				MarkdownDescription: "A limit of this provider's own on all its requests together. Default: none.",
				Validators:          []validator.Float64{float64validator.AtLeast(0.01)},
			},
		},
	}
}
