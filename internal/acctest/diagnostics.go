// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Diagnostics are what a command says.
type Diagnostics []*tfprotov6.Diagnostic

// HasError reports whether the command failed.
func (d Diagnostics) HasError() bool {
	return len(d.Errors()) > 0
}

// Errors are the errors alone.
func (d Diagnostics) Errors() Diagnostics {
	return d.of(tfprotov6.DiagnosticSeverityError)
}

// Warnings are the warnings alone.
func (d Diagnostics) Warnings() Diagnostics {
	return d.of(tfprotov6.DiagnosticSeverityWarning)
}

func (d Diagnostics) of(severity tfprotov6.DiagnosticSeverity) Diagnostics {
	var some Diagnostics
	for _, one := range d {
		if one.Severity == severity {
			some = append(some, one)
		}
	}
	return some
}

// String is the text that a user reads, each message with the attribute that it is about.
func (d Diagnostics) String() string {
	var text strings.Builder
	for _, one := range d {
		text.WriteString(one.Severity.String() + ": " + one.Summary)
		if one.Attribute != nil {
			text.WriteString(" [" + one.Attribute.String() + "]")
		}
		text.WriteString("\n" + one.Detail + "\n")
	}
	return text.String()
}
