// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"maps"
	"time"
)

// Stranger owns what [Simulator.Put] makes for a Package without an owner.
const Stranger = "stranger"

// The methods of this file change the first project's world without a request:
// they set a test's scene, and do what others do to it meanwhile. An empty group
// name means the ungrouped packages.

// Put makes or replaces a package as somebody else would. A zero member gets a
// default: a READY jar of the [Stranger], made now. A Status of UPLOADING stays
// until [Simulator.SetStatus].
func (s *Simulator) Put(groupName string, p Package) {
	s.change(func(w *world, now time.Time) {
		if p.Kind == "" {
			p.Kind = KindJar
		}
		if p.Status == "" {
			p.Status = StatusReady
		}
		if p.UnderlyingName == "" {
			p.UnderlyingName = p.Name
		}
		if p.Owner == "" {
			p.Owner = Stranger
		}
		if p.Created.IsZero() {
			p.Created = now
		}
		if p.Updated.IsZero() {
			p.Updated = p.Created
		}
		p.Tags = maps.Clone(p.Tags)
		g := w.open(groupName, p.Owner, p.Created)
		if p.Updated.After(g.Updated) {
			g.Updated = p.Updated
		}
		g.stored[p.Name] = &stored{Package: p}
	})
}

// Remove takes a package away behind the caller's back; whether its group goes
// with the last one is as the Behaviour says.
func (s *Simulator) Remove(group, name string) {
	s.change(func(w *world, _ time.Time) { w.remove(group, name, s.behaviour.EmptiedGroupVanishes) })
}

// RemoveGroup takes a group away with all its packages.
func (s *Simulator) RemoveGroup(group string) {
	s.change(func(w *world, _ time.Time) { delete(w.groups, group) })
}

// SetStatus puts a package into a status, and ends an upload that is under way.
func (s *Simulator) SetStatus(group, name, status string) {
	s.changePackage(group, name, func(p *stored) { p.Status, p.due = status, time.Time{} })
}

// SetOwner gives a package another owner, or with an empty name the group itself.
func (s *Simulator) SetOwner(group, name, owner string) {
	if name != "" {
		s.changePackage(group, name, func(p *stored) { p.Owner = owner })
		return
	}
	s.change(func(w *world, _ time.Time) {
		if g := w.groups[group]; g != nil {
			g.Owner = owner
		}
	})
}

// SetTags gives a package these tags and no others.
func (s *Simulator) SetTags(group, name string, tags map[string]string) {
	s.changePackage(group, name, func(p *stored) { p.Tags = maps.Clone(tags) })
}

// PutObject makes an OBS object exist.
func (s *Simulator) PutObject(url string) {
	s.change(func(*world, time.Time) { s.objects[url] = true })
}

// RemoveObject takes an OBS object away; packages uploaded from it stay.
func (s *Simulator) RemoveObject(url string) {
	s.change(func(*world, time.Time) { s.objects[url] = false })
}

// FailUpload makes every later upload of these packages end FAILED. Each call
// replaces the one before; with no names all uploads succeed again.
func (s *Simulator) FailUpload(names ...string) {
	s.change(func(*world, time.Time) {
		s.failing = map[string]bool{}
		for _, name := range names {
			s.failing[name] = true
		}
	})
}

// Group returns a copy of a group, and whether it exists.
func (s *Simulator) Group(name string) (copied Group, exists bool) {
	s.change(func(w *world, now time.Time) {
		if g := w.groups[name]; g != nil {
			copied, exists = g.snapshot(now), true
		}
	})
	return copied, exists
}

// Groups returns copies of all groups, sorted by name, without the ungrouped packages.
func (s *Simulator) Groups() []Group {
	var copies []Group
	s.change(func(w *world, now time.Time) {
		for _, name := range w.groupNames() {
			copies = append(copies, w.groups[name].snapshot(now))
		}
	})
	return copies
}

func (s *Simulator) change(f func(w *world, now time.Time)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.worlds[s.config.Projects[0].ID], s.config.Now().Truncate(time.Millisecond))
}

func (s *Simulator) changePackage(group, name string, f func(*stored)) {
	s.change(func(w *world, now time.Time) {
		if p := w.find(group, name, now); p != nil {
			f(p)
		}
	})
}
