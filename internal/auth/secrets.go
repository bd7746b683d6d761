// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// largestRefusal bounds what is read of an answer that is not a success, in bytes.
const largestRefusal = 1 << 20

// secrets are what one request knows and nobody else may see. They live in a closure, where no print verb reaches.
type secrets struct{ conceal func(string) string }

func newSecrets(credentials Credentials, authorization string) secrets {
	_, signature, _ := strings.Cut(authorization, "Signature=")
	var pairs []string
	for _, secret := range []string{authorization, signature, credentials.SecretKey, credentials.SecurityToken} {
		if secret != "" {
			pairs = append(pairs, secret, "(redacted)")
		}
	}
	return secrets{conceal: strings.NewReplacer(pairs...).Replace}
}

// concealError gives err as it is, unless its text has a secret: then only the text is left of it.
func (s secrets) concealError(err error) error {
	text := err.Error()
	if concealed := s.conceal(text); concealed != text {
		return errors.New(concealed)
	}
	return err
}

// concealRefusal gives the response without secrets in its body, unless it is a success.
func (s secrets) concealRefusal(response *http.Response) (*http.Response, error) {
	if response.StatusCode >= 200 && response.StatusCode <= 299 {
		return response, nil
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, largestRefusal))
	if err != nil {
		return nil, s.concealError(fmt.Errorf("the answer broke off: %w", err))
	}
	concealed := []byte(s.conceal(string(content)))
	response.Body = io.NopCloser(bytes.NewReader(concealed))
	response.ContentLength = int64(len(concealed))
	response.Header.Set("Content-Length", strconv.Itoa(len(concealed)))
	return response, nil
}
