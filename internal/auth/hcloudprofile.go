// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// hcloudWire is the configuration file of the vendor's CLI, hcloud.
type hcloudWire struct {
	Current  string              `json:"current"`
	Profiles []hcloudProfileWire `json:"profiles"`
}

type hcloudProfileWire struct {
	hcloudKeysWire

	Name             string `json:"name"`
	Mode             string `json:"mode"`
	Region           string `json:"region"`
	ProjectID        string `json:"projectId"`
	AgencyName       string `json:"agencyName"`
	AgencyDomainID   string `json:"agencyDomainId"`
	AgencyDomainName string `json:"agencyDomainName"`
	SSO              struct {
		Keys hcloudKeysWire `json:"stsToken"`
	} `json:"ssoAuth"`
}

type hcloudKeysWire struct {
	AccessKey     string `json:"accessKeyId"`
	SecretKey     string `json:"secretAccessKey"`
	SecurityToken string `json:"securityToken"`
}

// HcloudProfile reads a profile from the configuration file of hcloud: the one of that name, or with no name the one
// that is current there. The error is a *ProfileError.
func HcloudProfile(path, name string) (Profile, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Profile{}, &ProfileError{Path: path, Reason: "cannot be read", Err: err}
	}
	var wire hcloudWire
	if json.Unmarshal(content, &wire) != nil {
		return Profile{}, &ProfileError{Path: path, Reason: "is not a configuration file of hcloud: it is no JSON of that form"}
	}
	if name == "" {
		name = wire.Current
	}
	var names []string
	for _, profile := range wire.Profiles {
		if profile.Name == name {
			return profile.read(path)
		}
		names = append(names, strconv.Quote(profile.Name))
	}
	return Profile{}, &ProfileError{Path: path, Reason: fmt.Sprintf("has no profile %q; it has %s", name, strings.Join(names, ", "))}
}

func (w hcloudProfileWire) read(path string) (Profile, error) {
	keys, signIn := w.hcloudKeysWire, "hcloud configure set"
	if w.Mode == "SSO" {
		keys, signIn = w.SSO.Keys, "hcloud configure sso"
	}
	switch {
	case keys.AccessKey == "" || keys.SecretKey == "":
		return Profile{}, &ProfileError{Path: path, Reason: fmt.Sprintf(
			"has no access key and secret key in its profile %q: run `%s --cli-profile=%q`", w.Name, signIn, w.Name)}
	case isEncrypted(keys.AccessKey):
		return Profile{}, &ProfileError{Path: path, Reason: fmt.Sprintf(
			"is encrypted in its profile %q, and only hcloud can read that: run `hcloud configure set --cli-auth-encrypt=false`", w.Name)}
	}
	return Profile{
		Credentials: Credentials(keys),
		Region:      w.Region,
		ProjectID:   w.ProjectID,
		Agency:      Agency{Name: w.AgencyName, DomainID: w.AgencyDomainID, DomainName: w.AgencyDomainName},
	}, nil
}

// isEncrypted tells a ciphertext from an access key, which has 20 letters and digits. How hcloud marks its ciphertexts
// is not documented; that they are longer is inferred.
func isEncrypted(accessKey string) bool {
	const longest = 32
	return len(accessKey) > longest ||
		!consistsOf(strings.ToLower(accessKey), "abcdefghijklmnopqrstuvwxyz0123456789")
}
