// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// benchmarkClient is a client of a service with that many groups of two packages each, and the size of their listing.
func benchmarkClient(groups int) (*Client, int64) {
	const packages = `{"create_time":1700000000000,"update_time":1700000000000,"resource_type":"jar","resource_name":"%s.jar",` +
		`"status":"READY","underlying_name":"%s.jar","owner":"simulator"}`
	details := fmt.Sprintf(packages+","+packages, "etl", "etl", "udf", "udf")
	var body strings.Builder
	for i := range groups {
		fmt.Fprintf(&body, `,{"group_name":"bench-%05d","status":"READY","resources":["etl.jar","udf.jar"],"details":[%s],`+
			`"create_time":1700000000000,"update_time":1700000000000,"owner":"simulator","is_async":false}`, i, details)
	}
	listing := []byte(`{"groups":[` + strings.TrimPrefix(body.String(), ",") + `]}`)
	transport := benchmarkTransport(func(r *http.Request) *http.Response {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(listing)), Request: r}
	})
	return NewClient(NewConnection(ConnectionConfig{Transport: transport}), endpoint, projectID), int64(len(listing))
}

type benchmarkTransport func(*http.Request) *http.Response

func (t benchmarkTransport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r), nil }

func BenchmarkGroupNow_readsAListingOf10000Groups(b *testing.B) {
	client, size := benchmarkClient(10_000)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.GroupNow(b.Context(), "bench-05000", nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGroup_isOneOf10000InTheSharedListing(b *testing.B) {
	client, _ := benchmarkClient(10_000)
	known := []string{"etl.jar", "udf.jar"}
	if _, err := client.GroupNow(b.Context(), "bench-05000", known); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.Group(b.Context(), "bench-05000", known); err != nil {
			b.Fatal(err)
		}
	}
}
