// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// answer is what goes back to the caller, and what it was, in words for the log.
type answer struct {
	status int
	header http.Header
	body   []byte
	note   string
}

// answered returns an answer with a JSON body, or with none for a nil value.
func answered(status int, value any, note string, arguments ...any) answer {
	a := answer{status: status, header: http.Header{}, note: fmt.Sprintf(note, arguments...)}
	if value != nil {
		a.header.Set("Content-Type", "application/json")
		a.body = encode(value)
	}
	return a
}

func encode(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("dlisim: an answer has no JSON form: %v", err)) // only our own types come here
	}
	return body
}

// The shapes an error body has, by who sends it (documented).
type shape int

const (
	dliShape shape = iota
	gatewayShape
	keystoneShape
)

// refusal is the service's no.
type refusal struct {
	shape   shape
	status  int
	code    string
	message string
}

func (r *refusal) Error() string { return r.code + " " + r.message }

func (r *refusal) answer(requestID string) answer {
	note := "refused: " + r.Error()
	switch r.shape {
	case gatewayShape:
		return answered(r.status, map[string]any{"error_msg": r.message, "error_code": r.code, "request_id": requestID}, "%s", note)
	case keystoneShape:
		return answered(r.status, map[string]any{"error": map[string]any{
			"code": r.status, "message": r.message, "title": http.StatusText(r.status),
		}}, "%s", note)
	default:
		return answered(r.status, map[string]any{"error_code": r.code, "error_msg": r.message}, "%s", note)
	}
}

// badRequest is 400 DLI.0001, the parameter check.
func badRequest(format string, arguments ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, code: "DLI.0001", message: fmt.Sprintf(format, arguments...)}
}

// absent is the answer to a request for something that is not there.
func (b Behaviour) absent(format string, arguments ...any) *refusal {
	r := &refusal{status: http.StatusNotFound, code: "DLI.0023", message: fmt.Sprintf(format, arguments...)}
	if b.AbsentIsBadRequest {
		r.status, r.code = http.StatusBadRequest, "DLI.0002"
	}
	return r
}

func gatewayRefusal(status int, code, message string) *refusal {
	return &refusal{shape: gatewayShape, status: status, code: code, message: message}
}

func iamRefusal(status int, message string) *refusal {
	return &refusal{shape: keystoneShape, status: status, message: message}
}

// unpublished is the gateway's answer to a path or a method it does not know.
func unpublished() *refusal {
	return gatewayRefusal(http.StatusNotFound, "APIGW.0101", "The API does not exist or has not been published in the environment")
}

// ErrorBody returns the JSON of an error of DLI or of the gateway, for a [Fault]'s Body.
func ErrorBody(code, message string) string {
	return string(encode(map[string]string{"error_code": code, "error_msg": message}))
}
