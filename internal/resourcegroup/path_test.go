// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"net/url"
	"path"
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// The documented rules once more, as patterns: what has an acceptable name and an ordinary address is accepted, and what is
// accepted has an acceptable name.
var (
	documentedName = regexp.MustCompile(`^[A-Za-z0-9_!-][A-Za-z0-9_!.-]{0,127}$`)
	ordinaryFolder = regexp.MustCompile(`^(https|obs)://[a-z0-9][a-z0-9.-]*/([A-Za-z0-9_!.=-]+/)*$`)
)

func FuzzCheckPath(f *testing.F) {
	for _, seed := range []string{
		"", "a.jar", "/a.jar", "obs:a.jar", "obs://", "obs:///a.jar", "obs://b", "obs://b/", "obs://b//", "obs://b/a.jar", "obs://b/a/", "obs://b/a.jar/.",
		"https://b.obs.cn-north-4.myhuaweicloud.com/jars/etl-1.0!x.jar", "HTTPS://B:443/a.jar", "https://:443/a.jar", "https://u:p@b/a.jar",
		"https://b/a.jar?v=1", "https://b/a.jar#top", "https://b/a.jar?", "https://b/a%2Fb.jar", "https://b/%2e%2e/a.jar", "https://b/ä/a b/a.jar",
		"https://b/.jar", "https://b/..", "https://[::1]/a.jar", "https://b\\c/a.jar", "https://b/a.jar\n", "s3a://b/a.jar", "https://b/x\x00/a.jar",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("strings of Terraform are UTF-8")
		}
		err := checkPath(text)
		name := dli.PackageName(text)
		if err != nil {
			if documentedName.MatchString(name) && ordinaryFolder.MatchString(text[:len(text)-len(name)]) {
				t.Errorf("%q is refused: %v", text, err)
			}
			return
		}
		if !documentedName.MatchString(name) || isBareName(text) {
			t.Errorf("%q is accepted, with the name %q", text, name)
		}
		location, err := url.Parse(text)
		if err != nil {
			t.Fatalf("%q is accepted: %v", text, err)
		}
		if location.Hostname() == "" || path.Base(location.Path) != name || location.RawQuery != "" || location.Fragment != "" {
			t.Errorf("%q is accepted: host %q, path %q, query %q, fragment %q", text, location.Hostname(), location.Path, location.RawQuery, location.Fragment)
		}
		again, err := url.Parse(location.String())
		if err != nil || again.Scheme != location.Scheme || again.Host != location.Host || again.Path != location.Path {
			t.Errorf("%q is accepted, and %q is another address (%v)", text, location, err)
		}
	})
}
