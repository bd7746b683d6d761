// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// All messages of the provider block are worded here: which argument, why, and with which argument or variable to cure
// it.

// refusal is an error on an argument. One in a block has its name behind that of the block and a dot.
func refusal(argument, title, text string) diag.Diagnostic {
	root, nested, isNested := strings.Cut(argument, ".")
	at := path.Root(root)
	if isNested {
		at = at.AtName(nested)
	}
	return diag.NewAttributeErrorDiagnostic(at, title, text)
}

// orVariable goes on from an argument with the variable that can be set in its place.
func orVariable(argument string) string {
	if names := variables(argument); len(names) > 0 {
		return fmt.Sprintf(", or the environment variable %s", names[0])
	}
	return ""
}

func unknown(argument string) diag.Diagnostic {
	other := ""
	if names := variables(argument); len(names) > 0 {
		other = ", or leave it out and set the environment variable " + names[0]
	}
	return refusal(argument, "Unknown "+argument, fmt.Sprintf(
		"The provider needs %s to plan, and its value is known only after an apply. Write a value that is known%s; or apply first what the value comes from, with -target.",
		argument, other))
}

// missing may name other ways, behind a semicolon.
func missing(argument, more string) diag.Diagnostic {
	return refusal(argument, "Missing "+argument, fmt.Sprintf("Set the argument %s in the provider block%s%s.", argument, orVariable(argument), more))
}

func invalidVariable(argument, variable, text, right string) diag.Diagnostic {
	return refusal(argument, "Invalid "+argument, fmt.Sprintf("The environment variable %s is %q. Set it to %s.", variable, text, right))
}

func profileOfNoFile() diag.Diagnostic {
	return refusal("profile", "A profile of no file",
		"The argument profile names a profile, and no file is named. Set the argument shared_config_file"+orVariable("shared_config_file")+", to the file that has it.")
}

// halfOfKeys refuses what stands alone of what belongs together.
func halfOfKeys(argument, there, absent string) diag.Diagnostic {
	return refusal(argument, "Missing "+argument, fmt.Sprintf("%s is set without %s. "+
		"Keys are taken from one place together: set all of them there, or none to have them taken from another place.", there, absent))
}

// strayToken asks what a token is for that stands alone behind keys without one.
func strayToken(stray string, keys keySet) diag.Diagnostic {
	return refusal("security_token", "A security token without its keys", fmt.Sprintf(
		"%s is set without keys, and the keys in %s have no token. If it belongs to them, set it as %s; if not, unset it.",
		stray, keys.accessKey, keys.securityToken))
}

func unreadableHcloudFile(err error) diag.Diagnostic {
	const file = "shared_config_file"
	return noKeysInFile(file, err, "Correct the argument "+file+orVariable(file)+".")
}

func unreadableSDKFile(err error) diag.Diagnostic {
	return noKeysInFile("access_key", err, "Correct the file, or set access_key and secret_key, or HW_ACCESS_KEY and HW_SECRET_KEY.")
}

func noKeysInFile(argument string, err error, cure string) diag.Diagnostic {
	return refusal(argument, "No keys in the file", dli.Sentence(err)+"\n\n"+cure)
}

func twoProjects() diag.Diagnostic {
	return refusal("project_name", "Two names for one project",
		"project_id and project_name are both set. Keep project_id, or remove it to have the project looked up by its name.")
}

func twoAccounts() diag.Diagnostic {
	return refusal("assume_role.domain_name", "Two names for one account",
		"The account of the agency is given by assume_role.domain_id (HW_ASSUME_ROLE_DOMAIN_ID) and by assume_role.domain_name (HW_ASSUME_ROLE_DOMAIN_NAME). Remove one of them.")
}

func unreadableAuthorities(file string, err error) diag.Diagnostic {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		err = wrapped.Err
	}
	return refusal("cacert_file", "Unreadable cacert_file", fmt.Sprintf("The file %q cannot be read: %v. "+
		"Set the argument cacert_file%s, to a file of certificates in PEM.", file, err, orVariable("cacert_file")))
}

func noAuthority() diag.Diagnostic {
	return refusal("cacert_file", "No certificate in cacert_file", fmt.Sprintf("There is no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----. "+
		"Set the argument cacert_file%s, to a file that has the certificate of your authority.", orVariable("cacert_file")))
}

func invalidEndpoint(fault *auth.EndpointError, origin string) diag.Diagnostic {
	at := path.Root(fault.Setting)
	if fault.Service != "" {
		at = at.AtMapKey(fault.Service)
	}
	return diag.NewAttributeErrorDiagnostic(at, "Invalid "+fault.Setting, fmt.Sprintf("The %s is %q, which %s. Correct it.", origin, fault.Value, fault.Reason))
}

// unlessInterrupted is why something could not be had, and what to do about it. That the user interrupted it is no fault.
func unlessInterrupted(ctx context.Context, reason string) string {
	if ctx.Err() != nil {
		return "It was interrupted. Nothing was sent that changes anything."
	}
	return reason
}

const withoutMetadata = "unset use_instance_metadata and HW_USE_INSTANCE_METADATA, and set access_key and secret_key."

func noInstanceMetadata() diag.Diagnostic {
	return refusal("use_instance_metadata", "No instance metadata",
		"This machine is no instance of the cloud. Take the keys from another place: "+withoutMetadata)
}

func noInstanceKeys(ctx context.Context, err error) diag.Diagnostic {
	return refusal("use_instance_metadata", "Unable to get the keys of the instance",
		unlessInterrupted(ctx, dli.Sentence(err)+"\n\nThe instance that Terraform runs on must have an agency. To do without it, "+withoutMetadata))
}

func roleNotAssumed(ctx context.Context, err error) diag.Diagnostic {
	reason := dli.Explain(err)
	if answer, ok := errors.AsType[*dli.APIError](err); ok && answer.StatusCode == http.StatusForbidden {
		reason = dli.Sentence(err) // IAM knows nothing of the permissions that DLI asks for
	}
	return refusal("assume_role", "Unable to assume the role", unlessInterrupted(ctx, reason+
		"\n\nCheck assume_role (HW_ASSUME_ROLE_AGENCY_NAME, HW_ASSUME_ROLE_DOMAIN_NAME) and that the keys belong to somebody whom the agency lets in."))
}

// projectNotFound puts the failure of the lookup where its cure is.
func projectNotFound(ctx context.Context, settings settings, err error) diag.Diagnostic {
	const title = "Unable to look up the project"
	if _, ok := errors.AsType[*auth.ProjectError](err); !ok {
		cure := "\n\nSet project_id or HW_PROJECT_ID to do without the lookup."
		if answer, ok := errors.AsType[*dli.APIError](err); ok && answer.StatusCode == http.StatusUnauthorized {
			cure = ""
		}
		return diag.NewErrorDiagnostic(title, unlessInterrupted(ctx, dli.Explain(err)+cure))
	}
	argument := "project_id"
	if settings.projectName != settings.region {
		argument = "project_name"
	}
	return refusal(argument, title, dli.Sentence(err))
}
