// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	resources = "/v2.0/" + DefaultProjectID + "/resources"
	tagPath   = "/v3/" + DefaultProjectID + "/dli_package_resource/"
	bucket    = "https://bucket.obs.cn-north-4.myhuaweicloud.com/"
)

// clock is the time of a test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// client is a caller with the right keys, and the simulator it calls.
type client struct {
	*Simulator
	t     *testing.T
	clock *clock
}

func start(t *testing.T, config Config) *client {
	t.Helper()
	clock := &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	if config.Now == nil {
		config.Now = clock.Now
	}
	return &client{Simulator: New(config), t: t, clock: clock}
}

// reply is an answer that was read to its end.
type reply struct {
	status int
	header http.Header
	body   string
	json   map[string]any
}

// code is the error_code of the answer.
func (r reply) code() string { return fmt.Sprint(r.json["error_code"]) }

func (c *client) request(method, path, body string) *http.Request {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, "http://dli.example"+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("X-Sdk-Date", c.config.Now().UTC().Format(dateFormat))
	sign(r, body, c.config.AccessKey, c.config.SecretKey, "host", "x-sdk-date")
	return r
}

// sign is right if the published vectors are, which the signature's tests show.
func sign(r *http.Request, body, accessKey, secretKey string, headers ...string) {
	slices.Sort(headers)
	r.Header.Set("Authorization", fmt.Sprintf("%s Access=%s, SignedHeaders=%s, Signature=%s", algorithm, accessKey,
		strings.Join(headers, ";"),
		signature(canonicalRequest(r, headers, []byte(body)), r.Header.Get("X-Sdk-Date"), secretKey)))
}

// send returns the answer to a request that gets one.
func (c *client) send(r *http.Request) reply {
	c.t.Helper()
	response, err := c.RoundTripper().RoundTrip(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	return read(c.t, response)
}

// failure is why a request gets no answer, or nil.
func (c *client) failure(r *http.Request) error {
	response, err := c.RoundTripper().RoundTrip(r)
	if err == nil {
		_ = response.Body.Close()
	}
	return err
}

func read(t *testing.T, response *http.Response) reply {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{status: response.StatusCode, header: response.Header, body: string(body)}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &got.json); err != nil {
			t.Fatalf("the answer is not JSON: %v\n%s", err, body)
		}
	}
	return got
}

func (c *client) do(method, path, body string) reply {
	c.t.Helper()
	return c.send(c.request(method, path, body))
}

// want is do with an expected status.
func (c *client) want(status int, method, path, body string) reply {
	c.t.Helper()
	got := c.do(method, path, body)
	if got.status != status {
		c.t.Fatalf("%s %s answered %d, want %d: %s", method, path, got.status, status, got.body)
	}
	return got
}

// refused expects a refusal with this status and code.
func (c *client) refused(status int, code, method, path, body string) {
	c.t.Helper()
	if got := c.want(status, method, path, body); got.code() != code {
		c.t.Errorf("%s %s answered %s, want the code %s", method, path, got.body, code)
	}
}

// upload sends the packages of these names to a group.
func (c *client) upload(group string, names ...string) reply {
	c.t.Helper()
	return c.want(http.StatusCreated, http.MethodPost, resources, uploadBody(group, "", names...))
}

// uploadBody is an upload's JSON; more is put behind the usual members.
func uploadBody(group, more string, names ...string) string {
	paths := make([]string, 0, len(names))
	for _, name := range names {
		paths = append(paths, bucket+"jars/"+name)
	}
	return fmt.Sprintf(`{"paths":%s,"kind":"jar","group":%q%s}`, encode(paths), group, more)
}

// details is the member of that name, by package.
func details(t *testing.T, from map[string]any) map[string]map[string]any {
	t.Helper()
	list, ok := from["details"].([]any)
	if !ok {
		t.Fatalf("no details in %v", from)
	}
	byName := map[string]map[string]any{}
	for _, one := range list {
		detail := one.(map[string]any)
		byName[detail["resource_name"].(string)] = detail
	}
	return byName
}

// listed returns the group as the listing has it, or nil.
func (c *client) listed(group string) map[string]any {
	c.t.Helper()
	for _, one := range c.want(http.StatusOK, http.MethodGet, resources, "").json["groups"].([]any) {
		if g := one.(map[string]any); g["group_name"] == group {
			return g
		}
	}
	return nil
}

func (c *client) status(group, name string) any {
	c.t.Helper()
	return c.want(http.StatusOK, http.MethodGet, resources+"/"+name+"?group="+group, "").json["status"]
}
