// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

const (
	defaultRetries = 5
	mostRetries    = 100
)

// settings are the provider block and the environment made one.
type settings struct {
	region               string
	credentials          auth.Credentials
	projectID            string
	projectName          string
	endpoints            auth.Endpoints
	insecure             bool
	maxRetries           int
	maxRequestsPerSecond float64
}

// resolver reads settings and collects what is wrong with them: one error for each, on its argument.
type resolver struct {
	getenv func(string) string
	diags  diag.Diagnostics
}

// resolve settles every setting: the argument goes before the variable.
func resolve(block block, getenv func(string) string) (settings, diag.Diagnostics) {
	r := &resolver{getenv: getenv}
	resolved := settings{
		region: r.required("region", block.Region, "HW_REGION_NAME"),
		credentials: auth.Credentials{
			AccessKey:     r.required("access_key", block.AccessKey, "HW_ACCESS_KEY"),
			SecretKey:     r.required("secret_key", block.SecretKey, "HW_SECRET_KEY"),
			SecurityToken: r.text("security_token", block.SecurityToken, "HW_SECURITY_TOKEN"),
		},
		projectID:            r.text("project_id", block.ProjectID, "HW_PROJECT_ID"),
		projectName:          r.text("project_name", block.ProjectName, "HW_PROJECT_NAME"),
		insecure:             r.flag("insecure", block.Insecure, "HW_INSECURE"),
		maxRetries:           r.retries(block.MaxRetries),
		maxRequestsPerSecond: block.MaxRequestsPerSecond.ValueFloat64(),
	}
	r.known("max_requests_per_second", block.MaxRequestsPerSecond, "")
	if block.ProjectID.ValueString() != "" && block.ProjectName.ValueString() != "" {
		r.refuse("project_name", "Two names for one project", "project_id and project_name are both set. Keep project_id, or remove it to have the project looked up by its name.")
	}
	resolved.endpoints = r.endpoints(resolved.region, block.Endpoints)
	return resolved, r.diags
}

// known refuses a value that is not known yet: a provider cannot wait for one.
func (r *resolver) known(argument string, value attr.Value, variable string) bool {
	if !value.IsUnknown() {
		return true
	}
	other := "Set it to a value that is known"
	if variable != "" {
		other += ", or in the environment variable " + variable
	}
	r.refuse(argument, "Unknown "+argument, fmt.Sprintf(
		"The provider needs %s to plan, and its value is known only after an apply. %s; or apply what it comes from first, with -target.", argument, other))
	return false
}

func (r *resolver) refuse(argument, title, text string) {
	r.diags.AddAttributeError(path.Root(argument), title, text)
}

func (r *resolver) text(argument string, value types.String, variable string) string {
	if !r.known(argument, value, variable) {
		return ""
	}
	if text := value.ValueString(); text != "" {
		return text
	}
	return r.getenv(variable)
}

func (r *resolver) required(argument string, value types.String, variable string) string {
	text := r.text(argument, value, variable)
	if text == "" && !value.IsUnknown() {
		r.refuse(argument, "Missing "+argument, fmt.Sprintf(
			"Set the argument %s in the provider block, or the environment variable %s.", argument, variable))
	}
	return text
}

func (r *resolver) flag(argument string, value types.Bool, variable string) bool {
	text := r.getenv(variable)
	if !r.known(argument, value, variable) || !value.IsNull() || text == "" {
		return value.ValueBool()
	}
	flag, err := strconv.ParseBool(text)
	if err != nil {
		r.refuse(argument, "Invalid "+argument, fmt.Sprintf("The environment variable %s is %q. Set it to true or false.", variable, text))
	}
	return flag
}

func (r *resolver) retries(value types.Int64) int {
	const argument, variable = "max_retries", "HW_MAX_RETRIES"
	text := r.getenv(variable)
	switch {
	case !r.known(argument, value, variable):
		return 0
	case !value.IsNull():
		return int(value.ValueInt64())
	case text == "":
		return defaultRetries
	}
	retries, err := strconv.Atoi(text)
	if err != nil || retries < 0 || retries > mostRetries {
		r.refuse(argument, "Invalid "+argument, fmt.Sprintf("The environment variable %s is %q. Set it to a number from 0 to %d.", variable, text, mostRetries))
	}
	return retries
}

// endpoints puts each fault on the argument that makes it.
func (r *resolver) endpoints(region string, value types.Map) auth.Endpoints {
	overrides := map[string]string{}
	if !r.known("endpoints", value, "") || region == "" {
		return auth.Endpoints{}
	}
	for service, element := range value.Elements() {
		text, ok := element.(types.String)
		if ok && r.known("endpoints", text, "") {
			overrides[service] = text.ValueString()
		}
	}
	if r.diags.HasError() {
		return auth.Endpoints{}
	}
	endpoints, err := auth.ResolveEndpoints(region, "", overrides)
	if faults, ok := errors.AsType[auth.EndpointErrors](err); ok {
		for _, fault := range faults {
			at := path.Root(string(fault.Setting))
			if fault.Service != "" {
				at = at.AtMapKey(fault.Service)
			}
			r.diags.AddAttributeError(at, "Invalid "+string(fault.Setting), fault.Error()+".")
		}
	}
	return endpoints
}
