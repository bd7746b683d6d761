// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"maps"
	"slices"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// desired is what the configuration asks for, once everything in it is known.
type desired struct {
	group     string
	kind      string
	paths     map[string]string // by package name
	async     bool
	exclusive bool
	owner     string            // "" when the configuration leaves the owner to the service
	tags      map[string]string // nil when the configuration leaves tags alone
	hashes    map[string]string // source_hash, by package name
}

func (d desired) names() []string {
	return slices.Sorted(maps.Keys(d.paths))
}

// upload is the call for the named packages.
func (d desired) upload(names []string) dli.Upload {
	upload := dli.Upload{Group: d.group, Kind: d.kind, Async: d.async, Tags: maps.Clone(d.tags)}
	maps.DeleteFunc(upload.Tags, func(_, value string) bool { return value == differing })
	for _, name := range names {
		upload.Paths = append(upload.Paths, d.paths[name])
	}
	return upload
}

// work is what has to happen to a group, as names of packages.
type work struct {
	upload []string // new, moved, changed, vanished or FAILED
	await  []string // uploaded before, not finished yet
	remove []string // ours and no longer wanted, and everything unwanted when the resource is exclusive
	owner  bool     // the group or a package of ours belongs to somebody else than wanted
}

// touchesPackages reports whether the packages of the group will be others than before.
func (w work) touchesPackages() bool {
	return len(w.upload)+len(w.await)+len(w.remove) > 0
}

// compare finds the difference between what is wanted and what is there: our holding, and the packages of the group with
// their statuses. Sent are the source hashes of the last upload of each package.
func (d desired) compare(h holding, sent map[string]string, present map[string]dli.Status) work {
	var todo work
	for _, name := range d.names() {
		stated, ready := h.ready[name]
		begun, unfinished := h.unfinished[name]
		switch {
		case d.rehashed(name, sent):
			todo.upload = append(todo.upload, name)
		case ready && samePackage(stated, d.paths[name]):
		case unfinished && begun != noContent && samePackage(begun, d.paths[name]) && present[name] != "":
			todo.await = append(todo.await, name)
		default:
			todo.upload = append(todo.upload, name)
		}
	}
	for _, name := range h.names() {
		if _, wanted := d.paths[name]; !wanted {
			todo.remove = append(todo.remove, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(present)) {
		_, wanted := d.paths[name]
		if d.exclusive && !wanted && !h.holds(name) {
			todo.remove = append(todo.remove, name)
		}
	}
	return todo
}

// rehashed reports whether source_hash asks for an upload: the value is new or another one. A value that is taken
// away asks for nothing.
func (d desired) rehashed(name string, sent map[string]string) bool {
	wanted, ok := d.hashes[name]
	before, was := sent[name]
	return ok && (!was || wanted != before)
}

// ownerDiffers reports whether the group of the state, or a package of ours in it, belongs to somebody else.
func (d desired) ownerDiffers(state model, h holding) bool {
	if d.owner == "" {
		return false
	}
	owners := state.packageTexts("owner")
	return state.Owner.ValueString() != d.owner ||
		slices.ContainsFunc(h.names(), func(name string) bool { return isOthers(owners[name], d.owner) })
}
