// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestErrorBodiesAreReadInEveryForm(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 2*longestQuote)
	for _, c := range []struct {
		name   string
		status int
		header map[string]string
		body   string
		want   APIError
	}{
		{
			name: "of the service", status: 400,
			body: `{"error_code":"DLI.0001","error_msg":"The format of message is error"}`,
			want: APIError{Code: "DLI.0001", Message: "The format of message is error"},
		},
		{
			name: "of the gateway, with a request id", status: 401,
			body: `{"error_msg":"Incorrect IAM authentication information","error_code":"APIGW.0301","request_id":"7775eaa6"}`,
			want: APIError{Code: "APIGW.0301", Message: "Incorrect IAM authentication information", RequestID: "7775eaa6"},
		},
		{
			name: "the request id of the header goes first", status: 401,
			header: map[string]string{"X-Request-Id": "of-header", "X-IAM-Trace-Id": "trace"},
			body:   `{"error_msg":"no","error_code":"APIGW.0301","request_id":"of-body"}`,
			want:   APIError{Code: "APIGW.0301", Message: "no", RequestID: "of-header"},
		},
		{
			name: "of IAM, whose code is a number", status: 401,
			header: map[string]string{"X-IAM-Trace-Id": "trace"},
			body:   `{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}`,
			want:   APIError{Code: "Unauthorized", Message: "The username or password is wrong.", RequestID: "trace"},
		},
		{
			name: "of newer IAM", status: 403,
			body: `{"error_code":"IAM.0001","error_msg":"denied","encoded_authorization_message":"xyz"}`,
			want: APIError{Code: "IAM.0001", Message: "denied"},
		},
		{
			name: "a code and a message of another type", status: 400,
			body: `{"error_code":"DLI.0999","error_msg":42}`,
			want: APIError{Code: "DLI.0999", Message: `{"error_code":"DLI.0999","error_msg":42}`},
		},
		{
			name: "JSON of another shape", status: 500,
			body: `{"error":"boom"}`,
			want: APIError{Message: `{"error":"boom"}`},
		},
		{
			name: "HTML of a proxy", status: 502,
			body: "<html>\r\n<body>\n  <h1>502 Bad   Gateway</h1>\n</body></html>",
			want: APIError{Message: "<html> <body> <h1>502 Bad Gateway</h1> </body></html>"},
		},
		{name: "empty", status: 503, want: APIError{}},
		{name: "blank", status: 503, body: " \n", want: APIError{}},
		{
			name: "long text", status: 500, body: long,
			want: APIError{Message: long[:longestQuote] + "…"},
		},
		{
			name: "a long message", status: 500, body: toJSON(map[string]string{"error_code": "DLI.0001", "error_msg": long}),
			want: APIError{Code: "DLI.0001", Message: long[:longestQuote] + "…"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			for name, value := range c.header {
				header.Set(name, value)
			}
			c.want.StatusCode = c.status
			if diff := cmp.Diff(&c.want, newAPIError(c.status, header, []byte(c.body))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrorsSayWhatTheReaderNeeds(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"DLI.0001: bad name (HTTP 400, request id r-1)": &APIError{
			StatusCode: 400, Code: "DLI.0001", Message: "bad name", RequestID: "r-1", Attempts: 1,
		},
		"DLI.0999: busy (HTTP 400, 6 attempts, request id r-1)": &APIError{
			StatusCode: 400, Code: "DLI.0999", Message: "busy", RequestID: "r-1", Attempts: 6,
		},
		"Service Unavailable (HTTP 503)":        &APIError{StatusCode: 503, Attempts: 1},
		"DLI.1: Not Found (HTTP 404)":           &APIError{StatusCode: 404, Code: "DLI.1"},
		"an answer without a reason (HTTP 599)": &APIError{StatusCode: 599},
		"no answer from h: cut":                 &TransportError{Host: "h", Attempts: 1, Err: errors.New("cut")},
		"no answer from h in 3 attempts: cut":   &TransportError{Host: "h", Attempts: 3, Err: errors.New("cut")},
	} {
		if got := err.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestATransportErrorKeepsItsReason(t *testing.T) {
	t.Parallel()
	reason := errors.New("cut")
	if err := fmt.Errorf("upload: %w", &TransportError{Err: reason}); !errors.Is(err, reason) {
		t.Error("the reason is lost")
	}
}

func TestWhatCountsAsAbsent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want bool
	}{
		{ErrAbsent, true},
		{fmt.Errorf("reading: %w", ErrAbsent), true},
		{&APIError{StatusCode: 404, Code: "DLI.0023"}, true},
		{fmt.Errorf("reading: %w", &APIError{StatusCode: 404, Code: "DLI.0023"}), true},
		{&APIError{StatusCode: 404}, true},
		{&APIError{StatusCode: 400, Code: "DLI.0002"}, true},
		{&APIError{StatusCode: 400, Code: "DLI.0023"}, true},
		{&APIError{StatusCode: 404, Code: "APIGW.0101"}, false},
		{&APIError{StatusCode: 404, Code: "APIG.0101"}, false},
		{&APIError{StatusCode: 400, Code: "DLI.0001"}, false},
		{&APIError{StatusCode: 400}, false},
		{&APIError{StatusCode: 403, Code: "DLI.0002"}, false},
		{&APIError{StatusCode: 500, Code: "DLI.0023"}, false},
		{&APIError{StatusCode: 200, Code: "DLI.0023"}, false},
		{&TransportError{Err: errors.New("404")}, false},
		{context.Canceled, false},
		{nil, false},
	} {
		if got := IsAbsent(c.err); got != c.want {
			t.Errorf("%v: %t, want %t", c.err, got, c.want)
		}
	}
}

func TestWhatMayHaveBeenDoneAllTheSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want bool
	}{
		{&TransportError{Err: errors.New("cut")}, true},
		{fmt.Errorf("upload: %w", &TransportError{Err: errors.New("cut")}), true},
		{&APIError{StatusCode: 408}, true},
		{&APIError{StatusCode: 500}, true},
		{&APIError{StatusCode: 502}, true},
		{&APIError{StatusCode: 503}, true},
		{&APIError{StatusCode: 504, Code: "APIG.0201"}, true},
		{&APIError{StatusCode: 400, Code: "DLI.0999"}, true},
		{&APIError{StatusCode: 501}, false},
		{&APIError{StatusCode: 400, Code: "DLI.0001"}, false},
		{&APIError{StatusCode: 401}, false},
		{&APIError{StatusCode: 403}, false},
		{&APIError{StatusCode: 404}, false},
		{&APIError{StatusCode: 429, Code: "APIGW.0308"}, false},
		{&APIError{StatusCode: 200, Message: "refused"}, false},
		{ErrAbsent, false},
		{nil, false},
	} {
		if got := IsUncertain(c.err); got != c.want {
			t.Errorf("%v: %t, want %t", c.err, got, c.want)
		}
	}
}

func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		"", "null", "[]", "{", `{"error": null}`, `{"error": {"code": 401, "message": "m", "title": "t"}}`,
		`{"error_code": "DLI.0001", "error_msg": "m", "request_id": "r"}`, `{"error_code": 1, "error_msg": {}}`,
		"<html>\n</html>", strings.Repeat("é", longestQuote), "\xff\xfe",
	} {
		f.Add(400, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		failure := newAPIError(status, http.Header{}, body)
		bound := longestQuote + len("…")
		for what, text := range map[string]string{
			"code": failure.Code, "message": failure.Message, "request id": failure.RequestID,
		} {
			if len(text) > bound || !utf8.ValidString(text) || strings.ContainsAny(text, "\r\n") {
				t.Errorf("the %s is not one bounded line of text: %q", what, text)
			}
		}
		if strings.TrimSpace(failure.Error()) == "" || len(failure.Error()) > 4*bound {
			t.Errorf("the error says %q", failure.Error())
		}
	})
}
