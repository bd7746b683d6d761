// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"errors"
	"net/http"
)

// Advice is what the user can do next about an error of the service, as a paragraph to add to the error; empty where
// nothing is known.
func Advice(err error) string {
	answer, ok := errors.AsType[*APIError](err)
	if !ok {
		if _, ok := errors.AsType[*TransportError](err); ok {
			return "\n\nCheck the network, the proxy settings and the provider's endpoints."
		}
		return ""
	}
	switch {
	case answer.StatusCode == http.StatusUnauthorized:
		return "\n\nCheck the access key, the secret key, the security token and the clock of this machine. " +
			"It was not tried again: five refused signatures lock the key for five minutes."
	case answer.StatusCode == http.StatusForbidden, answer.Code == "DLI.0003":
		return "\n\nThe user of the access key lacks a permission in DLI or IAM for this call."
	case answer.StatusCode == http.StatusTooManyRequests:
		return "\n\nThe service limits requests. Lower \"terraform apply -parallelism\", or raise max_retries."
	case answer.Code == "DLI.0011":
		return "\n\nDLI may not read one of the OBS objects. Check the bucket's policy and the agency of DLI."
	case answer.Code == "DLI.1028":
		return "\n\nThe quota of packages (SL_PKG_RESOURCE) of the project is used up. Delete packages or ask for more."
	default:
		return ""
	}
}
