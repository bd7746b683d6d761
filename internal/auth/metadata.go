// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// MetadataURL is where an instance of the cloud finds out about itself.
const MetadataURL = "http://169.254.169.254"

// InstanceMetadata returns a source of the temporary keys of the instance's agency. The client does not sign, does
// not follow redirects, and goes through no proxy: a proxy would answer for the machine that it runs on.
func InstanceMetadata(client *http.Client, metadataURL string, now func() time.Time) Source {
	return renewed(func(ctx context.Context) (Temporary, error) {
		header, err := metadataToken(ctx, client, metadataURL)
		if err != nil {
			return Temporary{}, fmt.Errorf("the instance metadata gave no token: %w", err)
		}
		var answer temporaryWire
		err = exchange{
			method: http.MethodGet,
			url:    metadataURL + "/openstack/latest/securitykey",
			header: header,
		}.decode(ctx, client, &answer)
		if err != nil {
			return Temporary{}, fmt.Errorf("the instance metadata gave no keys: %w", err)
		}
		return answer.temporary()
	}, now)
}

// metadataToken gives the header without which some instances refuse to answer. Others have no tokens; these answer
// with one of three codes (inferred from the vendor's SDK).
func metadataToken(ctx context.Context, client *http.Client, metadataURL string) (http.Header, error) {
	token, err := exchange{
		method: http.MethodPut,
		url:    metadataURL + "/meta-data/latest/api/token",
		header: http.Header{"X-Metadata-Token-Ttl-Seconds": {"60"}},
	}.send(ctx, client)
	if refused, ok := errors.AsType[*RefusedError](err); ok && slices.Contains(
		[]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusServiceUnavailable}, refused.StatusCode) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return http.Header{"X-Metadata-Token": {strings.TrimSpace(string(token))}}, nil
}
