// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// holding is the account of what this resource put into its group: paths by package name.
type holding struct {
	// ready packages are those that the attribute paths shows.
	ready map[string]string
	// unfinished packages were uploaded by us and are not READY: still UPLOADING, FAILED, or of unknown fate. They are
	// ours to finish or to delete, so the state keeps them, beside the attributes.
	unfinished map[string]string
}

// noContent stands for the path of a package whose upload FAILED, or was cut off while it overwrote another: should it
// be READY later, nobody knows with what.
const noContent = ""

// unfinishedKey names the private data of the resource that hold the unfinished packages.
const unfinishedKey = "unfinished"

func newHolding(paths []string) holding {
	return holding{ready: byName(paths), unfinished: map[string]string{}}
}

func byName(paths []string) map[string]string {
	named := make(map[string]string, len(paths))
	for _, path := range paths {
		named[dli.PackageName(path)] = path
	}
	return named
}

// private is what the state keeps beside the attributes.
func (h holding) private() ([]byte, error) {
	data, err := json.Marshal(h.unfinished)
	if err != nil {
		return nil, fmt.Errorf("the unfinished uploads cannot be written to the state: %w", err)
	}
	return data, nil
}

// restore reads what private wrote; nothing was written before the first operation.
func (h holding) restore(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	if err := json.Unmarshal(data, &h.unfinished); err != nil {
		return fmt.Errorf("the unfinished uploads in the state cannot be read: %w", err)
	}
	return nil
}

func (h holding) paths() []string {
	return slices.Sorted(maps.Values(h.ready))
}

// names are the sorted names of all packages that are ours.
func (h holding) names() []string {
	return slices.Sorted(maps.Keys(h.all()))
}

func (h holding) all() map[string]string {
	all := maps.Clone(h.ready)
	maps.Copy(all, h.unfinished)
	return all
}

func (h holding) holds(name string) bool {
	_, ready := h.ready[name]
	_, unfinished := h.unfinished[name]
	return ready || unfinished
}

// accept records an upload that the service has taken and not finished.
func (h holding) accept(name, path string) {
	delete(h.ready, name)
	h.unfinished[name] = path
}

// drop records a package that is gone.
func (h holding) drop(name string) {
	delete(h.ready, name)
	delete(h.unfinished, name)
}

// observe brings the account in line with what the group shows; nil is a group that is not there.
func (h holding) observe(group *dli.Group) {
	for _, name := range h.names() {
		path, unfinished := h.unfinished[name]
		if !unfinished {
			path = h.ready[name]
		}
		found, ok := group.Package(name)
		switch {
		case !ok:
			h.drop(name)
		case found.Status == dli.StatusFailed:
			h.accept(name, noContent)
		case found.Status == dli.StatusReady && path != noContent:
			h.drop(name)
			h.ready[name] = path
		default:
			h.accept(name, path)
		}
	}
}
