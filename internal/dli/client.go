// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
)

// Client is the package-group API of one project. It is safe for concurrent use.
type Client struct {
	connection *Connection
	endpoint   string
	projectID  string
	listing    *listing[map[string]*Group]

	survey   *listing[map[string]map[string]string] // the tags of all packages, by their ids
	noSurvey atomic.Bool                            // a survey failed, so none is tried again
}

// NewClient returns a client of the project at endpoint, a base URL without a trailing slash.
func NewClient(connection *Connection, endpoint, projectID string) *Client {
	client := &Client{connection: connection, endpoint: endpoint, projectID: projectID}
	client.listing = newListing(client.list)
	client.survey = newListing(client.surveyTags)
	return client
}

// wrote says that a write to the group has ended, whatever its outcome.
func (c *Client) wrote(group string) {
	c.listing.wrote(group)
	c.survey.wrote(group)
}

// do sends a call of the project. The header is optional to the service and part of the signature.
func (c *Client) do(ctx context.Context, call call, answer any) error {
	call.header = http.Header{"X-Project-Id": {c.projectID}}
	return c.connection.do(ctx, call, answer)
}

// url joins path segments, each escaped so that no name can reach beyond its own place.
func (c *Client) url(version string, segments ...string) string {
	escaped := make([]string, 0, len(segments)+3)
	escaped = append(escaped, c.endpoint, version, url.PathEscape(c.projectID))
	for _, segment := range segments {
		escaped = append(escaped, url.PathEscape(segment))
	}
	return strings.Join(escaped, "/")
}

// packageURL addresses one package of a group. Without a group in its query a call reaches the ungrouped package of that
// name, which may be somebody else's (inferred). Names that cannot be one segment of a path are refused: the rest the
// service judges.
func (c *Client) packageURL(group, name string) (string, error) {
	if group == "" {
		return "", fmt.Errorf("the package %q needs a group", name)
	}
	if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\") {
		return "", fmt.Errorf("%q cannot be the name of a package", name)
	}
	return c.url("v2.0", "resources", name) + "?group=" + strings.ReplaceAll(url.QueryEscape(group), "+", "%20"), nil
}
