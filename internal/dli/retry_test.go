// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The calls by what repeating them does.
var (
	repeatableCalls = map[string]func(*Client, context.Context) error{
		"list": func(c *Client, ctx context.Context) error { _, err := c.list(ctx); return err },
		"show": func(c *Client, ctx context.Context) error { _, err := c.show(ctx, "g", "a.jar"); return err },
		"delete": func(c *Client, ctx context.Context) error {
			return c.DeletePackage(ctx, "g", "a.jar")
		},
		"owner": func(c *Client, ctx context.Context) error {
			return c.ChangeOwner(ctx, "g", "", "user2")
		},
		"read tags": func(c *Client, ctx context.Context) error {
			_, err := c.ReadTags(ctx, "g", "a.jar")
			return err
		},
		"set tags": func(c *Client, ctx context.Context) error {
			return c.SetTags(ctx, "g", "a.jar", map[string]string{"k": "v"})
		},
		"remove tags": func(c *Client, ctx context.Context) error {
			return c.RemoveTags(ctx, "g", "a.jar", map[string]string{"k": "v"})
		},
		"other services": func(c *Client, ctx context.Context) error {
			return c.connection.Call(ctx, http.MethodGet, endpoint+"/v3/projects", nil, nil, &struct{}{})
		},
	}
	onceOnlyCalls = map[string]func(*Client, context.Context) error{
		"upload": func(c *Client, ctx context.Context) error {
			return c.upload(ctx, Upload{Group: "g", Kind: "jar", Paths: []string{"obs://b/a.jar"}})
		},
	}
)

func TestTheRuleForSendingACallAgain(t *testing.T) {
	t.Parallel()
	const retries = 2
	throttled := `{"error_msg":"The throttling threshold has been reached","error_code":"%s.0308"}`
	for _, c := range []struct {
		name       string
		reply      reply
		repeatable int // how often a repeatable call is sent
		once       int // and how often an upload
	}{
		{"200", reply{status: 200, body: "{}"}, 1, 1},
		{"201", reply{status: 201, body: "{}"}, 1, 1},
		{"302 is not followed", reply{status: 302, header: map[string]string{"Location": "https://elsewhere.example.com/"}}, 1, 1},
		{"307 is not followed", reply{status: 307, header: map[string]string{"Location": "https://elsewhere.example.com/"}}, 1, 1},
		{"400", reply{status: 400, body: `{"error_code":"DLI.0001"}`}, 1, 1},
		{"400 that means 500", reply{status: 400, body: `{"error_code":"DLI.0999"}`}, 3, 1},
		{"401", reply{status: 401, body: `{"error_code":"APIGW.0301"}`}, 1, 1},
		{"401 with the code of a throttled call", reply{status: 401, body: `{"error_code":"APIGW.0308"}`}, 1, 1},
		{"401 with the code of a server fault", reply{status: 401, body: `{"error_code":"DLI.0999"}`}, 1, 1},
		{"403", reply{status: 403, body: `{"error_code":"APIGW.0302"}`}, 1, 1},
		{"404", reply{status: 404, body: `{"error_code":"DLI.0023"}`}, 1, 1},
		{"408", reply{status: 408}, 3, 1},
		{"409", reply{status: 409}, 1, 1},
		{"429", reply{status: 429}, 3, 3},
		{"429 of the public gateway", reply{status: 429, body: fmt.Sprintf(throttled, "APIGW")}, 3, 3},
		{"403 with the code of a throttled call", reply{status: 403, body: fmt.Sprintf(throttled, "APIG")}, 3, 3},
		{"a service's own 0308 is no throttling", reply{status: 400, body: fmt.Sprintf(throttled, "DLI")}, 1, 1},
		{"500", reply{status: 500}, 3, 1},
		{"501", reply{status: 501}, 1, 1},
		{"502", reply{status: 502, body: "<html>"}, 3, 1},
		{"503", reply{status: 503}, 3, 1},
		{"504", reply{status: 504, body: `{"error_code":"APIG.0201"}`}, 3, 1},
		{"no connection", reply{err: errors.New("connection refused")}, 3, 1},
		{"an untrusted certificate", reply{err: &tls.CertificateVerificationError{Err: errors.New("unknown authority")}}, 1, 1},
		{"half a body", reply{status: 200, body: `{"groups":[`, cut: true}, 3, 1},
		{"half a body of an error", reply{status: 400, body: `{"err`, cut: true}, 3, 1},
		{"no answer at all", reply{hang: true}, 3, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for calls, want := range map[*map[string]func(*Client, context.Context) error]int{
				&repeatableCalls: c.repeatable, &onceOnlyCalls: c.once,
			} {
				for name, call := range *calls {
					synctest.Test(t, func(t *testing.T) {
						client, service := newTestClient(retries, always(c.reply))
						err := call(client, t.Context())
						if got := len(service.sent()); got != want {
							t.Errorf("%s is sent %d times, want %d (%v)", name, got, want, err)
						}
						if told := attemptsIn(err); told != 0 && told != want {
							t.Errorf("%s: the error counts %d attempts, want %d", name, told, want)
						}
					})
				}
			}
		})
	}
}

// attemptsIn is how many attempts an error tells of, 0 where it tells nothing.
func attemptsIn(err error) int {
	if answer, ok := errors.AsType[*APIError](err); ok {
		return answer.Attempts
	}
	if transport, ok := errors.AsType[*TransportError](err); ok {
		return transport.Attempts
	}
	return 0
}

func TestEveryAttemptSendsTheWholeCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := newTestClient(3, inTurn(reply{status: 429}, reply{status: 429}, reply{status: 201, body: "{}"}))
		if err := onceOnlyCalls["upload"](client, t.Context()); err != nil {
			t.Fatal(err)
		}
		sent := service.sent()
		if len(sent) != 3 {
			t.Fatalf("sent %d times, want 3", len(sent))
		}
		for _, again := range sent[1:] {
			if again.Method != sent[0].Method || again.Target != sent[0].Target || again.Body != sent[0].Body || again.Body == "" {
				t.Errorf("attempt %d is %s %s %q, not what was sent first", again.Number, again.Method, again.Target, again.Body)
			}
		}
	})
}

func TestPausesGrowToABoundAndAreLeftToChance(t *testing.T) {
	t.Parallel()
	const retries = 9
	firsts := map[time.Duration]bool{}
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			client, service := newTestClient(retries, always(reply{status: 503}))
			_, err := client.list(t.Context())
			failed(t, err)
			sent := service.sent()
			longest := 2 * time.Second
			for i, request := range sent[1:] {
				pause := request.At.Sub(sent[i].At)
				if pause < longest/2 || pause >= longest {
					t.Errorf("pause %d is %s, want at least %s and less than %s", i+1, pause, longest/2, longest)
				}
				longest = min(2*longest, 30*time.Second)
			}
			firsts[sent[1].At.Sub(sent[0].At)] = true
		})
	}
	if len(firsts) < 2 {
		t.Error("the first pause is the same every time: chance has no part in it")
	}
}

func TestTheServiceSaysHowLongToPause(t *testing.T) {
	t.Parallel()
	date := func(in time.Duration) func() string {
		return func() string { return time.Now().Add(in).UTC().Format(http.TimeFormat) }
	}
	text := func(text string) func() string { return func() string { return text } }
	for _, c := range []struct {
		name       string
		retryAfter func() string
		status     int
		least      time.Duration
		most       time.Duration
	}{
		{"seconds", text("7"), 429, 7 * time.Second, 7 * time.Second},
		{"seconds with an unavailable service", text("7"), 503, 7 * time.Second, 7 * time.Second},
		{"no time", text("0"), 429, 0, 0},
		{"a negative time", text("-5"), 429, 0, 0},
		{"a date", date(42 * time.Second), 429, 42 * time.Second, 42 * time.Second},
		{"a date that has passed", date(-time.Hour), 429, 0, 0},
		{"hours", text("86400"), 429, 5 * time.Minute, 5 * time.Minute},
		{"a date next year", date(365 * 24 * time.Hour), 429, 5 * time.Minute, 5 * time.Minute},
		{"no number and no date", text("soon"), 429, time.Second, 2*time.Second - 1},
		{"more than fits a number", text("99999999999999999999"), 429, time.Second, 2*time.Second - 1},
		{"nothing", text(""), 429, time.Second, 2*time.Second - 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, service := newTestClient(1, inTurn(
					reply{status: c.status, header: map[string]string{"Retry-After": c.retryAfter()}},
					noGroups(),
				))
				if _, err := client.list(t.Context()); err != nil {
					t.Fatal(err)
				}
				sent := service.sent()
				if pause := sent[1].At.Sub(sent[0].At); pause < c.least || pause > c.most {
					t.Errorf("the pause is %s, want %s to %s", pause, c.least, c.most)
				}
			})
		})
	}
}

func TestTheEndOfTheContextEndsAPauseAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := newTestClient(5, always(reply{status: 429, header: map[string]string{"Retry-After": "300"}}))
		reason := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(1500*time.Millisecond, func() { cancel(reason) })
		start := time.Now()
		_, err := client.list(ctx)
		if took := time.Since(start); took != 1500*time.Millisecond {
			t.Errorf("returned after %s, want 1.5s", took)
		}
		if !errors.Is(err, reason) || len(service.sent()) != 1 {
			t.Errorf("error %v after %d requests, want %v after 1", err, len(service.sent()), reason)
		}
	})
}

func TestTheEndOfTheContextEndsAnAttemptAtOnceAndForGood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := newTestClient(5, always(reply{hang: true}))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		start := time.Now()
		_, err := client.list(ctx)
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("returned after %s, want 3s", took)
		}
		if !errors.Is(err, context.DeadlineExceeded) || IsUncertain(err) || len(service.sent()) != 1 {
			t.Errorf("error %T %v after %d requests, want the context's after 1", err, err, len(service.sent()))
		}
	})
}

func TestACallThatIsEndedTellsWhatKeptIt(t *testing.T) {
	t.Parallel()
	for want, answer := range map[string]reply{
		"DLI.0999: busy (HTTP 400)": {status: 400, body: `{"error_code":"DLI.0999","error_msg":"busy"}`},
		"connection reset by peer":  {err: errCut},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := newTestClient(9, always(answer))
			reason := errors.New("timeout of 30s")
			ctx, cancel := context.WithTimeoutCause(t.Context(), 30*time.Second, reason)
			defer cancel()
			_, err := client.list(ctx)
			text := "the call to dli.example.com was ended: timeout of 30s; the attempt before it: " + want
			if !errors.Is(err, reason) || err.Error() != text {
				t.Errorf("error says  %v\nwant        %s", err, text)
			}
		})
	}
}

func TestAnAttemptIsGivenItsTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		call func(*Client, context.Context) error
		want time.Duration
	}{
		"a read":    {repeatableCalls["list"], time.Minute},
		"an upload": {onceOnlyCalls["upload"], 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, _ := newTestClient(0, always(reply{hang: true}))
				start := time.Now()
				err := c.call(client, t.Context())
				if took := time.Since(start); took != c.want {
					t.Errorf("given up after %s, want %s", took, c.want)
				}
				want := "no answer from dli.example.com: nothing came for " + c.want.String()
				if err == nil || err.Error() != want || !IsUncertain(err) {
					t.Errorf("error is %v\nwant %s", err, want)
				}
			})
		})
	}
}

func TestAPauseOfTheClientEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		reason := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(reason)
		start := time.Now()
		if err := pause(ctx, time.Hour); !errors.Is(err, reason) || !time.Now().Equal(start) {
			t.Errorf("the pause ended after %s with %v", time.Since(start), err)
		}
		if err := pause(t.Context(), time.Hour); err != nil || time.Since(start) != time.Hour {
			t.Errorf("the pause ended after %s with %v", time.Since(start), err)
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "-7", "2147483647", "2147483648", "1.5", "1e9", "soon",
		"Fri, 31 Dec 1999 23:59:59 GMT", "Friday, 31-Dec-99 23:59:59 GMT", "Fri Dec 31 23:59:59 1999"} {
		f.Add(seed)
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		asked, ok := retryAfter(text, now)
		if asked < 0 || !ok && asked != 0 {
			t.Errorf("%q is a pause of %s (%t)", text, asked, ok)
		}
		if seconds, err := strconv.ParseUint(text, 10, 31); err == nil && asked != time.Duration(seconds)*time.Second {
			t.Errorf("%q is a pause of %s", text, asked)
		}
		response := &http.Response{Header: http.Header{"Retry-After": {text}}}
		if pause := backoff(0, 0, 0, response); pause < 0 || pause > longestRetryAfter {
			t.Errorf("%q makes the client pause for %s", text, pause)
		}
	})
}

func TestPausesStayBoundedAfterManyAttempts(t *testing.T) {
	t.Parallel()
	for _, attempt := range []int{4, 10, 63, 64, 1000} {
		if pause := backoff(0, 0, attempt, nil); pause < longestPause/2 || pause >= longestPause {
			t.Errorf("the pause after attempt %d is %s", attempt, pause)
		}
	}
}

func TestTheAnswerIsLeftWholeByTheLookAtItsError(t *testing.T) {
	t.Parallel()
	client, _ := newTestClient(0, always(reply{status: 403, body: `{"error_code":"DLI.0003","error_msg":"Permission denied"}`}))
	_, err := client.list(t.Context())
	want := &APIError{StatusCode: 403, Code: "DLI.0003", Message: "Permission denied", Attempts: 1}
	if diff := cmp.Diff(want, failed(t, err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
