// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// systemTagPrefix begins the keys of tags that the cloud puts on by itself.
const systemTagPrefix = "_sys_"

// mostTagsPerCall is what one call that adds or removes tags may name.
const mostTagsPerCall = 20

// tagPage is how many tags one read asks for; it is the service's default.
const tagPage = 1000

// ReadTags reads the tags of one package, without those of the cloud itself.
func (c *Client) ReadTags(ctx context.Context, group, name string) (map[string]string, error) {
	tags := map[string]string{}
	for offset := 0; ; offset += tagPage {
		var answer tagsWire
		address := c.tagURL(group, name) + "?limit=" + strconv.Itoa(tagPage) + "&offset=" + strconv.Itoa(offset)
		if err := c.do(ctx, call{method: http.MethodGet, url: address, repeatable: true}, &answer); err != nil {
			return nil, err
		}
		known := len(tags)
		for _, tag := range answer.Tags {
			tags[tag.Key] = tag.Value
		}
		// A service that takes no notice of the offset sends the same page for ever.
		if len(answer.Tags) < tagPage || len(tags) == known {
			return withoutSystemTags(tags), nil
		}
	}
}

// SetTags adds tags to one package. Whether it changes the value of a key that is there is not documented.
func (c *Client) SetTags(ctx context.Context, group, name string, tags map[string]string) error {
	return c.changeTags(ctx, group, name, "create", tagsToWire(tags))
}

// RemoveTags takes tags off one package. The service wants each with its value; a tag that is not there is a success.
func (c *Client) RemoveTags(ctx context.Context, group, name string, tags map[string]string) error {
	return c.changeTags(ctx, group, name, "delete", tagsToWire(tags))
}

// changeTags may be repeated: both changes end the same however often they are made.
func (c *Client) changeTags(ctx context.Context, group, name, change string, tags []tagWire) error {
	defer c.wrote(group)
	for chunk := range slices.Chunk(tags, mostTagsPerCall) {
		err := c.do(ctx, call{
			method:     http.MethodPost,
			url:        c.tagURL(group, name, change),
			body:       tagsWire{Tags: chunk},
			repeatable: true,
		}, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// tagURL addresses the tags of a package.
func (c *Client) tagURL(group, name string, change ...string) string {
	return c.url("v3", append([]string{"dli_package_resource", tagID(group, name), "tags"}, change...)...)
}

// withoutSystemTags takes out what is not ours.
func withoutSystemTags(tags map[string]string) map[string]string {
	maps.DeleteFunc(tags, func(key, _ string) bool { return strings.HasPrefix(key, systemTagPrefix) })
	return tags
}

func tagsToWire(tags map[string]string) []tagWire {
	wire := make([]tagWire, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		wire = append(wire, tagWire{Key: key, Value: tags[key]})
	}
	return wire
}
