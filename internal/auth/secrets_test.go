// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

// echo is a host that quotes the headers of a request, in an answer or as the reason why there is none.
type echo struct{ status int }

func (e echo) RoundTrip(request *http.Request) (*http.Response, error) {
	var quoted strings.Builder
	if err := request.Header.Write(&quoted); err != nil {
		return nil, err
	}
	quoted.WriteString("key " + exampleKeys.SecretKey)
	if e.status == 0 {
		return nil, errors.New(quoted.String())
	}
	return &http.Response{
		StatusCode: e.status, Header: http.Header{}, Request: request,
		Body: io.NopCloser(strings.NewReader(quoted.String())), ContentLength: int64(quoted.Len()),
	}, nil
}

func TestSecretsThatAHostQuotesAreTakenOut(t *testing.T) {
	t.Parallel()
	credentials := withToken(exampleKeys, "EXAMPLE/SECURITY+TOKEN==")
	for _, status := range []int{0, http.StatusFound, http.StatusBadRequest, http.StatusUnauthorized, http.StatusBadGateway} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			got := answerOf(t, credentials, echo{status})
			for _, secret := range []string{credentials.SecretKey, credentials.SecurityToken, "SDK-HMAC-SHA256", "Signature="} {
				if strings.Contains(got, secret) {
					t.Errorf("%q is in %s", secret, got)
				}
			}
			if !strings.Contains(got, "X-Sdk-Date: 20260102T030405Z") {
				t.Errorf("what is no secret was taken out too: %s", got)
			}
		})
	}
}

// answerOf is the text of an answer, or of the error in its place.
func answerOf(t *testing.T, credentials auth.Credentials, host http.RoundTripper) string {
	t.Helper()
	response, err := auth.NewSigner(auth.Static(credentials), host, clock).RoundTrip(newRequest(t, http.MethodGet, "https://dli.example.com/", ""))
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.ContentLength != int64(len(content)) {
		t.Errorf("the length is %d, and there are %d bytes", response.ContentLength, len(content))
	}
	return string(content)
}

func TestSuccessIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	if got := answerOf(t, exampleKeys, echo{http.StatusOK}); !strings.Contains(got, exampleKeys.SecretKey) {
		t.Errorf("the answer was changed: %s", got)
	}
}

func TestErrorWithoutSecretsKeepsItsType(t *testing.T) {
	t.Parallel()
	reason := errors.New("connection reset")
	_, err := auth.NewSigner(auth.Static(exampleKeys), failing{reason}, clock).RoundTrip(newRequest(t, http.MethodGet, "https://dli.example.com/", "")) //nolint:bodyclose // there is none
	if !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }
