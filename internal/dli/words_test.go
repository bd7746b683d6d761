// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestSentence_beginsAndEndsAsOne(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"no answer": "No answer.", "Done.": "Done.", "örtlich": "Örtlich.", "数据": "数据.",
	} {
		if got := Sentence(errors.New(text)); got != want {
			t.Errorf("%q is said as %q, want %q", text, got, want)
		}
	}
}

func TestNames_areQuotedAndNotTooMany(t *testing.T) {
	t.Parallel()
	if got := Names([]string{"a.jar", "b.jar"}); got != `"a.jar", "b.jar"` {
		t.Errorf("two names are %s", got)
	}
	if got := Names(make([]string, mostNames+5)); strings.Count(got, `""`) != mostNames || !strings.HasSuffix(got, " and 5 more") {
		t.Errorf("too many names are %s", got)
	}
}

func TestExplain_saysWhatToDoNext(t *testing.T) {
	t.Parallel()
	notSent := &TransportError{Host: "h", Err: &rateError{context.DeadlineExceeded}}
	for want, err := range map[string]error{
		"five refused signatures":   &APIError{StatusCode: http.StatusUnauthorized},
		"-parallelism":              &APIError{StatusCode: http.StatusTooManyRequests},
		"set max_requests_per":      &APIError{StatusCode: http.StatusForbidden, Code: "APIG.0308"},
		"grants are DLI's own":      &APIError{StatusCode: http.StatusForbidden},
		"a grant on the package":    &APIError{StatusCode: http.StatusBadRequest, Code: "DLI.0003"},
		"the policy of the bucket":  &APIError{StatusCode: http.StatusBadRequest, Code: "DLI.0011"},
		"SL_PKG_RESOURCE":           &APIError{StatusCode: http.StatusBadRequest, Code: "DLI.1028"},
		"region, cloud and":         &APIError{StatusCode: http.StatusNotFound, Code: "APIGW.0101"},
		"endpoints of the provider": &APIError{StatusCode: http.StatusFound},
		"a fault of the service":    &APIError{StatusCode: http.StatusBadGateway},
		"cacert_file":               fmt.Errorf("looking: %w", &TransportError{Host: "h", Err: io.EOF}),
		"Raise max_requests_per":    notSent,
		"nothing was sent to h":     fmt.Errorf("x: %w", notSent),
	} {
		if text := Explain(err); !strings.Contains(text, want) {
			t.Errorf("%v is explained as %q, want it to say %q", err, text, want)
		}
	}
}

func TestInWords_leavesNothingThatOnlyAProgrammerUnderstands(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"the connection was cut": fmt.Errorf("the answer broke off: %w", io.ErrUnexpectedEOF),
		"interrupted":            context.Canceled,
		"its time was up":        context.DeadlineExceeded,
		"the disk is full":       errors.New("the disk is full"),
	} {
		if got := inWords(err); got.Error() != want || !errors.Is(got, err) {
			t.Errorf("%v is said as %q, want %q", err, got, want)
		}
	}
}
