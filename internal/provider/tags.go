// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/resourcegroup"
)

// defaultTags and ignoreTags are the blocks of these names as they are written.
type defaultTags struct {
	Tags types.Map `tfsdk:"tags"`
}

type ignoreTags struct {
	Keys        types.Set `tfsdk:"keys"`
	KeyPrefixes types.Set `tfsdk:"key_prefixes"`
}

func tagBlocks() map[string]schema.Block {
	return map[string]schema.Block{
		"default_tags": schema.SingleNestedBlock{
			MarkdownDescription: "Tags for the packages of every group. A resource that sets the same key has its own value.",
			Attributes: map[string]schema.Attribute{
				"tags": schema.MapAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: "The tags; the rules are those of `tags` of the resource. Values may be unknown while a plan is made. Default: none.",
					Validators:          resourcegroup.TagRules(),
				},
			},
		},
		"ignore_tags": schema.SingleNestedBlock{
			MarkdownDescription: "Tags that others manage: they are neither shown nor changed.",
			Attributes: map[string]schema.Attribute{
				"keys": schema.SetAttribute{
					Optional: true, ElementType: types.StringType, MarkdownDescription: "The keys of such tags. Default: none.",
				},
				"key_prefixes": schema.SetAttribute{
					Optional: true, ElementType: types.StringType, MarkdownDescription: "What the keys of such tags begin with. Default: none.",
				},
			},
		},
	}
}

// tagPolicy reads both blocks. Only default tags may be unknown: what is ignored has to be known to read anything.
func (r *resolver) tagPolicy(ctx context.Context, defaults, ignored types.Object) resourcegroup.TagPolicy {
	var policy resourcegroup.TagPolicy
	switch {
	case defaults.IsUnknown():
		policy.Default = types.MapUnknown(types.StringType)
	case !defaults.IsNull():
		var block defaultTags
		r.diags.Append(defaults.As(ctx, &block, basetypes.ObjectAsOptions{})...)
		policy.Default = block.Tags
	}
	if ignored.IsNull() || !r.known("ignore_tags", ignored) {
		return policy
	}
	var block ignoreTags
	r.diags.Append(ignored.As(ctx, &block, basetypes.ObjectAsOptions{})...)
	policy.IgnoreKeys = r.texts(ctx, "ignore_tags.keys", block.Keys)
	policy.IgnorePrefixes = r.texts(ctx, "ignore_tags.key_prefixes", block.KeyPrefixes)
	return policy
}

func (r *resolver) texts(ctx context.Context, argument string, value types.Set) []string {
	var texts []string
	if !r.known(argument, value) {
		return nil
	}
	for _, element := range value.Elements() {
		if !r.known(argument, element) {
			return nil
		}
	}
	r.diags.Append(value.ElementsAs(ctx, &texts, false)...)
	return texts
}
