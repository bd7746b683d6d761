// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// Claims are what the resources of one process have to know of each other.
type Claims struct {
	creating sync.Map // groups
	changing sync.Map // groups that are being created or deleted, with a channel that is closed when that has ended
	left     sync.Map // groups, with the packages of others that stayed in them after a destroy
}

// claim reports whether nobody else is creating the group, and gives the way to end the claim. Two resources for one
// group look at the same time, see nothing, and would both upload; the one that comes second finds the claim.
func (c *Claims) claim(group string) (release func(), ok bool) {
	_, taken := c.creating.LoadOrStore(group, true)
	return func() { c.creating.Delete(group) }, !taken
}

// hold waits until nobody else creates or deletes the group, and gives the way to let it go. A resource that was renamed
// is deleted and created side by side: the creation would count on packages that the deletion is about to remove.
func (c *Claims) hold(ctx context.Context, group string) (release func(), err error) {
	for {
		mine := make(chan struct{})
		found, taken := c.changing.LoadOrStore(group, mine)
		if !taken {
			return func() { c.changing.Delete(group); close(mine) }, nil
		}
		theirs, _ := found.(chan struct{})
		select {
		case <-theirs:
		case <-ctx.Done():
			return nil, fmt.Errorf("another resource of the group did not end: %w", context.Cause(ctx))
		}
	}
}

// leave notes which packages of others a destroy left in the group: when a replacement creates it again in the same
// apply, they are no sign of a group that somebody else manages.
func (c *Claims) leave(group string, names []string) {
	c.left.Store(group, names)
}

// obstructs reports whether the group holds a package that a creation must not touch: one that was not left there by
// the destroy before it, or one that the creation would overwrite.
func (c *Claims) obstructs(group *dli.Group, wanted desired) bool {
	left, _ := c.left.Load(wanted.group)
	names, _ := left.([]string)
	return slices.ContainsFunc(group.Names(), func(name string) bool {
		_, overwritten := wanted.paths[name]
		return overwritten || !slices.Contains(names, name)
	})
}
