// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// The kinds a package can have, and the states it can be in (documented).
const (
	KindJar       = "jar"
	KindPyFile    = "pyFile"
	KindFile      = "file"
	KindModelFile = "modelFile"

	StatusUploading = "UPLOADING"
	StatusReady     = "READY"
	StatusFailed    = "FAILED"
)

// Package is one package as it is at the moment of asking.
type Package struct {
	Name           string
	Kind           string
	Status         string
	UnderlyingName string
	Owner          string
	// Path is the OBS URL it was last uploaded from.
	Path    string
	Created time.Time
	Updated time.Time
	Tags    map[string]string
	// Uploads is how often it was uploaded.
	Uploads int
}

// Group is one group as it is at the moment of asking.
type Group struct {
	Name     string
	Owner    string
	Created  time.Time
	Updated  time.Time
	Packages map[string]Package
}

// world is what one project holds. The group without a name holds the ungrouped packages.
type world struct {
	groups map[string]*group
}

type group struct {
	Group   // its Packages stay empty
	isAsync bool
	stored  map[string]*stored
}

// stored is a package with what is still to happen to it.
type stored struct {
	Package
	isAsync bool
	due     time.Time // when the upload ends; zero when it is over
	outcome string    // the status it will end in
}

func newWorld() *world {
	w := &world{groups: map[string]*group{}}
	w.open("", "", time.Time{})
	return w
}

// open returns the group, made first where there is none.
func (w *world) open(name, owner string, created time.Time) *group {
	g := w.groups[name]
	if g == nil {
		g = &group{Group: Group{Name: name, Owner: owner, Created: created}, stored: map[string]*stored{}}
		w.groups[name] = g
	}
	return g
}

// find returns the package as it is now, or nil.
func (w *world) find(group, name string, now time.Time) *stored {
	g := w.groups[group]
	if g == nil || g.stored[name] == nil {
		return nil
	}
	return g.stored[name].settled(now)
}

// remove takes the package away, and with vanish a group that it leaves empty.
func (w *world) remove(group, name string, vanish bool) {
	g := w.groups[group]
	if g == nil {
		return
	}
	delete(g.stored, name)
	if vanish && group != "" && len(g.stored) == 0 {
		delete(w.groups, group)
	}
}

// groupNames returns the names of the real groups, sorted.
func (w *world) groupNames() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.groups)), func(name string) bool { return name == "" })
}

// packages returns the group's packages as they are now, sorted by name.
func (g *group) packages(now time.Time) []*stored {
	sorted := make([]*stored, 0, len(g.stored))
	for _, name := range slices.Sorted(maps.Keys(g.stored)) {
		sorted = append(sorted, g.stored[name].settled(now))
	}
	return sorted
}

// settled ends the upload if its time has come. There is no clock at work
// behind the callers' back: a package changes when somebody looks.
func (p *stored) settled(now time.Time) *stored {
	if !p.due.IsZero() && !now.Before(p.due) {
		p.Status, p.due = p.outcome, time.Time{}
	}
	return p
}

// status is UPLOADING while any package is, else FAILED if any did, else READY (inferred).
func (g *group) status(now time.Time) string {
	status := StatusReady
	for _, p := range g.packages(now) {
		switch {
		case strings.EqualFold(p.Status, StatusReady):
		case strings.EqualFold(p.Status, StatusFailed):
			status = StatusFailed
		default:
			return StatusUploading
		}
	}
	return status
}

func (g *group) snapshot(now time.Time) Group {
	copied := g.Group
	copied.Packages = map[string]Package{}
	for _, p := range g.packages(now) {
		one := p.Package
		one.Tags = maps.Clone(p.Tags)
		copied.Packages[p.Name] = one
	}
	return copied
}
