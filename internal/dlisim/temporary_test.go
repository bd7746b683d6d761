// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const securityTokens = "/v3.0/OS-CREDENTIAL/securitytokens"

// assume asks for the keys of an agency as the account that the keys of the client belong to.
func (c *client) assume(role string) reply {
	c.t.Helper()
	r := c.request(http.MethodPost, securityTokens, fmt.Sprintf(`{"auth":{"identity":{"methods":["assume_role"],"assume_role":{%s}}}}`, role))
	r.Header.Set("X-Domain-Id", accountID)
	return c.send(r)
}

// issuedKeys reads keys out of an answer, whoever gave them.
func issuedKeys(t *testing.T, from reply) keys {
	t.Helper()
	credential, _ := from.json["credential"].(map[string]any)
	expires, err := time.Parse(time.RFC3339, fmt.Sprint(credential["expires_at"]))
	if err != nil {
		t.Fatalf("answered %d %s: %v", from.status, from.body, err)
	}
	return keys{
		access: credential["access"].(string), secret: credential["secret"].(string),
		token: credential["securitytoken"].(string), expires: expires,
	}
}

// listWith is the answer to a listing that these keys sign.
func (c *client) listWith(k keys) reply {
	c.t.Helper()
	r := c.request(http.MethodGet, resources, "")
	sign(r, "", k.access, k.secret, "host", "x-sdk-date")
	r.Header.Set("X-Security-Token", k.token)
	return c.send(r)
}

func TestSecurityTokens_areTakenUntilTheyEnd(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	given := c.assume(`"agency_name":"etl","domain_name":"data","duration_seconds":1800`)
	if given.status != http.StatusCreated {
		t.Fatalf("answered %d %s", given.status, given.body)
	}
	issued := issuedKeys(t, given)
	if want := c.clock.Now().Add(30 * time.Minute); !issued.expires.Equal(want) {
		t.Errorf("they end at %s, want %s", issued.expires, want)
	}
	c.clock.advance(30*time.Minute - time.Second)
	if got := c.listWith(issued); got.status != http.StatusOK {
		t.Errorf("before their end: %s", got.body)
	}
	c.clock.advance(time.Second)
	if got := c.listWith(issued); got.status != http.StatusUnauthorized {
		t.Errorf("at their end: answered %d", got.status)
	}
}

func TestSecurityTokens_areCheckedWithTheirToken(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	first, second := issuedKeys(t, c.assume(`"agency_name":"a","domain_id":"d"`)), issuedKeys(t, c.assume(`"agency_name":"a","domain_id":"d"`))
	if first.access == second.access || first.secret == second.secret || first.token == second.token {
		t.Error("two callers were given the same keys")
	}
	for name, spoil := range map[string]func(*keys){
		"no token":           func(k *keys) { k.token = "" },
		"another's token":    func(k *keys) { k.token = second.token },
		"another secret key": func(k *keys) { k.secret = second.secret },
	} {
		spoiled := first
		spoil(&spoiled)
		if got := c.listWith(spoiled); got.status != http.StatusUnauthorized {
			t.Errorf("%s: answered %d", name, got.status)
		}
	}
}

func TestSecurityTokens_refuse(t *testing.T) {
	t.Parallel()
	known := Config{Agencies: []Agency{{Name: "etl", DomainID: "d1", DomainName: "data"}}}
	tests := map[string]struct {
		role   string
		status int
	}{
		"by the id of the account":   {`"agency_name":"etl","domain_id":"d1"`, http.StatusCreated},
		"by the name of the account": {`"agency_name":"etl","domain_name":"data"`, http.StatusCreated},
		"the shortest":               {`"agency_name":"etl","domain_id":"d1","duration_seconds":900`, http.StatusCreated},
		"the longest":                {`"agency_name":"etl","domain_id":"d1","duration_seconds":86400`, http.StatusCreated},
		"too short":                  {`"agency_name":"etl","domain_id":"d1","duration_seconds":899`, http.StatusBadRequest},
		"too long":                   {`"agency_name":"etl","domain_id":"d1","duration_seconds":86401`, http.StatusBadRequest},
		"no agency":                  {`"domain_id":"d1"`, http.StatusBadRequest},
		"no account":                 {`"agency_name":"etl"`, http.StatusBadRequest},
		"no JSON":                    {`agency`, http.StatusBadRequest},
		"an unknown agency":          {`"agency_name":"admin","domain_id":"d1"`, http.StatusForbidden},
		"another account's":          {`"agency_name":"etl","domain_id":"d2"`, http.StatusForbidden},
		"a contradiction":            {`"agency_name":"etl","domain_id":"d1","domain_name":"other"`, http.StatusForbidden},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := start(t, known).assume(test.role)
			if got.status != test.status {
				t.Errorf("answered %d %s, want %d", got.status, got.body, test.status)
			}
			if _, inShape := got.json["error"].(map[string]any); got.status >= 400 && !inShape {
				t.Errorf("%s is not in the shape of IAM", got.body)
			}
		})
	}
}

func TestSecurityTokens_wantTheAccountOfTheCaller(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	domains := c.want(http.StatusOK, http.MethodGet, "/v3/auth/domains", "").json["domains"].([]any)
	if id := domains[0].(map[string]any)["id"]; id != accountID {
		t.Errorf("the account is %v", id)
	}
	c.want(http.StatusForbidden, http.MethodPost, securityTokens,
		`{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"agency_name":"a","domain_id":"d"}}}}`)
}

func TestSecurityTokens_meetFaultsAndAreNoWrites(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	c.Inject(Fault{Operation: OpSecurityTokens, Times: 1, Status: http.StatusServiceUnavailable})
	if got := c.statusOf(c.request(http.MethodPost, securityTokens, "")); got != http.StatusServiceUnavailable {
		t.Errorf("answered %d, and not with the fault", got)
	}
	c.assume(`"agency_name":"a","domain_id":"d"`)
	if writes := c.Writes(); len(writes) != 0 {
		t.Errorf("writes are %v", writes)
	}
}

// statusOf is the status of an answer whose body is not looked at.
func (c *client) statusOf(r *http.Request) int {
	c.t.Helper()
	response, err := c.RoundTripper().RoundTrip(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestMetadata_givesKeysToWhoeverIsOnTheInstance(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	unsigned := func(method, path string, header ...string) *http.Request {
		r := c.request(method, path, "")
		r.Header = http.Header{}
		for pair := range slices.Chunk(header, 2) {
			r.Header.Set(pair[0], pair[1])
		}
		return r
	}
	const path = "/openstack/latest/securitykey"
	if got := c.listWith(issuedKeys(t, c.send(unsigned(http.MethodGet, path)))); got.status != http.StatusOK {
		t.Errorf("without a token: %s", got.body)
	}
	issued := issuedKeys(t, c.send(unsigned(http.MethodGet, path, "X-Metadata-Token", metadataToken)))
	if want := c.clock.Now().Add(metadataKeyLife); !issued.expires.Equal(want) {
		t.Errorf("they end at %s, want %s", issued.expires, want)
	}
	if status := c.statusOf(unsigned(http.MethodGet, path, "X-Metadata-Token", "wrong")); status != http.StatusUnauthorized {
		t.Errorf("with a wrong token: answered %d", status)
	}
	if status := c.statusOf(unsigned(http.MethodPut, "/meta-data/latest/api/token")); status != http.StatusBadRequest {
		t.Errorf("a token without an end: answered %d", status)
	}
	if status := c.statusOf(unsigned(http.MethodPut, "/meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "60")); status != http.StatusOK {
		t.Errorf("a token: answered %d", status)
	}
}

func TestLog_hasNoTemporaryKey(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	c := start(t, Config{Log: &lines})
	issued := issuedKeys(t, c.assume(`"agency_name":"a","domain_id":"d"`))
	c.listWith(issued)
	for _, secret := range []string{issued.secret, issued.token} {
		if strings.Contains(lines.String(), secret) {
			t.Errorf("the log holds a secret:\n%s", lines.String())
		}
	}
}
