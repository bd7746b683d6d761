// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// What an apply does to packages and tags that the user may not have in mind, and the refusal to do it unseen.

// importedRemoved warns of the first apply after an import.
func importedRemoved(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("paths"), fmt.Sprintf("Imported packages of DLI resource group %q will be deleted", group),
		fmt.Sprintf("The import took over %s, and no path has that name. Apply deletes what paths does not name; add the path to keep it.", dli.Names(names)))
}

// unfinishedRemoved warns of a package that is in the state and not among its paths.
func unfinishedRemoved(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("paths"), fmt.Sprintf("Unfinished packages of DLI resource group %q will be deleted", group),
		fmt.Sprintf("UPLOADING or FAILED, and not in paths: %s. To keep a package, add its path; if others are uploading it right now, plan again when that has ended.", dli.Names(names)))
}

// strangersArrived refuses to overwrite what the plan could not tell of.
func strangersArrived(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("paths"), fmt.Sprintf("Packages have appeared in DLI resource group %q", group),
		fmt.Sprintf("The plan did not know of %s, put there by others, and paths has the same name. Nothing was sent that changes the group. "+
			"Plan again, with a refresh: the plan says what it overwrites.", dli.Names(names)))
}

// tagsTakenOff warns of the first apply that manages tags.
func tagsTakenOff(group string, keys []string, err error) diag.Diagnostic {
	text := fmt.Sprintf("The packages carry %s beside the tags of the configuration.", dli.Names(keys))
	if err != nil {
		text = dli.Sentence(err) + " Tags beside those of the configuration are not known."
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("tags"), fmt.Sprintf("Tags of DLI resource group %q will be removed", group), text+
		" From this apply on their tags are managed here, and what is not configured is removed. To keep a tag, add it to tags, or name it in ignore_tags of the provider.")
}

// strangersOverwritten warns of an upload over a package that is not ours.
func strangersOverwritten(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("paths"), fmt.Sprintf("Packages of DLI resource group %q will be overwritten", group),
		fmt.Sprintf("The group already holds %s, put there by others, and paths has the same name. Apply uploads over it. "+
			"To keep theirs, rename the OBS object, or use another group.", dli.Names(names)))
}

// strangersRemoved says what exclusive does.
func strangersRemoved(group string, names []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("exclusive"), fmt.Sprintf("Packages of DLI resource group %q will be removed", group),
		fmt.Sprintf("The group is exclusive, and paths does not name %s. Apply deletes what paths does not name; add the path, or unset exclusive, to keep it.", dli.Names(names)))
}

// strangersStay says what a destroy leaves behind.
func strangersStay(group string, names []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Packages remain in DLI resource group %q", group),
		fmt.Sprintf("The group still holds %s, put there by others and left alone. To be rid of that too, delete it in DLI.", dli.Names(names)))
}

// strangersLost says what nobody asked for.
func strangersLost(group string, names []string) diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Packages of others left DLI resource group %q", group),
		fmt.Sprintf("While packages were uploaded, %s went away. Either somebody deleted that, or the service replaced the whole group; "+
			"this resource did not delete it and cannot bring it back. If it is needed, add it to paths.", dli.Names(names)))
}

// tagsUnread says that the tags in the state are not from the service.
func tagsUnread(group string, err error) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("tags"), fmt.Sprintf("Tags of DLI resource group %q were not read", group),
		dli.Explain(err)+"\n\nThe tags in the state stay as they were; changes that others made to them are not seen.")
}
