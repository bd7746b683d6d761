// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

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
	SharedConfigFile     types.String  `tfsdk:"shared_config_file"`
	Profile              types.String  `tfsdk:"profile"`
	UseInstanceMetadata  types.Bool    `tfsdk:"use_instance_metadata"`
	AssumeRole           types.Object  `tfsdk:"assume_role"`
	DefaultTags          types.Object  `tfsdk:"default_tags"`
	IgnoreTags           types.Object  `tfsdk:"ignore_tags"`
	ProjectID            types.String  `tfsdk:"project_id"`
	ProjectName          types.String  `tfsdk:"project_name"`
	Cloud                types.String  `tfsdk:"cloud"`
	AuthURL              types.String  `tfsdk:"auth_url"`
	Endpoints            types.Map     `tfsdk:"endpoints"`
	Insecure             types.Bool    `tfsdk:"insecure"`
	CACertFile           types.String  `tfsdk:"cacert_file"`
	MaxRetries           types.Int64   `tfsdk:"max_retries"`
	MaxRequestsPerSecond types.Float64 `tfsdk:"max_requests_per_second"`
}

func (p *dliProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerSchema()
}

func providerSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Arguments and variables have the same names as in the provider huaweicloud, which lacks `use_instance_metadata` and " +
			"`max_requests_per_second`. Arguments take precedence over variables, and variables over the file that the keys come from.\n\n" + keySources,
		Attributes: map[string]schema.Attribute{
			"region":         text("region", "The region, such as `cn-north-4`. Required, unless the profile from which the keys come has one."),
			"access_key":     secret("access_key", "The access key id (AK). Where it comes from when it is not set is described above."),
			"secret_key":     secret("secret_key", "The secret access key (SK), set together with `access_key`."),
			"security_token": secret("security_token", "The security token of temporary keys, set together with them. Temporary keys that are set are not renewed. Default: none, for permanent keys."),
			"shared_config_file": text("shared_config_file", "The path of the configuration file of KooCLI (hcloud), such as `~/.hcloud/config.json`. Default: none. "+
				"The file is read only if it is named, and only where the keys do not come from elsewhere; then region, project and agency of its profile "+
				"are used too where nothing else sets them. KooCLI must not encrypt it: `hcloud configure set --cli-auth-encrypt=false`."),
			"profile": text("profile", "The name of a profile in `shared_config_file`. Default: the one that is current there."),
			"use_instance_metadata": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: described("use_instance_metadata", "Whether to take the keys of the agency of the ECS instance that Terraform runs on from the "+
					"instance's metadata, if there are no other keys. They are renewed before they end. Default `false`."),
			},
			"project_id": text("project_id", "The id of the project. Without it the project is looked up in IAM by its name."),
			"project_name": text("project_name", "The name of the project to look up, such as `cn-north-4_analytics`. Default: the name of the region, "+
				"which is that of the region's main project."),
			"cloud": text("cloud", "The domain of the cloud, such as `otc.t-systems.com`. Default `myhuaweicloud.com`, and for the regions of the European site "+
				"`myhuaweicloud.eu`. Endpoints are `https://{service}.{region}.{cloud}`."),
			"auth_url": text("auth_url", "The URL of IAM, with or without `/v3`. `endpoints.iam` takes precedence. "+
				"Default: `iam_endpoint` of the credentials file of the Huawei Cloud SDKs where the keys come from there, else `https://iam.{region}.{cloud}`."),
			"endpoints": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Base URLs instead of the default ones, by service: `dli` and `iam`. `obs` is accepted but not used. " +
					"Default `https://{service}.{region}.{cloud}`. Variable for `dli`: `HUAWEICLOUD_SDK_REGION_DLI_{REGION}`, such as `HUAWEICLOUD_SDK_REGION_DLI_CN_NORTH_4`.",
			},
			"insecure": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: described("insecure", "Whether TLS certificates go unchecked. Default `false`."),
			},
			"cacert_file": text("cacert_file", "The path of a file of certificates in PEM, or these themselves. Their authorities are trusted in addition to the "+
				"system's, for example that of a TLS-inspecting proxy. Default: none."),
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: described("max_retries", fmt.Sprintf("How often a call is sent again when the service throttles it, and, where repeating is safe, "+
					"when the service or the network fails: a number from 0 to %d. The pauses grow from 1 second to 30. Default `%d`.", mostRetries, defaultRetries)),
				Validators: []validator.Int64{int64validator.Between(0, mostRetries)},
			},
			"max_requests_per_second": schema.Float64Attribute{
				Optional:            true,
				MarkdownDescription: described("max_requests_per_second", "A client-side limit on all requests: a number per second, at least 0.01. Default: none."),
				Validators:          []validator.Float64{float64validator.AtLeast(0.01)},
			},
		},
		Blocks: blocks(),
	}
}

func blocks() map[string]schema.Block {
	blocks := tagBlocks()
	blocks["assume_role"] = schema.SingleNestedBlock{
		MarkdownDescription: "The agency to act as. Its temporary keys are renewed before they end. The variables suffice, without the block.",
		Attributes: map[string]schema.Attribute{
			"agency_name": text("assume_role.agency_name", "The name of the agency. Required."),
			"domain_id":   text("assume_role.domain_id", "The id of the account that made the agency. Required, unless `domain_name` is set."),
			"domain_name": text("assume_role.domain_name", "The name of the account that made the agency. Required, unless `domain_id` is set."),
			"duration": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: described("assume_role.duration", fmt.Sprintf("How long each of the temporary keys lasts, in seconds: a number from %d to %d. "+
					"Default `%d`.", shortestDuration, longestDuration, defaultDuration)),
				Validators: []validator.Int64{int64validator.Between(shortestDuration, longestDuration)},
			},
		},
	}
	return blocks
}

func text(argument, description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: described(argument, description)}
}

func secret(argument, description string) schema.StringAttribute {
	attribute := text(argument, description)
	attribute.Sensitive = true
	return attribute
}
