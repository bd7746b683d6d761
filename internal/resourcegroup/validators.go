// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// groupName is the rule that the service documents with the change of a group's owner.
type groupName struct{}

func (groupName) Description(context.Context) string {
	return "1 to 64 letters, digits, '.', '_' or '-'"
}

func (v groupName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v groupName) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if name := req.ConfigValue.ValueString(); !isGroupName(name) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid group name",
			fmt.Sprintf("%q cannot be the name of a group. Use %s.", name, v.Description(ctx)))
	}
}

func isGroupName(name string) bool {
	return name != "" && len(name) <= 64 && consistsOf(name, lettersAndDigits+"._-")
}

// ownerName is the rule that the service documents for a new owner.
type ownerName struct{}

func (ownerName) Description(context.Context) string {
	return "5 to 32 letters, digits, '_' or '-', not beginning with a digit"
}

func (v ownerName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v ownerName) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	name := req.ConfigValue.ValueString()
	if len(name) < 5 || len(name) > 32 || !consistsOf(name, lettersAndDigits+"_-") || strings.ContainsAny(name[:1], "0123456789") {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid owner",
			fmt.Sprintf("%q cannot be the name of an IAM user. Use %s.", name, v.Description(ctx)))
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
		resp.Diagnostics.AddAttributeError(req.Path, "No paths",
			"A group exists through its packages. Name at least one OBS object, or remove the resource.")
	}
	named := map[string]string{}
	for _, element := range req.ConfigValue.Elements() {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			continue
		}
		obsPath := text.ValueString()
		if text.IsNull() {
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid path", "A path is null. Remove it, or name an OBS object.")
			continue
		}
		if err := checkPath(obsPath); err != nil {
			resp.Diagnostics.AddAttributeError(req.Path.AtSetValue(text), "Invalid path",
				fmt.Sprintf("%q cannot be uploaded: %s.", obsPath, err))
			continue
		}
		name := dli.PackageName(obsPath)
		if other, taken := named[name]; taken {
			resp.Diagnostics.AddAttributeError(req.Path, "Two paths make one package",
				fmt.Sprintf("%q and %q both make the package %q, so one would overwrite the other. Rename one of the objects, or use two groups.",
					other, obsPath, name))
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
	if strings.HasPrefix(req.ConfigValue.ValueString(), "_sys_") {
		resp.Diagnostics.AddAttributeError(req.Path, "Reserved tag key",
			fmt.Sprintf("The key %q belongs to the cloud, which sets and removes such tags by itself. Choose another key.", req.ConfigValue.ValueString()))
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
			resp.Diagnostics.AddAttributeError(path.Root("source_hash").AtMapKey(name), "No such package",
				fmt.Sprintf("No path has %q as its last segment. The keys of source_hash are the last segments of paths.", name))
		}
	}
}
