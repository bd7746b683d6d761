// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"maps"
)

// tagBook is the account of the tags of each package of ours.
type tagBook struct {
	stated   map[string]string            // the tags of the state; nil where they were not managed
	packages map[string]map[string]string // by package: what it carries, as far as is known
	uploads  bool                         // some package was uploaded since
	doubtful bool                         // a change failed, and what it did is not known
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

// keep forgets the packages that are no longer ours.
func (b *tagBook) keep(h holding) {
	maps.DeleteFunc(b.packages, func(name string, _ map[string]string) bool { return !h.holds(name) })
}

// differing stands in the state for the value of a tag that the packages do not share: it is on some of them only, or
// with several values. Nobody configures it, for the service takes no such characters, so the next plan shows the tag
// whatever is configured. Only with ignore_changes Terraform gives it back as if it were configured: it is never sent.
const differing = "(differs between the packages)"

// expectsTags reports whether packages with such tags must show some: what differs may be on none of those that are left.
func expectsTags(tags map[string]string) bool {
	for _, value := range tags {
		if value != differing {
			return true
		}
	}
	return false
}

// fold makes one map of the tags of all packages.
func fold(packages map[string]map[string]string) map[string]string {
	folded, bearers := map[string]string{}, map[string]int{}
	for _, carried := range packages {
		for key, value := range carried {
			if shared, ok := folded[key]; ok && shared != value {
				value = differing
			}
			folded[key] = value
			bearers[key]++
		}
	}
	for key, count := range bearers {
		if count < len(packages) {
			folded[key] = differing
		}
	}
	return folded
}

// isGuess reports whether the state does not tell what each package carries.
func (b *tagBook) isGuess() bool {
	for _, value := range b.stated {
		if value == differing {
			return true
		}
	}
	return false
}

// sameTags tells tags that nobody manages from those that are managed and none.
func sameTags(a, b map[string]string) bool {
	return (a == nil) == (b == nil) && maps.Equal(a, b)
}
