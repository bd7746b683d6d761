// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// iamOf is a simulator of the present clock, and the way there with the keys that may assume its agencies.
func iamOf(config dlisim.Config) (*dlisim.Simulator, auth.Caller) {
	config.Now = time.Now
	simulator := dlisim.New(config)
	keys := auth.Static(auth.Credentials{AccessKey: dlisim.DefaultAccessKey, SecretKey: dlisim.DefaultSecretKey})
	return simulator, dli.NewConnection(dli.ConnectionConfig{Transport: auth.NewSigner(keys, simulator.RoundTripper(), time.Now)})
}

var etl = auth.Agency{Name: "etl", DomainName: "data", Duration: 30 * time.Minute}

func agencyKeys(caller auth.Caller) auth.Source {
	return auth.AssumeRole(caller, "http://iam.example.com", etl, time.Now)
}

// asked is how often keys were asked for.
func asked(simulator *dlisim.Simulator) int {
	n := 0
	for _, request := range simulator.Journal() {
		if request.Operation == dlisim.OpSecurityTokens {
			n++
		}
	}
	return n
}

// pass lets time go by, in a bubble where that takes none.
func pass(d time.Duration) { <-time.After(d) }

func mustGet(t *testing.T, source auth.Source) auth.Credentials {
	t.Helper()
	keys, err := source.Credentials(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestKeysOfAnAgencyAreTakenByTheService(t *testing.T) {
	t.Parallel()
	for name, agency := range map[string]auth.Agency{
		"account by name": etl,
		"account by id":   {Name: "etl", DomainID: "d1", Duration: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator, caller := iamOf(dlisim.Config{Agencies: []dlisim.Agency{{Name: "etl", DomainID: "d1", DomainName: "data"}}})
			source := auth.AssumeRole(caller, "http://iam.example.com", agency, time.Now)
			signer := auth.NewSigner(source, simulator.RoundTripper(), time.Now)
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

func TestTemporaryKeysAreRenewedBeforeTheyEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator, caller := iamOf(dlisim.Config{})
		source := agencyKeys(caller)
		first := mustGet(t, source)
		pass(25*time.Minute - time.Second)
		if again := mustGet(t, source); again != first {
			t.Error("they were renewed with more than five minutes left")
		}
		pass(time.Second)
		if renewed := mustGet(t, source); renewed == first {
			t.Error("they were not renewed with five minutes left")
		}
		if got := asked(simulator); got != 2 {
			t.Errorf("keys were asked for %d times, want 2", got)
		}
	})
}

func TestOneRenewalServesEverybody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator, caller := iamOf(dlisim.Config{Latency: time.Second})
		source := agencyKeys(caller)
		var waiting sync.WaitGroup
		for range 20 {
			waiting.Go(func() {
				if _, err := source.Credentials(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		waiting.Wait()
		if got := asked(simulator); got != 1 {
			t.Errorf("keys were asked for %d times, want 1", got)
		}
	})
}

func TestFailedRenewalIsNoErrorWhileTheKeysLast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator, caller := iamOf(dlisim.Config{})
		source := agencyKeys(caller)
		first := mustGet(t, source)
		simulator.Inject(dlisim.Fault{Operation: dlisim.OpSecurityTokens, Status: http.StatusInternalServerError, Body: "down"})
		pass(26 * time.Minute)
		if again := mustGet(t, source); again != first {
			t.Error("other keys were given")
		}
		pass(4 * time.Minute)
		_, err := source.Credentials(t.Context())
		refused, ok := errors.AsType[*dli.APIError](err)
		if !ok || refused.StatusCode != http.StatusInternalServerError {
			t.Errorf("after their end: %v", err)
		}
		simulator.ClearFaults()
		pass(time.Minute)
		if mustGet(t, source) == first {
			t.Error("they were not renewed once IAM was well")
		}
	})
}

func TestRefusedKeysAreAskedForOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator, caller := iamOf(dlisim.Config{Agencies: []dlisim.Agency{}})
		source := agencyKeys(caller)
		for range 10 {
			if _, err := source.Credentials(t.Context()); err == nil {
				t.Fatal("an unknown agency was assumed")
			}
		}
		if got := asked(simulator); got != 1 {
			t.Errorf("keys were asked for %d times, want 1", got)
		}
		pass(time.Minute)
		_, _ = source.Credentials(t.Context())
		if got := asked(simulator); got != 2 {
			t.Errorf("a minute later: asked for %d times, want 2", got)
		}
	})
}

func TestCallerWhoLeavesSpoilsNoRenewal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator, caller := iamOf(dlisim.Config{})
		simulator.Inject(dlisim.Fault{Operation: dlisim.OpSecurityTokens, Times: 1, Hang: true})
		source := agencyKeys(caller)
		reason := errors.New("interrupted")
		ctx, leave := context.WithCancelCause(t.Context())
		var asking, waiting sync.WaitGroup
		asking.Go(func() {
			if _, err := source.Credentials(ctx); !errors.Is(err, reason) {
				t.Errorf("who left got %v", err)
			}
		})
		synctest.Wait()
		waiting.Go(func() {
			if _, err := source.Credentials(t.Context()); err != nil {
				t.Errorf("who waited got %v", err)
			}
		})
		waiting.Go(func() {
			gone, cancel := context.WithTimeoutCause(t.Context(), time.Second, reason)
			defer cancel()
			if _, err := source.Credentials(gone); !errors.Is(err, reason) {
				t.Errorf("who waited a second got %v", err)
			}
		})
		pass(2 * time.Second)
		leave(reason)
		asking.Wait()
		waiting.Wait()
	})
}

func TestUnusableAnswersWithKeysAreErrorsWithoutThem(t *testing.T) {
	t.Parallel()
	const token = "hush-token"
	tests := map[string]string{
		"no JSON":           `hush-token`,
		"no keys":           `{"credential":{"securitytoken":"hush-token"}}`,
		"no end":            `{"credential":{"access":"a","secret":"hush-token","securitytoken":"hush-token"}}`,
		"an end of no form": `{"credential":{"access":"a","secret":"hush-token","securitytoken":"hush-token","expires_at":"tomorrow"}}`,
		"keys that ended":   `{"credential":{"access":"a","secret":"hush-token","securitytoken":"hush-token","expires_at":"2020-01-08T02:56:19.587000Z"}}`,
		"another type":      `{"credential":{"access":"a","secret":["hush-token"]}}`,
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator, caller := iamOf(dlisim.Config{})
			simulator.Inject(dlisim.Fault{Operation: dlisim.OpSecurityTokens, Status: http.StatusCreated, Body: body})
			_, err := agencyKeys(caller).Credentials(t.Context())
			if err == nil || strings.Contains(err.Error(), token) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRefusalOfIAMIsQuoted(t *testing.T) {
	t.Parallel()
	simulator, caller := iamOf(dlisim.Config{})
	simulator.Inject(dlisim.Fault{Operation: dlisim.OpSecurityTokens, Status: http.StatusForbidden,
		Body: `{"error":{"code":403,"message":"no right","title":"Forbidden"}}`})
	_, err := agencyKeys(caller).Credentials(t.Context())
	const want = `no valid temporary keys: the agency "etl" could not be assumed: ` +
		"Forbidden: no right (HTTP 403, request id 00000000000000000000000000000002)"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAccountThatCannotBeFoundIsAnError(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]dlisim.Fault{
		"refused": {Status: http.StatusForbidden}, "none": {Status: http.StatusOK, Body: `{"domains":[]}`}, "cut": {CutBefore: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator, caller := iamOf(dlisim.Config{})
			fault.Operation = dlisim.OpDomains
			simulator.Inject(fault)
			if _, err := agencyKeys(caller).Credentials(t.Context()); err == nil || !strings.Contains(err.Error(), "the account of the keys could not be looked up") {
				t.Errorf("got %v", err)
			}
			if got := asked(simulator); got != 0 {
				t.Error("keys were asked for all the same")
			}
		})
	}
}

func TestTemporaryKeysAreNeverPrinted(t *testing.T) {
	t.Parallel()
	keys := auth.Temporary{Credentials: withToken(exampleKeys, "EXAMPLESECURITYTOKEN"), Expires: signingTime}
	_, caller := iamOf(dlisim.Config{})
	source := agencyKeys(caller)
	given := mustGet(t, source)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		assertNoSecret(t, fmt.Sprintf(verb, keys), keys.Credentials)
		assertNoSecret(t, fmt.Sprintf(verb, source), given)
	}
}
