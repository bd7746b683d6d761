// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// largestAnswer bounds what is read of an answer with keys, in bytes; a security token has a few thousand.
const largestAnswer = 1 << 20

// exchange is one request for keys, or on the way to them.
type exchange struct {
	method string
	url    string
	header http.Header
	// body is sent as JSON; nil is no body.
	body any
}

// send returns the body of the answer. Its errors are *RefusedError, or say that there was no answer.
func (e exchange) send(ctx context.Context, client *http.Client) ([]byte, error) {
	var content io.Reader
	if e.body != nil {
		encoded, err := json.Marshal(e.body)
		if err != nil {
			return nil, fmt.Errorf("writing the request: %w", err)
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, e.method, e.url, content)
	if err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	maps.Copy(request.Header, e.header)
	if e.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, &unansweredError{request.URL.Host, err}
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer))
	if err != nil {
		return nil, &unansweredError{request.URL.Host, err}
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return nil, newRefusedError(request.URL.Host, response, answer)
	}
	return answer, nil
}

// unansweredError is a request without a whole answer, in words for the user: the URL is in those of the caller, and
// what Go says of timeouts and of cut connections only a programmer understands.
type unansweredError struct {
	host string
	err  error
}

func (e *unansweredError) Error() string {
	text, reason := "no answer from "+e.host, e.err
	if wrapped, ok := errors.AsType[*url.Error](e.err); ok {
		reason = wrapped.Err
	}
	timeout, ok := errors.AsType[net.Error](e.err)
	switch {
	case ok && timeout.Timeout():
		return text + " in time"
	case errors.Is(reason, io.EOF), errors.Is(reason, io.ErrUnexpectedEOF):
		return text + ": the connection was cut"
	default:
		return text + ": " + reason.Error()
	}
}

func (e *unansweredError) Unwrap() error { return e.err }

// decode is send for an answer in JSON. Errors of the decoder name members and never their values.
func (e exchange) decode(ctx context.Context, client *http.Client, answer any) error {
	content, err := e.send(ctx, client)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, answer); err != nil {
		return fmt.Errorf("the answer to %s %s is not the JSON that is documented: %w", e.method, e.url, err)
	}
	return nil
}

// RefusedError is an answer of IAM or of the instance metadata that is not a success.
type RefusedError struct {
	// Host is who answered.
	Host       string
	StatusCode int
	// Message is the host's own text, or the beginning of a body that is not JSON.
	Message string
	// RequestID is what the support of the service asks for; it may be empty.
	RequestID string
}

// Error quotes the answer.
func (e *RefusedError) Error() string {
	text := fmt.Sprintf("%s answered %d %s", e.Host, e.StatusCode, http.StatusText(e.StatusCode))
	if e.Message != "" {
		text += ": " + e.Message
	}
	if e.RequestID != "" {
		text += " (request id " + e.RequestID + ")"
	}
	return text
}

func newRefusedError(host string, response *http.Response, body []byte) *RefusedError {
	const longestText = 300
	var wire struct {
		Message  string `json:"error_msg"`
		Keystone struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	refused := &RefusedError{Host: host, StatusCode: response.StatusCode, RequestID: response.Header.Get("X-Request-Id")}
	if refused.RequestID == "" {
		refused.RequestID = response.Header.Get("X-Iam-Trace-Id")
	}
	if json.Unmarshal(body, &wire) == nil {
		refused.Message = wire.Message + wire.Keystone.Message // there is one of them, by who answers
	}
	if refused.Message == "" {
		text := strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "")), " ")
		refused.Message = text[:min(len(text), longestText)]
	}
	return refused
}
