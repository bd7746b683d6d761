// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// stringsOf are the known texts of a set.
func stringsOf(set types.Set) []string {
	var texts []string
	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			texts = append(texts, text.ValueString())
		}
	}
	return texts
}

// stringMapOf are the known texts of a map: nil for a map that is null or unknown, and empty for an empty one.
func stringMapOf(value types.Map) map[string]string {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	texts := make(map[string]string, len(value.Elements()))
	for key, element := range value.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			texts[key] = text.ValueString()
		}
	}
	return texts
}

// isWhollyKnown reports whether neither the value nor anything in it is unknown.
func isWhollyKnown(ctx context.Context, value attr.Value) bool {
	raw, err := value.ToTerraformValue(ctx)
	return err == nil && raw.IsFullyKnown()
}

func stringSet(texts []string) types.Set {
	return types.SetValueMust(types.StringType, stringValues(texts))
}

func stringList(texts []string) types.List {
	return types.ListValueMust(types.StringType, stringValues(texts))
}

func stringValues(texts []string) []attr.Value {
	values := make([]attr.Value, 0, len(texts))
	for _, text := range texts {
		values = append(values, types.StringValue(text))
	}
	return values
}

// stringMap is null for a nil map.
func stringMap(texts map[string]string) types.Map {
	if texts == nil {
		return types.MapNull(types.StringType)
	}
	values := make(map[string]attr.Value, len(texts))
	for key, text := range texts {
		values[key] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, values)
}

// detailAttributes are the types of one element of details.
func detailAttributes() map[string]attr.Type {
	return map[string]attr.Type{
		"resource_name":   types.StringType,
		"resource_type":   types.StringType,
		"status":          types.StringType,
		"underlying_name": types.StringType,
		"owner":           types.StringType,
		"create_time":     timetypes.RFC3339Type{},
		"update_time":     timetypes.RFC3339Type{},
		"is_async":        types.BoolType,
	}
}

func detailType() types.ObjectType {
	return types.ObjectType{AttrTypes: detailAttributes()}
}

// details describes packages under the API's own names, keyed by package name: their order means nothing.
func details(packages map[string]dli.Package) types.Map {
	one := detailType()
	elements := make(map[string]attr.Value, len(packages))
	for name, found := range packages {
		elements[name] = types.ObjectValueMust(one.AttrTypes, map[string]attr.Value{
			"resource_name":   types.StringValue(name),
			"resource_type":   stringOrNull(found.Kind),
			"status":          stringOrNull(string(found.Status)),
			"underlying_name": stringOrNull(found.UnderlyingName),
			"owner":           stringOrNull(found.Owner),
			"create_time":     timeOrNull(found.Created),
			"update_time":     timeOrNull(found.Updated),
			"is_async":        types.BoolPointerValue(found.Async),
		})
	}
	return types.MapValueMust(one, elements)
}
