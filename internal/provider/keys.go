// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
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
		r.refuse(profileOfNoFile())
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
		if err != nil {
			r.refuse(unreadableHcloudFile(err))
		}
		return identity{Profile: read}
	}
	if sdkFile, found := r.sdkFile(); found {
		read, err := auth.SDKProfile(sdkFile)
		if err != nil {
			r.refuse(unreadableSDKFile(err))
		}
		return identity{Profile: read}
	}
	if !metadata {
		const more = "; shared_config_file and use_instance_metadata are other ways to give keys"
		r.refuse(missing("access_key", more), missing("secret_key", more))
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
	switch {
	case set.AccessKey == "" && set.SecretKey == "":
		r.refuse(halfOfKeys("access_key", set.securityToken, set.accessKey+" and "+set.secretKey))
	case set.AccessKey == "":
		r.refuse(halfOfKeys("access_key", set.secretKey, set.accessKey))
	case set.SecretKey == "":
		r.refuse(halfOfKeys("secret_key", set.accessKey, set.secretKey))
	case set.SecurityToken == "":
		r.refuseStrayToken(set, others)
	}
}

// refuseStrayToken looks for a token that stands alone behind keys without one.
func (r *resolver) refuseStrayToken(set keySet, others []keySet) {
	for _, other := range others {
		if other.SecurityToken != "" && other.AccessKey == "" && other.SecretKey == "" {
			r.refuse(strayToken(other.securityToken, set))
		}
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
