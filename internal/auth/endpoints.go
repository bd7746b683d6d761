// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Endpoints are base URLs without a version and without a trailing slash.
type Endpoints struct {
	DLI string
	IAM string
}

// EndpointSettings are what endpoints are made of.
type EndpointSettings struct {
	Region string
	// Cloud is the domain of the cloud; empty is that of Huawei Cloud.
	Cloud string
	// AuthURL is the endpoint of IAM, where Overrides name none; empty is the usual one.
	AuthURL string
	// Overrides are endpoints by service: dli, iam and obs. Nothing is sent to obs; it is known because users copy
	// their endpoints from another provider's block.
	Overrides map[string]string
}

// ResolveEndpoints derives https://{service}.{region}.{cloud} for every service that has no endpoint of its own. The
// cloud of Huawei Cloud is myhuaweicloud.com, except for the European site, whose regions begin with eu-west-1 and
// live under myhuaweicloud.eu while eu-west-0 does not. An endpoint is an absolute http or https URL; slashes at its
// end, and a /v3 at the end of IAM's, are dropped. The error is EndpointErrors.
func ResolveEndpoints(settings EndpointSettings) (Endpoints, error) {
	cloud := cmp.Or(settings.Cloud, homeCloud(settings.Region))
	refused := refusedPlace(settings.Region, cloud)
	bases := map[string]string{}
	for _, service := range []string{"dli", "iam", "obs"} {
		bases[service] = "https://" + service + "." + settings.Region + "." + cloud
	}

	if settings.AuthURL != "" {
		base, reason := baseURL(settings.AuthURL)
		bases["iam"] = base
		if reason != "" {
			refused = append(refused, &EndpointError{Setting: SettingAuthURL, Value: withoutUser(settings.AuthURL), Reason: reason})
		}
	}
	for _, service := range slices.Sorted(maps.Keys(settings.Overrides)) {
		raw := settings.Overrides[service]
		base, reason := baseURL(raw)
		if _, known := bases[service]; !known {
			reason = "is for an unknown service, known are dli, iam and obs"
		}
		bases[service] = base
		if reason != "" {
			refused = append(refused, &EndpointError{Setting: SettingEndpoints, Service: service, Value: withoutUser(raw), Reason: reason})
		}
	}
	if len(refused) > 0 {
		return Endpoints{}, refused
	}
	return Endpoints{DLI: bases["dli"], IAM: strings.TrimRight(strings.TrimSuffix(bases["iam"], "/v3"), "/")}, nil
}

func homeCloud(region string) string {
	if strings.HasPrefix(region, "eu-west-1") {
		return "myhuaweicloud.eu"
	}
	return "myhuaweicloud.com"
}

// refusedPlace keeps text that is no part of a host name from becoming one.
func refusedPlace(region, cloud string) EndpointErrors {
	var refused EndpointErrors
	if region == "" || strings.IndexByte("-_", region[0]) >= 0 || !consistsOf(region, "abcdefghijklmnopqrstuvwxyz0123456789-_") {
		refused = append(refused, &EndpointError{Setting: SettingRegion, Value: withoutUser(region),
			Reason: "is not the id of a region, such as cn-north-4"})
	}
	if !isDomainName(cloud) {
		refused = append(refused, &EndpointError{Setting: SettingCloud, Value: withoutUser(cloud),
			Reason: "is not a domain name, such as myhuaweicloud.com"})
	}
	return refused
}

func isDomainName(text string) bool {
	for label := range strings.SplitSeq(strings.ToLower(text), ".") {
		if label == "" || !consistsOf(label, "abcdefghijklmnopqrstuvwxyz0123456789-") {
			return false
		}
	}
	return true
}

func consistsOf(text, characters string) bool {
	return strings.Trim(text, characters) == ""
}

// baseURL gives raw without slashes at its end, or the reason why it is no base URL.
func baseURL(raw string) (base, reason string) {
	parsed, err := url.Parse(raw)
	switch {
	case err != nil:
		return "", "is not a URL" // the parser's own words would repeat a password
	case parsed.Scheme != "http" && parsed.Scheme != "https", parsed.Hostname() == "":
		return "", "is not an absolute http or https URL, such as https://dli.example.com"
	case parsed.User != nil:
		return "", "contains a user name"
	case strings.ContainsAny(raw, "?#"):
		return "", "contains a query or a fragment"
	}
	return parsed.Scheme + "://" + parsed.Host + strings.TrimRight(parsed.EscapedPath(), "/"), ""
}

// withoutUser drops everything before the last @, where a URL has its user and password.
func withoutUser(raw string) string {
	return raw[strings.LastIndex(raw, "@")+1:]
}
