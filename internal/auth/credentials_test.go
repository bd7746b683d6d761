// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

func TestCredentialsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	credentials := withToken(exampleKeys, "EXAMPLESECURITYTOKEN")
	nested := struct{ Credentials auth.Credentials }{credentials}
	encoded, err := json.Marshal(map[string]any{"value": credentials, "pointer": &credentials, "nested": nested})
	if err != nil {
		t.Fatal(err)
	}
	var text, structured bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Info("m", "value", credentials, "nested", nested)
	slog.New(slog.NewJSONHandler(&structured, nil)).Info("m", "value", credentials, "pointer", &credentials, "nested", nested)

	outputs := map[string]string{
		"String":    credentials.String(),
		"GoString":  credentials.GoString(),
		"json":      string(encoded),
		"slog text": text.String(),
		"slog JSON": structured.String(),
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		outputs[verb] = fmt.Sprintf(verb, credentials)
		outputs["pointer "+verb] = fmt.Sprintf(verb, &credentials)
		outputs["nested "+verb] = fmt.Sprintf(verb, nested)
	}
	for name, output := range outputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assertNoSecret(t, output, credentials)
			if !strings.Contains(output, "EXAM(redacted)") {
				t.Errorf("no hint of the access key in %s", output)
			}
		})
	}
}

func TestSourceAndSignerDoNotPrintTheirCredentials(t *testing.T) {
	t.Parallel()
	credentials := withToken(exampleKeys, "EXAMPLESECURITYTOKEN")
	source := auth.Static(credentials)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		assertNoSecret(t, fmt.Sprintf(verb, source), credentials)
		assertNoSecret(t, fmt.Sprintf(verb, auth.NewSigner(source, &recorder{}, clock)), credentials)
	}
}

func assertNoSecret(t *testing.T, output string, credentials auth.Credentials) {
	t.Helper()
	for _, secret := range []string{credentials.AccessKey, credentials.SecretKey, credentials.SecurityToken} {
		if strings.Contains(output, secret) || strings.Contains(output, fmt.Sprintf("%x", secret)) {
			t.Errorf("%q is in %s", secret, output)
		}
	}
}

func TestPrintedCredentialsTellWhatIsMissing(t *testing.T) {
	t.Parallel()
	got := auth.Credentials{AccessKey: "short"}.String()
	want := "Credentials{AccessKey: (redacted), SecretKey: (none), SecurityToken: (none)}"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestStaticSourceGivesWhatItWasGiven(t *testing.T) {
	t.Parallel()
	want := withToken(exampleKeys, "token")
	got, err := auth.Static(want).Credentials(t.Context())
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}
