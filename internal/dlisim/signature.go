// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	algorithm  = "SDK-HMAC-SHA256"
	dateFormat = "20060102T150405Z"
	// maxSkew is how far a request's date may be from the gateway's clock (documented).
	maxSkew = 15 * time.Minute
)

// authenticate checks the request's signature as the gateway does. It rebuilds
// the canonical request from the headers that the caller says it signed:
// which they are differs between clients, and only X-Sdk-Date is required.
func (s *Simulator) authenticate(r *http.Request, body []byte, now time.Time) *refusal {
	credentials, found := strings.CutPrefix(r.Header.Get("Authorization"), algorithm+" ")
	if !found {
		return unauthorized("x-auth-token not found")
	}
	fields := map[string]string{}
	for field := range strings.SplitSeq(credentials, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		fields[name] = value
	}
	caller, known := s.keysOf(fields["Access"])
	if !known {
		return unauthorized("AK access key is unknown")
	}
	signed := strings.Split(fields["SignedHeaders"], ";")
	if !slices.Contains(signed, "x-sdk-date") {
		return unauthorized("verify aksk signature fail, x-sdk-date is not signed")
	}
	date, err := time.Parse(dateFormat, r.Header.Get("X-Sdk-Date"))
	if err != nil {
		return unauthorized("verify aksk signature fail, x-sdk-date is not a date")
	}
	if now.Sub(date).Abs() > maxSkew {
		return unauthorized("calc ak sk signature fail:signature expired")
	}
	if r.Header.Get("X-Security-Token") != caller.token {
		return unauthorized("decrypt token fail")
	}
	if !caller.expires.IsZero() && !now.Before(caller.expires) {
		return unauthorized("the token has expired")
	}
	want := signature(canonicalRequest(r, signed, body), r.Header.Get("X-Sdk-Date"), caller.secret)
	if !hmac.Equal([]byte(want), []byte(fields["Signature"])) {
		return unauthorized("verify aksk signature fail")
	}
	return nil
}

func unauthorized(reason string) *refusal {
	return gatewayRefusal(http.StatusUnauthorized, "APIGW.0301", "Incorrect IAM authentication information: "+reason)
}

func signature(canonical, date, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	fmt.Fprintf(mac, "%s\n%s\n%s", algorithm, date, hexHash([]byte(canonical)))
	return hex.EncodeToString(mac.Sum(nil))
}

func canonicalRequest(r *http.Request, signed []string, body []byte) string {
	payload := r.Header.Get("X-Sdk-Content-Sha256")
	if payload == "" {
		payload = hexHash(body)
	}
	return strings.Join([]string{
		r.Method,
		canonicalPath(r.URL.Path),
		canonicalQuery(r.URL.Query()),
		canonicalHeaders(r, signed),
		strings.Join(signed, ";"),
		payload,
	}, "\n")
}

// canonicalPath ends in a slash, whatever the path on the wire does.
func canonicalPath(decoded string) string {
	segments := strings.Split(decoded, "/")
	for i, segment := range segments {
		segments[i] = percentEncode(segment)
	}
	return strings.TrimSuffix(strings.Join(segments, "/"), "/") + "/"
}

func canonicalQuery(query url.Values) string {
	var pairs []string
	for name, values := range query {
		for _, value := range values {
			pairs = append(pairs, percentEncode(name)+"="+percentEncode(value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

func canonicalHeaders(r *http.Request, signed []string) string {
	var lines strings.Builder
	for _, name := range signed {
		value := strings.Join(r.Header.Values(name), ",")
		if name == "host" {
			value = canonicalHost(r)
		}
		fmt.Fprintf(&lines, "%s:%s\n", name, strings.TrimSpace(value))
	}
	return lines.String()
}

// canonicalHost has no port where it is the scheme's own.
func canonicalHost(r *http.Request) string {
	host := r.Host
	if host == "" { // a client's request that was never on a wire
		host = r.URL.Host
	}
	if r.TLS != nil || r.URL.Scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}

// percentEncode keeps the unreserved characters of RFC 3986 and no others.
func percentEncode(text string) string {
	var encoded strings.Builder
	for _, b := range []byte(text) {
		switch {
		case 'A' <= b && b <= 'Z', 'a' <= b && b <= 'z', '0' <= b && b <= '9', strings.IndexByte("_-~.", b) >= 0:
			encoded.WriteByte(b)
		default:
			fmt.Fprintf(&encoded, "%%%02X", b)
		}
	}
	return encoded.String()
}

func hexHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
