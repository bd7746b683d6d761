// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Endpoints are base URLs without a version and without a trailing slash.
type Endpoints struct {
	DLI string
	IAM string
	OBS string
}

var (
	regionPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
	cloudPattern  = regexp.MustCompile(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$`)
)

// ResolveEndpoints derives https://{service}.{region}.{cloud} for every service that overrides (keys dli, iam and obs)
// does not name. An empty cloud is Huawei Cloud: myhuaweicloud.com, except for the European site, whose regions begin
// with eu-west-1 and live under myhuaweicloud.eu while eu-west-0 does not. An override is an absolute http or https
// URL; slashes at its end, and a /v3 at the end of the one for iam, are dropped. The error is EndpointErrors.
func ResolveEndpoints(region, cloud string, overrides map[string]string) (Endpoints, error) {
	if cloud == "" {
		cloud = homeCloud(region)
	}
	var endpoints Endpoints
	services := map[string]*string{"dli": &endpoints.DLI, "iam": &endpoints.IAM, "obs": &endpoints.OBS}
	for service, endpoint := range services {
		*endpoint = "https://" + service + "." + region + "." + cloud
	}

	refused := refusedPlace(region, cloud)
	for _, service := range slices.Sorted(maps.Keys(overrides)) {
		base, reason := baseURL(overrides[service])
		endpoint, known := services[service]
		if !known {
			reason = "is for an unknown service, known are dli, iam and obs"
		}
		if reason != "" {
			refused = append(refused, &EndpointError{Setting: SettingEndpoints, Service: service,
				Value: withoutUser(overrides[service]), Reason: reason})
			continue
		}
		*endpoint = base
	}
	if len(refused) > 0 {
		return Endpoints{}, refused
	}
	endpoints.IAM = strings.TrimRight(strings.TrimSuffix(endpoints.IAM, "/v3"), "/")
	return endpoints, nil
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
	if !regionPattern.MatchString(region) {
		refused = append(refused, &EndpointError{Setting: SettingRegion, Value: withoutUser(region),
			Reason: "is not the id of a region, such as cn-north-4"})
	}
	if !cloudPattern.MatchString(cloud) {
		refused = append(refused, &EndpointError{Setting: SettingCloud, Value: withoutUser(cloud),
			Reason: "is not a domain name, such as myhuaweicloud.com"})
	}
	return refused
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
