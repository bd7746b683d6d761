// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

const hcloudFile = `{"current":"main","profiles":[
 {"name":"main","mode":"AKSK","accessKeyId":"MAINACCESSKEY0000001","secretAccessKey":"main-hush","region":"cn-north-4","projectId":"p1"},
 {"name":"temporary","mode":"AKSK","accessKeyId":"TEMPACCESSKEY0000001","secretAccessKey":"temp-hush","securityToken":"temp-token-hush"},
 {"name":"sso","mode":"SSO","accessKeyId":"ignored","secretAccessKey":"ignored-hush",
  "ssoAuth":{"stsToken":{"accessKeyId":"SSOACCESSKEY00000001","secretAccessKey":"sso-hush","securityToken":"sso-token-hush"}}},
 {"name":"agency","mode":"AKSK","accessKeyId":"AGENCYACCESSKEY00001","secretAccessKey":"agency-hush",
  "agencyName":"etl","agencyDomainId":"d1","agencyDomainName":"data"},
 {"name":"empty","mode":"AKSK"},
 {"name":"signed out","mode":"SSO","accessKeyId":"ignored","secretAccessKey":"ignored-hush"},
 {"name":"encrypted","mode":"AKSK","accessKeyId":"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEg==","secretAccessKey":"hush"},
 {"name":"encrypted in hex","mode":"AKSK","accessKeyId":"abcdef0123456789abcdef0123456789abcdef01","secretAccessKey":"hush"}
]}`

func write(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestProfileOfHcloudIsRead(t *testing.T) {
	t.Parallel()
	tests := map[string]auth.Profile{
		"": {Credentials: auth.Credentials{AccessKey: "MAINACCESSKEY0000001", SecretKey: "main-hush"}, Region: "cn-north-4", ProjectID: "p1"},
		"temporary": {Credentials: auth.Credentials{
			AccessKey: "TEMPACCESSKEY0000001", SecretKey: "temp-hush", SecurityToken: "temp-token-hush",
		}},
		"sso": {Credentials: auth.Credentials{
			AccessKey: "SSOACCESSKEY00000001", SecretKey: "sso-hush", SecurityToken: "sso-token-hush",
		}},
		"agency": {
			Credentials: auth.Credentials{AccessKey: "AGENCYACCESSKEY00001", SecretKey: "agency-hush"},
			Agency:      auth.Agency{Name: "etl", DomainID: "d1", DomainName: "data"},
		},
	}
	file := write(t, hcloudFile)
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auth.HcloudProfile(file, name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnusableProfileOfHcloudSaysWhatToDo(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ content, profile, want string }{
		"another name":     {hcloudFile, "mian", `has no profile "mian"; it has "main", "temporary", "sso",`},
		"no keys":          {hcloudFile, "empty", `hcloud configure set --cli-profile="empty"`},
		"signed out":       {hcloudFile, "signed out", `hcloud configure sso --cli-profile="signed out"`},
		"encrypted":        {hcloudFile, "encrypted", "hcloud configure set --cli-auth-encrypt=false"},
		"encrypted in hex": {hcloudFile, "encrypted in hex", "hcloud configure set --cli-auth-encrypt=false"},
		"no JSON":          {"ak = hush", "", "no JSON"},
		"another JSON":     {`{"profiles":"hush"}`, "", "no JSON of that form"},
		"empty":            {`{}`, "", `has no profile ""`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := write(t, test.content)
			_, err := auth.HcloudProfile(file, test.profile)
			wantProfileError(t, err, file, test.want)
		})
	}
}

// wantProfileError expects an error that names the file, says this, and gives nothing of the file away.
func wantProfileError(t *testing.T, err error, file, want string) {
	t.Helper()
	if _, ok := errors.AsType[*auth.ProfileError](err); !ok {
		t.Fatalf("got %T: %v", err, err)
	}
	text := err.Error()
	if !strings.Contains(text, file) || !strings.Contains(text, want) || strings.Contains(text, "hush") {
		t.Errorf("got %q, want %q", text, want)
	}
}

func TestCredentialsFileOfTheSDKIsRead(t *testing.T) {
	t.Parallel()
	file := write(t, "[global]\nak = other\nsk = other\n\n[basic]\nak = AK\nsk = S/K+1=\nsecurity_token = T\nproject_id = p1\niam_endpoint = iam.example.com\n")
	got, err := auth.SDKProfile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := auth.Profile{Credentials: auth.Credentials{AccessKey: "AK", SecretKey: "S/K+1=", SecurityToken: "T"}, ProjectID: "p1", IAMEndpoint: "iam.example.com"}
	if diff := cmp.Diff(want, got); diff != "" || got.Credentials != want.Credentials {
		t.Error(diff)
	}
}

func TestUnusableCredentialsFileOfTheSDKSaysSo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ content, want string }{
		"only the other section": {"[global]\nak = hush\nsk = hush\n", "no ak and sk in a section [basic]"},
		"half a pair":            {"[basic]\nak = hush\n", "no ak and sk in a section [basic]"},
		"a line of no form":      {"[basic]\nhush\n", "no INI file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := write(t, test.content)
			_, err := auth.SDKProfile(file)
			wantProfileError(t, err, file, test.want)
		})
	}
}

func TestFileThatIsNotThereIsAnError(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "nothing")
	_, hcloud := auth.HcloudProfile(file, "")
	_, sdk := auth.SDKProfile(file)
	for _, err := range []error{hcloud, sdk} {
		wantProfileError(t, err, file, "cannot be read")
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v does not wrap the reason", err)
		}
	}
}
