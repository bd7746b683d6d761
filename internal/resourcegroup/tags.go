// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// errTagsUnbelievable is a read that shows no tag at all where some were written. The endpoint is documented for other
// types of resource than ours, so it is not taken as the loss of every tag.
var errTagsUnbelievable = errors.New("the service shows no tag on any package")

// read reads the tags of all named packages. Where tags are expected and none is shown it ends with
// errTagsUnbelievable.
func (p TagPolicy) read(ctx context.Context, read tagReader, group string, names []string, expect bool) (map[string]map[string]string, error) {
	var mu sync.Mutex
	found, empty := map[string]map[string]string{}, true
	err := dli.EachPackage(ctx, names, func(ctx context.Context, name string) error {
		tags, err := read(ctx, group, name)
		if err != nil {
			return fmt.Errorf("the tags of %q were not read: %w", name, err)
		}
		mu.Lock()
		defer mu.Unlock()
		empty = empty && len(tags) == 0
		found[name] = p.visible(tags)
		return nil
	})
	if err == nil && empty && expect && len(names) > 0 {
		err = errTagsUnbelievable
	}
	return found, err
}

// tagReader reads the tags of one package.
type tagReader func(ctx context.Context, group, name string) (map[string]string, error)

// tagError is a change of tags that the service refused or did not keep.
type tagError struct{ err error }

func (e *tagError) Error() string { return e.err.Error() }
func (e *tagError) Unwrap() error { return e.err }

// changeTags writes the difference, reads back, and writes what did not come out as wanted once more.
func (a *apply) changeTags(ctx context.Context) error {
	if a.desired.tags == nil && a.tags.stated == nil {
		return nil
	}
	if a.tags.isGuess() {
		read, err := a.policy.read(ctx, a.client.ReadTags, a.desired.group, a.holding.names(), false)
		if err != nil {
			return &tagError{err}
		}
		a.tags.packages = read
	}
	wrote, err := a.writeTags(ctx, false)
	if err != nil {
		return &tagError{err}
	}
	begun := a.tags.stated == nil // what others put there is not known yet
	if !wrote && !a.tags.uploads && !begun {
		return nil
	}
	for again := range 2 {
		read, err := a.policy.read(ctx, a.client.ReadTags, a.desired.group, a.holding.names(), expectsTags(a.desired.tags))
		if err != nil && ctx.Err() != nil {
			return &tagError{err}
		}
		if err != nil {
			a.diags.Append(tagsUnread(a.desired.group, err))
			return nil
		}
		a.tags.packages = read
		if again == 1 && !a.tagsAreRight() {
			return &tagError{errors.New("the service accepted the tags and shows others")}
		}
		if wrote, err = a.writeTags(ctx, true); err != nil {
			return &tagError{err}
		}
		if !wrote {
			return nil
		}
	}
	return nil
}

// writeTags sets the new and changed tags of all packages and then removes those that are gone, so that no tag is
// missing in between. It reports whether anything was sent. That setting a key changes its value is not documented:
// with replace it takes the old value off first.
func (a *apply) writeTags(ctx context.Context, replace bool) (bool, error) {
	changes := []tagChange{
		{pick: a.missingTags, send: a.client.SetTags, note: putOn},
		{pick: a.goneTags, send: a.client.RemoveTags, note: takeOff},
	}
	if replace {
		changes = slices.Insert(changes, 0, tagChange{pick: a.wrongTags, send: a.client.RemoveTags, note: takeOff})
	}
	wrote := false
	for _, change := range changes {
		sent, err := a.sendTags(ctx, change)
		wrote = wrote || sent
		if err != nil {
			return wrote, err
		}
	}
	return wrote, nil
}

// tagChange is one kind of change: which tags of a package it is about, the call, and what the package carries then.
type tagChange struct {
	pick func(carried map[string]string) map[string]string
	send func(ctx context.Context, group, name string, tags map[string]string) error
	note func(carried, tags map[string]string)
}

func putOn(carried, tags map[string]string) { maps.Copy(carried, tags) }

func takeOff(carried, tags map[string]string) {
	for key := range tags {
		delete(carried, key)
	}
}

func (a *apply) sendTags(ctx context.Context, change tagChange) (bool, error) {
	picked := map[string]map[string]string{}
	for _, name := range a.holding.names() {
		if tags := change.pick(a.tags.packages[name]); len(tags) > 0 {
			picked[name] = tags
		}
	}
	if len(picked) > 0 {
		a.writes(ctx)
	}
	var mu sync.Mutex
	err := dli.EachPackage(ctx, slices.Sorted(maps.Keys(picked)), func(ctx context.Context, name string) error {
		if err := change.send(ctx, a.desired.group, name, picked[name]); err != nil {
			return fmt.Errorf("the tags of %q were not changed: %w", name, err)
		}
		mu.Lock()
		defer mu.Unlock()
		if a.tags.packages[name] == nil {
			a.tags.packages[name] = map[string]string{}
		}
		change.note(a.tags.packages[name], picked[name])
		return nil
	})
	a.tags.doubtful = err != nil
	return len(picked) > 0, err
}

// settleTags finds out what a change of tags that failed has done. Where they cannot be read the account stays.
func (a *apply) settleTags(ctx context.Context) {
	if !a.tags.doubtful {
		return
	}
	read, err := a.policy.read(ctx, a.client.ReadTags, a.desired.group, a.holding.names(), expectsTags(a.desired.tags))
	if err == nil {
		a.tags.packages = read
	}
}

// missingTags are the wanted tags that a package does not carry, or with another value.
func (a *apply) missingTags(carried map[string]string) map[string]string {
	tags := maps.Clone(a.desired.tags)
	maps.DeleteFunc(tags, func(key, value string) bool {
		have, ok := carried[key]
		return value == differing || ok && have == value
	})
	return tags
}

// wrongTags are the wanted tags that a package carries with another value, with that value.
func (a *apply) wrongTags(carried map[string]string) map[string]string {
	tags := maps.Clone(carried)
	maps.DeleteFunc(tags, func(key, value string) bool {
		wanted, ok := a.desired.tags[key]
		return !ok || wanted == value || wanted == differing
	})
	return tags
}

// goneTags are the tags that a package still carries and should not: all that are not configured where tags are, and
// those of the state where the configuration has just stopped to manage tags.
func (a *apply) goneTags(carried map[string]string) map[string]string {
	tags := maps.Clone(carried)
	maps.DeleteFunc(tags, func(key, _ string) bool {
		if a.desired.tags == nil {
			_, stated := a.tags.stated[key]
			return !stated
		}
		_, wanted := a.desired.tags[key]
		return wanted
	})
	return tags
}

func (a *apply) tagsAreRight() bool {
	for _, carried := range a.tags.packages {
		if len(a.missingTags(carried))+len(a.goneTags(carried)) > 0 {
			return false
		}
	}
	return true
}

// statedTags are the tags for the state after an apply that did not succeed: what is there of those that matter.
func (a *apply) statedTags() map[string]string {
	if a.desired.tags != nil {
		return fold(a.tags.packages)
	}
	left := fold(a.tags.packages)
	maps.DeleteFunc(left, func(key, _ string) bool {
		_, stated := a.tags.stated[key]
		return !stated
	})
	if len(left) == 0 {
		return nil
	}
	return left
}
