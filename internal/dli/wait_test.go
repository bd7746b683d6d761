// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// waitError is the *WaitError in err.
func waitError(t *testing.T, err error) *WaitError {
	t.Helper()
	ended, ok := errors.AsType[*WaitError](err)
	if !ok {
		t.Fatalf("error is %T %v, want a *WaitError", err, err)
	}
	return ended
}

func TestWhatIsReadyIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	for name, listing := range map[string]reply{
		"all are ready":         listed("g", packages{"a.jar": {status: "READY"}, "b.jar": {status: "ready"}}),
		"a stranger is not":     listed("g", packages{"a.jar": {status: "READY"}, "b.jar": {status: "READY"}, "x.jar": {status: "FAILED"}}),
		"the group is not told": listed("other", nil),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ready := reply{body: `{"status":"READY"}`}
				client, _ := newTestClient(0, showing(listing, map[string]reply{"a.jar": ready, "b.jar": ready}))
				start := time.Now()
				group, err := client.WaitReady(t.Context(), "g", []string{"a.jar", "b.jar"})
				if err != nil || !time.Now().Equal(start) {
					t.Fatalf("after %s: %v", time.Since(start), err)
				}
				for _, name := range []string{"a.jar", "b.jar"} {
					if found, _ := group.Package(name); found.Status != StatusReady {
						t.Errorf("%s is %q", name, found.Status)
					}
				}
			})
		})
	}
}

func TestAWaitGoesOnUntilAllAreReady(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := newTestClient(0, inTurn(
			noGroups(),
			reply{status: 404, body: `{"error_code":"DLI.0023"}`}, // the two shows of the hidden group
			reply{status: 404, body: `{"error_code":"DLI.0023"}`},
			listed("g", packages{"a.jar": {status: "UPLOADING"}}),
			listed("g", packages{"a.jar": {status: "uploading"}, "b.jar": {status: "QUEUED"}}),
			listed("g", packages{"a.jar": {status: "READY"}, "b.jar": {status: "UPLOADING"}}),
			listed("g", packages{"a.jar": {status: "READY"}, "b.jar": {status: "READY"}}),
		))
		group, err := client.WaitReady(t.Context(), "g", []string{"a.jar", "b.jar"})
		if err != nil || len(group.Packages) != 2 || service.count(request.isListing) != 5 {
			t.Errorf("group %v after %d listings: %v", group, service.count(request.isListing), err)
		}
	})
}

func TestAFailedPackageEndsTheWaitAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newTestClient(0, always(listed("g", packages{
			"a.jar": {status: "READY"}, "b.jar": {status: "failed"}, "c.jar": {status: "UPLOADING"}, "d.jar": {status: "FAILED"},
		})))
		start := time.Now()
		group, err := client.WaitReady(t.Context(), "g", []string{"a.jar", "b.jar", "c.jar", "d.jar", "e.jar"})
		if !time.Now().Equal(start) {
			t.Errorf("ended after %s", time.Since(start))
		}
		want := &WaitError{
			Group: group, Failed: []string{"b.jar", "d.jar"}, Pending: map[string]Status{"c.jar": StatusUploading, "e.jar": ""},
		}
		if diff := cmp.Diff(want, waitError(t, err)); diff != "" || group == nil {
			t.Errorf("(-want +got):\n%s", diff)
		}
		text := `the upload of "b.jar", "d.jar" FAILED; "c.jar" is UPLOADING; "e.jar" never showed up in the group`
		if err.Error() != text {
			t.Errorf("error says  %s\nwant        %s", err, text)
		}
	})
}

func TestAWaitThatTimesOutTellsAllItKnows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newTestClient(0, func(r request) reply {
			if r.Number == 3 {
				return reply{status: 502, body: "<html>bad gateway</html>"}
			}
			return reply{body: `{"groups":[{"group_name":"g","resources":["bare.jar"],"details":[
				{"resource_name":"a.jar","status":"uploading"},{"resource_name":"b.jar","status":"Queued"},
				{"resource_name":"c.jar","status":"READY"}]}]}`}
		})
		// A listing without the status of a package makes the wait ask for it; this service knows none either.
		reason := errors.New("timeout of 30s")
		ctx, cancel := context.WithTimeoutCause(t.Context(), 30*time.Second, reason)
		defer cancel()
		start := time.Now()
		group, err := client.WaitReady(ctx, "g", []string{"a.jar", "b.jar", "c.jar", "d.jar", "bare.jar"})
		if took := time.Since(start); took != 30*time.Second {
			t.Errorf("ended after %s", took)
		}
		ended := waitError(t, err)
		want := &WaitError{
			Group: group, Cause: reason,
			Pending:  map[string]Status{"a.jar": StatusUploading, "b.jar": "Queued", "d.jar": "", "bare.jar": ""},
			LastLook: &APIError{StatusCode: 502, Message: "<html>bad gateway</html>", Attempts: 1},
		}
		sameText := cmp.Comparer(func(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) })
		if diff := cmp.Diff(want, ended, sameText); diff != "" || group == nil {
			t.Errorf("(-want +got):\n%s", diff)
		}
		text := `the wait ended: timeout of 30s; "a.jar" is UPLOADING; "b.jar" has the unknown status "Queued"; ` +
			`"bare.jar" is in the group without a status; "d.jar" never showed up in the group; ` +
			`the last error was: <html>bad gateway</html> (HTTP 502)`
		if err.Error() != text || !errors.Is(err, reason) {
			t.Errorf("error says  %s\nwant        %s", err, text)
		}
	})
}

func TestAWaitEndsAtOnceWithItsContext(t *testing.T) {
	t.Parallel()
	uploading := withStatus("g", "a.jar", "UPLOADING")
	for name, answer := range map[string]reply{
		"between two looks":       uploading,
		"during a look":           {hang: true},
		"during a failing look":   {latency: time.Hour, err: errCut},
		"while a look is retried": {status: 503},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, patience := range []time.Duration{0, 1, 100 * time.Millisecond, 5*time.Second + 1} {
				synctest.Test(t, func(t *testing.T) {
					client, _ := newTestClient(50, always(answer))
					reason := errors.New("interrupted")
					ctx, cancel := context.WithTimeoutCause(t.Context(), patience, reason)
					defer cancel()
					start := time.Now()
					_, err := client.WaitReady(ctx, "g", []string{"a.jar"})
					if !errors.Is(err, reason) || time.Since(start) != patience {
						t.Errorf("ended after %s, want %s: %v", time.Since(start), patience, err)
					}
					if _, ok := waitError(t, err).Pending["a.jar"]; !ok {
						t.Errorf("the package that was waited for is not named: %v", err)
					}
				})
			}
		})
	}
}

func TestPassingErrorsAreTolerated(t *testing.T) {
	t.Parallel()
	for name, passing := range map[string]reply{
		"no answer":     {err: errCut},
		"server fault":  {status: 500},
		"throttled":     {status: 429},
		"a hidden 500":  {status: 400, body: `{"error_code":"DLI.0999"}`},
		"a broken body": {body: `{"gro`, cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				uploading, ready := withStatus("g", "a.jar", "UPLOADING"), withStatus("g", "a.jar", "READY")
				client, _ := newTestClient(0, inTurn(
					passing, passing, passing, uploading, passing, passing, passing, ready, // never four in a row
				))
				if _, err := client.WaitReady(t.Context(), "g", []string{"a.jar"}); err != nil {
					t.Error(err)
				}
				client, service := newTestClient(0, inTurn(uploading, passing))
				_, err := client.WaitReady(t.Context(), "g", []string{"a.jar"})
				ended := waitError(t, err)
				if got := len(service.sent()); got != 1+mostFailedLooks+1 {
					t.Errorf("given up after %d looks", got)
				}
				if ended.Cause == nil || ended.Group == nil || ended.Pending["a.jar"] != StatusUploading || !isPassing(err) {
					t.Errorf("error is %#v", ended)
				}
			})
		})
	}
}

func TestAnErrorThatStaysEndsTheWaitAtOnce(t *testing.T) {
	t.Parallel()
	for _, lasting := range []reply{
		{status: 401, body: `{"error_code":"APIGW.0301"}`},
		{status: 403, body: `{"error_code":"APIGW.0302"}`},
		{status: 404, body: `{"error_code":"APIGW.0101"}`},
		{status: 400, body: `{"error_code":"DLI.0001"}`},
		{body: "<html>"},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, service := newTestClient(0, always(lasting))
			group, err := client.WaitReady(t.Context(), "g", []string{"a.jar"})
			ended := waitError(t, err)
			if failed(t, err) == nil || ended.Cause == nil || group != nil || len(service.sent()) != 1 {
				t.Errorf("HTTP %d: %d looks, %v", lasting.status, len(service.sent()), err)
			}
			if diff := cmp.Diff(map[string]Status{"a.jar": ""}, ended.Pending); diff != "" {
				t.Errorf("pending (-want +got):\n%s", diff)
			}
		})
	}
}

// readyAt answers listings in which the packages of the groups are ready from a time on.
func readyAt(latency time.Duration, ready time.Time, groups ...string) func(request) reply {
	return func(r request) reply {
		status := "UPLOADING"
		if !r.At.Before(ready) {
			status = "READY"
		}
		var all []any
		for _, group := range groups {
			all = append(all, map[string]any{
				"group_name": group, "details": []any{map[string]any{"resource_name": "a.jar", "status": status}},
			})
		}
		return reply{latency: latency, body: toJSON(map[string]any{"groups": all})}
	}
}

func TestReadyIsSeenWithinOneInterval(t *testing.T) {
	t.Parallel()
	const latency = 20 * time.Millisecond
	var late []time.Duration
	for offset := range 100 {
		synctest.Test(t, func(t *testing.T) {
			ready := time.Now().Add(time.Duration(offset) * 137 * time.Millisecond)
			client, _ := newTestClient(0, readyAt(latency, ready, "g"))
			if _, err := client.WaitReady(t.Context(), "g", []string{"a.jar"}); err != nil {
				t.Fatal(err)
			}
			late = append(late, time.Since(ready))
		})
	}
	slices.Sort(late)
	if median, longest := late[len(late)/2], late[len(late)-1]; median > time.Second/2 || longest > longestInterval+latency {
		t.Errorf("ready is seen %s later in the median and %s at the longest", median, longest)
	}
}

func TestWaitsSideBySideShareTheirLooks(t *testing.T) {
	t.Parallel()
	const latency = 20 * time.Millisecond
	for name, stagger := range map[string]time.Duration{
		"begun together":      0,
		"begun one by one":    73 * time.Millisecond,
		"begun in each fetch": latency / 2,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var groups []string
				for i := range 10 {
					groups = append(groups, fmt.Sprint("g", i))
				}
				start := time.Now()
				ready := start.Add(time.Minute)
				client, service := newTestClient(0, readyAt(latency, ready, groups...))
				var waits sync.WaitGroup
				for _, group := range groups {
					waits.Go(func() {
						if _, err := client.WaitReady(t.Context(), group, []string{"a.jar"}); err != nil {
							t.Error(err)
						}
						if late := time.Since(ready); late > longestInterval+2*latency {
							t.Errorf("%s is seen %s later", group, late)
						}
					})
					sleep(t, stagger)
				}
				waits.Wait()
				// Once all have reached the longest interval they look together: one listing per interval.
				late := service.count(func(r request) bool {
					return r.At.After(start.Add(10*time.Second)) && !r.At.After(start.Add(50*time.Second))
				})
				if perfect := int(40 * time.Second / longestInterval); late < perfect-1 || late > perfect+1 {
					t.Errorf("%d listings in 40s, want %d", late, perfect)
				}
				// Before that each wait that begins adds its first look and its short intervals at most.
				if all := len(service.sent()); all > int(time.Minute/longestInterval)+5*len(groups) {
					t.Errorf("%d listings in a minute", all)
				}
			})
		})
	}
}

func TestLooksAreNeverCloserThanTheFirstInterval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := newTestClient(0, readyAt(0, time.Now().Add(10*time.Second), "g"))
		if _, err := client.WaitReady(t.Context(), "g", []string{"a.jar"}); err != nil {
			t.Fatal(err)
		}
		sent := service.sent()
		want := firstInterval
		for i := range sent[1:] {
			if gap := sent[i+1].At.Sub(sent[i].At); gap != want {
				t.Errorf("%s between look %d and the next, want %s", gap, i+1, want)
			}
			want = min(want*3/2, longestInterval)
		}
	})
}

func TestAWaitDoesNotBelieveAListingFromBeforeIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := newTestClient(0, inTurn(
			withStatus("g", "a.jar", "READY"), withStatus("g", "a.jar", "UPLOADING"), withStatus("g", "a.jar", "READY"),
		))
		if _, err := client.Group(t.Context(), "g", nil); err != nil {
			t.Fatal(err)
		}
		if _, err := client.WaitReady(t.Context(), "g", []string{"a.jar"}); err != nil || len(service.sent()) != 3 {
			t.Errorf("%d listings (%v), want 3", len(service.sent()), err)
		}
	})
}

func TestAWaitUntilPackagesAreGone(t *testing.T) {
	t.Parallel()
	hidden := map[string]reply{"b.jar": {body: `{"status":"READY"}`}}
	bare := reply{body: `{"groups":[{"group_name":"g","resources":["a.jar","b.jar","x.jar"]}]}`}
	for name, c := range map[string]struct {
		listings []reply
		shown    map[string]reply // until the last listing
		rest     []string
	}{
		"they are gone":               {listings: []reply{withStatus("g", "x.jar", "READY")}, rest: []string{"x.jar"}},
		"the group is gone":           {listings: []reply{noGroups()}},
		"only the shell stays":        {listings: []reply{listed("g", nil)}},
		"they go one after the other": {listings: []reply{listed("g", packages{"a.jar": {status: "READY"}, "b.jar": {status: "READY"}}), withStatus("g", "b.jar", "READY"), noGroups()}},
		"the listing hides them":      {listings: []reply{noGroups(), noGroups(), noGroups()}, shown: hidden},
		"the listing only names them": {listings: []reply{bare, bare, bare}, shown: hidden, rest: []string{"x.jar"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				listings := 0
				client, _ := newTestClient(0, func(r request) reply {
					if r.isListing() {
						listings++
						return c.listings[min(listings, len(c.listings))-1]
					}
					shown := c.shown
					if listings >= len(c.listings) {
						shown = nil
					}
					return showing(reply{}, shown)(r)
				})
				group, err := client.WaitGone(t.Context(), "g", []string{"a.jar", "b.jar"})
				if diff := cmp.Diff(c.rest, group.Names()); err != nil || diff != "" {
					t.Errorf("%v (-want +got):\n%s", err, diff)
				}
				if listings != len(c.listings) {
					t.Errorf("%d listings, want %d", listings, len(c.listings))
				}
			})
		})
	}
}

func TestAWaitUntilPackagesAreGoneNamesThoseThatStay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := newTestClient(0, always(reply{body: `{"groups":[{"group_name":"g","resources":["b.jar"],
			"details":[{"resource_name":"a.jar","status":"READY"},{"resource_name":"x.jar","status":"READY"}]}]}`}))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		group, err := client.WaitGone(ctx, "g", []string{"a.jar", "b.jar", "c.jar"})
		ended := waitError(t, err)
		if diff := cmp.Diff(map[string]Status{"a.jar": StatusReady, "b.jar": ""}, ended.Pending); diff != "" || ended.Group != group {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), `its time was up; "a.jar" is READY; "b.jar" is in the group without a status`) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestAWaitUntilPackagesAreGoneIsNotFooledByAnError(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(0, always(reply{status: 403}))
	group, err := client.WaitGone(t.Context(), "g", []string{"a.jar"})
	if waitError(t, err).Cause == nil || group != nil || failed(t, err).StatusCode != http.StatusForbidden {
		t.Errorf("group %v, error %v", group, err)
	}
}
