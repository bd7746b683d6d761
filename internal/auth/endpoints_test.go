// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

func TestEndpointsFollowRegionAndCloud(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ region, cloud, domain string }{
		"China":                          {region: "cn-north-4", domain: "cn-north-4.myhuaweicloud.com"},
		"international":                  {region: "ap-southeast-3", domain: "ap-southeast-3.myhuaweicloud.com"},
		"region without a number":        {region: "my-kualalumpur-1", domain: "my-kualalumpur-1.myhuaweicloud.com"},
		"Dublin is the European site":    {region: "eu-west-101", domain: "eu-west-101.myhuaweicloud.eu"},
		"Paris is not":                   {region: "eu-west-0", domain: "eu-west-0.myhuaweicloud.com"},
		"cloud given in the EU":          {region: "eu-west-101", cloud: "myhuaweicloud.com", domain: "eu-west-101.myhuaweicloud.com"},
		"Open Telekom Cloud":             {region: "eu-de", cloud: "otc.t-systems.com", domain: "eu-de.otc.t-systems.com"},
		"G42":                            {region: "ae-ad-1", cloud: "g42cloud.com", domain: "ae-ad-1.g42cloud.com"},
		"SberCloud":                      {region: "ru-moscow-1", cloud: "hc.sbercloud.ru", domain: "ru-moscow-1.hc.sbercloud.ru"},
		"Flexible Engine shares eu-west": {region: "eu-west-0", cloud: "prod-cloud-ocb.orange-business.com", domain: "eu-west-0.prod-cloud-ocb.orange-business.com"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auth.ResolveEndpoints(auth.EndpointSettings{Region: test.region, Cloud: test.cloud})
			if err != nil {
				t.Fatal(err)
			}
			want := auth.Endpoints{DLI: "https://dli." + test.domain, IAM: "https://iam." + test.domain}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("endpoints (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOverrideReplacesOneEndpoint(t *testing.T) {
	t.Parallel()
	derived := auth.Endpoints{
		DLI: "https://dli.cn-north-4.myhuaweicloud.com",
		IAM: "https://iam.cn-north-4.myhuaweicloud.com",
	}
	tests := map[string]struct {
		service, url string
		want         auth.Endpoints
	}{
		"dli":                    {"dli", "http://127.0.0.1:8080", auth.Endpoints{DLI: "http://127.0.0.1:8080", IAM: derived.IAM}},
		"obs":                    {"obs", "https://obs.example.com", derived},
		"iam":                    {"iam", "https://iam.example.com", auth.Endpoints{DLI: derived.DLI, IAM: "https://iam.example.com"}},
		"iam with version":       {"iam", "https://iam.example.com/v3", auth.Endpoints{DLI: derived.DLI, IAM: "https://iam.example.com"}},
		"iam with version/":      {"iam", "https://iam.example.com/v3/", auth.Endpoints{DLI: derived.DLI, IAM: "https://iam.example.com"}},
		"iam below a path":       {"iam", "https://example.com/iam/v3", auth.Endpoints{DLI: derived.DLI, IAM: "https://example.com/iam"}},
		"dli keeps its version":  {"dli", "https://dli.example.com/v3", auth.Endpoints{DLI: "https://dli.example.com/v3", IAM: derived.IAM}},
		"dli below a path":       {"dli", "https://example.com/a%2Fb/dli/", auth.Endpoints{DLI: "https://example.com/a%2Fb/dli", IAM: derived.IAM}},
		"trailing slash":         {"dli", "https://dli.example.com//", auth.Endpoints{DLI: "https://dli.example.com", IAM: derived.IAM}},
		"scheme in upper case":   {"dli", "HTTPS://dli.example.com", auth.Endpoints{DLI: "https://dli.example.com", IAM: derived.IAM}},
		"IPv6 address with port": {"dli", "http://[::1]:8080", auth.Endpoints{DLI: "http://[::1]:8080", IAM: derived.IAM}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auth.ResolveEndpoints(auth.EndpointSettings{Region: "cn-north-4", Overrides: map[string]string{test.service: test.url}})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("endpoints (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAuthURLIsTheEndpointOfIAMUnlessItHasOneOfItsOwn(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		overrides map[string]string
		want      string
	}{
		"alone":              {want: "https://iam.example.com"},
		"with another":       {overrides: map[string]string{"dli": "https://dli.example.com"}, want: "https://iam.example.com"},
		"with endpoints.iam": {overrides: map[string]string{"iam": "https://other.example.com"}, want: "https://other.example.com"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auth.ResolveEndpoints(auth.EndpointSettings{
				Region: "eu-de", AuthURL: "https://iam.example.com/v3/", Overrides: test.overrides,
			})
			if err != nil || got.IAM != test.want {
				t.Errorf("got %s, %v, want %s", got.IAM, err, test.want)
			}
		})
	}
}

func TestBadEndpointSettingIsNamed(t *testing.T) {
	t.Parallel()
	const secret = "p4ssword"
	tests := map[string]struct {
		region, cloud, authURL, service, url string
		want                                 auth.EndpointError
	}{
		"no region":              {region: "", want: auth.EndpointError{Setting: "region"}},
		"region with slash":      {region: "evil.example.com/", want: auth.EndpointError{Setting: "region", Value: "evil.example.com/"}},
		"cloud as URL":           {region: "eu-de", cloud: "https://x.com", want: auth.EndpointError{Setting: "cloud", Value: "https://x.com"}},
		"cloud with user":        {region: "eu-de", cloud: "u:" + secret + "@x.com", want: auth.EndpointError{Setting: "cloud", Value: "x.com"}},
		"cloud with a dot":       {region: "eu-de", cloud: "x.com.", want: auth.EndpointError{Setting: "cloud", Value: "x.com."}},
		"region with dash first": {region: "-eu", want: auth.EndpointError{Setting: "region", Value: "-eu"}},
		"auth_url":               {region: "eu-de", authURL: "iam.example.com/v3", want: auth.EndpointError{Setting: "auth_url", Value: "iam.example.com/v3"}},
		"unknown service":        {region: "eu-de", service: "ecs", url: "https://x.com", want: auth.EndpointError{Setting: "endpoints", Service: "ecs", Value: "https://x.com"}},
		"empty":                  {region: "eu-de", service: "dli", want: auth.EndpointError{Setting: "endpoints", Service: "dli"}},
		"no scheme":              {region: "eu-de", service: "dli", url: "dli.example.com", want: auth.EndpointError{Setting: "endpoints", Service: "dli", Value: "dli.example.com"}},
		"other scheme":           {region: "eu-de", service: "dli", url: "ftp://x.com", want: auth.EndpointError{Setting: "endpoints", Service: "dli", Value: "ftp://x.com"}},
		"no host":                {region: "eu-de", service: "iam", url: "https:///v3", want: auth.EndpointError{Setting: "endpoints", Service: "iam", Value: "https:///v3"}},
		"port only":              {region: "eu-de", service: "iam", url: "https://:443", want: auth.EndpointError{Setting: "endpoints", Service: "iam", Value: "https://:443"}},
		"query":                  {region: "eu-de", service: "obs", url: "https://x.com?a=1", want: auth.EndpointError{Setting: "endpoints", Service: "obs", Value: "https://x.com?a=1"}},
		"empty query":            {region: "eu-de", service: "obs", url: "https://x.com?", want: auth.EndpointError{Setting: "endpoints", Service: "obs", Value: "https://x.com?"}},
		"fragment":               {region: "eu-de", service: "obs", url: "https://x.com#f", want: auth.EndpointError{Setting: "endpoints", Service: "obs", Value: "https://x.com#f"}},
		"user":                   {region: "eu-de", service: "dli", url: "https://u:" + secret + "@x.com", want: auth.EndpointError{Setting: "endpoints", Service: "dli", Value: "x.com"}},
		"user, not a URL":        {region: "eu-de", service: "dli", url: "https://u:%" + secret + "@x.com", want: auth.EndpointError{Setting: "endpoints", Service: "dli", Value: "x.com"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			overrides := map[string]string{}
			if test.service != "" {
				overrides[test.service] = test.url
			}
			_, err := auth.ResolveEndpoints(auth.EndpointSettings{Region: test.region, Cloud: test.cloud, AuthURL: test.authURL, Overrides: overrides})
			got, ok := errors.AsType[*auth.EndpointError](err)
			if !ok {
				t.Fatalf("error is %T: %v", err, err)
			}
			if got.Reason == "" || !strings.HasSuffix(err.Error(), got.Reason) || strings.Contains(err.Error(), secret) {
				t.Errorf("message %q", err)
			}
			test.want.Reason = got.Reason
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryBadEndpointSettingIsReportedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := auth.ResolveEndpoints(auth.EndpointSettings{Cloud: "-/-", AuthURL: "z", Overrides: map[string]string{
		"obs": "x", "ecs": "https://x.com", "dli": "y", "iam": "https://iam.example.com",
	}})

	refused, ok := errors.AsType[auth.EndpointErrors](err)
	if !ok {
		t.Fatalf("error is %T", err)
	}
	var got []string
	for _, one := range refused {
		got = append(got, one.Setting+" "+one.Service)
	}
	want := []string{"region ", "cloud ", "auth_url ", "endpoints dli", "endpoints ecs", "endpoints obs"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	if first, want := refused[3].Error(), `endpoints.dli "y" is not an absolute http or https URL, such as https://dli.example.com`; first != want {
		t.Errorf("message %s", first)
	}
}
