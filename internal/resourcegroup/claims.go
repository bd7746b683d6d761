// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import "sync"

// Claims are the groups that are being created in this process. Two resources for one group look at the same time,
// see nothing, and would both upload; the one that comes second finds the claim of the first.
type Claims struct {
	groups sync.Map
}

// claim reports whether nobody else is creating the group, and gives the way to end the claim.
func (c *Claims) claim(group string) (release func(), ok bool) {
	_, taken := c.groups.LoadOrStore(group, true)
	return func() { c.groups.Delete(group) }, !taken
}
