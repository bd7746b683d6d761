// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"errors"
	"net/http"
)

// advice is what the user can do about an error of the service; empty where nothing is known.
func advice(err error) string {
	answer, ok := errors.AsType[*APIError](err)
	if !ok {
		return networkAdvice(err)
	}
	switch {
	case answer.StatusCode == http.StatusUnauthorized:
		return checkKeys + " It was not tried again: five refused signatures lock the key for five minutes."
	case answer.isThrottled():
		return "The service limits requests. Lower \"terraform apply -parallelism\", raise max_retries, or set max_requests_per_second."
	case answer.StatusCode == http.StatusForbidden, answer.Code == "DLI.0003":
		return "The user of the access key lacks a permission for this call: one of IAM, or a grant on the package group or package. " +
			"Such grants are DLI's own, and its console shows them, not IAM's."
	case answer.Code == "DLI.0011":
		return "DLI may not read one of the OBS objects. Check the policy of the bucket and the agency of DLI."
	case answer.Code == "DLI.1028":
		return "The quota of packages (SL_PKG_RESOURCE) of the project is used up. Delete packages or ask for more."
	case answer.StatusCode == http.StatusNotFound && answer.fromGateway(),
		answer.StatusCode >= http.StatusMultipleChoices && answer.StatusCode < http.StatusBadRequest:
		return "The address is not that of the service. Check region, cloud and endpoints of the provider."
	case answer.isServerFault():
		return "This is a fault of the service. Try again later; if it stays, its support finds the request by its id."
	default:
		return ""
	}
}

const checkKeys = "Check the access key, the secret key, the security token and the clock of this machine."

// networkAdvice is that for a call without an answer.
func networkAdvice(err error) string {
	if _, ok := errors.AsType[*TransportError](err); !ok {
		return ""
	}
	if _, ok := errors.AsType[*rateError](err); ok {
		return "Raise max_requests_per_second, or the timeout of the operation."
	}
	if WasNotSent(err) {
		return checkKeys
	}
	return "Check the network, the proxy in HTTPS_PROXY and NO_PROXY, the endpoints of the provider, and cacert_file where a proxy opens TLS."
}
