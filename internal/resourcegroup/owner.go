// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"fmt"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// ownerError is a refused change of owner: the user finds its cause at another attribute than that of the rest.
type ownerError struct{ err error }

func (e *ownerError) Error() string { return e.err.Error() }
func (e *ownerError) Unwrap() error { return e.err }

// isOthers reports whether something belongs to somebody else than wanted. No owner is no knowledge.
func isOthers(owner, wanted string) bool {
	return wanted != "" && owner != "" && owner != wanted
}

// changeOwner gives away the packages before the group: who has given the group away may not touch its packages.
// What was uploaded belongs to who uploaded it, so an upload is a reason to look too.
func (a *apply) changeOwner(ctx context.Context, todo work) error {
	if a.desired.owner == "" || !todo.owner && len(todo.upload) == 0 {
		return nil
	}
	group, err := a.client.GroupNow(ctx, a.desired.group, a.holding.names())
	if err != nil {
		return err
	}
	a.see(group)
	var others []string
	for _, name := range a.holding.names() {
		if isOthers(a.group.Packages[name].Owner, a.desired.owner) {
			others = append(others, name)
		}
	}
	a.writes(ctx)
	err = dli.EachPackage(ctx, others, func(ctx context.Context, name string) error {
		if err := a.client.ChangeOwner(ctx, a.desired.group, name, a.desired.owner); err != nil {
			return fmt.Errorf("the owner of %q was not changed: %w", name, err)
		}
		return nil
	})
	// Who owns a group that the listing hides cannot be seen.
	if err == nil && (a.owner != a.desired.owner || !a.group.Listed) {
		err = a.client.ChangeOwner(ctx, a.desired.group, "", a.desired.owner)
	}
	if err != nil {
		return &ownerError{err}
	}
	return nil
}
