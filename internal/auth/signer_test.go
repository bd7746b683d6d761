// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

var signingTime = time.Date(2026, 1, 2, 4, 4, 5, 0, time.FixedZone("CET", 3600))

func clock() time.Time { return signingTime }

type recorded struct {
	request *http.Request
	body    string
}

// recorder is the transport below the signer; it keeps what it is given.
type recorder struct{ sent []recorded }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.sent = append(r.sent, recorded{request: req, body: string(body)})
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody, Request: req}, nil
}

func newRequest(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// send passes req through a signer and returns what reached the transport.
func send(t *testing.T, credentials auth.Credentials, req *http.Request) recorded {
	t.Helper()
	var transport recorder
	resp, err := auth.NewSigner(auth.Static(credentials), &transport, clock).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return transport.sent[0]
}

// refuse passes req through a signer that must refuse it, and returns why.
func refuse(t *testing.T, source auth.Source, req *http.Request) error {
	t.Helper()
	var transport recorder
	resp, err := auth.NewSigner(source, &transport, clock).RoundTrip(req)
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("the request was signed")
	}
	if _, ok := errors.AsType[*auth.SigningError](err); !ok {
		t.Errorf("error is a %T, not a *SigningError", err)
	}
	if len(transport.sent) != 0 {
		t.Error("the request was sent")
	}
	return err
}

func TestEveryAttemptHasItsOwnDateAndSignature(t *testing.T) {
	t.Parallel()
	now := signingTime
	var transport recorder
	roundTripper := auth.NewSigner(auth.Static(exampleKeys), &transport, func() time.Time { return now })

	for range 2 {
		resp, err := roundTripper.RoundTrip(newRequest(t, http.MethodPost, "https://dli.example.com/", "body"))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		now = now.Add(time.Hour)
	}

	first, second := transport.sent[0].request.Header, transport.sent[1].request.Header
	if got := []string{first.Get("X-Sdk-Date"), second.Get("X-Sdk-Date")}; !cmp.Equal(got, []string{"20260102T030405Z", "20260102T040405Z"}) {
		t.Errorf("dates %v", got)
	}
	if first.Get("Authorization") == second.Get("Authorization") {
		t.Error("both attempts have the same signature")
	}
}

func TestEveryAttemptAsksForCredentials(t *testing.T) {
	t.Parallel()
	source := &rotatingSource{}
	var transport recorder
	roundTripper := auth.NewSigner(source, &transport, clock)

	// The second request carries what the first one left behind, as a reused header map would.
	for _, leftover := range []string{"", "first"} {
		req := newRequest(t, http.MethodGet, "https://dli.example.com/", "")
		req.Header.Set("X-Security-Token", leftover)
		resp, err := roundTripper.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}

	if got := transport.sent[0].request.Header.Get("X-Security-Token"); got != "first" {
		t.Errorf("first token %q", got)
	}
	if got := transport.sent[1].request.Header.Values("X-Security-Token"); len(got) != 0 {
		t.Errorf("the token of other credentials was sent: %q", got)
	}
}

// rotatingSource gives a temporary key pair once and a permanent one from then on.
type rotatingSource struct{ calls int }

func (s *rotatingSource) Credentials(context.Context) (auth.Credentials, error) {
	s.calls++
	if s.calls == 1 {
		return withToken(exampleKeys, "first"), nil
	}
	return exampleKeys, nil
}

func TestRequestOfTheCallerStaysAsItIs(t *testing.T) {
	t.Parallel()
	req := newRequest(t, http.MethodPost, "https://dli.example.com:443/a%21b?q=1+2", "body")
	req.Header.Set("X-Project-Id", projectID)
	before := req.Clone(t.Context())

	send(t, withToken(exampleKeys, "token"), req)

	if diff := cmp.Diff(before.Header, req.Header); diff != "" {
		t.Errorf("headers changed:\n%s", diff)
	}
	if diff := cmp.Diff(before.URL.String()+" "+before.Host, req.URL.String()+" "+req.Host); diff != "" {
		t.Errorf("URL or host changed:\n%s", diff)
	}
	if before.ContentLength != req.ContentLength {
		t.Errorf("content length changed to %d", req.ContentLength)
	}
}

func TestBodyArrivesIntact(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"empty":         "",
		"JSON":          `{"paths":["https://b.example.com/a.jar"]}`,
		"with newline":  "{}\n",
		"not UTF-8":     "\xff\x00\xfe",
		"just in bound": strings.Repeat("x", 12<<20),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := newRequest(t, http.MethodPost, "https://dli.example.com/", "")
			req.Body, req.ContentLength = io.NopCloser(iotest.HalfReader(strings.NewReader(body))), -1

			sent := send(t, exampleKeys, req)

			if sent.body != body {
				t.Errorf("%d bytes arrived, %d were given, and they differ", len(sent.body), len(body))
			}
			if sent.request.ContentLength != int64(len(body)) {
				t.Errorf("content length %d, want %d", sent.request.ContentLength, len(body))
			}
			agrees(t, sent, exampleKeys.SecretKey)
		})
	}
}

func TestBodyCanBeReadAgainByTheTransport(t *testing.T) {
	t.Parallel()
	req := newRequest(t, http.MethodPost, "https://dli.example.com/", "body")
	req.GetBody = nil

	sent := send(t, exampleKeys, req)

	if sent.request.GetBody == nil {
		t.Fatal("there is no second reading")
	}
	again, err := sent.request.GetBody()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(again); err != nil || string(got) != "body" {
		t.Errorf("second reading gave %q, %v", got, err)
	}
}

type closeRecorder struct {
	io.Reader
	closed bool
}

func (c *closeRecorder) Close() error {
	c.closed = true
	return nil
}

func TestWhatCannotBeSignedIsNotSent(t *testing.T) {
	t.Parallel()
	errSource := errors.New("metadata service is down")
	failing := failingSource{errSource}
	tests := map[string]struct {
		source auth.Source
		url    string
		body   io.Reader
		change func(*http.Request)
		reason error
	}{
		"no access key":  {source: auth.Static(auth.Credentials{SecretKey: "x"}), reason: auth.ErrNoCredentials},
		"no secret key":  {source: auth.Static(auth.Credentials{AccessKey: "x"}), reason: auth.ErrNoCredentials},
		"failing source": {source: failing, reason: errSource},
		"body too large": {body: bytes.NewReader(make([]byte, 12<<20+1)), reason: auth.ErrBodyTooLarge},
		"broken body":    {body: iotest.ErrReader(io.ErrUnexpectedEOF), reason: io.ErrUnexpectedEOF},
		"redirected":     {change: func(r *http.Request) { r.Response = &http.Response{} }, reason: auth.ErrRedirected},
		"broken query":   {change: func(r *http.Request) { r.URL.RawQuery = "a=%zz" }},
		"semicolon":      {change: func(r *http.Request) { r.URL.RawQuery = "a=1;b=2" }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := &closeRecorder{Reader: strings.NewReader("")}
			if test.body != nil {
				body.Reader = test.body
			}
			req := newRequest(t, http.MethodPost, "https://dli.example.com/", "")
			req.Body = body
			if test.change != nil {
				test.change(req)
			}
			source := test.source
			if source == nil {
				source = auth.Static(exampleKeys)
			}

			err := refuse(t, source, req)

			if test.reason != nil && !errors.Is(err, test.reason) {
				t.Errorf("got %v, want %v", err, test.reason)
			}
			if strings.Contains(err.Error(), exampleKeys.SecretKey) {
				t.Errorf("the error contains the secret key: %v", err)
			}
			if !body.closed {
				t.Error("the body was not closed")
			}
		})
	}
}

type failingSource struct{ err error }

func (s failingSource) Credentials(context.Context) (auth.Credentials, error) {
	return auth.Credentials{}, s.err
}

func TestRedirectIsNotFollowedWithCredentials(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s arrived at another host with Authorization %q", r.URL, r.Header.Get("Authorization"))
	}))
	t.Cleanup(elsewhere.Close)
	service := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	t.Cleanup(service.Close)
	client := &http.Client{Transport: auth.NewSigner(auth.Static(exampleKeys), service.Client().Transport, clock)}

	resp, err := client.Do(newRequest(t, http.MethodGet, service.URL, ""))
	if err == nil {
		_ = resp.Body.Close()
	}
	if !errors.Is(err, auth.ErrRedirected) {
		t.Errorf("got %v, want %v", err, auth.ErrRedirected)
	}
}

func TestIdleConnectionsOfTheTransportBelowCanBeClosed(t *testing.T) {
	t.Parallel()
	var transport idleCloser
	client := &http.Client{Transport: auth.NewSigner(auth.Static(exampleKeys), &transport, clock)}

	client.CloseIdleConnections()

	if !transport.closed {
		t.Error("the transport below was not reached")
	}
}

type idleCloser struct {
	recorder

	closed bool
}

func (c *idleCloser) CloseIdleConnections() { c.closed = true }
