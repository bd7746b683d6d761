// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// showing answers listings with the one and shows with what stands under the package's name; other packages are absent.
func showing(listing reply, shown map[string]reply) func(request) reply {
	return func(r request) reply {
		if r.isListing() {
			return listing
		}
		if answer, ok := shown[r.shown()]; ok {
			return answer
		}
		return reply{status: 404, body: `{"error_code":"DLI.0023","error_msg":"no related resource"}`}
	}
}

var looks = map[string]func(*Client, context.Context, string, []string) (*Group, error){
	"a recent look": (*Client).Group,
	"a look now":    (*Client).GroupNow,
}

func TestWhatALookFinds(t *testing.T) {
	t.Parallel()
	ready := reply{body: `{"resource_name":"a.jar","resource_type":"jar","status":"ready","owner":"user1"}`}
	for _, c := range []struct {
		name    string
		listing reply
		shown   map[string]reply
		known   []string
		want    *Group // nil is absent
		shows   int
	}{
		{
			name:    "a listed group",
			listing: withStatus("g", "a.jar", "READY"),
			known:   []string{"a.jar"},
			want:    &Group{Name: "g", Listed: true, Packages: map[string]Package{"a.jar": {Name: "a.jar", Kind: "jar", Status: StatusReady}}},
		},
		{
			name:    "a listed group without any package",
			listing: listed("g", nil),
			known:   []string{"a.jar"},
			want:    &Group{Name: "g", Listed: true, Packages: map[string]Package{}},
		},
		{
			name:    "a group of which nothing is known",
			listing: noGroups(),
		},
		{
			name:    "an absent group whose absence a show confirms",
			listing: noGroups(), known: []string{"a.jar", "b.jar"},
			shows: 2,
		},
		{
			name:    "a group that the listing hides",
			listing: withStatus("other", "x.jar", "READY"), known: []string{"a.jar", "gone.jar"},
			shown: map[string]reply{"a.jar": ready},
			want:  &Group{Name: "g", Packages: map[string]Package{"a.jar": {Name: "a.jar", Kind: "jar", Status: StatusReady, Owner: "user1"}}},
			shows: 2,
		},
		{
			name: "packages that the listing names and does not describe",
			listing: reply{body: `{"groups":[{"group_name":"g","owner":"user1","resources":["a.jar","gone.jar","stranger.jar","b.jar"],
				"details":[{"resource_name":"b.jar","status":"READY"}]}]}`},
			known: []string{"a.jar", "b.jar", "gone.jar", "never.jar"},
			shown: map[string]reply{"a.jar": ready},
			want: &Group{Name: "g", Owner: "user1", Listed: true, Packages: map[string]Package{
				"a.jar":        {Name: "a.jar", Kind: "jar", Status: StatusReady, Owner: "user1"},
				"b.jar":        {Name: "b.jar", Status: StatusReady},
				"stranger.jar": {Name: "stranger.jar"},
			}},
			shows: 2,
		},
		{
			name:    "a shown package goes by the name that was asked for",
			listing: noGroups(), known: []string{"a.jar"},
			shown: map[string]reply{"a.jar": {body: `{"resource_name":"other.jar","status":"READY"}`}},
			want:  &Group{Name: "g", Packages: map[string]Package{"a.jar": {Name: "a.jar", Status: StatusReady}}},
			shows: 1,
		},
	} {
		for how, look := range looks {
			t.Run(c.name+", "+how, func(t *testing.T) {
				t.Parallel()
				client, service := newTestClient(0, showing(c.listing, c.shown))
				group, err := look(client, t.Context(), "g", c.known)
				if errors.Is(err, ErrAbsent) != (c.want == nil) || IsAbsent(err) != (c.want == nil) || err != nil && c.want != nil {
					t.Fatalf("error is %v", err)
				}
				if diff := cmp.Diff(c.want, group); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if got := service.count(request.isShow); got != c.shows {
					t.Errorf("%d shows, want %d", got, c.shows)
				}
			})
		}
	}
}

func TestALookThatFailsIsNoAbsence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		listing reply
		show    reply
		want    int // the status
	}{
		"the listing is denied":         {listing: reply{status: 403, body: `{"error_code":"DLI.0003"}`}, want: 403},
		"the show is denied":            {listing: noGroups(), show: reply{status: 403, body: `{"error_code":"DLI.0003"}`}, want: 403},
		"the gateway knows no address":  {listing: noGroups(), show: reply{status: 404, body: `{"error_code":"APIGW.0101"}`}, want: 404},
		"the permission is checked 400": {listing: noGroups(), show: reply{status: 400, body: `{"error_code":"DLI.0003"}`}, want: 400},
	} {
		for how, look := range looks {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				client, _ := newTestClient(0, showing(c.listing, map[string]reply{"a.jar": c.show, "b.jar": c.show}))
				group, err := look(client, t.Context(), "g", []string{"a.jar", "b.jar"})
				if failed(t, err).StatusCode != c.want || IsAbsent(err) || group != nil {
					t.Errorf("group %v, error %v", group, err)
				}
			})
		}
	}
}

func TestALookDoesNotChangeTheListingOfOthers(t *testing.T) {
	t.Parallel()
	listing := reply{body: `{"groups":[{"group_name":"g","resources":["a.jar","gone.jar"]}]}`}
	client, _ := newTestClient(0, showing(listing, map[string]reply{"a.jar": {body: `{"status":"READY"}`}}))
	if _, err := client.Group(t.Context(), "g", []string{"a.jar", "gone.jar"}); err != nil {
		t.Fatal(err)
	}
	group, err := client.Group(t.Context(), "g", nil)
	want := map[string]Package{"a.jar": {Name: "a.jar"}, "gone.jar": {Name: "gone.jar"}}
	if diff := cmp.Diff(want, group.Packages); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestARecentLookSeesOnesOwnWrites(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*Client, context.Context) error{
		"an upload":         onceOnlyCalls["upload"],
		"a deletion":        repeatableCalls["delete"],
		"a change of owner": repeatableCalls["owner"],
		"nothing written":   nil,
	} {
		for _, status := range []int{200, 400, 404, 500} {
			client, service := newTestClient(0, func(r request) reply {
				if r.isListing() {
					return withStatus("g", "a.jar", "READY")
				}
				return reply{status: status, body: "{}"}
			})
			look := func() {
				if _, err := client.Group(t.Context(), "g", nil); err != nil {
					t.Fatal(err)
				}
			}
			look()
			want := 1
			if write != nil {
				// Whatever its outcome: what was refused may have been done.
				_ = write(client, t.Context())
				want = 2
			}
			look()
			look()
			if got := service.count(request.isListing); got != want {
				t.Errorf("%s, HTTP %d: %d listings, want %d", name, status, got, want)
			}
		}
	}
}

func TestALookNowIsNeverFromBefore(t *testing.T) {
	t.Parallel()
	client, service := newTestClient(0, always(withStatus("g", "a.jar", "READY")))
	for range 3 {
		if _, err := client.GroupNow(t.Context(), "g", nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := service.count(request.isListing); got != 3 {
		t.Errorf("%d listings, want 3", got)
	}
}

func TestAThousandRefreshesCostOneListing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer := withStatus("g", "a.jar", "READY")
		answer.latency = 20 * time.Millisecond
		client, service := newTestClient(0, always(answer))
		var refreshes sync.WaitGroup
		for range 1000 {
			refreshes.Go(func() {
				if _, err := client.Group(t.Context(), "g", []string{"a.jar"}); err != nil {
					t.Error(err)
				}
			})
		}
		refreshes.Wait()
		if got := len(service.sent()); got != 1 {
			t.Errorf("%d requests, want 1", got)
		}
	})
}

func TestPackagesAreAskedForAFewSideBySide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		names := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}
		var mu sync.Mutex
		var done []string
		atOnce, most := 0, 0
		err := EachPackage(t.Context(), names, func(ctx context.Context, name string) error {
			mu.Lock()
			atOnce++
			most = max(most, atOnce)
			mu.Unlock()
			if err := pause(ctx, time.Second); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			atOnce--
			done = append(done, name)
			return nil
		})
		slices.Sort(done)
		slices.Sort(names)
		if err != nil || most != 4 || !slices.Equal(done, names) {
			t.Errorf("%d side by side did %v (%v)", most, done, err)
		}
	})
}

func TestTheFirstFailureEndsTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		denied := errors.New("denied")
		var mu sync.Mutex
		begun := 0
		start := time.Now()
		err := EachPackage(t.Context(), make([]string, 100), func(ctx context.Context, _ string) error {
			mu.Lock()
			begun++
			first := begun == 1
			mu.Unlock()
			if first {
				return denied
			}
			return pause(ctx, time.Hour)
		})
		if !errors.Is(err, denied) || begun > packagesAtOnce+1 || time.Since(start) != 0 {
			t.Errorf("%d begun, %s later: %v", begun, time.Since(start), err)
		}
	})
}

func TestNoPackageIsAskedForOnceTheContextHasEnded(t *testing.T) {
	t.Parallel()
	reason := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(reason)
	err := EachPackage(ctx, []string{"a"}, func(context.Context, string) error {
		t.Error("asked")
		return nil
	})
	if !errors.Is(err, reason) {
		t.Errorf("error is %v", err)
	}
}
