// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// depot is a service that keeps the packages of the group "g".
type depot struct {
	packages packages
	clock    int64 // milliseconds, one more with each upload

	uploads [][]string // the names of each upload

	// accept says what becomes of an upload, counted from 1: the packages that arrive, and the answer.
	accept func(number int, names []string) ([]string, reply)
	status string // of what has arrived
	look   reply  // instead of a listing, when it has a status
}

func newDepot(accept func(int, []string) ([]string, reply)) *depot {
	return &depot{packages: packages{}, clock: 1000, accept: accept, status: "READY"}
}

func (d *depot) answer(r request) reply {
	switch {
	case r.isListing():
		if d.look.status != 0 {
			return d.look
		}
		return listed("g", d.packages)
	case r.is("POST", resources):
		var upload uploadWire
		if err := json.Unmarshal([]byte(r.Body), &upload); err != nil {
			panic(err)
		}
		names := Upload{Paths: upload.Paths}.PackageNames()
		d.uploads = append(d.uploads, names)
		arrived, answer := d.accept(len(d.uploads), names)
		d.clock++
		for _, name := range arrived {
			d.put(name, d.status)
		}
		return answer
	default:
		return reply{status: 404}
	}
}

func (d *depot) put(name, status string) {
	d.packages[name] = struct {
		status  string
		updated int64
	}{status, d.clock}
}

var (
	created    = reply{status: 201, body: "{}"}
	cutAnswer  = reply{err: errCut}
	badGateway = reply{status: 504, body: `{"error_code":"APIG.0201","error_msg":"Backend timeout"}`}
)

// inTurns treats the first upload in the first way and so on; the last way is for all that follow.
func inTurns(turns ...func([]string) ([]string, reply)) func(int, []string) ([]string, reply) {
	return func(number int, names []string) ([]string, reply) { return turns[min(number, len(turns))-1](names) }
}

func allArrive(answer reply) func([]string) ([]string, reply) {
	return func(names []string) ([]string, reply) { return names, answer }
}

func nothingArrives(answer reply) func([]string) ([]string, reply) {
	return func([]string) ([]string, reply) { return nil, answer }
}

func onlyArrives(name string, answer reply) func([]string) ([]string, reply) {
	return func([]string) ([]string, reply) { return []string{name}, answer }
}

var abc = Upload{Group: "g", Kind: "jar", Paths: []string{"obs://b/k/a.jar", "obs://b/b.jar", "obs://other/c.jar"}}

func TestALostAnswerToAnUpload(t *testing.T) {
	t.Parallel()
	all := []string{"a.jar", "b.jar", "c.jar"}
	for _, c := range []struct {
		name    string
		turns   []func([]string) ([]string, reply)
		uploads [][]string
		fails   bool
	}{
		{
			name:    "none is lost",
			turns:   []func([]string) ([]string, reply){allArrive(created)},
			uploads: [][]string{all},
		},
		{
			name:    "the connection is cut after the work: found and not repeated",
			turns:   []func([]string) ([]string, reply){allArrive(cutAnswer), allArrive(created)},
			uploads: [][]string{all},
		},
		{
			name:    "the gateway runs out of time after the work: found and not repeated",
			turns:   []func([]string) ([]string, reply){allArrive(badGateway), allArrive(created)},
			uploads: [][]string{all},
		},
		{
			name:    "408 after the work: found and not repeated",
			turns:   []func([]string) ([]string, reply){allArrive(reply{status: 408}), allArrive(created)},
			uploads: [][]string{all},
		},
		{
			name:    "nothing is heard any more after the work: found and not repeated",
			turns:   []func([]string) ([]string, reply){allArrive(reply{hang: true}), allArrive(created)},
			uploads: [][]string{all},
		},
		{
			name:    "cut before the work: repeated",
			turns:   []func([]string) ([]string, reply){nothingArrives(cutAnswer), allArrive(created)},
			uploads: [][]string{all, all},
		},
		{
			name:    "a fault told as 400 before the work: repeated",
			turns:   []func([]string) ([]string, reply){nothingArrives(reply{status: 400, body: `{"error_code":"DLI.0999"}`}), allArrive(created)},
			uploads: [][]string{all, all},
		},
		{
			name:    "cut in the middle of the work: only what is missing is repeated",
			turns:   []func([]string) ([]string, reply){onlyArrives("b.jar", cutAnswer), onlyArrives("c.jar", badGateway), allArrive(created)},
			uploads: [][]string{all, {"a.jar", "c.jar"}, {"a.jar"}},
		},
		{
			name:    "the last of the attempts arrives and its answer is lost: found",
			turns:   []func([]string) ([]string, reply){nothingArrives(cutAnswer), nothingArrives(cutAnswer), allArrive(cutAnswer)},
			uploads: [][]string{all, all, all},
		},
		{
			name:    "never arrives: given up",
			turns:   []func([]string) ([]string, reply){nothingArrives(badGateway)},
			uploads: [][]string{all, all, all},
			fails:   true,
		},
		{
			name:    "refused: not repeated",
			turns:   []func([]string) ([]string, reply){nothingArrives(reply{status: 400, body: `{"error_code":"DLI.0001"}`}), allArrive(created)},
			uploads: [][]string{all},
			fails:   true,
		},
		{
			name:    "not signed in: not repeated",
			turns:   []func([]string) ([]string, reply){nothingArrives(reply{status: 401}), allArrive(created)},
			uploads: [][]string{all},
			fails:   true,
		},
		{
			name:    "repeated and then refused",
			turns:   []func([]string) ([]string, reply){nothingArrives(cutAnswer), nothingArrives(reply{status: 403}), allArrive(created)},
			uploads: [][]string{all, all},
			fails:   true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				depot := newDepot(inTurns(c.turns...))
				client, _ := newTestClient(2, depot.answer)
				err := client.Deliver(t.Context(), abc, nil)
				if (err != nil) != c.fails {
					t.Errorf("error is %v", err)
				}
				if diff := cmp.Diff(c.uploads, depot.uploads); diff != "" {
					t.Errorf("uploads (-want +got):\n%s", diff)
				}
				if !c.fails && !slices.Equal(slices.Sorted(maps.Keys(depot.packages)), all) {
					t.Errorf("the group holds %v", depot.packages)
				}
			})
		})
	}
}

func TestALostAnswerIsLookedForWithoutRetriesToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		depot := newDepot(inTurns(allArrive(badGateway)))
		client, _ := newTestClient(0, depot.answer)
		if err := client.Deliver(t.Context(), abc, nil); err != nil || len(depot.uploads) != 1 {
			t.Errorf("%d uploads (%v), want 1", len(depot.uploads), err)
		}
	})
}

func TestAnOverwrittenPackageIsKnownByItsTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		turns   []func([]string) ([]string, reply)
		arrives string // the status
		uploads int
	}{
		{"written before the cut", []func([]string) ([]string, reply){allArrive(cutAnswer), allArrive(created)}, "READY", 1},
		{"begun before the cut", []func([]string) ([]string, reply){allArrive(cutAnswer), allArrive(created)}, "UPLOADING", 1},
		{"failed before the cut", []func([]string) ([]string, reply){allArrive(cutAnswer), allArrive(created)}, "FAILED", 2},
		{"not written", []func([]string) ([]string, reply){nothingArrives(cutAnswer), allArrive(created)}, "READY", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				depot := newDepot(inTurns(c.turns...))
				for _, name := range abc.PackageNames() {
					depot.put(name, "READY")
				}
				client, _ := newTestClient(2, depot.answer)
				before, err := client.GroupNow(t.Context(), "g", nil)
				if err != nil {
					t.Fatal(err)
				}
				depot.status = c.arrives
				if err := client.Deliver(t.Context(), abc, before); err != nil || len(depot.uploads) != c.uploads {
					t.Errorf("%d uploads (%v), want %d", len(depot.uploads), err, c.uploads)
				}
			})
		})
	}
}

func TestWhatHasArrivedBetweenTwoLooks(t *testing.T) {
	t.Parallel()
	early, late := time.UnixMilli(1000), time.UnixMilli(1001)
	for _, c := range []struct {
		name        string
		before, now *Package // nil is none
		want        bool
	}{
		{"nothing", nil, nil, false},
		{"new", nil, &Package{Status: StatusReady}, true},
		{"new and under way", nil, &Package{Status: StatusUploading}, true},
		{"new and failed", nil, &Package{Status: StatusFailed}, false},
		{"as before", &Package{Status: StatusReady, Updated: early}, &Package{Status: StatusReady, Updated: early}, false},
		{"as before, without times", &Package{Status: StatusReady}, &Package{Status: StatusReady}, false},
		{"newer", &Package{Status: StatusReady, Updated: early}, &Package{Status: StatusReady, Updated: late}, true},
		{"newer and failed", &Package{Status: StatusReady, Updated: early}, &Package{Status: StatusFailed, Updated: late}, false},
		{"older", &Package{Status: StatusReady, Updated: late}, &Package{Status: StatusReady, Updated: early}, false},
		{"begun", &Package{Status: StatusReady, Updated: early}, &Package{Status: StatusUploading, Updated: early}, true},
		{"still under way", &Package{Status: StatusUploading, Updated: early}, &Package{Status: StatusUploading, Updated: early}, false},
		{"begun anew", &Package{Status: StatusUploading, Updated: early}, &Package{Status: StatusUploading, Updated: late}, true},
		{"begun after a failure", &Package{Status: StatusFailed}, &Package{Status: StatusUploading}, true},
		{"gone", &Package{Status: StatusReady}, nil, false},
	} {
		group := func(found *Package) *Group {
			if found == nil {
				return nil
			}
			return &Group{Packages: map[string]Package{"a.jar": *found}}
		}
		if got := Arrived("a.jar", group(c.before), group(c.now)); got != c.want {
			t.Errorf("%s: %t, want %t", c.name, got, c.want)
		}
	}
}

func TestALookThatFailsEndsTheDelivery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		depot := newDepot(inTurns(allArrive(badGateway)))
		depot.look = reply{status: 403, body: `{"error_code":"DLI.0003","error_msg":"Permission denied"}`}
		client, _ := newTestClient(2, depot.answer)
		err := client.Deliver(t.Context(), abc, nil)
		if !IsUncertain(err) || len(depot.uploads) != 1 {
			t.Errorf("%d uploads, error %v", len(depot.uploads), err)
		}
		want := "APIG.0201: Backend timeout (HTTP 504); the look for it failed too: DLI.0003: Permission denied (HTTP 403)"
		if err.Error() != want {
			t.Errorf("error says  %s\nwant        %s", err, want)
		}
	})
}

func TestTheEndOfTheContextEndsADelivery(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]reply{
		"during the upload": {hang: true},
		"during the pause":  {err: errCut},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, service := newTestClient(5, always(answer))
				ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
				defer cancel()
				start := time.Now()
				err := client.Deliver(ctx, abc, nil)
				if took := time.Since(start); err == nil || took != time.Second/2 || len(service.sent()) != 1 {
					t.Errorf("%d requests, ended after %s: %v", len(service.sent()), took, err)
				}
				if !IsUncertain(err) && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error is %v", err)
				}
			})
		})
	}
}

func TestTheCallersPathsAreLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		depot := newDepot(inTurns(onlyArrives("a.jar", cutAnswer), allArrive(created)))
		client, _ := newTestClient(2, depot.answer)
		upload := Upload{Group: "g", Kind: "jar", Paths: slices.Clone(abc.Paths)}
		if err := client.Deliver(t.Context(), upload, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(abc.Paths, upload.Paths); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestThePackageOfAPathIsItsLastSegment(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"https://b.obs.cn-north-4.myhuaweicloud.com/k/a.jar": "a.jar", "obs://b/a!b.jar": "a!b.jar", "a.jar": "a.jar", "obs://b/": "",
	} {
		if got := PackageName(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}
