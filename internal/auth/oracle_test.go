// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// oracle computes the signature of a request as it stands on the wire, from the description of SDK-HMAC-SHA256 alone.
// Like a server it takes the signed headers from the Authorization header, and it shares no code with the signer.
func oracle(wire *http.Request, body, secretKey string) (canonicalHash, signature string, err error) {
	_, list, _ := strings.Cut(wire.Header.Get("Authorization"), "SignedHeaders=")
	list, _, _ = strings.Cut(list, ", ")

	query, err := canonicalQuery(wire.URL.RawQuery)
	if err != nil {
		return "", "", err
	}
	path, err := canonicalPath(wire.URL.EscapedPath())
	if err != nil {
		return "", "", err
	}
	var headers strings.Builder
	for name := range strings.SplitSeq(list, ";") {
		value := wire.Header.Get(name)
		if name == "host" {
			value = wire.Host
		}
		fmt.Fprintf(&headers, "%s:%s\n", name, strings.TrimSpace(value))
	}
	canonicalHash = sha256Hex(strings.Join([]string{wire.Method, path, query, headers.String(), list, sha256Hex(body)}, "\n"))

	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte("SDK-HMAC-SHA256\n" + wire.Header.Get("X-Sdk-Date") + "\n" + canonicalHash))
	return canonicalHash, hex.EncodeToString(mac.Sum(nil)), nil
}

func sha256Hex(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func canonicalPath(escaped string) (string, error) {
	path, err := url.PathUnescape(escaped)
	if err != nil {
		return "", err
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = percentEncode(segment)
	}
	return strings.TrimSuffix(strings.Join(segments, "/"), "/") + "/", nil
}

// canonicalQuery reads + as itself, as a server may: whoever sends it for a space gets another signature.
func canonicalQuery(raw string) (string, error) {
	var pairs [][2]string
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		key, keyErr := url.PathUnescape(key)
		value, valueErr := url.PathUnescape(value)
		if keyErr != nil || valueErr != nil {
			return "", fmt.Errorf("query %q is not percent-encoded", raw)
		}
		pairs = append(pairs, [2]string{key, value})
	}
	slices.SortFunc(pairs, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	encoded := make([]string, len(pairs))
	for i, pair := range pairs {
		encoded[i] = percentEncode(pair[0]) + "=" + percentEncode(pair[1])
	}
	return strings.Join(encoded, "&"), nil
}

func percentEncode(text string) string {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-~."
	var encoded strings.Builder
	for _, b := range []byte(text) {
		if strings.IndexByte(unreserved, b) >= 0 {
			encoded.WriteByte(b)
		} else {
			fmt.Fprintf(&encoded, "%%%02X", b)
		}
	}
	return encoded.String()
}
