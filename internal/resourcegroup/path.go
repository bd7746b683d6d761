// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// longestPackageName is documented with the change of a package's owner, in characters with the extension.
const longestPackageName = 128

// checkPath says why an OBS path cannot be uploaded.
func checkPath(text string) error {
	location, err := url.Parse(text)
	switch {
	case err != nil, location.Scheme != "https" && location.Scheme != "obs", location.Hostname() == "", location.User != nil:
		return errors.New(`write it as "https://<bucket>.<OBS host>/<key>" or "obs://<bucket>/<key>"`)
	case strings.ContainsAny(text, "?#"):
		return errors.New("it has a query or a fragment; name the OBS object alone")
	case strings.Trim(location.Path, "/") == "":
		return errors.New("it names a bucket; name an object in it")
	case strings.HasSuffix(text, "/"):
		return errors.New("it names a folder; the service takes single objects")
	}
	return checkPackageName(dli.PackageName(text))
}

// checkPackageName applies the rules that the service documents with the change of a package's owner.
func checkPackageName(name string) error {
	switch {
	case len(name) > longestPackageName:
		return fmt.Errorf("its last segment has %d characters; the name of a package has at most %d, so rename the object", len(name), longestPackageName)
	case strings.HasPrefix(name, "."):
		return errors.New(`its last segment begins with "."; the name of a package must not, so rename the object`)
	case !consistsOf(name, packageNameCharacters):
		return fmt.Errorf("its last segment %q has characters that are neither letters, digits, points, nor one of _!-; rename the object", name)
	}
	return nil
}

const (
	lettersAndDigits      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	packageNameCharacters = lettersAndDigits + "_!-."
)

func consistsOf(text, characters string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune(characters, r) })
}

// isBareName is true for an entry of paths that came from an import: the service does not tell the OBS path of a
// package, so its name stands in for it.
func isBareName(path string) bool {
	return !strings.Contains(path, "/")
}

// samePackage reports whether an entry of the state and one of the configuration mean the same upload. A bare name is
// adopted as whatever path the configuration gives the package.
func samePackage(stated, configured string) bool {
	return stated == configured || isBareName(stated)
}
