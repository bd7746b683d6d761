// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"fmt"
	"strings"
)

// What an EndpointError can be about.
const (
	SettingRegion    = "region"
	SettingCloud     = "cloud"
	SettingAuthURL   = "auth_url"
	SettingEndpoints = "endpoints"
)

// EndpointError is one setting from which no endpoint can be made.
type EndpointError struct {
	// Setting is one of the constants above.
	Setting string
	// Service is the key in the overrides; empty unless Setting is SettingEndpoints.
	Service string
	// Value is what was refused, without the user and password of a URL.
	Value string
	// Reason goes on from the setting: "is not …".
	Reason string
}

// Error names the setting, its value and what is wrong with it.
func (e *EndpointError) Error() string {
	setting := e.Setting
	if e.Service != "" {
		setting += "." + e.Service
	}
	return fmt.Sprintf("%s %q %s", setting, e.Value, e.Reason)
}

// EndpointErrors are all the settings that were refused; overrides come last, sorted by service.
type EndpointErrors []*EndpointError

// Error joins the messages.
func (e EndpointErrors) Error() string {
	messages := make([]string, len(e))
	for i, refused := range e {
		messages[i] = refused.Error()
	}
	return strings.Join(messages, "; ")
}

// Unwrap lets errors.As find an *EndpointError.
func (e EndpointErrors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, refused := range e {
		errs[i] = refused
	}
	return errs
}
