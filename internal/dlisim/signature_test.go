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

const (
	vectorProject = "0123456789abcdef0123456789abcdef"
	vectorKey     = "EXAMPLEACCESSKEY0001"
	vectorSecret  = "exampleSecretKey0123456789abcdefghijklmn"
	vectorHost    = "https://dli.cn-north-4.myhuaweicloud.com"
	vectorDate    = "20260102T030405Z"
)

type vector struct {
	name, method, url, body string
	key, secret, date       string
	header                  map[string]string
	signed                  string
	hash, signature         string
}

// vectors are the signing guide's, the SDK's own, and those made with the SDK's signer for the requests of this API.
func vectors() []vector {
	own := func(name, method, url, body, signed, hash, signature string, header map[string]string) vector {
		return vector{
			name: name, method: method, url: url, body: body, key: vectorKey, secret: vectorSecret,
			date: vectorDate, header: header, signed: signed, hash: hash, signature: signature,
		}
	}
	const usual = "host;x-project-id;x-sdk-date"
	const list = vectorHost + "/v2.0/" + vectorProject + "/resources"
	project := map[string]string{"X-Project-Id": vectorProject}
	line := `{"paths":["https://b.obs.cn-north-4.myhuaweicloud.com/a.jar"],"kind":"jar","group":"gatk"}` + "\n"
	return []vector{
		{
			name: "signing guide", method: http.MethodGet,
			url: "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
			key: "QTWAOYTTINDUT2QVKYUC", secret: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc", date: "20191115T033655Z",
			header: map[string]string{"Content-Type": "application/json"}, signed: "content-type;host;x-sdk-date",
			hash:      "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a",
			signature: "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
		},
		{
			name: "SDK, GET", method: http.MethodGet, url: "https://example.huaweicloud.com/path?limit=1",
			key: "AccessKey", secret: "SecretKey", date: "20060102T150405Z", signed: "x-sdk-date",
			signature: "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
		},
		{
			name: "SDK, POST", method: http.MethodPost, url: "https://example.huaweicloud.com/path?key=value",
			body: `{"Name":"test","Id":1}` + "\n",
			key:  "AccessKey", secret: "SecretKey", date: "20060102T150405Z", signed: "x-sdk-date",
			signature: "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
		},
		own("upload", http.MethodPost, list,
			`{"paths":["https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/spark-sdv-app.jar"],"kind":"jar","group":"gatk","is_async":true}`,
			usual, "5c4328ae3242558dbfbea9b1abaa41f41ad25dd1ea0802acbc1fcc1c8cd9c5b3",
			"b20ccc1201102cdd24c7a337fac700d086c69ea5783432830d66c159a7dc6e49", project),
		own("show with a reserved character", http.MethodGet, list+"/a%21b_c-1.0.jar?group=gatk.v1_x-y", "", usual,
			"1358bf6e9eaf5d6e51cabdb34decfb5103498ee1d21b0198f3f07319f259611b",
			"49ceae77cccb99ae4973d05fa4abc5653dd0c9a60fab028aeb375d8834035ac2", project),
		own("tags of a grouped package", http.MethodGet,
			vectorHost+"/v3/"+vectorProject+"/dli_package_resource/gatk%23spark-sdv-app.jar/tags", "", usual,
			"ddaec29aa3f1f6565b14e20ede56fdcdce1c9aa50245e9970a2ea35e88461b1e",
			"df7d36af33bc65dafa9d2adbf897464466d4951c4d275fd5b0b651dba4b2001c", project),
		own("delete with temporary keys", http.MethodDelete, list+"/spark-sdv-app.jar?group=gatk", "", usual+";x-security-token",
			"2cb3f267c9a0f62ac216963db0e325134c003f1c768ad758894df0f7bd288528",
			"6ba27b1a02486630de83324e62f984042f2c1e18f3e9fc1b55bcca1157aa9027",
			map[string]string{"X-Project-Id": vectorProject, "X-Security-Token": "EXAMPLESECURITYTOKEN"}),
		own("projects, no project header", http.MethodGet,
			"https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4", "", "host;x-sdk-date",
			"e92db4612b298261b54ae977c3128cc3b2c056466377f811e25bca85ad9eb77b",
			"542532832e7126865873ef1f88add7c0e842af062952dd86e6c7f50c47b55fb9", nil),
		own("query beyond ASCII", http.MethodGet, list+"?kind=pyFile&tags=k%201%3Dv%2F%C3%BC", "", usual,
			"dc16956002e35e25e3b432d840606d3cf124e3af19150f11509c36e6271d6ed2",
			"ffe34c4ce17cd3465a7aa0d00cecd2c96f2e0c5eb28e2834b026ee3ddca2e354", project),
		own("the SDK's choice of headers", http.MethodPost, list, line, "user-agent;x-project-id;x-sdk-date",
			"8c5a63e4c0907097dabbd0131ff1c8fc906146a1831ef03bb4e1ed36f132f64a",
			"a245a73b8e66c30ad6d8110ee9ca0c26f9d9d199232b22985e7069e859cd894d",
			map[string]string{"X-Project-Id": vectorProject, "User-Agent": "huaweicloud-usdk-go/3.0"}),
		own("host with a port", http.MethodGet, "http://127.0.0.1:8080/v2.0/"+vectorProject+"/resources", "", usual,
			"19646607e2e9a72d26a95ac0168018f31b72b947644b542d20a1ac2c2cee6b3d",
			"f56a56d8b6ec80dcadb45a9d3c93f30b8f416e247c85fba90e1a7e3ab90bb299", project),
		own("golangsdk's choice of headers", http.MethodPost, list, line, "accept;content-type;user-agent;x-sdk-date",
			"d4591bf49f14adbca410f923bbc579cc598fd42a81c9928558c1d4238e6fec18",
			"eceb8b195f797568f0d4fad7d3a8a98bb97185a1734e9daba5617d17360c999a",
			map[string]string{"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "golangsdk/2.0.0"}),
	}
}

func (v vector) request(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), v.method, v.url, strings.NewReader(v.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range v.header {
		r.Header.Set(name, value)
	}
	r.Header.Set("X-Sdk-Date", v.date)
	r.Header.Set("Authorization", algorithm+" Access="+v.key+", SignedHeaders="+v.signed+", Signature="+v.signature)
	return r
}

func TestSignature_equalsThePublishedVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			canonical := canonicalRequest(v.request(t), strings.Split(v.signed, ";"), []byte(v.body))
			if hash := hexHash([]byte(canonical)); v.hash != "" && hash != v.hash {
				t.Errorf("the canonical request has the hash %s, want %s:\n%s", hash, v.hash, canonical)
			}
			if got := signature(canonical, v.date, v.secret); got != v.signature {
				t.Errorf("the signature is %s, want %s", got, v.signature)
			}
		})
	}
}

func TestAuthenticate_acceptsThePublishedVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(dateFormat, v.date)
			if err != nil {
				t.Fatal(err)
			}
			s := New(Config{AccessKey: v.key, SecretKey: v.secret, SecurityToken: v.header["X-Security-Token"]})
			if refused := s.authenticate(v.request(t), []byte(v.body), now); refused != nil {
				t.Error(refused)
			}
		})
	}
}

func TestAuthenticate_refusesWith401(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config Config
		spoil  func(c *client, r *http.Request)
	}{
		"no signature": {spoil: func(_ *client, r *http.Request) { r.Header.Del("Authorization") }},
		"another secret key": {spoil: func(c *client, r *http.Request) {
			sign(r, "", c.config.AccessKey, "wrong", "host", "x-sdk-date")
		}},
		"unknown access key": {spoil: func(c *client, r *http.Request) {
			sign(r, "", "UNKNOWN", c.config.SecretKey, "host", "x-sdk-date")
		}},
		"unsigned date": {spoil: func(c *client, r *http.Request) {
			sign(r, "", c.config.AccessKey, c.config.SecretKey, "host")
		}},
		"changed query":  {spoil: func(_ *client, r *http.Request) { r.URL.RawQuery = "kind=jar" }},
		"changed method": {spoil: func(_ *client, r *http.Request) { r.Method = http.MethodPost }},
		"temporary keys without their token": {
			config: Config{SecurityToken: "token"}, spoil: func(*client, *http.Request) {},
		},
		"temporary keys with another token": {
			config: Config{SecurityToken: "token"},
			spoil:  func(_ *client, r *http.Request) { r.Header.Set("X-Security-Token", "other") },
		},
		"permanent keys with a token": {spoil: func(_ *client, r *http.Request) { r.Header.Set("X-Security-Token", "any") }},
		"a date too old":              {spoil: func(c *client, _ *http.Request) { c.clock.advance(15*time.Minute + time.Second) }},
		"a date in the future":        {spoil: func(c *client, _ *http.Request) { c.clock.advance(-15*time.Minute - time.Second) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, test.config)
			r := c.request(http.MethodGet, resources, "")
			test.spoil(c, r)
			got := c.send(r)
			if got.status != http.StatusUnauthorized || got.code() != "APIGW.0301" {
				t.Errorf("answered %d %s", got.status, got.body)
			}
			if id := got.header.Get("X-Request-Id"); id == "" || got.json["request_id"] != id {
				t.Errorf("request_id %v is not the header's %q", got.json["request_id"], id)
			}
		})
	}
}

func TestAuthenticate_accepts(t *testing.T) {
	t.Parallel()
	t.Run("a date 15 minutes off", func(t *testing.T) {
		t.Parallel()
		c := start(t, Config{})
		r := c.request(http.MethodGet, resources, "")
		c.clock.advance(15 * time.Minute)
		if got := c.send(r); got.status != http.StatusOK {
			t.Error(got.body)
		}
	})
	t.Run("temporary keys whose token is set after the signing", func(t *testing.T) {
		t.Parallel()
		c := start(t, Config{SecurityToken: "token"})
		r := c.request(http.MethodGet, resources, "")
		r.Header.Set("X-Security-Token", "token")
		if got := c.send(r); got.status != http.StatusOK {
			t.Error(got.body)
		}
	})
}

func TestAuthenticate_refusesAChangedBody(t *testing.T) {
	t.Parallel()
	c := start(t, Config{})
	r := c.request(http.MethodPost, resources, uploadBody("g", "", "b.jar"))
	sign(r, uploadBody("g", "", "a.jar"), c.config.AccessKey, c.config.SecretKey, "host", "x-sdk-date")
	if got := c.send(r); got.status != http.StatusUnauthorized {
		t.Errorf("answered %d", got.status)
	}
	if len(c.Groups()) != 0 {
		t.Error("a refused upload made a group")
	}
}

func FuzzAuthorizationHeader(f *testing.F) {
	f.Add("", "x-sdk-date", "")
	f.Add(algorithm, "host;x-sdk-date", "group=g")
	f.Add(algorithm+" Access=,SignedHeaders,Signature==", "x-sdk-date;;host;x-sdk-date", "%zz&;=")
	f.Add(algorithm+" Access="+DefaultAccessKey+", SignedHeaders=x-sdk-date, Signature=", "X-Sdk-Date", "a=1&a=0")
	f.Add(algorithm+" Access="+DefaultAccessKey, "host", "")
	f.Fuzz(func(t *testing.T, forged, headers, query string) {
		if strings.Contains(headers, ",") || headers != strings.TrimSpace(headers) {
			t.Skip("no list of headers")
		}
		s := New(Config{})
		now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, vectorHost+resources, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.RawQuery = query
		r.Header.Set("X-Sdk-Date", now.Format(dateFormat))

		r.Header.Set("Authorization", forged)
		if refused := s.authenticate(r, nil, now); refused == nil || refused.status != http.StatusUnauthorized {
			t.Errorf("%q: %v, and nobody signed", forged, refused)
		}

		signed := strings.Split(headers, ";")
		r.Header.Set("Authorization", fmt.Sprintf("%s Access=%s, SignedHeaders=%s, Signature=%s", algorithm, DefaultAccessKey, headers,
			signature(canonicalRequest(r, signed, nil), r.Header.Get("X-Sdk-Date"), DefaultSecretKey)))
		if refused := s.authenticate(r, nil, now); (refused == nil) != slices.Contains(signed, "x-sdk-date") {
			t.Errorf("signed with %q: %v", headers, refused)
		}
	})
}
