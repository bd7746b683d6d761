// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"maps"
	"slices"
)

// tagBook is the account of the tags of each package of ours.
type tagBook struct {
	stated   map[string]string            // the tags of the state; nil where they were not managed
	packages map[string]map[string]string // by package: what it carries, as far as is known
	uploads  bool                         // some package was uploaded since
}

// newTagBook begins with what the state says: every package carries its tags.
func newTagBook(names []string, stated map[string]string) *tagBook {
	book := &tagBook{stated: stated, packages: map[string]map[string]string{}}
	for _, name := range names {
		book.packages[name] = maps.Clone(stated)
	}
	return book
}

// uploaded adds the tags that went with an upload. Whether an overwritten package keeps its own is not documented.
func (b *tagBook) uploaded(name string, tags map[string]string) {
	b.uploads = true
	carried := map[string]string{}
	maps.Copy(carried, b.packages[name])
	maps.Copy(carried, tags)
	b.packages[name] = carried
}

func (b *tagBook) removed(name string) {
	delete(b.packages, name)
}

// gone are the keys that the state had and the configuration has no longer.
func (b *tagBook) gone(wanted map[string]string) []string {
	var keys []string
	for key := range b.stated {
		if _, ok := wanted[key]; !ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// fold makes one map of the tags of all packages: where one package differs from what is expected, the difference
// wins, so that the next plan shows it.
func (b *tagBook) fold(expected map[string]string) map[string]string {
	folded := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(b.packages)) {
		for key, value := range b.packages[name] {
			if before, ok := folded[key]; !ok || before == expected[key] {
				folded[key] = value
			}
		}
	}
	for key := range expected {
		for _, carried := range b.packages {
			if _, ok := carried[key]; !ok {
				delete(folded, key)
			}
		}
	}
	return folded
}
