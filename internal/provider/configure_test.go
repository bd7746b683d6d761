// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"encoding/pem"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// group is a configuration of the resource.
var group = acctest.Values{
	"group": "etl", "kind": "jar", "paths": []string{"https://bucket.obs.cn-north-4.myhuaweicloud.com/etl.jar"},
}

// at is a provider block that leads to that URL.
func at(url string) acctest.Values {
	return acctest.Values{"endpoints": map[string]string{"dli": url, "iam": url}}
}

// workspaceAt reaches the URL over the network of this machine, as a user's does, and fails at once.
func workspaceAt(t *testing.T, url string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, nil)
	w.Block = at(url)
	w.Block["max_retries"] = 0.0
	return w
}

func operations(simulator *dlisim.Simulator) []dlisim.Operation {
	var all []dlisim.Operation
	for _, request := range simulator.Journal() {
		all = append(all, request.Operation)
	}
	return all
}

func count(simulator *dlisim.Simulator, operation dlisim.Operation) int {
	n := 0
	for _, one := range operations(simulator) {
		if one == operation {
			n++
		}
	}
	return n
}

func mustApply(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	if diags := w.Apply(t.Context(), group); diags.HasError() {
		t.Fatal(diags)
	}
}

// wantError expects one error on that attribute, or on none, with these words.
func wantError(t *testing.T, diags acctest.Diagnostics, attribute string, words ...string) {
	t.Helper()
	if len(diags.Errors()) != 1 {
		t.Fatalf("got %d errors: %s", len(diags.Errors()), diags)
	}
	only := diags.Errors()[0]
	if got := only.Attribute; attribute != "" && (got == nil || !strings.Contains(got.String(), attribute)) {
		t.Errorf("it is on %v, want it on %s", got, attribute)
	}
	for _, word := range words {
		if !strings.Contains(diags.String(), word) {
			t.Errorf("%q is not in\n%s", word, diags)
		}
	}
}

func TestConfigure_sendsNothingWithAKeyPairAndAProject(t *testing.T) {
	t.Parallel()
	simulator := dlisim.New(dlisim.Config{})
	if diags := acctest.NewWorkspace(t, simulator.RoundTripper()).Refresh(t.Context()); diags.HasError() {
		t.Fatal(diags)
	}
	if got := operations(simulator); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

func TestConfigure_looksTheProjectUp(t *testing.T) {
	t.Parallel()
	simulator := dlisim.New(dlisim.Config{})
	w := acctest.NewWorkspace(t, simulator.RoundTripper())
	delete(w.Env, "HW_PROJECT_ID")
	mustApply(t, w)
	w.Env["HW_PROJECT_NAME"] = "elsewhere"
	wantError(t, w.Refresh(t.Context()), "project_name", "elsewhere", "set project_id")
}

func TestConfigure_saysWhatToDoWithoutTheLookup(t *testing.T) {
	t.Parallel()
	simulator := dlisim.New(dlisim.Config{})
	simulator.Inject(dlisim.Fault{Operation: dlisim.OpProjects, Status: http.StatusForbidden})
	w := acctest.NewWorkspace(t, simulator.RoundTripper())
	delete(w.Env, "HW_PROJECT_ID")
	wantError(t, w.Refresh(t.Context()), "", "403", "HW_PROJECT_ID")
}

func TestConfigure_thatIsInterruptedSaysSo(t *testing.T) {
	t.Parallel()
	for name, operation := range map[string]dlisim.Operation{
		"the lookup of the project": dlisim.OpProjects, "the lookup of the account": dlisim.OpDomains, "the agency": dlisim.OpSecurityTokens,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator := dlisim.New(dlisim.Config{})
			w := acctest.NewWorkspace(t, simulator.RoundTripper())
			delete(w.Env, "HW_PROJECT_ID")
			if operation != dlisim.OpProjects {
				w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
			}
			ctx, cancel := context.WithCancel(t.Context())
			simulator.Inject(dlisim.Fault{Operation: operation, Before: cancel, Hang: true})
			diags := w.Refresh(ctx)
			wantError(t, diags, "", "It was interrupted. Nothing was sent that changes anything.")
			if strings.Contains(diags.String(), "context") || strings.Contains(diags.String(), "Check") {
				t.Errorf("it says more than that:\n%s", diags)
			}
		})
	}
}

func TestConfigure_withoutKeysFailsAtOnce(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorkspace(t, dlisim.New(dlisim.Config{}).RoundTripper())
	delete(w.Env, "HW_ACCESS_KEY")
	delete(w.Env, "HW_SECRET_KEY")
	if got := len(w.Refresh(t.Context()).Errors()); got != 2 {
		t.Errorf("got %d errors, want one for each key", got)
	}
}

func TestAssumeRole_signsWithTheKeysOfTheAgency(t *testing.T) {
	t.Parallel()
	config := dlisim.Config{Agencies: []dlisim.Agency{{Name: "etl", DomainID: "d1", DomainName: "data"}}}
	for name, change := range map[string]func(*acctest.Workspace){
		"block": func(w *acctest.Workspace) {
			w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
		},
		"environment": func(w *acctest.Workspace) {
			w.Env["HW_ASSUME_ROLE_AGENCY_NAME"], w.Env["HW_ASSUME_ROLE_DOMAIN_ID"] = "etl", "d1"
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator := dlisim.New(config)
			w := acctest.NewWorkspace(t, simulator.RoundTripper())
			change(w)
			mustApply(t, w)
			for _, request := range simulator.Journal() {
				own := strings.Contains(request.Header.Get("Authorization"), dlisim.DefaultAccessKey)
				if forKeys := request.Operation == dlisim.OpDomains || request.Operation == dlisim.OpSecurityTokens; own != forKeys {
					t.Errorf("%s was signed with %s", request.Operation, request.Header.Get("Authorization"))
				}
				if agent := request.Header.Get("User-Agent"); !strings.HasPrefix(agent, "terraform-provider-dli/test terraform/") {
					t.Errorf("%s came from %q", request.Operation, agent)
				}
			}
		})
	}
}

func TestAssumeRole_renewsItsKeysDuringALongApply(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{Now: time.Now, UploadTime: 25 * time.Minute})
		w := acctest.NewWorkspace(t, simulator.RoundTripper())
		w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data", "duration": 900.0}
		slow := acctest.Values{"is_async": true}
		maps.Copy(slow, group)
		plan, diags := w.Plan(t.Context(), slow)
		if diags.HasError() {
			t.Fatal(diags)
		}
		simulator.ResetJournal()
		if diags := w.Carry(t.Context(), plan, slow); diags.HasError() {
			t.Fatal(diags)
		}
		if got := count(simulator, dlisim.OpSecurityTokens); got != 3 {
			t.Errorf("in 25 minutes keys of 15 were asked for %d times, want 3", got)
		}
		for _, request := range simulator.Journal() {
			if request.Status >= http.StatusBadRequest {
				t.Errorf("%s was answered %d", request.Operation, request.Status)
			}
		}
	})
}

func TestAssumeRole_isRetriedLikeOtherCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{Now: time.Now})
		simulator.Inject(
			dlisim.Fault{Operation: dlisim.OpSecurityTokens, Times: 1, Status: http.StatusTooManyRequests},
			dlisim.Fault{Operation: dlisim.OpSecurityTokens, Times: 1, CutBefore: true},
			dlisim.Fault{Operation: dlisim.OpSecurityTokens, Times: 1, Status: http.StatusBadGateway},
		)
		w := acctest.NewWorkspace(t, simulator.RoundTripper())
		w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
		if diags := w.Refresh(t.Context()); diags.HasError() {
			t.Fatal(diags)
		}
		if got := count(simulator, dlisim.OpSecurityTokens); got != 4 {
			t.Errorf("keys were asked for %d times, want 4", got)
		}
	})
}

func TestAssumeRole_refusedIsOneErrorOnTheBlock(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]dlisim.Fault{
		"unauthorized": {Operation: dlisim.OpDomains, Status: http.StatusUnauthorized},
		"forbidden":    {Operation: dlisim.OpSecurityTokens, Status: http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator := dlisim.New(dlisim.Config{})
			simulator.Inject(fault)
			w := acctest.NewWorkspace(t, simulator.RoundTripper())
			w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
			wantError(t, w.Refresh(t.Context()), "assume_role", "HW_ASSUME_ROLE_AGENCY_NAME")
			if got := count(simulator, fault.Operation); got != 1 {
				t.Errorf("IAM was asked %d times after a refusal, want once", got)
			}
		})
	}
}

// configured is what a provider on that host says to a block.
func configured(t *testing.T, host provider.Host, block map[string]tftypes.Value) acctest.Diagnostics {
	t.Helper()
	server := providerserver.NewProtocol6(provider.NewOn(host, "test"))()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	kind := schemas.Provider.ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, of := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(of, nil)
	}
	maps.Copy(values, block)
	config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.15.0", Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

func TestInstanceMetadata_isAskedOnlyIfTheUserWantsIt(t *testing.T) {
	t.Parallel()
	region := tftypes.NewValue(tftypes.String, acctest.Region)
	wanted := tftypes.NewValue(tftypes.Bool, true)
	tests := map[string]struct {
		block map[string]tftypes.Value
		env   map[string]string
		asked int
		fails bool
	}{
		"not wanted":         {block: map[string]tftypes.Value{"region": region}, fails: true},
		"by the argument":    {block: map[string]tftypes.Value{"region": region, "use_instance_metadata": wanted}, asked: 1},
		"by the variable":    {env: map[string]string{"HW_REGION_NAME": acctest.Region, "HW_USE_INSTANCE_METADATA": "true"}, asked: 1},
		"there are keys too": {block: map[string]tftypes.Value{"use_instance_metadata": wanted}, env: acctest.Environment()},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := acctest.NewCloud(t, dlisim.Config{})
			host := provider.Host{MetadataURL: cloud.URL, Getenv: func(name string) string {
				if name == "HW_PROJECT_ID" {
					return dlisim.DefaultProjectID
				}
				return test.env[name]
			}}
			if diags := configured(t, host, test.block); diags.HasError() != test.fails {
				t.Error(diags)
			}
			if got := count(cloud.Simulator, dlisim.OpSecurityKey); got != test.asked {
				t.Errorf("the metadata was asked %d times, want %d", got, test.asked)
			}
		})
	}
}

func TestInstanceMetadata_isMissedOnAnotherMachine(t *testing.T) {
	t.Parallel()
	env := map[string]string{"HW_REGION_NAME": acctest.Region, "HW_USE_INSTANCE_METADATA": "true"}
	getenv := func(name string) string { return env[name] }
	noInstance := configured(t, provider.Host{Getenv: getenv}, nil)
	wantError(t, noInstance, "use_instance_metadata", "HW_USE_INSTANCE_METADATA", "access_key")

	cloud := acctest.NewCloud(t, dlisim.Config{})
	cloud.Inject(dlisim.Fault{Operation: dlisim.OpSecurityKey, Status: http.StatusUnauthorized, Body: "Please configure Cloud Service Agency first"})
	noAgency := configured(t, provider.Host{Getenv: getenv, MetadataURL: cloud.URL}, nil)
	wantError(t, noAgency, "use_instance_metadata", "Cloud Service Agency", "HW_USE_INSTANCE_METADATA")
}

// byName is a URL of this machine that is not taken for one: what goes to loopback goes through no proxy at all.
func byName(url string) string {
	return strings.Replace(url, "127.0.0.1", "0.0.0.0", 1)
}

func TestInstanceMetadata_goesThroughNoProxy(t *testing.T) {
	t.Parallel()
	proxy := newProxy(t, http.NotFoundHandler())
	cloud := acctest.NewCloud(t, dlisim.Config{})
	env := map[string]string{"HW_REGION_NAME": acctest.Region, "HW_USE_INSTANCE_METADATA": "true", "HTTP_PROXY": proxy.url, "HW_PROJECT_ID": "p"}
	host := provider.Host{Getenv: func(name string) string { return env[name] }, MetadataURL: byName(cloud.URL)}
	if diags := configured(t, host, nil); diags.HasError() {
		t.Error(diags)
	}
	if len(proxy.asked) != 0 {
		t.Errorf("the proxy was asked for %v", proxy.asked)
	}
}

// proxy is one on loopback, and what it was asked for. The requests of these tests come one after the other.
type proxy struct {
	url   string
	asked []string
}

// newProxy leads every name to the handler, and none in a tunnel.
func newProxy(t *testing.T, to http.Handler) *proxy {
	t.Helper()
	p := &proxy{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked = append(p.asked, r.Method+" "+r.Host+r.URL.Path)
		if r.Method == http.MethodConnect {
			http.Error(w, "no tunnels", http.StatusForbidden)
			return
		}
		to.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func TestProxy_carriesEveryCallIncludingIAMs(t *testing.T) {
	t.Parallel()
	proxy := newProxy(t, dlisim.New(dlisim.Config{}))
	w := workspaceAt(t, "http://cloud.invalid")
	w.Env["HTTP_PROXY"] = proxy.url
	delete(w.Env, "HW_PROJECT_ID")
	w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
	mustApply(t, w)
	all := strings.Join(proxy.asked, "\n")
	for _, part := range []string{
		"GET cloud.invalid/v3/auth/domains", "POST cloud.invalid/v3.0/OS-CREDENTIAL/securitytokens", "GET cloud.invalid/v3/projects",
		"POST cloud.invalid/v2.0/" + dlisim.DefaultProjectID + "/resources",
	} {
		if !strings.Contains(all, part) {
			t.Errorf("the proxy was not asked for %s, but for\n%s", part, all)
		}
	}
}

func TestProxy_carriesTLSInATunnel(t *testing.T) {
	t.Parallel()
	for _, variable := range []string{"HTTPS_PROXY", "https_proxy"} {
		proxy := newProxy(t, http.NotFoundHandler())
		w := workspaceAt(t, "https://cloud.invalid")
		w.Env[variable] = proxy.url
		if diags := w.Apply(t.Context(), group); !diags.HasError() {
			t.Error("there was a tunnel")
		}
		if got := strings.Join(proxy.asked, " "); got != "CONNECT cloud.invalid:443" {
			t.Errorf("by %s the proxy was asked for %q", variable, got)
		}
	}
}

func TestProxy_isLeftOutWhereTheEnvironmentSaysSo(t *testing.T) {
	t.Parallel()
	proxy := newProxy(t, http.NotFoundHandler())
	cloud := acctest.NewCloud(t, dlisim.Config{})
	w := workspaceAt(t, byName(cloud.URL))
	w.Env["http_proxy"], w.Env["no_proxy"] = proxy.url, "0.0.0.0"
	mustApply(t, w)
	if len(proxy.asked) != 0 {
		t.Errorf("the proxy was asked for %v", proxy.asked)
	}
	w.Env["no_proxy"] = ""
	if diags := w.Refresh(t.Context()); !diags.HasError() || len(proxy.asked) == 0 {
		t.Errorf("without the exception the proxy was asked for %v: %s", proxy.asked, diags)
	}
}

// secure is a simulator behind TLS, with the file of the authority that signed its certificate.
func secure(t *testing.T) (url, authority string) {
	t.Helper()
	server := httptest.NewUnstartedServer(dlisim.New(dlisim.Config{}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes fail on purpose
	server.StartTLS()
	t.Cleanup(server.Close)
	authority = filepath.Join(t.TempDir(), "ca.pem")
	encoded := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(authority, encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, authority
}

func TestTLS_trustsWhatTheUserSaysAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change  func(w *acctest.Workspace, authority string)
		trusted bool
	}{
		"nothing said":   {func(*acctest.Workspace, string) {}, false},
		"cacert_file":    {func(w *acctest.Workspace, file string) { w.Block["cacert_file"] = file }, true},
		"HW_CACERT_FILE": {func(w *acctest.Workspace, file string) { w.Env["HW_CACERT_FILE"] = file }, true},
		"OS_CACERT":      {func(w *acctest.Workspace, file string) { w.Env["OS_CACERT"] = file }, true},
		"certificates themselves": {func(w *acctest.Workspace, file string) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			w.Block["cacert_file"] = string(content)
		}, true},
		"a file under ~": {func(w *acctest.Workspace, file string) {
			w.Env["HOME"], w.Block["cacert_file"] = filepath.Dir(file), "~/"+filepath.Base(file)
		}, true},
		"insecure": {func(w *acctest.Workspace, _ string) { w.Block["insecure"] = true }, true},
	} {
		for _, call := range []string{"DLI", "IAM", "assume role"} {
			t.Run(name+", "+call, func(t *testing.T) {
				t.Parallel()
				url, authority := secure(t)
				w := workspaceAt(t, url)
				switch call {
				case "IAM":
					delete(w.Env, "HW_PROJECT_ID")
				case "assume role":
					w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
				}
				test.change(w, authority)
				diags := w.Apply(t.Context(), group)
				if diags.HasError() == test.trusted {
					t.Errorf("trusted is to be %t: %s", test.trusted, diags)
				}
				if !test.trusted && !strings.Contains(diags.String(), "certificate") {
					t.Errorf("the certificate is not the reason: %s", diags)
				}
			})
		}
	}
}

func TestRedirect_isRefusedAndNotFollowed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		for _, call := range []string{"DLI", "IAM", "assume role"} {
			t.Run(http.StatusText(status)+", "+call, func(t *testing.T) {
				t.Parallel()
				elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					t.Errorf("%s arrived at another host, signed: %t", r.URL, r.Header.Get("Authorization") != "")
				}))
				t.Cleanup(elsewhere.Close)
				service := httptest.NewServer(http.RedirectHandler(elsewhere.URL, status))
				t.Cleanup(service.Close)
				w := workspaceAt(t, service.URL)
				switch call {
				case "IAM":
					delete(w.Env, "HW_PROJECT_ID")
				case "assume role":
					w.Block["assume_role"] = acctest.Values{"agency_name": "etl", "domain_name": "data"}
				}
				wantError(t, w.Apply(t.Context(), group), "", "30")
			})
		}
	}
}

func TestUserAgent_namesProviderTerraformAndWhatTheUserAppends(t *testing.T) {
	t.Parallel()
	simulator := dlisim.New(dlisim.Config{})
	w := acctest.NewWorkspace(t, simulator.RoundTripper())
	w.Env["TF_APPEND_USER_AGENT"] = "team/7"
	mustApply(t, w)
	for _, request := range simulator.Journal() {
		if got, want := request.Header.Get("User-Agent"), "terraform-provider-dli/test terraform/1.15.0 team/7"; got != want {
			t.Errorf("%s came from %q, want %q", request.Operation, got, want)
		}
	}
}

func TestEndpointOfIAM_goesBeforeTheAuthURL(t *testing.T) {
	t.Parallel()
	simulator := dlisim.New(dlisim.Config{})
	var hosts []string
	w := acctest.NewWorkspace(t, recording{simulator.RoundTripper(), &hosts})
	delete(w.Env, "HW_PROJECT_ID")
	w.Env["HW_AUTH_URL"] = "https://auth.example.com/v3"
	_ = w.Refresh(context.Background())
	w.Block["endpoints"] = map[string]string{"iam": "https://iam.example.com"}
	_ = w.Refresh(context.Background())
	if got := strings.Join(hosts, " "); got != "auth.example.com iam.example.com" {
		t.Errorf("asked %s", got)
	}
}

// recording keeps the hosts that requests go to.
type recording struct {
	next  http.RoundTripper
	hosts *[]string
}

func (r recording) RoundTrip(request *http.Request) (*http.Response, error) {
	*r.hosts = append(*r.hosts, request.URL.Host)
	return r.next.RoundTrip(request)
}
