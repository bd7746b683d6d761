// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/resourcegroup"
)

const (
	defaultRetries = 5
	mostRetries    = 100
)

// settings are the provider block, the environment and the files of other tools made one.
type settings struct {
	identity identity
	// agency is to be assumed, unless its name is empty.
	agency    auth.Agency
	region    string
	projectID string
	// projectName is what is looked up where there is no projectID.
	projectName string
	endpoints   auth.Endpoints
	insecure    bool
	// authorities sign the certificates of the service; nil are those of the system.
	authorities          *x509.CertPool
	maxRetries           int
	maxRequestsPerSecond float64
	tags                 resourcegroup.TagPolicy
}

// resolve settles every setting: the argument goes before its variables, and these before the file from which the
// keys come.
func resolve(ctx context.Context, block block, getenv func(string) string) (settings, diag.Diagnostics) {
	r := &resolver{getenv: getenv}
	identity := r.identity(block)
	resolved := settings{
		identity:             identity,
		region:               r.region(block.Region, identity.Region),
		insecure:             r.flag("insecure", block.Insecure),
		authorities:          r.authorities(block.CACertFile),
		maxRetries:           int(r.integer("max_retries", block.MaxRetries, 0, mostRetries, defaultRetries)),
		maxRequestsPerSecond: block.MaxRequestsPerSecond.ValueFloat64(),
	}
	r.known("max_requests_per_second", block.MaxRequestsPerSecond)
	if identity.Region != "" && identity.Region != resolved.region {
		identity.ProjectID = "" // it is a project of the profile's region
	}
	resolved.projectID, resolved.projectName = r.project(block, resolved.region, identity.ProjectID)
	resolved.tags = r.tagPolicy(ctx, block.DefaultTags, block.IgnoreTags)
	resolved.agency = r.agency(ctx, block.AssumeRole, identity.Agency)
	resolved.endpoints = r.endpoints(resolved.region, block, identity.IAMEndpoint)
	return resolved, r.diags
}

func (r *resolver) region(value types.String, profile string) string {
	region := cmp.Or(r.text("region", value), profile)
	if region == "" && !value.IsUnknown() {
		r.refuse(missing("region", ""))
	}
	return region
}

// project is the id, or else the name to look it up by. An argument, be it the id or the name, goes before both
// variables.
func (r *resolver) project(block block, region, profile string) (id, name string) {
	written := block.ProjectID.ValueString() != "" || block.ProjectName.ValueString() != ""
	switch {
	case !r.known("project_id", block.ProjectID), !r.known("project_name", block.ProjectName):
		return "", ""
	case block.ProjectID.ValueString() != "" && block.ProjectName.ValueString() != "":
		r.refuse(twoProjects())
		return "", ""
	case written:
		return block.ProjectID.ValueString(), block.ProjectName.ValueString()
	}
	if _, id = r.variable("project_id"); id != "" {
		return id, ""
	}
	if _, name = r.variable("project_name"); name != "" {
		return "", name
	}
	return profile, region
}

// authorities are those of the system, and those of the file. The provider huaweicloud takes the certificates
// themselves in the place of the path too.
func (r *resolver) authorities(value types.String) *x509.CertPool {
	text := r.text("cacert_file", value)
	if text == "" {
		return nil
	}
	content := []byte(text)
	if !strings.Contains(text, "-----BEGIN") {
		var err error
		if content, err = os.ReadFile(r.file(text)); err != nil {
			r.refuse(unreadableAuthorities(r.file(text), err))
			return nil
		}
	}
	pool, err := x509.SystemCertPool()
	if err != nil { // a machine without any
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(content) {
		r.refuse(noAuthority())
	}
	return pool
}

// endpoints puts each fault on the argument that makes it.
func (r *resolver) endpoints(region string, block block, profile string) auth.Endpoints {
	own := auth.EndpointSettings{
		Region:    region,
		Cloud:     r.text("cloud", block.Cloud),
		AuthURL:   r.authURL(block.AuthURL, profile),
		Overrides: map[string]string{},
	}
	if address, _, _ := strings.Cut(r.getenv(sdkEndpointVariable(region)), ","); address != "" {
		own.Overrides["dli"] = address
	}
	if !r.known("endpoints", block.Endpoints) || region == "" {
		return auth.Endpoints{}
	}
	for service, element := range block.Endpoints.Elements() {
		text, ok := element.(types.String)
		if ok && r.known("endpoints", text) {
			own.Overrides[service] = text.ValueString()
		}
	}
	endpoints, err := auth.ResolveEndpoints(own)
	if faults, ok := errors.AsType[auth.EndpointErrors](err); ok {
		for _, fault := range faults {
			r.refuse(invalidEndpoint(fault, r.origin(fault, region, block)))
		}
	}
	return endpoints
}

// origin is where a value came from that makes no endpoint.
func (r *resolver) origin(fault *auth.EndpointError, region string, block block) string {
	argument := "argument " + fault.Setting
	if fault.Service != "" {
		if _, written := block.Endpoints.Elements()[fault.Service]; !written {
			return "environment variable " + sdkEndpointVariable(region)
		}
		return argument + "." + fault.Service
	}
	written := map[string]types.String{auth.SettingRegion: block.Region, auth.SettingCloud: block.Cloud, auth.SettingAuthURL: block.AuthURL}
	variable, _ := r.variable(fault.Setting)
	switch {
	case written[fault.Setting].ValueString() != "":
		return argument
	case variable != "":
		return "environment variable " + variable
	default:
		return fault.Setting + " of the file that the keys come from"
	}
}

// authURL is the argument, a variable, or what the file of the keys says. The vendor's SDKs take theirs without a scheme.
func (r *resolver) authURL(value types.String, profile string) string {
	text := r.text("auth_url", value)
	name, _ := r.variable("auth_url")
	if value.ValueString() != "" || name != "" && name != sdkIAMVariable {
		return text
	}
	text = cmp.Or(text, profile)
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "https://" + text
}
