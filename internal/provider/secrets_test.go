// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// transcript is all that leaves the provider for a person: logs, diagnostics, plans and states.
type transcript struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (s *transcript) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.Write(text)
}

func (s *transcript) say(format string, values ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(&s.all, format, values...)
}

func (s *transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// logging is a context whose logs of every level, the framework's included, go to the sink.
func logging(ctx context.Context, sink io.Writer) context.Context {
	return tflogtest.RootLogger(tfsdklogtest.RootLogger(ctx, sink), sink)
}

// wantNoSecret looks for the secrets of the account, and for all that the journal shows to have been sent as one.
func wantNoSecret(t *testing.T, text string, journal []dlisim.Request, secrets ...string) {
	t.Helper()
	secrets = append(secrets, "Authorization", "SDK-HMAC-SHA256", "temporarySecretKey", "temporarySecurityToken")
	for _, request := range journal {
		_, signature, found := strings.Cut(request.Header.Get("Authorization"), "Signature=")
		if found {
			secrets = append(secrets, signature)
		}
		if token := request.Header.Get("X-Security-Token"); token != "" {
			secrets = append(secrets, token)
		}
	}
	for _, secret := range secrets {
		if before, after, leaked := strings.Cut(text, secret); leaked {
			t.Errorf("%q came out: …%s%s%s…", secret, before[max(0, len(before)-200):], secret, after[:min(len(after), 100)])
		}
	}
}

const (
	hushKey   = "hushSecretKey0123456789abcdefghijklmnopq"
	hushToken = "hushSecurityToken/0123456789+abcdef=="
)

// quoting is a host that answers its n-th request by quoting the headers and keys of it, as proxies do.
type quoting struct {
	next http.RoundTripper
	left *int
}

func (q quoting) RoundTrip(request *http.Request) (*http.Response, error) {
	if *q.left--; *q.left != 0 {
		return q.next.RoundTrip(request)
	}
	quoted := fmt.Sprintf("cannot take Authorized=%s Token=%s Key=%s",
		request.Header.Get("Authorization"), request.Header.Get("X-Security-Token"), hushKey)
	return &http.Response{StatusCode: http.StatusBadRequest, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(quoted)), Request: request}, nil
}

func TestSecretsStayInside(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(w *acctest.Workspace)
		faults []dlisim.Fault
		quoted int // the number of the request that the host quotes; 0 is none
		fails  bool
	}{
		"all goes well":                  {},
		"assumed role":                   {change: assumeRole},
		"project looked up":              {change: func(w *acctest.Workspace) { delete(w.Env, "HW_PROJECT_ID") }},
		"401":                            {faults: []dlisim.Fault{{Status: http.StatusUnauthorized}}, fails: true},
		"500":                            {faults: []dlisim.Fault{{Status: http.StatusInternalServerError}}, fails: true},
		"cut":                            {faults: []dlisim.Fault{{CutBefore: true}}, fails: true},
		"half an answer":                 {faults: []dlisim.Fault{{HalfBody: true}}, fails: true},
		"500 at the upload":              {faults: []dlisim.Fault{{Operation: dlisim.OpUpload, Status: 500}}, fails: true},
		"no keys of a role":              {change: assumeRole, faults: []dlisim.Fault{{Operation: dlisim.OpSecurityTokens, Status: http.StatusForbidden}}, fails: true},
		"half of the keys":               {change: assumeRole, faults: []dlisim.Fault{{Operation: dlisim.OpSecurityTokens, HalfBody: true}}, fails: true},
		"a host that quotes a listing":   {quoted: 1, fails: true},
		"a host that quotes an upload":   {quoted: 3, fails: true},
		"a host that quotes to the role": {change: assumeRole, quoted: 2, fails: true},
		"a wrong secret key":             {change: func(w *acctest.Workspace) { w.Env["HW_SECRET_KEY"] = hushKey + "x" }, fails: true},
		"a token without keys": {change: func(w *acctest.Workspace) {
			delete(w.Env, "HW_SECRET_KEY")
		}, fails: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{SecretKey: hushKey, SecurityToken: hushToken, Now: time.Now})
				simulator.Inject(test.faults...)
				left := test.quoted
				w := acctest.NewWorkspace(t, quoting{simulator.RoundTripper(), &left})
				w.Env["HW_SECRET_KEY"], w.Env["HW_SECURITY_TOKEN"] = hushKey, hushToken
				if test.change != nil {
					test.change(w)
				}
				var said transcript
				if failed := live(logging(t.Context(), &said), w, &said); failed != test.fails {
					t.Errorf("a command failed: %t\n%s", failed, &said)
				}
				wantNoSecret(t, said.String(), simulator.Journal(), hushKey, hushToken)
			})
		})
	}
}

func assumeRole(w *acctest.Workspace) {
	w.Env["HW_ASSUME_ROLE_AGENCY_NAME"], w.Env["HW_ASSUME_ROLE_DOMAIN_NAME"] = "etl", "data"
}

// live takes the resource through its life, whatever fails, writes down all that a user can see, and reports whether
// something failed.
func live(ctx context.Context, w *acctest.Workspace, said *transcript) (failed bool) {
	changed := acctest.Values{
		"group": "etl", "kind": "jar", "tags": map[string]string{"team": "data"},
		"paths": []string{"https://bucket.obs.cn-north-4.myhuaweicloud.com/udf.jar"},
	}
	for _, config := range []acctest.Values{group, changed, nil} {
		plan, planned := w.Plan(ctx, config)
		said.say("plan %v %v %s\n", plan.Planned, plan.Prior, planned)
		applied := w.Apply(ctx, config)
		refreshed := w.Refresh(ctx)
		said.say("apply %s%s state %v\n", applied, refreshed, w.State())
		failed = failed || planned.HasError() || applied.HasError() || refreshed.HasError()
	}
	return failed
}

func TestEachAttemptIsOneLineOfTheLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{Now: time.Now, Latency: 20 * time.Millisecond})
		simulator.Inject(
			dlisim.Fault{Operation: dlisim.OpSecurityTokens, Times: 1, Status: http.StatusTooManyRequests},
			dlisim.Fault{Operation: dlisim.OpList, Times: 1, CutBefore: true},
		)
		w := acctest.NewWorkspace(t, simulator.RoundTripper())
		assumeRole(w)
		var said transcript
		if diags := w.Apply(logging(t.Context(), &said), group); diags.HasError() {
			t.Fatal(diags)
		}
		lines, err := tflogtest.MultilineJSONDecode(strings.NewReader(said.String()))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, line := range lines {
			if line["@module"] == "provider.api" { // the name of the test's own root logger, and that of the subsystem
				got = append(got, fmt.Sprint(line["@level"], " ", line["@message"], " ", line["method"], " ", line["path"], " ", line["status"],
					" ", line["attempt"], " ", line["duration_ms"], " ", line["request_id"]))
			}
		}
		var want []string
		attempt := 1
		for _, request := range simulator.Journal() {
			id := request.ID
			if request.Status == 0 {
				id = ""
			}
			want = append(want, fmt.Sprint("debug request ", request.Method, " ", request.Path, " ", request.Status, " ", attempt, " 20 ", id))
			attempt = 1
			if request.Status == 0 || request.Status == http.StatusTooManyRequests {
				attempt = 2 // the next request is this one again
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("logged\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
