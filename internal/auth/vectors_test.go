// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

const projectID = "0123456789abcdef0123456789abcdef"

var exampleKeys = auth.Credentials{AccessKey: "EXAMPLEACCESSKEY0001", SecretKey: "exampleSecretKey0123456789abcdefghijklmn"}

func withToken(credentials auth.Credentials, token string) auth.Credentials {
	credentials.SecurityToken = token
	return credentials
}

// The hashes and signatures were computed by three independent implementations.
func TestSignatureOfKnownRequestsIsTheKnownOne(t *testing.T) {
	t.Parallel()
	const dli = "https://dli.cn-north-4.myhuaweicloud.com"
	const signedForProject = "host;x-project-id;x-sdk-date"
	tests := map[string]struct {
		credentials   auth.Credentials
		method        string
		url           string
		projectID     string
		body          string
		signedHeaders string
		canonicalHash string
		signature     string
	}{
		"upload with a body": {
			method:        http.MethodPost,
			url:           dli + "/v2.0/" + projectID + "/resources",
			projectID:     projectID,
			body:          `{"paths":["https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/spark-sdv-app.jar"],"kind":"jar","group":"gatk","is_async":true}`,
			signedHeaders: signedForProject,
			canonicalHash: "5c4328ae3242558dbfbea9b1abaa41f41ad25dd1ea0802acbc1fcc1c8cd9c5b3",
			signature:     "b20ccc1201102cdd24c7a337fac700d086c69ea5783432830d66c159a7dc6e49",
		},
		"exclamation mark in the path": {
			method:        http.MethodGet,
			url:           dli + "/v2.0/" + projectID + "/resources/a%21b_c-1.0.jar?group=gatk.v1_x-y",
			projectID:     projectID,
			signedHeaders: signedForProject,
			canonicalHash: "1358bf6e9eaf5d6e51cabdb34decfb5103498ee1d21b0198f3f07319f259611b",
			signature:     "49ceae77cccb99ae4973d05fa4abc5653dd0c9a60fab028aeb375d8834035ac2",
		},
		"number sign in the path": {
			method:        http.MethodGet,
			url:           dli + "/v3/" + projectID + "/dli_package_resource/gatk%23spark-sdv-app.jar/tags",
			projectID:     projectID,
			signedHeaders: signedForProject,
			canonicalHash: "ddaec29aa3f1f6565b14e20ede56fdcdce1c9aa50245e9970a2ea35e88461b1e",
			signature:     "df7d36af33bc65dafa9d2adbf897464466d4951c4d275fd5b0b651dba4b2001c",
		},
		"temporary key": {
			credentials:   withToken(exampleKeys, "EXAMPLESECURITYTOKEN"),
			method:        http.MethodDelete,
			url:           dli + "/v2.0/" + projectID + "/resources/spark-sdv-app.jar?group=gatk",
			projectID:     projectID,
			signedHeaders: signedForProject + ";x-security-token",
			canonicalHash: "2cb3f267c9a0f62ac216963db0e325134c003f1c768ad758894df0f7bd288528",
			signature:     "6ba27b1a02486630de83324e62f984042f2c1e18f3e9fc1b55bcca1157aa9027",
		},
		"no project": {
			method:        http.MethodGet,
			url:           "https://iam.cn-north-4.myhuaweicloud.com/v3/projects?name=cn-north-4",
			signedHeaders: "host;x-sdk-date",
			canonicalHash: "e92db4612b298261b54ae977c3128cc3b2c056466377f811e25bca85ad9eb77b",
			signature:     "542532832e7126865873ef1f88add7c0e842af062952dd86e6c7f50c47b55fb9",
		},
		"space, equals sign, slash and umlaut in the query": {
			method:        http.MethodGet,
			url:           dli + "/v2.0/" + projectID + "/resources?kind=pyFile&tags=k%201%3Dv%2F%C3%BC",
			projectID:     projectID,
			signedHeaders: signedForProject,
			canonicalHash: "dc16956002e35e25e3b432d840606d3cf124e3af19150f11509c36e6271d6ed2",
			signature:     "ffe34c4ce17cd3465a7aa0d00cecd2c96f2e0c5eb28e2834b026ee3ddca2e354",
		},
		"port that is not the default": {
			method:        http.MethodGet,
			url:           "http://127.0.0.1:8080/v2.0/" + projectID + "/resources",
			projectID:     projectID,
			signedHeaders: signedForProject,
			canonicalHash: "19646607e2e9a72d26a95ac0168018f31b72b947644b542d20a1ac2c2cee6b3d",
			signature:     "f56a56d8b6ec80dcadb45a9d3c93f30b8f416e247c85fba90e1a7e3ab90bb299",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			credentials := test.credentials
			if credentials.AccessKey == "" {
				credentials = exampleKeys
			}
			req := newRequest(t, test.method, test.url, test.body)
			if test.projectID != "" {
				req.Header.Set("X-Project-Id", test.projectID)
			}
			req.Header.Set("User-Agent", "not signed")
			req.Header.Set("Content-Type", "application/json")

			sent := send(t, credentials, req)

			want := "SDK-HMAC-SHA256 Access=" + credentials.AccessKey + ", SignedHeaders=" + test.signedHeaders + ", Signature=" + test.signature
			if got := sent.request.Header.Get("Authorization"); got != want {
				t.Errorf("Authorization\n got %s\nwant %s", got, want)
			}
			canonicalHash, signature, err := oracle(sent.request, sent.body, credentials.SecretKey)
			if err != nil {
				t.Fatal(err)
			}
			if canonicalHash != test.canonicalHash || signature != test.signature {
				t.Errorf("the oracle disagrees: canonical hash %s, signature %s", canonicalHash, signature)
			}
		})
	}
}

// The oracle must be right on requests whose signed headers are not ours, or agreement with it would prove little.
func TestOracleAgreesWithPublishedSignatures(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		secretKey, method, url, date, signedHeaders, body, signature string
	}{
		"API signing guide": {
			secretKey:     "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
			method:        http.MethodGet,
			url:           "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
			date:          "20191115T033655Z",
			signedHeaders: "content-type;host;x-sdk-date",
			signature:     "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
		},
		"SDK, without a body": {
			secretKey:     "SecretKey",
			method:        http.MethodGet,
			url:           "https://example.huaweicloud.com/path?limit=1",
			date:          "20060102T150405Z",
			signedHeaders: "x-sdk-date",
			signature:     "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
		},
		"SDK, with a body": {
			secretKey:     "SecretKey",
			method:        http.MethodPost,
			url:           "https://example.huaweicloud.com/path?key=value",
			date:          "20060102T150405Z",
			signedHeaders: "x-sdk-date",
			body:          `{"Name":"test","Id":1}` + "\n",
			signature:     "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := newRequest(t, test.method, test.url, "")
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("X-Sdk-Date", test.date)
			req.Header.Set("Authorization", "SDK-HMAC-SHA256 Access=any, SignedHeaders="+test.signedHeaders+", Signature=any")

			_, signature, err := oracle(req, test.body, test.secretKey)
			if err != nil {
				t.Fatal(err)
			}
			if signature != test.signature {
				t.Errorf("signature %s, published is %s", signature, test.signature)
			}
		})
	}
}

// agrees fails the test unless the signature that was sent is the one the oracle computes from the wire.
func agrees(t *testing.T, sent recorded, secretKey string) {
	t.Helper()
	_, want, err := oracle(sent.request, sent.body, secretKey)
	if err != nil {
		t.Fatal(err)
	}
	if _, got, _ := strings.Cut(sent.request.Header.Get("Authorization"), "Signature="); got != want {
		t.Errorf("%s %s: signature %s, the wire says %s", sent.request.Method, sent.request.URL, got, want)
	}
}
