// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// All messages of the resource to its user are put together here: what happened, why as far as is known, what to do next.
// Only a value that a validator of the framework refuses is told in its words.

func summary(action, group string) string {
	return fmt.Sprintf("Unable to %s DLI resource group %q", action, group)
}

// explain words an error, with what can be done about it.
func explain(ctx context.Context, action string, err error) string {
	switch {
	case dli.WasNotSent(err):
		return dli.Explain(err)
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return dli.Sentence(err) + fmt.Sprintf("\n\nIf the service needs longer, raise %q in the block \"timeouts\" of the resource.", action)
	case ctx.Err() != nil:
		return dli.Sentence(err)
	default:
		return dli.Explain(err)
	}
}

// unseen is the error of a look at the group before anything else.
func unseen(ctx context.Context, action, group string, err error) diag.Diagnostic {
	text := explain(ctx, action, err)
	if action != actionRead {
		text += "\n\n" + nothingSent
	}
	return diag.NewErrorDiagnostic(summary(action, group), text)
}

const nothingSent = "Nothing was sent that changes the group. Run the command again to go on."

// diagnose words the error of a step of an apply and puts it on the attribute that can cure it.
func (a *apply) diagnose(ctx context.Context, err error) diag.Diagnostic {
	title, text := summary(a.action, a.desired.group), explain(ctx, a.action, err)
	if ctx.Err() != nil {
		return diag.NewErrorDiagnostic(title, text+a.outcome())
	}
	if _, ok := errors.AsType[*ownerError](err); ok {
		return diag.NewAttributeErrorDiagnostic(path.Root("owner"), title,
			fmt.Sprintf("The service does not accept %q as the owner. ", a.desired.owner)+text+
				"\n\nCorrect the argument owner, or leave it out to keep the owner that there is."+a.outcome())
	}
	if _, ok := errors.AsType[*tagError](err); ok {
		return diag.NewAttributeErrorDiagnostic(path.Root("tags"), title, "The tags are not as configured. "+text+
			"\n\nCorrect the argument tags, or default_tags of the provider, where the service refuses one."+a.outcome())
	}
	if wait, ok := errors.AsType[*dli.WaitError](err); ok && len(wait.Failed) > 0 {
		return diag.NewAttributeErrorDiagnostic(path.Root("paths"), title, text+
			"\n\nThe service gives no reason. Usual ones: the OBS object does not exist, or DLI may not read it. "+
			"Correct the paths or the policy of the bucket, and apply again."+a.outcome())
	}
	return diag.NewErrorDiagnostic(title, text+a.outcome())
}

// outcome says what was done and how to go on. Terraform marks a new group that is in the state as tainted.
func (a *apply) outcome() string {
	switch {
	case !a.wrote:
		return "\n\n" + nothingSent
	case a.action == actionCreate && len(a.holding.names()) == 0:
		return "\n\nThe service has accepted no package, so nothing is in the state. Apply again when the cause is gone."
	case a.action == actionCreate:
		return "\n\nThe group is in the state, and the next apply replaces it. " +
			"To upload only what is missing, run \"terraform untaint\" on the resource first."
	case a.action == actionDelete:
		return "\n\nThe state holds the packages that are left. Run the command again to delete them."
	default:
		return "\n\nThe state holds what was done. The next apply does only what is missing."
	}
}

// heldAlready refuses to upload into a group that holds packages: an upload would overwrite those of the same name.
func heldAlready(group *dli.Group) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("group"), fmt.Sprintf("DLI resource group %q exists already", group.Name),
		fmt.Sprintf(`It holds %s, so nothing was uploaded. To manage it with this resource, import it; packages that paths names are taken over without an upload:

  import {
    to = dli_resource_group.<name>
    id = %q
  }

If another resource of this configuration manages the group, give all paths to one of them. If this resource has been renamed, add a block "moved". If this resource is replaced with create_before_destroy, remove that setting: two of the same group cannot exist side by side.`, dli.Names(group.Names()), group.Name))
}

// createdTwice refuses the second of two resources that create one group at the same time.
func createdTwice(group string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("group"), fmt.Sprintf("DLI resource group %q is created twice", group),
		"Another resource of this configuration is creating the group right now, so nothing was uploaded. Give all paths to one of them, or give them different groups.")
}

func invalidGroup(at path.Path, name, rule string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid group name", fmt.Sprintf("%q cannot be the name of a group. Use %s.", name, rule))
}

func invalidOwner(at path.Path, name, rule string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid owner", fmt.Sprintf("%q cannot be the name of an IAM user. Use %s.", name, rule))
}

func noPaths(at path.Path) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "No paths",
		"A group exists through its packages. Name at least one OBS object, or remove the resource.")
}

func nullPath(at path.Path) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid path", "A path is null. Remove it, or name an OBS object.")
}

func invalidPath(at path.Path, obsPath string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Invalid path", fmt.Sprintf("%q cannot be uploaded: %s.", obsPath, err))
}

func sameName(at path.Path, one, other string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Two paths make one package",
		fmt.Sprintf("%q and %q both make the package %q, so one would overwrite the other. Rename one of the objects, or use two groups.",
			one, other, dli.PackageName(one)))
}

// hashOfNoPackage refuses a source_hash that would never be looked at.
func hashOfNoPackage(name string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("source_hash").AtMapKey(name), "No such package",
		fmt.Sprintf("No path has %q as its last segment. The keys of source_hash are the last segments of paths; correct this one, or remove it.", name))
}

func reservedTag(at path.Path, key string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, "Reserved tag key",
		fmt.Sprintf("The key %q belongs to the cloud, which sets and removes such tags by itself. Choose another key.", key))
}

// tooManyTags refuses what each rule alone allows.
func tooManyTags(count int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("tags"), "Too many tags",
		fmt.Sprintf("Together with the default_tags of the provider these are %d tags; a package carries at most %d. Remove some.", count, mostTags))
}

// ignoredTag refuses a tag that would be added by every apply.
func ignoredTag(key string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("tags"), "A tag is both configured and ignored",
		fmt.Sprintf("The ignore_tags of the provider cover %q, so it would never be seen and always be added. Remove it from the tags, or from ignore_tags.", key))
}

func invalidImport(name, rule string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Invalid import of a DLI resource group",
		fmt.Sprintf("%q is not the name of a group. Import by its name alone: %s.", name, rule))
}

// elsewhere refuses to take the group of one place, a region or a project, for that of another.
func elsewhere(group, place, theirs, ours string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("DLI resource group %q is in the %s %q, not in %q", group, place, theirs, ours),
		fmt.Sprintf("The state or the identity says so, and this provider is configured for the %[1]s %[2]q, where a group of that name would be another one. "+
			"Use a provider configuration for the %[1]s %[3]q. If that is wrong, remove the resource from the state and import it here.", place, ours, theirs))
}

// ungrouped refuses to move a package that is in no group.
func ungrouped(typeName, name string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("A %s without a group cannot be moved", typeName),
		fmt.Sprintf("The package %q is in no group, and dli_resource_group manages packages in groups only. Keep the old resource for it, "+
			"or upload the object into a group with a new dli_resource_group and destroy the old resource afterwards.", name))
}

// unreadableSource refuses to move a state of another form. What is wrong with it only a programmer understands.
func unreadableSource(typeName string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unreadable state of "+typeName,
		"The state is not of a form that can be moved, so nothing was. Remove the moved block and import the group instead: "+
			"\"terraform state rm\" the old resource, and write an import block for dli_resource_group.")
}

// unreadableState refuses a state of another form. What is wrong with it only a programmer understands.
func unreadableState() diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unreadable state of a DLI resource group",
		"What the state keeps beside the attributes cannot be read. Either the state was edited by hand, or a newer version of the provider wrote it: "+
			"use that version, or remove the resource from the state and import it.")
}

func unwritableState(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to write the state of a DLI resource group", dli.Sentence(err)+reportDefect)
}

func unexpectedData(data any) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unexpected provider data", fmt.Sprintf("The provider handed %T to its resource.", data)+reportDefect)
}

const reportDefect = " This is a defect of the provider; please report it."
