// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"slices"
	"strings"
)

type groupView struct {
	GroupName  string        `json:"group_name"`
	Status     string        `json:"status"`
	Resources  []string      `json:"resources"`
	Details    []packageView `json:"details"`
	CreateTime int64         `json:"create_time"`
	UpdateTime int64         `json:"update_time"`
	Owner      string        `json:"owner"`
	IsAsync    any           `json:"is_async"`
}

type moduleView struct {
	ModuleName  string   `json:"module_name"`
	ModuleType  string   `json:"module_type"`
	Status      string   `json:"status"`
	Description string   `json:"description"`
	Resources   []string `json:"resources"`
	CreateTime  int64    `json:"create_time"`
	UpdateTime  int64    `json:"update_time"`
}

type listing struct {
	Resources []packageView `json:"resources"`
	Modules   []moduleView  `json:"modules"`
	Groups    []groupView   `json:"groups"`
	Total     *int          `json:"total,omitempty"`
}

// list answers everything the caller may see. There is no paging and no tag in it.
func (o *operation) list() (answer, error) {
	filter := o.filter()
	all := listing{
		Resources: o.views(o.world.groups[""], filter),
		Modules:   builtIn(),
		Groups:    []groupView{},
	}
	total := len(all.Resources)
	for _, name := range o.world.groupNames() {
		g := o.world.groups[name]
		if slices.Contains(o.behaviour.HideGroups, name) {
			continue
		}
		details := o.views(g, filter)
		if filter.filters() && len(details) == 0 {
			continue
		}
		total += len(details)
		all.Groups = append(all.Groups, o.groupView(g, details))
	}
	if o.behaviour.ShuffledListing {
		o.shuffle(&all)
	}
	if !o.behaviour.NoTotal {
		all.Total = &total // inferred to count the packages, grouped or not
	}
	return answered(http.StatusOK, all, "list %d groups, %d packages", len(all.Groups), total), nil
}

func (o *operation) views(g *group, filter packageFilter) []packageView {
	views := []packageView{}
	if g == nil {
		return views
	}
	for _, p := range g.packages(o.now) {
		if filter.passes(p) {
			views = append(views, o.view(p))
		}
	}
	return views
}

func (o *operation) groupView(g *group, details []packageView) groupView {
	view := groupView{
		GroupName:  g.Name,
		Status:     o.behaviour.status(g.status(o.now)),
		Resources:  []string{},
		Details:    details,
		CreateTime: o.behaviour.millis(g.Created),
		UpdateTime: o.behaviour.millis(g.Updated),
		Owner:      g.Owner,
		IsAsync:    o.behaviour.boolean(g.isAsync),
	}
	for _, detail := range details {
		view.Resources = append(view.Resources, detail.ResourceName)
	}
	return view
}

// shuffle gives each array an order of its own: nothing promises that
// resources and details agree.
func (o *operation) shuffle(all *listing) {
	shuffleSlice(o, all.Resources)
	shuffleSlice(o, all.Groups)
	for _, g := range all.Groups {
		shuffleSlice(o, g.Resources)
		shuffleSlice(o, g.Details)
	}
}

func shuffleSlice[E any](o *operation, s []E) {
	o.random.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// builtIn is the service's own, which every project sees.
func builtIn() []moduleView {
	return []moduleView{{
		ModuleName: "sys.datasource.hbase", ModuleType: KindJar, Status: StatusReady, Description: "built-in",
		Resources: []string{"hbase.jar"}, CreateTime: 1521532893736, UpdateTime: 1521552364503,
	}}
}

// packageFilter is what ?kind= and ?tags= ask for. That they look into groups,
// and that tags is key=value[,key=value], is inferred.
type packageFilter struct {
	kind string
	tags map[string]string
}

func (o *operation) filter() packageFilter {
	filter := packageFilter{kind: o.request.Query.Get("kind"), tags: map[string]string{}}
	for pair := range strings.SplitSeq(o.request.Query.Get("tags"), ",") {
		if key, value, _ := strings.Cut(pair, "="); key != "" {
			filter.tags[key] = value
		}
	}
	return filter
}

func (f packageFilter) filters() bool { return f.kind != "" || len(f.tags) > 0 }

func (f packageFilter) passes(p *stored) bool {
	if f.kind != "" && f.kind != p.Kind {
		return false
	}
	for key, want := range f.tags {
		if value, tagged := p.Tags[key]; !tagged || value != want {
			return false
		}
	}
	return true
}
