// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// resolver reads settings and collects what is wrong with them: one error for each, on its argument.
type resolver struct {
	getenv func(string) string
	diags  diag.Diagnostics
}

func (r *resolver) refuse(refusals ...diag.Diagnostic) { r.diags.Append(refusals...) }

// known refuses a value that is not known yet: a provider cannot wait for one.
func (r *resolver) known(argument string, value attr.Value) bool {
	if !value.IsUnknown() {
		return true
	}
	r.refuse(unknown(argument))
	return false
}

// variable is the first variable of the argument that is set, with its text.
func (r *resolver) variable(argument string) (name, text string) {
	for _, name := range variables(argument) {
		if text := r.getenv(name); text != "" {
			return name, text
		}
	}
	return "", ""
}

func (r *resolver) text(argument string, value types.String) string {
	if !r.known(argument, value) {
		return ""
	}
	if text := value.ValueString(); text != "" {
		return text
	}
	_, text := r.variable(argument)
	return text
}

func (r *resolver) flag(argument string, value types.Bool) bool {
	name, text := r.variable(argument)
	if !r.known(argument, value) || !value.IsNull() || text == "" {
		return value.ValueBool()
	}
	flag, err := strconv.ParseBool(text)
	if err != nil {
		r.refuse(invalidVariable(argument, name, text, "true or false"))
	}
	return flag
}

// integer is a number within bounds, which the schema checks for the argument.
func (r *resolver) integer(argument string, value types.Int64, least, most, usual int64) int64 {
	name, text := r.variable(argument)
	switch {
	case !r.known(argument, value):
		return usual
	case !value.IsNull():
		return value.ValueInt64()
	case text == "":
		return usual
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < least || number > most {
		r.refuse(invalidVariable(argument, name, text, fmt.Sprintf("a number from %d to %d", least, most)))
		return usual
	}
	return number
}

// file is a path whose ~ is the user's home.
func (r *resolver) file(text string) string {
	rest, inHome := strings.CutPrefix(text, "~")
	if home := r.home(); inHome && home != "" && (rest == "" || rest[0] == '/' || rest[0] == '\\') {
		return home + rest
	}
	return text
}

// home is empty where the environment has none.
func (r *resolver) home() string {
	if home := r.getenv("HOME"); home != "" {
		return home
	}
	return r.getenv("USERPROFILE")
}
