// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// All messages of the resource to its user are worded here: what happened, why as far as is known, what to do next.

// failed is the error of an operation that the service or the network ended.
func failed(action, group string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic(summary(action, group), sentence(err)+dli.Advice(err))
}

func summary(action, group string) string {
	return fmt.Sprintf("Unable to %s DLI resource group %q", action, group)
}

// diagnose words the error of a step of an apply and puts it on the attribute that can cure it.
func (a *apply) diagnose(ctx context.Context, err error) diag.Diagnostic {
	title := summary(a.action, a.desired.group)
	if ctx.Err() != nil {
		return diag.NewErrorDiagnostic(title, sentence(err)+a.afterInterruption(ctx))
	}
	if _, ok := errors.AsType[*ownerError](err); ok {
		return diag.NewAttributeErrorDiagnostic(path.Root("owner"), title,
			fmt.Sprintf("The service does not give it to %q. ", a.desired.owner)+sentence(err)+dli.Advice(err))
	}
	if _, ok := errors.AsType[*tagError](err); ok {
		return diag.NewAttributeErrorDiagnostic(path.Root("tags"), title, "The tags were not changed as asked. "+sentence(err)+dli.Advice(err))
	}
	if wait, ok := errors.AsType[*dli.WaitError](err); ok && len(wait.Failed) > 0 {
		return diag.NewAttributeErrorDiagnostic(path.Root("paths"), title, sentence(err)+
			"\n\nThe service gives no reason. Usual ones: the OBS object does not exist, or DLI may not read it."+a.afterFailure())
	}
	return diag.NewErrorDiagnostic(title, sentence(err)+dli.Advice(err))
}

// importedRemoved warns of the first apply after an import.
func importedRemoved(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("paths"), fmt.Sprintf("Imported packages of DLI resource group %q will be deleted", group),
		fmt.Sprintf("The import took over %s, and no path has that name. Apply deletes what paths does not name; add the path to keep it.", strings.Join(names, ", ")))
}

// afterFailure says how to go on when Terraform has marked a new group as tainted, and when it has not.
func (a *apply) afterFailure() string {
	if a.action == actionCreate {
		return "\n\nThe group is in the state. Correct the paths and apply again: Terraform replaces the group. " +
			"To upload only what is missing, run \"terraform untaint\" on the resource first."
	}
	return "\n\nThe state holds what is READY. Correct the paths and apply again: only what is missing is uploaded."
}

func (a *apply) afterInterruption(ctx context.Context) string {
	text := "\n\nThe state holds what the service had accepted by then."
	if a.action == actionCreate {
		text += " The next apply replaces the group; \"terraform untaint\" on the resource makes it go on instead."
	}
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return text + " Large packages may need a longer timeout: see the block \"timeouts\"."
	}
	return text
}

// sentence makes an error text one that can begin a message.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// heldAlready refuses to upload into a group that holds packages: an upload would overwrite those of the same name.
func heldAlready(group *dli.Group) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("group"), fmt.Sprintf("DLI resource group %q exists already", group.Name),
		fmt.Sprintf(`It holds %s, so nothing was uploaded. To manage it with this resource, import it; packages that paths names are adopted without an upload:

  import {
    to = dli_resource_group.<name>
    id = %q
  }

If another resource of this configuration manages the group, give all paths to one of them. If this resource is replaced with
create_before_destroy, remove that setting: two of the same group cannot exist side by side.`, strings.Join(group.Names(), ", "), group.Name))
}

// strangersStay says what a destroy leaves behind.
func strangersStay(group string, names []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Packages remain in DLI resource group %q", group),
		fmt.Sprintf("This resource did not put %s there, so they were left alone.", strings.Join(names, ", ")))
}

// tagsUnread says that the tags in the state are not from the service.
func tagsUnread(group string, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("tags"), fmt.Sprintf("Tags of DLI resource group %q were not read", group),
		sentence(err)+" The tags in the state stay as they were; changes that others made to them are not seen.")
}

// strangersOverwritten warns of an upload over a package that is not ours.
func strangersOverwritten(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("paths"), fmt.Sprintf("Packages of DLI resource group %q will be overwritten", group),
		fmt.Sprintf("The group holds %s already, and this resource did not put them there. Apply uploads over them.", strings.Join(names, ", ")))
}

// strangersRemoved says what exclusive does.
func strangersRemoved(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("exclusive"), fmt.Sprintf("Packages of DLI resource group %q will be removed", group),
		fmt.Sprintf("The group is exclusive, and paths does not name %s. Apply deletes what paths does not name.", strings.Join(names, ", ")))
}

// elsewhere refuses to take the group of one place for that of another.
func elsewhere(group, part, theirs, ours string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("DLI resource group %q is elsewhere", group),
		fmt.Sprintf("Its %s is %q, and this provider is configured for %q, where a group of that name would be another one. "+
			"Use a provider configuration for %q. If the identity is wrong, remove the resource from the state and import it here.", part, theirs, ours, theirs))
}

// ungrouped refuses to move a package that is in no group.
func ungrouped(typeName, name string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("A %s without a group cannot be moved", typeName),
		fmt.Sprintf("The package %q is in no group, and dli_resource_group manages packages in groups only. Keep the old resource for it, "+
			"or upload the object into a group with a new dli_resource_group and destroy the old resource afterwards.", name))
}

// tooManyTags refuses what each rule alone allows.
func tooManyTags(count int) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("tags"), "Too many tags",
		fmt.Sprintf("Together with the default_tags of the provider these are %d tags; a package carries at most %d. Remove some.", count, mostTags))
}

// ignoredTag refuses a tag that would be added by every apply.
func ignoredTag(key string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("tags"), "A tag is both configured and ignored",
		fmt.Sprintf("ignore_tags of the provider covers %q, so it would never be seen and always be added. Remove it from the tags, or from ignore_tags.", key))
}

// createdTwice refuses the second of two resources that create one group at the same time.
func createdTwice(group string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("group"), fmt.Sprintf("DLI resource group %q is created twice", group),
		"Another resource of this configuration is creating the group right now, so nothing was uploaded. Give all paths to one of them, or give them different groups.")
}

// strangersLost says what nobody asked for.
func strangersLost(group string, names []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Packages of others left DLI resource group %q", group),
		fmt.Sprintf("%s went away while packages were uploaded. Either somebody deleted them, or the service replaced the whole group; "+
			"this resource did not delete them and cannot bring them back.", strings.Join(names, ", ")))
}
