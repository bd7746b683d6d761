// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

// renewed is a source whose keys can be replaced.
type renewed struct {
	keys atomic.Pointer[auth.Credentials]
}

func (r *renewed) Credentials(context.Context) (auth.Credentials, error) { return *r.keys.Load(), nil }

type refusing struct{ sent int }

func (r *refusing) RoundTrip(*http.Request) (*http.Response, error) {
	r.sent++
	return &http.Response{StatusCode: http.StatusUnauthorized, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(""))}, nil
}

func TestRefusedKeysAreNotSentAgainAndRenewedOnesAre(t *testing.T) {
	t.Parallel()
	source, service := &renewed{}, &refusing{}
	signer := auth.NewSigner(source, service, time.Now)
	send := func() error {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://dli.example/v2.0/p/resources", nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := signer.RoundTrip(request)
		if err != nil {
			return err
		}
		return response.Body.Close()
	}
	source.keys.Store(&auth.Credentials{AccessKey: "AK", SecretKey: "wrong"})
	if err := send(); err != nil {
		t.Fatalf("the first refusal is the service's answer, not %v", err)
	}
	for range 10 {
		if err := send(); !errors.Is(err, auth.ErrRefused) {
			t.Fatalf("keys that were refused were answered with %v", err)
		}
	}
	source.keys.Store(&auth.Credentials{AccessKey: "AK", SecretKey: "another"})
	if err := send(); err != nil {
		t.Fatalf("renewed keys were answered with %v", err)
	}
	if service.sent != 2 {
		t.Errorf("sent %d requests, want 2", service.sent)
	}
}
