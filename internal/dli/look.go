// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	"golang.org/x/sync/errgroup"
)

// packagesAtOnce is how many packages of one group are asked for side by side.
const packagesAtOnce = 4

// Group reads a group as it was at most ten seconds ago, or five minutes while this client has written nothing at all,
// and after the last write that this client made to it.
// See [Client.GroupNow] for the rest.
func (c *Client) Group(ctx context.Context, name string, known []string) (*Group, error) {
	snapshot, err := c.listing.recent(ctx, name)
	if err != nil {
		return nil, c.unlisted(ctx, err)
	}
	return c.complete(ctx, name, known, snapshot)
}

// GroupNow reads a group as it is: no earlier than the beginning of this call.
//
// Known are the packages that the caller knows in the group. The listing shows only what the user may see, so a
// group that it does not show is asked for by these packages before it counts as absent; the result then holds only
// them. GroupNow returns [ErrAbsent] when nothing of the group is found. A group that the listing shows without any
// package is no error: a group cannot be deleted, so its shell stays when its last package goes.
func (c *Client) GroupNow(ctx context.Context, name string, known []string) (*Group, error) {
	group, _, err := c.groupAfter(ctx, name, known, c.listing.now())
	return group, err
}

// groupAfter reads the group from a listing that began after the moment, and returns that listing too.
func (c *Client) groupAfter(ctx context.Context, name string, known []string, moment Moment) (*Group, *snapshot[map[string]*Group], error) {
	snapshot, err := c.listing.after(ctx, moment)
	if err != nil {
		return nil, nil, c.unlisted(ctx, err)
	}
	group, err := c.complete(ctx, name, known, snapshot)
	return group, snapshot, err
}

// unlisted says what was not there in time. A listing outlives who waits for it, so it cannot tell them itself.
func (c *Client) unlisted(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return fmt.Errorf("the list of all groups did not come from %s: %w", c.endpoint, err)
}

// complete adds to what the listing shows of the group what only show calls tell of the known packages.
func (c *Client) complete(ctx context.Context, name string, known []string, snapshot *snapshot[map[string]*Group]) (*Group, error) {
	listed, ok := snapshot.shown[name]
	unclear := known
	if ok {
		unclear = withoutStatus(listed, known)
	}
	if len(unclear) == 0 && ok {
		return listed, nil
	}
	shown, err := c.showEach(ctx, name, unclear)
	if err != nil {
		return nil, err
	}
	if !ok && len(shown) == 0 {
		return nil, ErrAbsent
	}
	return merge(name, listed, unclear, shown), nil
}

// withoutStatus are the known packages that the listing names but does not describe.
func withoutStatus(group *Group, known []string) []string {
	var unclear []string
	for _, name := range known {
		if found, ok := group.Packages[name]; ok && found.Status == "" {
			unclear = append(unclear, name)
		}
	}
	return unclear
}

// merge returns a group of its own, for the listed one belongs to everybody. What was asked for and not shown
// has gone since the listing.
func merge(name string, listed *Group, asked []string, shown []Package) *Group {
	group := &Group{Name: name, Packages: make(map[string]Package, len(shown))}
	if listed != nil {
		*group = *listed
		group.Packages = maps.Clone(listed.Packages)
	}
	for _, name := range asked {
		delete(group.Packages, name)
	}
	for _, found := range shown {
		group.Packages[found.Name] = found
	}
	return group
}

// showEach shows packages one by one and returns those that exist.
func (c *Client) showEach(ctx context.Context, group string, names []string) ([]Package, error) {
	var mu sync.Mutex
	var found []Package
	err := EachPackage(ctx, names, func(ctx context.Context, name string) error {
		shown, err := c.show(ctx, group, name)
		if IsAbsent(err) {
			return nil
		}
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		found = append(found, shown)
		return nil
	})
	return found, err
}

// AllPackages calls do for each package, a few side by side, and returns all errors.
func AllPackages(ctx context.Context, names []string, do func(ctx context.Context, name string) error) error {
	var group errgroup.Group
	group.SetLimit(packagesAtOnce)
	errs := make([]error, len(names))
	for i, name := range names {
		group.Go(func() error {
			errs[i] = do(ctx, name)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return errors.Join(errs...)
}

// EachPackage calls do for each package, a few side by side, until one fails, and returns the first error.
func EachPackage(ctx context.Context, names []string, do func(ctx context.Context, name string) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(packagesAtOnce)
	for _, name := range names {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
			return do(ctx, name)
		})
	}
	return group.Wait()
}
