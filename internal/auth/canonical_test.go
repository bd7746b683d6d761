// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

var hostileNames = []string{
	"", "plain.jar", "a!b", "gatk#app.jar", "two words", "ünïcödé", "包", "a+b", "a%2Fb", "100%", "~tilde", "a=b&c", "a?b", "a;b", "a:b@c",
	"$'()*,[]{}|^`\"<>\\", ".", "..", "{project_id}", "\x00\x7f", "\xff",
}

func TestNamesAreSignedAsTheyStandOnTheWire(t *testing.T) {
	t.Parallel()
	for _, name := range hostileNames {
		for place, target := range map[string]string{
			"path":         "/v2.0/p/resources/" + url.PathEscape(name),
			"query value":  "/v2.0/p/resources?group=" + url.QueryEscape(name),
			"query key":    "/v2.0/p/resources?" + url.QueryEscape(name) + "=v",
			"form encoded": "/v2.0/p/resources?" + url.Values{"tags": {name, "b", "a"}, "kind": {name}}.Encode(),
		} {
			t.Run(place+" "+name, func(t *testing.T) {
				t.Parallel()
				agrees(t, send(t, exampleKeys, newRequest(t, http.MethodGet, "https://dli.example.com"+target, "")), exampleKeys.SecretKey)
			})
		}
	}
}

func TestQueriesAreSignedAsTheyStandOnTheWire(t *testing.T) {
	t.Parallel()
	for _, query := range []string{
		"", "a", "a=", "=b", "a&a=", "b=2&a=1", "a=2&a=1&a=10", "a=b=c", "a==", "a=1&&b=2&", "A=1&a=1", "a-b=1&a=2&a.b=3", "a=1+2", "a=1%2B2",
		"a%20b=c%20d", "a=%e4%bd%a0", "a=z&a=%C3%BC&a=~",
	} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			agrees(t, send(t, exampleKeys, newRequest(t, http.MethodGet, "https://dli.example.com/v2.0/p/resources?"+query, "")), exampleKeys.SecretKey)
		})
	}
}

// A slash that is encoded inside a segment is signed as a separator, because the rule starts from the decoded path.
func TestPathsAreSignedAsTheyStandOnTheWire(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "/", "/a", "/a/", "/a//b", "//", "/a%2Fb", "/a%2fb%2F", "/a!b", "/a%21b", "/a%2Bb+c", "/%7Ea", "/a/../b"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			agrees(t, send(t, exampleKeys, newRequest(t, http.MethodGet, "https://dli.example.com"+path, "")), exampleKeys.SecretKey)
		})
	}
}

func TestHostIsSignedAsItIsSent(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"https://dli.example.com/":      "dli.example.com",
		"https://dli.example.com:443/":  "dli.example.com",
		"https://dli.example.com:80/":   "dli.example.com:80",
		"http://dli.example.com:80/":    "dli.example.com",
		"http://dli.example.com:443/":   "dli.example.com:443",
		"https://dli.example.com:8443/": "dli.example.com:8443",
		"http://[::1]:80/":              "[::1]",
		"http://[::443]/":               "[::443]",
	}
	for target, host := range tests {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			sent := send(t, exampleKeys, newRequest(t, http.MethodGet, target, ""))
			if sent.request.Host != host {
				t.Errorf("host %q, want %q", sent.request.Host, host)
			}
			agrees(t, sent, exampleKeys.SecretKey)
		})
	}
}

func TestHostGivenByTheCallerWins(t *testing.T) {
	t.Parallel()
	req := newRequest(t, http.MethodGet, "https://127.0.0.1:8443/", "")
	req.Host = "dli.example.com:443"

	sent := send(t, exampleKeys, req)

	if sent.request.Host != "dli.example.com" {
		t.Errorf("host %q", sent.request.Host)
	}
	agrees(t, sent, exampleKeys.SecretKey)
}

func TestServerReceivesWhatWasSigned(t *testing.T) {
	t.Parallel()
	for _, name := range hostileNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var arrived *http.Request
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { arrived = r }))
			t.Cleanup(server.Close)
			client := &http.Client{Transport: auth.NewSigner(auth.Static(exampleKeys), server.Client().Transport, clock)}
			req := newRequest(t, http.MethodPost, server.URL+"/v3/p/"+url.PathEscape(name)+"/tags?q="+url.QueryEscape(name), "body")
			req.Header.Set("X-Project-Id", projectID)
			req.Header.Set("X-Domain-Id", "domain")

			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()

			if got := arrived.Header.Get("Authorization"); !strings.Contains(got, "SignedHeaders=host;x-domain-id;x-project-id;x-sdk-date,") {
				t.Errorf("Authorization %q", got)
			}
			agrees(t, recorded{request: arrived, body: "body"}, exampleKeys.SecretKey)
		})
	}
}

func FuzzCanonicalRequest(f *testing.F) {
	for _, name := range hostileNames {
		f.Add("GET", "dli.example.com:443", "/v2.0/p/"+name, "group", name, "")
		f.Add("POST", "127.0.0.1:8080", "", name, "v", name)
	}
	f.Fuzz(func(t *testing.T, method, host, path, key, value, body string) {
		if !utf8.ValidString(host) {
			t.Skip("no host name")
		}
		target := url.URL{Scheme: "https", Host: host, Path: "/" + path, RawQuery: url.Values{key: {value, "a"}, "a": {value}}.Encode()}
		req, err := http.NewRequestWithContext(t.Context(), method, target.String(), strings.NewReader(body))
		if err != nil {
			t.Skip("no request")
		}
		agrees(t, send(t, exampleKeys, req), exampleKeys.SecretKey)
	})
}
