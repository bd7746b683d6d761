// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

// keySources says where keys come from, in the order in which the places are looked at.
const keySources = `Access keys come from the first of these places that has any; access key, secret key and security token always come from one place together:

1. the arguments ` + "`access_key`, `secret_key`, `security_token`" + `;
2. the environment: the variables that begin with ` + "`HW_`, those that begin with `OS_`, those that begin with `HUAWEICLOUD_SDK_`" + `;
3. the profile ` + "`profile` of the file `shared_config_file`" + `, if one is named;
4. the section ` + "`[basic]` of the file `HUAWEICLOUD_SDK_CREDENTIALS_FILE`, else `~/.huaweicloud/credentials`" + `, if there is one;
5. the metadata of the instance, if ` + "`use_instance_metadata`" + ` is set.

With ` + "`assume_role`" + ` these keys only serve to get the temporary keys of an agency.`

// identity is who the provider is, before it assumes a role.
type identity struct {
	// Profile has what goes with the keys, where they come from a file.
	auth.Profile

	metadata bool // the keys are those of the instance
}

// keySet is a place in which keys can stand, with what they are called there.
type keySet struct {
	auth.Credentials

	accessKey, secretKey, securityToken string
}

func (s keySet) isEmpty() bool { return s.Credentials == auth.Credentials{} }

// identity finds the keys.
func (r *resolver) identity(block block) identity {
	file, profile := r.text("shared_config_file", block.SharedConfigFile), r.text("profile", block.Profile)
	if file == "" && block.Profile.ValueString() != "" {
		r.refuse("profile", "A profile of no file",
			"The argument profile names a profile, and no file is named. Set the argument shared_config_file, or the environment variable HW_SHARED_CONFIG_FILE, to the file that has it.")
	}
	metadata := r.flag("use_instance_metadata", block.UseInstanceMetadata)
	sets, known := r.keySets(block)
	if !known {
		return identity{}
	}
	for i, set := range sets {
		if !set.isEmpty() {
			r.complete(set, sets[i+1:])
			return identity{Profile: auth.Profile{Credentials: set.Credentials}}
		}
	}
	if file != "" {
		read, err := auth.HcloudProfile(r.file(file), profile)
		r.readable(err, "shared_config_file", "Correct the argument shared_config_file, or the environment variable HW_SHARED_CONFIG_FILE.")
		return identity{Profile: read}
	}
	if sdkFile, found := r.sdkFile(); found {
		read, err := auth.SDKProfile(sdkFile)
		r.readable(err, "access_key", "Correct the file, or set access_key and secret_key, or HW_ACCESS_KEY and HW_SECRET_KEY.")
		return identity{Profile: read}
	}
	if !metadata {
		const more = "; shared_config_file and use_instance_metadata are other ways to give keys"
		r.missing("access_key", more)
		r.missing("secret_key", more)
	}
	return identity{metadata: metadata}
}

// keySets are the arguments, and behind them the environment. They are not known where an argument is not.
func (r *resolver) keySets(block block) (sets []keySet, known bool) {
	known = r.known("access_key", block.AccessKey)
	known = r.known("secret_key", block.SecretKey) && known
	known = r.known("security_token", block.SecurityToken) && known
	sets = []keySet{{
		Credentials: auth.Credentials{
			AccessKey:     block.AccessKey.ValueString(),
			SecretKey:     block.SecretKey.ValueString(),
			SecurityToken: block.SecurityToken.ValueString(),
		},
		accessKey: "access_key", secretKey: "secret_key", securityToken: "security_token",
	}}
	secretKeys, securityTokens := variables("secret_key"), variables("security_token")
	for i, accessKey := range variables("access_key") {
		sets = append(sets, keySet{
			Credentials: auth.Credentials{
				AccessKey:     r.getenv(accessKey),
				SecretKey:     r.getenv(secretKeys[i]),
				SecurityToken: r.getenv(securityTokens[i]),
			},
			accessKey: accessKey, secretKey: secretKeys[i], securityToken: securityTokens[i],
		})
	}
	return sets, known
}

// complete refuses a pair that has only a half, and a token without its pair: a half that stands elsewhere belongs to
// other keys.
func (r *resolver) complete(set keySet, others []keySet) {
	const together = "Keys are taken from one place together: set all of them there, or none to have them taken from another place."
	switch {
	case set.AccessKey == "" && set.SecretKey == "":
		r.refuse("access_key", "Missing access_key", fmt.Sprintf("%s is set without %s and %s. %s",
			set.securityToken, set.accessKey, set.secretKey, together))
	case set.AccessKey == "":
		r.refuse("access_key", "Missing access_key", fmt.Sprintf("%s is set without %s. %s", set.secretKey, set.accessKey, together))
	case set.SecretKey == "":
		r.refuse("secret_key", "Missing secret_key", fmt.Sprintf("%s is set without %s. %s", set.accessKey, set.secretKey, together))
	case set.SecurityToken == "":
		r.refuseStrayToken(set, others)
	}
}

// refuseStrayToken asks what a token is for that stands alone behind keys without one.
func (r *resolver) refuseStrayToken(set keySet, others []keySet) {
	for _, other := range others {
		if other.SecurityToken != "" && other.AccessKey == "" && other.SecretKey == "" {
			r.refuse("security_token", "A security token without its keys", fmt.Sprintf(
				"%s is set without keys, and the keys in %s have no token. If it belongs to them, set it as %s; if not, unset it.",
				other.securityToken, set.accessKey, set.securityToken))
		}
	}
}

// readable refuses a file that could not be read.
func (r *resolver) readable(err error, argument, cure string) {
	if err != nil {
		r.refuse(argument, "No keys in the file", err.Error()+".\n\n"+cure)
	}
}

// sdkFile is the file that is named, or the usual one if it is there.
func (r *resolver) sdkFile() (file string, found bool) {
	if named := r.getenv(sdkFileVariable); named != "" {
		return r.file(named), true
	}
	if r.home() == "" {
		return "", false
	}
	usual := r.file("~/.huaweicloud/credentials")
	_, err := os.Stat(usual)
	return usual, !errors.Is(err, fs.ErrNotExist)
}
