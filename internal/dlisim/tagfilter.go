// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"slices"
	"strings"
)

type tagFilter struct {
	WithoutAnyTag bool `json:"without_any_tag"`
	Tags          []struct {
		Key    string   `json:"key"`
		Values []string `json:"values"`
	} `json:"tags"`
	Matches []struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"matches"`
}

type taggedView struct {
	ResourceID     string    `json:"resource_id"`
	ResourceName   string    `json:"resource_name"`
	ResourceDetail string    `json:"resource_detail"`
	Tags           []tagView `json:"tags"`
}

// filterTags answers every package with its tags, or those that the filter
// leaves. That packages can be asked for this way is unknown, so it has a switch.
func (o *operation) filterTags() (answer, error) {
	if !o.behaviour.BulkTagFilter {
		return answer{}, unpublished()
	}
	var filter tagFilter
	if len(o.request.Body) > 0 {
		if err := o.decode(&filter); err != nil {
			return answer{}, err
		}
	}
	found := []taggedView{}
	for _, name := range append([]string{""}, o.world.groupNames()...) {
		g := o.world.groups[name]
		if g == nil {
			continue
		}
		for _, p := range g.packages(o.now) {
			if filter.passes(p) {
				found = append(found, taggedView{ResourceID: tagID(name, p.Name), ResourceName: p.Name, Tags: tagViews(p.Tags)})
			}
		}
	}
	page, err := paged(o, found)
	if err != nil {
		return answer{}, err
	}
	return answered(http.StatusOK, map[string]any{"total_count": len(found), "resources": page},
		"%d of %d packages with their tags", len(page), len(found)), nil
}

// tagID is how the tag operations name a package.
func tagID(group, name string) string {
	if group == "" {
		return name
	}
	return group + "#" + name
}

func (f tagFilter) passes(p *stored) bool {
	if f.WithoutAnyTag {
		return len(p.Tags) == 0
	}
	for _, want := range f.Tags {
		value, tagged := p.Tags[want.Key]
		if !tagged || len(want.Values) > 0 && !slices.Contains(want.Values, value) {
			return false
		}
	}
	for _, want := range f.Matches {
		if want.Key == "resource_name" && !strings.Contains(p.Name, want.Value) {
			return false
		}
	}
	return true
}
