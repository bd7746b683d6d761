// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// ErrAbsent is what a look for a group or package ends with when the service knows none of that name.
var ErrAbsent = errors.New("the service knows no such package group")

// APIError is an answer of the service that is not a success.
type APIError struct {
	// StatusCode is the HTTP status. It is 200 for the refusals that come as "is_success": false.
	StatusCode int
	// Code is the service's or the gateway's code, such as DLI.0001 or APIGW.0308; it may be empty.
	Code string
	// Message is the service's own text, or the beginning of a body that is not JSON.
	Message string
	// RequestID is what the support of the service asks for; it may be empty.
	RequestID string
	// Attempts is how often the call was sent.
	Attempts int
}

func (e *APIError) Error() string {
	text := cmp.Or(e.Message, http.StatusText(e.StatusCode), "an answer without a reason")
	if e.Code != "" {
		text = e.Code + ": " + text
	}
	facts := []string{fmt.Sprintf("HTTP %d", e.StatusCode)}
	if e.Attempts > 1 {
		facts = append(facts, fmt.Sprintf("%d attempts", e.Attempts))
	}
	if e.RequestID != "" {
		facts = append(facts, "request id "+e.RequestID)
	}
	return text + " (" + strings.Join(facts, ", ") + ")"
}

// HTTPStatus is StatusCode, for packages that do not know this one.
func (e *APIError) HTTPStatus() int { return e.StatusCode }

// TransportError is a call that got no answer: no connection, a cut one, or none in time.
type TransportError struct {
	// Host is where the call went.
	Host string
	// Attempts is how often the call was sent.
	Attempts int
	// Err is the reason.
	Err error
}

func (e *TransportError) Error() string {
	switch {
	case WasNotSent(e.Err):
		return fmt.Sprintf("nothing was sent to %s: %v", e.Host, e.Err)
	case e.Attempts > 1:
		return fmt.Sprintf("no answer from %s in %d attempts: %v", e.Host, e.Attempts, e.Err)
	default:
		return fmt.Sprintf("no answer from %s: %v", e.Host, e.Err)
	}
}

// Unwrap returns the reason.
func (e *TransportError) Unwrap() error { return e.Err }

// IsAbsent reports whether err says that what was asked for does not exist. How the service says so is
// not documented: 404, or 400 with one of two codes (inferred from its error table and from clients).
// A 404 of the gateway means a wrong address and is no absence.
func IsAbsent(err error) bool {
	if errors.Is(err, ErrAbsent) {
		return true
	}
	answer, ok := errors.AsType[*APIError](err)
	if !ok {
		return false
	}
	switch answer.StatusCode {
	case http.StatusNotFound:
		return !answer.fromGateway()
	case http.StatusBadRequest:
		return answer.Code == "DLI.0002" || answer.Code == "DLI.0023"
	default:
		return false
	}
}

// IsUncertain reports whether the call that ended with err may have been carried out all the same: there
// was no answer, or one that says nothing about the work (408, 5xx, and DLI.0999, which is a 5xx sent as 400).
func IsUncertain(err error) bool {
	if _, ok := errors.AsType[*TransportError](err); ok {
		return !WasNotSent(err)
	}
	answer, ok := errors.AsType[*APIError](err)
	return ok && answer.isServerFault()
}

// isServerFault is true for answers that blame the service, not the request.
func (e *APIError) isServerFault() bool {
	switch {
	case e.StatusCode == http.StatusRequestTimeout, e.StatusCode >= http.StatusInternalServerError:
		return e.StatusCode != http.StatusNotImplemented
	default:
		return e.Code == "DLI.0999"
	}
}

// isThrottled is true when the request was turned away before any work because there were too many.
// Public endpoints print the gateway's codes as APIGW., product documents as APIG.
func (e *APIError) isThrottled() bool {
	return e.StatusCode == http.StatusTooManyRequests || e.fromGateway() && strings.HasSuffix(e.Code, ".0308")
}

func (e *APIError) fromGateway() bool {
	return strings.HasPrefix(e.Code, "APIG.") || strings.HasPrefix(e.Code, "APIGW.")
}

// errorWire covers the three documented bodies: {error_code, error_msg} of DLI and of the gateway (which adds
// request_id), and {error: {code, message, title}} of IAM, whose code is a number.
type errorWire struct {
	Code      string `json:"error_code"`
	Message   string `json:"error_msg"`
	RequestID string `json:"request_id"`
	Keystone  struct {
		Message string `json:"message"`
		Title   string `json:"title"`
	} `json:"error"`
}

// longestQuote bounds what is quoted of an answer, in bytes.
const longestQuote = 1000

func newAPIError(status int, header http.Header, body []byte) *APIError {
	failure := &APIError{StatusCode: status, RequestID: header.Get("X-Request-Id")}
	var wire errorWire
	// A body of another shape leaves the members it does not have empty; then the raw text speaks.
	if json.Unmarshal(body, &wire) == nil || wire.Code != "" {
		failure.Code = excerpt(cmp.Or(wire.Code, wire.Keystone.Title))
		failure.Message = excerpt(cmp.Or(wire.Message, wire.Keystone.Message))
		failure.RequestID = cmp.Or(failure.RequestID, excerpt(wire.RequestID))
	}
	failure.RequestID = cmp.Or(failure.RequestID, header.Get("X-Iam-Trace-Id"))
	failure.Message = cmp.Or(failure.Message, excerpt(string(body)))
	return failure
}

// excerpt is the beginning of a text on one line.
func excerpt(text string) string {
	if len(text) > longestQuote {
		text = text[:longestQuote] + "…"
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
}
