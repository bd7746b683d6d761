// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// metadataOf is the source of the keys of an instance whose metadata the simulator gives.
func metadataOf(simulator *dlisim.Simulator) auth.Source {
	return auth.InstanceMetadata(dli.NewConnection(dli.ConnectionConfig{Transport: simulator.RoundTripper()}), "http://metadata.example.com", time.Now)
}

func TestKeysOfAnInstanceAreTakenByTheService(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string][]dlisim.Fault{
		"with metadata tokens":                nil,
		"where the metadata has no tokens":    {{Operation: dlisim.OpMetadataToken, Status: http.StatusNotFound}},
		"where tokens are another's business": {{Operation: dlisim.OpMetadataToken, Status: http.StatusMethodNotAllowed}},
		"where tokens are under repair":       {{Operation: dlisim.OpMetadataToken, Status: http.StatusServiceUnavailable}},
		"where a token is demanded": {{Operation: dlisim.OpSecurityKey, Status: http.StatusUnauthorized, Match: func(r dlisim.Request) bool {
			return r.Header.Get("X-Metadata-Token") == ""
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator := dlisim.New(dlisim.Config{})
			simulator.Inject(faults...)
			signer := auth.NewSigner(metadataOf(simulator), simulator.RoundTripper(), time.Now)
			resp, err := signer.RoundTrip(newRequest(t, http.MethodGet, "http://dli.example.com/v2.0/"+dlisim.DefaultProjectID+"/resources", ""))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				t.Errorf("the service answered %d", resp.StatusCode)
			}
		})
	}
}

func TestInstanceWithoutKeysIsAnError(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault dlisim.Fault
		want  string
	}{
		"no agency": {
			dlisim.Fault{Operation: dlisim.OpSecurityKey, Status: http.StatusUnauthorized, Body: "Please configure Cloud Service Agency first"},
			"Please configure Cloud Service Agency first",
		},
		"token refused": {dlisim.Fault{Operation: dlisim.OpMetadataToken, Status: http.StatusForbidden}, "403"},
		"no metadata":   {dlisim.Fault{CutBefore: true}, "no answer from metadata.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator := dlisim.New(dlisim.Config{})
			simulator.Inject(test.fault)
			if _, err := metadataOf(simulator).Credentials(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
