// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/tls"
	"net/http"
	"net/url"

	"github.com/hashicorp/go-cleanhttp"
	"golang.org/x/net/http/httpproxy"
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
