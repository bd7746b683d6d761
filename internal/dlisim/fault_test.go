// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFault_answersInTheWorksPlace(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Inject(Fault{Status: 429, Header: http.Header{"Retry-After": {"2"}}, Body: ErrorBody("APIGW.0308", "slow down")})
	got := c.want(http.StatusTooManyRequests, http.MethodPost, resources, uploadBody("g", "", "a.jar"))
	if got.header.Get("Retry-After") != "2" || got.header.Get("X-Request-Id") == "" || got.code() != "APIGW.0308" {
		t.Errorf("answered %v %s", got.header, got.body)
	}
	if len(c.Groups()) != 0 {
		t.Error("the work was done")
	}
	c.ClearFaults()
	c.upload("g", "a.jar")
}

func TestFault_afterWork(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Inject(Fault{Operation: OpUpload, Status: http.StatusGatewayTimeout, AfterWork: true})
	c.want(http.StatusGatewayTimeout, http.MethodPost, resources, uploadBody("g", "", "a.jar"))
	if _, exists := c.Group("g"); !exists {
		t.Error("the work was not done")
	}
}

func TestFault_strikesByOperationMatchSkipAndTimes(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.upload("g", "a.jar", "b.jar")
	c.Inject(
		Fault{
			Operation: OpShow, Skip: 1, Times: 2, Status: 503,
			Match: func(r Request) bool { return strings.HasSuffix(r.Path, "/a.jar") },
		},
		Fault{Operation: OpShow, Times: 1, Status: 500},
	)
	var got []int
	for _, path := range []string{"/a.jar", "/b.jar", "/a.jar", "/a.jar", "/a.jar", ""} {
		got = append(got, c.do(http.MethodGet, resources+path+"?group=g", "").status)
	}
	// The first request is skipped by the first fault, and then met by the second.
	if diff := cmp.Diff([]int{500, 200, 503, 503, 200, 200}, got); diff != "" {
		t.Error(diff)
	}
}

func TestFault_cuts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault Fault
		done  bool
	}{
		"CutBefore": {Fault{CutBefore: true}, false},
		"CutAfter":  {Fault{CutAfter: true}, true},
		"HalfBody":  {Fault{HalfBody: true}, true},
	}
	for name, test := range tests {
		for place, transport := range map[string]func(*testing.T, *client) http.RoundTripper{
			"in process": func(_ *testing.T, c *client) http.RoundTripper { return c.RoundTripper() },
			"over a connection": func(t *testing.T, c *client) http.RoundTripper {
				t.Helper()
				return overConnection(t, c)
			},
		} {
			t.Run(name+" "+place, func(t *testing.T) {
				t.Parallel()
				c := start(t, Config{})
				c.Inject(test.fault)
				response, err := transport(t, c).RoundTrip(c.request(http.MethodPost, resources, uploadBody("g", "", "a.jar")))
				if err == nil {
					var body []byte
					body, err = io.ReadAll(response.Body)
					_ = response.Body.Close()
					if !test.fault.HalfBody || !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 {
						t.Errorf("got %d bytes and %v", len(body), err)
					}
				}
				if err == nil {
					t.Error("the connection was not cut")
				}
				if _, exists := c.Group("g"); exists != test.done {
					t.Errorf("work done: %v, want %v", exists, test.done)
				}
				if status := c.Journal()[0].Status; !test.fault.HalfBody && status != 0 {
					t.Errorf("the journal has the status %d for a caller that got none", status)
				}
			})
		}
	}
}

// overConnection returns a transport to the simulator behind a socket of this machine.
func overConnection(t *testing.T, c *client) http.RoundTripper {
	t.Helper()
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	return redirected{server.Client().Transport, strings.TrimPrefix(server.URL, "http://")}
}

// redirected dials one address; the Host header stays as it was signed.
type redirected struct {
	http.RoundTripper
	address string
}

func (t redirected) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Host = t.address
	return t.RoundTripper.RoundTrip(r)
}

func TestServeHTTP_answersOverAConnection(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	transport := overConnection(t, c)
	for _, test := range []struct {
		method, path, body string
		status             int
	}{
		{http.MethodPost, resources, uploadBody("g", "", "a!b.jar"), 201},
		{http.MethodPost, tagPath + "g%23a%21b.jar/tags/create", numbered(1), 204},
		{http.MethodGet, tagPath + "g%23a%21b.jar/tags", "", 200},
		{http.MethodDelete, resources + "/a%21b.jar?group=g", "", 200},
		{http.MethodDelete, resources + "/a%21b.jar?group=g", "", 404},
	} {
		response, err := transport.RoundTrip(c.request(test.method, test.path, test.body))
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, response)
		if got.status != test.status || got.header.Get("X-Request-Id") == "" {
			t.Errorf("%s %s answered %d %s", test.method, test.path, got.status, got.body)
		}
	}
}

func TestFault_hooksRunAroundTheWork(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	var seen []int
	look := func() { seen = append(seen, len(c.Groups())) }
	c.Inject(Fault{Operation: OpUpload, Before: look, After: look})
	c.upload("g", "a.jar")
	if diff := cmp.Diff([]int{0, 1}, seen); diff != "" {
		t.Error(diff)
	}
}

func TestRoundTripper_returnsTheContextsError(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config Config
		fault  func(cancel func()) Fault
		done   bool
	}{
		"cancelled during the latency": {Config{Latency: time.Hour}, func(func()) Fault { return Fault{} }, false},
		"cancelled during a delay":     {Config{}, func(func()) Fault { return Fault{Delay: time.Hour} }, false},
		"hanging":                      {Config{}, func(func()) Fault { return Fault{Hang: true} }, false},
		"hanging after the work":       {Config{}, func(func()) Fault { return Fault{Hang: true, AfterWork: true} }, true},
		"cancelled after the work":     {Config{}, func(cancel func()) Fault { return Fault{After: cancel} }, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				test.config.Now = time.Now
				c := start(t, test.config)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				c.Inject(test.fault(cancel))
				r := c.request(http.MethodPost, resources, uploadBody("g", "", "a.jar")).WithContext(ctx)
				if err := c.failure(r); err == nil || !errors.Is(err, ctx.Err()) {
					t.Errorf("got %v, the context has %v", err, ctx.Err())
				}
				if _, exists := c.Group("g"); exists != test.done {
					t.Errorf("work done: %v, want %v", exists, test.done)
				}
				if status := c.Journal()[0].Status; !test.done && status != 0 {
					t.Errorf("the journal has the status %d", status)
				}
			})
		})
	}
}

func TestRoundTripper_doesNotSendForAContextThatIsOver(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.failure(c.request(http.MethodGet, resources, "").WithContext(ctx)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(c.Journal()) != 0 {
		t.Error("the request was sent")
	}
}

func TestHang_isInTheJournalWhileItLasts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := start(t, Config{Now: time.Now})
		c.Inject(Fault{Hang: true})
		ctx, cancel := context.WithCancel(t.Context())
		r := c.request(http.MethodGet, resources, "").WithContext(ctx)
		ended := make(chan error)
		go func() {
			ended <- c.failure(r)
		}()
		synctest.Wait()
		if got := c.Journal(); len(got) != 1 || got[0].Operation != OpList {
			t.Errorf("the journal is %v", got)
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestLatencyAndDelay_addUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := start(t, Config{Now: time.Now, Latency: 20 * time.Millisecond})
		c.Inject(Fault{Delay: time.Second, Times: 1})
		begun := time.Now()
		c.do(http.MethodGet, resources, "")
		c.do(http.MethodGet, resources, "")
		if took := time.Since(begun); took != time.Second+40*time.Millisecond {
			t.Errorf("two requests took %v", took)
		}
	})
}
