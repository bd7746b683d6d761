// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// newWorld is a cloud and an empty workspace that leads there.
func (b *bench) newWorld(ctx context.Context, name string, uploadTime time.Duration) (*cloud, *workspace, error) {
	cloud, err := b.newCloud(ctx, uploadTime)
	if err != nil {
		return nil, nil, err
	}
	w, err := b.newWorkspace(name, cloud.environment())
	if err != nil {
		cloud.close()
		return nil, nil, err
	}
	return cloud, w, nil
}

// applied is a cloud with that many groups and a workspace whose state has them.
func (b *bench) applied(ctx context.Context, name string, count int, argument string) (*cloud, *workspace, error) {
	cloud, w, err := b.newWorld(ctx, name, 0)
	if err != nil {
		return nil, nil, err
	}
	groups := func(count int) string { return cloud.groups(count, argument) }
	if err := w.fill(ctx, groups, count); err != nil {
		cloud.close()
		return nil, nil, err
	}
	if err := cloud.multiply(count); err != nil {
		cloud.close()
		return nil, nil, err
	}
	return cloud, w, nil
}

// fill applies one resource and makes the state and the configuration those of count such resources.
func (w *workspace) fill(ctx context.Context, configuration func(count int) string, count int) error {
	if err := w.configure(configuration(1)); err != nil {
		return err
	}
	if _, err := w.run(ctx, apply); err != nil {
		return err
	}
	if err := w.multiply(count); err != nil {
		return err
	}
	return w.configure(configuration(count))
}

// multiply makes count copies of the one group, as if each had been uploaded at the same time.
func (c *cloud) multiply(count int) error {
	group, ok := c.Group(original)
	if !ok {
		return fmt.Errorf("there is no group %s in the simulator", original)
	}
	for i := range count {
		for _, copied := range group.Packages {
			copied.Path = strings.ReplaceAll(copied.Path, original, copyName(i))
			c.Put(copyName(i), copied)
		}
	}
	return nil
}
