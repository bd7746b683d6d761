// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"net/http"
)

// Upload is what one upload call sends.
type Upload struct {
	Group string
	Kind  string
	// Paths are the URLs of OBS objects; the service names each package by the last segment.
	Paths []string
	// Async makes the call return before the objects are copied.
	Async bool
	// Tags are put on each package of the upload (inferred).
	Tags map[string]string
}

// upload sends the packages once. It adds them to the group and overwrites those of the same name (inferred from
// the documented examples; other pages say that the whole group is replaced). It is not repeated by itself.
func (c *Client) upload(ctx context.Context, upload Upload) error {
	if len(upload.Paths) == 0 {
		return errors.New("an upload needs at least one path")
	}
	defer c.wrote(upload.Group)
	return c.do(ctx, call{
		method: http.MethodPost,
		url:    c.url("v2.0", "resources"),
		body: uploadWire{
			Paths: upload.Paths,
			Kind:  upload.Kind,
			Group: upload.Group,
			Async: upload.Async,
			Tags:  tagsToWire(upload.Tags),
		},
		patience: uploadPatience,
	}, nil)
}

// list reads all groups that the caller may see, by their names.
func (c *Client) list(ctx context.Context) (map[string]*Group, error) {
	var answer listingWire
	err := c.do(ctx, call{method: http.MethodGet, url: c.url("v2.0", "resources"), repeatable: true}, &answer)
	if err != nil {
		return nil, err
	}
	groups := make(map[string]*Group, len(answer.Groups))
	for _, wire := range answer.Groups {
		if wire.Name != "" {
			groups[wire.Name] = wire.toGroup()
		}
	}
	return groups, nil
}

// show reads one package of a group.
func (c *Client) show(ctx context.Context, group, name string) (Package, error) {
	address, err := c.packageURL(group, name)
	if err != nil {
		return Package{}, err
	}
	var answer packageWire
	if err := c.do(ctx, call{method: http.MethodGet, url: address, repeatable: true}, &answer); err != nil {
		return Package{}, err
	}
	found := answer.toPackage()
	found.Name = name
	return found, nil
}

// DeletePackage removes one package from a group. A package that is not there is a success.
func (c *Client) DeletePackage(ctx context.Context, group, name string) error {
	address, err := c.packageURL(group, name)
	if err != nil {
		return err
	}
	defer c.wrote(group)
	err = c.do(ctx, call{method: http.MethodDelete, url: address, repeatable: true}, nil)
	if IsAbsent(err) {
		return nil
	}
	return err
}

// ChangeOwner gives a group, or one package of it when name is not empty, to another IAM user.
func (c *Client) ChangeOwner(ctx context.Context, group, name, owner string) error {
	if owner == "" {
		return errors.New("an owner needs a name")
	}
	defer c.wrote(group)
	return c.do(ctx, call{
		method:     http.MethodPut,
		url:        c.url("v2.0", "resources", "owner"),
		body:       ownerWire{NewOwner: owner, Group: group, Package: name},
		repeatable: true,
	}, nil)
}
