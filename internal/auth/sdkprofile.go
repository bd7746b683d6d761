// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"os"

	"gopkg.in/ini.v1"
)

// SDKProfile reads the section basic of a credentials file of the vendor's SDKs, as those read it. The error is a
// *ProfileError.
func SDKProfile(path string) (Profile, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Profile{}, &ProfileError{Path: path, Reason: "cannot be read", Err: err}
	}
	file, err := ini.Load(content)
	if err != nil {
		return Profile{}, &ProfileError{Path: path, Reason: "is not a credentials file of the SDK: it is no INI file"}
	}
	section := file.Section("basic")
	profile := Profile{
		Credentials: Credentials{
			AccessKey:     section.Key("ak").String(),
			SecretKey:     section.Key("sk").String(),
			SecurityToken: section.Key("security_token").String(),
		},
		ProjectID:   section.Key("project_id").String(),
		IAMEndpoint: section.Key("iam_endpoint").String(),
	}
	if profile.Credentials.AccessKey == "" || profile.Credentials.SecretKey == "" {
		return Profile{}, &ProfileError{Path: path, Reason: "has no ak and sk in a section [basic]"}
	}
	return profile, nil
}
