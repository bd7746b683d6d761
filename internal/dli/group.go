// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Status is how far the service is with a package or a group. The documented values are the
// constants below; the service prints them in either letter case, and they are upper case here.
// Any other value is kept as the service sent it.
type Status string

// The documented statuses.
const (
	StatusUploading Status = "UPLOADING"
	StatusReady     Status = "READY"
	StatusFailed    Status = "FAILED"
)

func parseStatus(text string) Status {
	switch known := Status(strings.ToUpper(text)); known {
	case StatusUploading, StatusReady, StatusFailed:
		return known
	default:
		return Status(text)
	}
}

// Package is one package of a group. Times are UTC, and zero where the service has none.
type Package struct {
	Name           string
	Kind           string
	Status         Status
	UnderlyingName string
	Owner          string
	Created        time.Time
	Updated        time.Time
	Async          *bool // nil where the service does not say
}

// Group is a package group with all packages that the caller may see, by their names.
type Group struct {
	Name     string
	Status   Status
	Owner    string
	Created  time.Time
	Updated  time.Time
	Async    *bool // nil where the service does not say
	Packages map[string]Package

	// Listed is false for a group that the listing hides and that only its packages prove.
	// Status, Owner and the times of such a group are unknown, and Packages holds only those asked for.
	Listed bool
}

// Names are the sorted names of the packages of g; none for a nil group.
func (g *Group) Names() []string {
	if g == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(g.Packages))
}

// Package returns the package of that name; a nil group has none.
func (g *Group) Package(name string) (Package, bool) {
	if g == nil {
		return Package{}, false
	}
	found, ok := g.Packages[name]
	return found, ok
}

func (w packageWire) toPackage() Package {
	return Package{
		Name:           w.Name,
		Kind:           w.Kind,
		Status:         parseStatus(w.Status),
		UnderlyingName: w.UnderlyingName,
		Owner:          w.Owner,
		Created:        w.Created.Time,
		Updated:        w.Updated.Time,
		Async:          w.Async.pointer(),
	}
}

// toGroup keys the packages by name: nothing promises that "resources" and "details" have the
// same order or the same length.
func (w groupWire) toGroup() *Group {
	group := &Group{
		Name:     w.Name,
		Status:   parseStatus(w.Status),
		Owner:    w.Owner,
		Created:  w.Created.Time,
		Updated:  w.Updated.Time,
		Async:    w.Async.pointer(),
		Packages: make(map[string]Package, len(w.Details)),
		Listed:   true,
	}
	for _, name := range w.Resources {
		if name != "" {
			group.Packages[name] = Package{Name: name}
		}
	}
	for _, detail := range w.Details {
		if detail.Name != "" {
			group.Packages[detail.Name] = detail.toPackage()
		}
	}
	return group
}

func (b looseBool) pointer() *bool {
	if !b.set {
		return nil
	}
	return &b.value
}
