// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// mostTags is documented as the number of tags that a package may carry.
const mostTags = 20

// TagPolicy is what the provider block says about the tags of all its groups.
type TagPolicy struct {
	// Default tags are put on every package unless the resource gives the key another value. Values may be unknown
	// while a plan is made.
	Default types.Map
	// IgnoreKeys and IgnorePrefixes name the tags that somebody else manages: they are neither shown nor changed.
	IgnoreKeys     []string
	IgnorePrefixes []string
}

// all are the tags of the resource and the default ones: null where there are neither, for then nobody manages tags.
func (p TagPolicy) all(tags types.Map) types.Map {
	if tags.IsUnknown() || p.Default.IsUnknown() {
		return types.MapUnknown(types.StringType)
	}
	if tags.IsNull() && len(p.Default.Elements()) == 0 {
		return types.MapNull(types.StringType)
	}
	merged := map[string]attr.Value{}
	maps.Copy(merged, p.Default.Elements())
	maps.Copy(merged, tags.Elements())
	return types.MapValueMust(types.StringType, merged)
}

// own are those of all tags that the argument tags is to show: its own, and what differs from the default ones, so
// that the next plan removes it.
func (p TagPolicy) own(tags types.Map, all map[string]string) types.Map {
	defaults, stated := stringMapOf(p.Default), stringMapOf(tags)
	shown := map[string]string{}
	for key, value := range all {
		_, ours := stated[key]
		ordinary, byDefault := defaults[key]
		if ours || !byDefault || value != ordinary {
			shown[key] = value
		}
	}
	if stated == nil && len(shown) == 0 {
		return types.MapNull(types.StringType)
	}
	return stringMap(shown)
}

func (p TagPolicy) ignores(key string) bool {
	return slices.Contains(p.IgnoreKeys, key) ||
		slices.ContainsFunc(p.IgnorePrefixes, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
}

// visible are the tags of a package that are ours to manage.
func (p TagPolicy) visible(tags map[string]string) map[string]string {
	maps.DeleteFunc(tags, func(key, _ string) bool { return p.ignores(key) })
	return tags
}

// check refuses what the tags of the resource and of the provider block cannot be together.
func (p TagPolicy) check(all types.Map) diag.Diagnostics {
	var diags diag.Diagnostics
	count := 0
	for _, value := range all.Elements() {
		// Of the tags that differ no package carries all.
		if !value.Equal(types.StringValue(differing)) {
			count++
		}
	}
	if count > mostTags {
		diags.Append(tooManyTags(count))
	}
	for _, key := range slices.Sorted(maps.Keys(all.Elements())) {
		if p.ignores(key) {
			diags.Append(ignoredTag(key))
		}
	}
	return diags
}
