// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// MetadataURL is where an instance of the cloud finds out about itself.
const MetadataURL = "http://169.254.169.254"

// InstanceMetadata returns a source of the temporary keys of the instance's agency. Calls of metadata are not signed and
// go through no proxy: a proxy would answer for the machine that it runs on.
func InstanceMetadata(metadata Caller, metadataURL string, now func() time.Time) Source {
	return renewed(func(ctx context.Context) (Temporary, error) {
		header, err := metadataToken(ctx, metadata, metadataURL)
		if err != nil {
			return Temporary{}, fmt.Errorf("the instance metadata gave no token: %w", err)
		}
		var answer temporaryWire
		err = metadata.Call(ctx, http.MethodGet, metadataURL+"/openstack/latest/securitykey", header, nil, &answer)
		if err != nil {
			return Temporary{}, fmt.Errorf("the instance metadata gave no keys: %w", err)
		}
		return answer.temporary()
	}, now)
}

// metadataToken gives the header without which some instances refuse to answer. Others have no tokens; these answer
// with one of three codes (inferred from the vendor's SDK).
func metadataToken(ctx context.Context, metadata Caller, metadataURL string) (http.Header, error) {
	var token json.RawMessage // it is plain text
	err := metadata.Call(ctx, http.MethodPut, metadataURL+"/meta-data/latest/api/token",
		http.Header{"X-Metadata-Token-Ttl-Seconds": {"60"}}, nil, &token)
	refused, ok := errors.AsType[interface {
		error
		HTTPStatus() int
	}](err)
	switch {
	case ok && slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusServiceUnavailable}, refused.HTTPStatus()):
		return nil, nil
	case err != nil:
		return nil, err
	default:
		return http.Header{"X-Metadata-Token": {strings.TrimSpace(string(token))}}, nil
	}
}
