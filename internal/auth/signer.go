// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

// maxBodyBytes is the largest body the API gateway takes (documented: API signing guide, 12 MB).
const maxBodyBytes = 12 << 20

// Header names of the signature scheme.
const (
	headerHost          = "Host"
	headerProjectID     = "X-Project-Id"
	headerDomainID      = "X-Domain-Id"
	headerDate          = signer.HeaderXDate
	headerSecurityToken = "X-Security-Token"
)

// Reasons not to sign a request.
var (
	ErrBodyTooLarge = fmt.Errorf("the body is larger than the %d bytes the API gateway takes", maxBodyBytes)
	ErrRedirected   = errors.New("the service answered with a redirect, and credentials are not sent to a place that is not configured: check the endpoint")
)

// SigningError wraps the reason why a request could not be signed. Nothing was sent.
type SigningError struct{ Err error }

// Error says what did not happen and why.
func (e *SigningError) Error() string {
	return "the request could not be signed: " + e.Err.Error()
}

// Unwrap gives the reason.
func (e *SigningError) Unwrap() error { return e.Err }

// NotSent tells a client that does not know this package that the service never saw the request.
func (e *SigningError) NotSent() bool { return true }

// NewSigner returns a RoundTripper that signs every request (SDK-HMAC-SHA256) on its way to next with the credentials
// that source gives at that moment. Placed below the retries it gives each attempt a fresh date, which the gateway
// wants within 15 minutes of its own clock (documented: API signing guide). Errors of its own are *SigningError.
//
// X-Project-Id and X-Domain-Id are signed where the request has them. User-Agent, Accept and Content-Type are not, as
// proxies edit them.
//
// What a proxy or a gateway quotes of a request in its refusal is shown to users, so what must stay secret is taken
// out of every error and of every answer that is not a success.
func NewSigner(source Source, next http.RoundTripper, now func() time.Time) http.RoundTripper {
	return &signingTransport{source: source, next: next, now: now}
}

type signingTransport struct {
	source Source
	next   http.RoundTripper
	now    func() time.Time

	refused atomic.Pointer[Credentials] // what was answered with 401
}

// RoundTrip leaves req as it is, apart from consuming and closing its body.
func (t *signingTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := readBody(req.Body)
	if err != nil {
		return nil, &SigningError{Err: err}
	}
	credentials, err := t.credentials(req)
	if err != nil {
		return nil, &SigningError{Err: err}
	}
	signed, secrets, err := t.sign(req, body, credentials)
	if err != nil {
		return nil, &SigningError{Err: err}
	}
	response, err := t.next.RoundTrip(signed)
	if err != nil {
		return nil, secrets.concealError(err)
	}
	if response.StatusCode == http.StatusUnauthorized {
		t.refused.Store(&credentials)
	}
	return secrets.concealRefusal(response)
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the transport below.
func (t *signingTransport) CloseIdleConnections() {
	if next, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}

// credentials are those to sign with. Keys that were refused once are not sent again: the fifth refusal locks them for
// five minutes (documented).
func (t *signingTransport) credentials(req *http.Request) (Credentials, error) {
	if req.Response != nil { // set by http.Client on the requests with which it follows a redirect
		return Credentials{}, ErrRedirected
	}
	credentials, err := t.source.Credentials(req.Context())
	if err != nil {
		return Credentials{}, err
	}
	if credentials.AccessKey == "" || credentials.SecretKey == "" {
		return Credentials{}, ErrNoCredentials
	}
	if refused := t.refused.Load(); refused != nil && *refused == credentials {
		return Credentials{}, ErrRefused
	}
	return credentials, nil
}

func (t *signingTransport) sign(req *http.Request, body []byte, credentials Credentials) (*http.Request, secrets, error) {
	signed := req.Clone(req.Context())
	setBody(signed, body)
	signed.Host = hostWithoutDefaultPort(req)
	// In a query both + and %20 are a space to Go, but only %20 is one to every server.
	signed.URL.RawQuery = strings.ReplaceAll(req.URL.RawQuery, "+", "%20")
	signed.Header.Set(headerDate, t.now().UTC().Format(signer.BasicDateFormat))
	signed.Header.Del(headerSecurityToken)
	if credentials.SecurityToken != "" {
		signed.Header.Set(headerSecurityToken, credentials.SecurityToken)
	}

	canonical, err := signerRequest(signed, body)
	if err != nil {
		return nil, secrets{}, err
	}
	added, err := signer.Sign(canonical, credentials.AccessKey, credentials.SecretKey)
	if err != nil {
		return nil, secrets{}, fmt.Errorf("the signature could not be computed: %w", err)
	}
	signed.Header.Set(signer.HeaderAuthorization, added[signer.HeaderAuthorization])
	return signed, newSecrets(credentials, added[signer.HeaderAuthorization]), nil
}

// signerRequest puts req into the form the SDK's signer reads. The signer signs every header it is given, takes the
// text given for Host as it is, and drops query values that are not a reflect.Value.
func signerRequest(req *http.Request, body []byte) (*request.DefaultHttpRequest, error) {
	query, err := url.ParseQuery(req.URL.RawQuery)
	if err != nil {
		return nil, fmt.Errorf("the query %q cannot be read: %w", req.URL.RawQuery, err)
	}
	builder := request.NewHttpRequestBuilder().
		WithMethod(cmp.Or(req.Method, http.MethodGet)).
		WithEndpoint(req.URL.Scheme+"://"+req.Host).
		WithPath(req.URL.Path).
		WithBody("", string(body)). // as a string: anything else is encoded as JSON
		AddHeaderParam(headerHost, req.Host)
	for key, values := range query {
		builder.AddQueryParam(key, reflect.ValueOf(values))
	}
	for _, name := range []string{headerProjectID, headerDomainID, headerDate, headerSecurityToken} {
		if value := req.Header.Get(name); value != "" {
			builder.AddHeaderParam(name, value)
		}
	}
	return builder.Build(), nil
}

// hostWithoutDefaultPort is the Host header as the gateway verifies it: :443 is dropped for https and :80 for http,
// any other port stays (documented: signing guide).
func hostWithoutDefaultPort(req *http.Request) string {
	host := cmp.Or(req.Host, req.URL.Host)
	switch req.URL.Scheme {
	case "https":
		return strings.TrimSuffix(host, ":443")
	case "http":
		return strings.TrimSuffix(host, ":80")
	default:
		return host
	}
}

func readBody(body io.ReadCloser) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	content, err := io.ReadAll(io.LimitReader(body, maxBodyBytes+1))
	if err := errors.Join(err, body.Close()); err != nil {
		return nil, fmt.Errorf("the body of the request cannot be read: %w", err)
	}
	if len(content) > maxBodyBytes {
		return nil, ErrBodyTooLarge
	}
	return content, nil
}

func setBody(req *http.Request, content []byte) {
	req.ContentLength = int64(len(content))
	req.TransferEncoding = nil
	if len(content) == 0 {
		req.Body, req.GetBody = http.NoBody, nil
		return
	}
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
	req.Body = io.NopCloser(bytes.NewReader(content))
}
