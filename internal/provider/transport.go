// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-cleanhttp"
	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/net/http/httpproxy"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// network is the one way out for every call to the cloud.
func (p *dliProvider) network(settings settings) http.RoundTripper {
	if p.host.Transport != nil {
		return p.host.Transport
	}
	transport := cleanhttp.DefaultPooledTransport()
	proxyFor := p.proxy().ProxyFunc()
	transport.Proxy = func(request *http.Request) (*url.URL, error) { return proxyFor(request.URL) }
	transport.TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		RootCAs:            settings.authorities,
		InsecureSkipVerify: settings.insecure, //nolint:gosec // the user asks for it by the argument insecure
	}
	return transport
}

// proxy is what http.ProxyFromEnvironment reads, read from the environment of the provider's host.
func (p *dliProvider) proxy() *httpproxy.Config {
	either := func(upper, lower string) string {
		if value := p.host.Getenv(upper); value != "" {
			return value
		}
		return p.host.Getenv(lower)
	}
	return &httpproxy.Config{
		HTTPProxy:  either("HTTP_PROXY", "http_proxy"),
		HTTPSProxy: either("HTTPS_PROXY", "https_proxy"),
		NoProxy:    either("NO_PROXY", "no_proxy"),
	}
}

// instance is the way to the metadata of the instance: no proxy, which would answer for another machine.
func (p *dliProvider) instance() http.RoundTripper {
	if p.host.Transport != nil {
		return p.host.Transport
	}
	transport := cleanhttp.DefaultTransport()
	transport.Proxy = nil
	return transport
}

// How long one attempt of a request for keys may take. The metadata is on the same machine: where there is none, the
// user should hear of it at once.
const (
	keyPatience      = 30 * time.Second
	metadataPatience = 3 * time.Second
)

// keyClient sends the few requests for temporary keys. They cannot go through the connection, for its calls wait for
// them; their retries and their lines in the log are the same.
func keyClient(next http.RoundTripper, userAgent string, patience time.Duration, retries int) *http.Client {
	refuseRedirect := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{
		CheckRedirect: refuseRedirect,
		Transport: roundTripFunc(func(request *http.Request) (*http.Response, error) {
			client := &retryablehttp.Client{
				HTTPClient: &http.Client{
					Transport:     &keyAttempts{next: next, userAgent: userAgent},
					CheckRedirect: refuseRedirect,
					Timeout:       patience,
				},
				RetryMax:     retries,
				RetryWaitMin: 2 * time.Second,
				RetryWaitMax: 30 * time.Second,
				CheckRetry:   keyRetry,
				Backoff:      keyBackoff,
				ErrorHandler: retryablehttp.PassthroughErrorHandler,
			}
			return (&retryablehttp.RoundTripper{Client: client}).RoundTrip(request)
		}),
	}
}

// keyRetry is the rule for a call that may be repeated; never a 401, and never what was not even sent.
func keyRetry(ctx context.Context, response *http.Response, err error) (bool, error) {
	if _, unsent := errors.AsType[*auth.SigningError](err); unsent {
		return false, nil
	}
	return retryablehttp.DefaultRetryPolicy(ctx, response, err) //nolint:wrapcheck // it is the context's error, or the attempt's
}

// keyBackoff obeys the service, but not for longer than somebody would wait at a plan.
func keyBackoff(shortest, longest time.Duration, attempt int, response *http.Response) time.Duration {
	return min(retryablehttp.DefaultBackoff(shortest, longest, attempt, response), 5*time.Minute)
}

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

// keyAttempts sends and logs the attempts of one request, one after the other.
type keyAttempts struct {
	next      http.RoundTripper
	userAgent string
	number    int
}

func (a *keyAttempts) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	request = request.Clone(ctx)
	request.Header.Set("User-Agent", a.userAgent)
	a.number++
	start := time.Now()
	response, err := a.next.RoundTrip(request)
	attempt := dli.Attempt{
		Method:   request.Method,
		Path:     request.URL.RequestURI(),
		Host:     request.URL.Host,
		Number:   a.number,
		Duration: time.Since(start),
		Err:      err,
	}
	if response != nil {
		attempt.StatusCode = response.StatusCode
		attempt.RequestID = response.Header.Get("X-Request-Id")
	}
	logRequest(ctx, attempt)
	return response, err
}
