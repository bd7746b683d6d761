// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// nameRule is what the service documents of a name.
type nameRule struct {
	rule    string
	allows  func(name string) bool
	refusal func(at path.Path, name, rule string) diag.Diagnostic
}

// groupName is documented with the change of a group's owner.
func groupName() nameRule {
	return nameRule{"1 to 64 letters, digits, '.', '_' or '-'", func(name string) bool {
		return name != "" && len(name) <= 64 && consistsOf(name, lettersAndDigits+"._-")
	}, invalidGroup}
}

// ownerName is documented for a new owner.
func ownerName() nameRule {
	return nameRule{"5 to 32 letters, digits, '_' or '-', not beginning with a digit", func(name string) bool {
		return len(name) >= 5 && len(name) <= 32 && consistsOf(name, lettersAndDigits+"_-") && !strings.ContainsAny(name[:1], "0123456789")
	}, invalidOwner}
}

func (n nameRule) Description(context.Context) string { return n.rule }

func (n nameRule) MarkdownDescription(context.Context) string { return n.rule }

func (n nameRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if name := req.ConfigValue.ValueString(); !n.allows(name) {
		resp.Diagnostics.Append(n.refusal(req.Path, name, n.rule))
	}
}

// packagePaths are the rules of paths: each can be uploaded, and no two make the same package.
type packagePaths struct{}

func (packagePaths) Description(context.Context) string {
	return "at least one OBS object, each with a last segment of its own"
}

func (v packagePaths) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (packagePaths) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if len(req.ConfigValue.Elements()) == 0 {
		resp.Diagnostics.Append(noPaths(req.Path))
	}
	named := map[string]string{}
	for _, element := range req.ConfigValue.Elements() {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			continue
		}
		obsPath := text.ValueString()
		if text.IsNull() {
			resp.Diagnostics.Append(nullPath(req.Path))
			continue
		}
		if err := checkPath(obsPath); err != nil {
			resp.Diagnostics.Append(invalidPath(req.Path.AtSetValue(text), obsPath, err))
			continue
		}
		name := dli.PackageName(obsPath)
		if other, taken := named[name]; taken {
			resp.Diagnostics.Append(sameName(req.Path, other, obsPath))
		}
		named[name] = obsPath
	}
}

// TagRules check length, number and prefix. Which characters are allowed differs between the service's own pages, so
// the service judges them.
func TagRules() []validator.Map {
	return []validator.Map{
		mapvalidator.SizeAtMost(mostTags),
		mapvalidator.KeysAre(stringvalidator.UTF8LengthBetween(1, 128), noSystemTag{}),
		mapvalidator.ValueStringsAre(stringvalidator.UTF8LengthAtMost(255)),
		mapvalidator.NoNullValues(),
	}
}

type noSystemTag struct{}

func (noSystemTag) Description(context.Context) string { return "not beginning with _sys_" }

func (v noSystemTag) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (noSystemTag) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if key := req.ConfigValue.ValueString(); strings.HasPrefix(key, "_sys_") {
		resp.Diagnostics.Append(reservedTag(req.Path, key))
	}
}

// ValidateConfig refuses a source_hash of a package that paths does not make.
func (r *groupResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !isWhollyKnown(ctx, config.Paths) {
		return
	}
	named := byName(stringsOf(config.Paths))
	for name := range config.SourceHash.Elements() {
		if _, ok := named[name]; !ok {
			resp.Diagnostics.Append(hashOfNoPackage(name))
		}
	}
}
