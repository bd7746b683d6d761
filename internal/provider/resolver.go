// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// resolver reads settings and collects what is wrong with them: one error for each, on its argument. An argument in a
// block has its name behind that of the block and a dot.
type resolver struct {
	getenv func(string) string
	diags  diag.Diagnostics
}

func (r *resolver) refuse(argument, title, text string) {
	root, nested, isNested := strings.Cut(argument, ".")
	at := path.Root(root)
	if isNested {
		at = at.AtName(nested)
	}
	r.diags.AddAttributeError(at, title, text)
}

// known refuses a value that is not known yet: a provider cannot wait for one.
func (r *resolver) known(argument string, value attr.Value) bool {
	if !value.IsUnknown() {
		return true
	}
	other := "Set it to a value that is known"
	if names := variables(argument); len(names) > 0 {
		other += ", or in the environment variable " + names[0]
	}
	r.refuse(argument, "Unknown "+argument, fmt.Sprintf(
		"The provider needs %s to plan, and its value is known only after an apply. %s; or apply what it comes from first, with -target.", argument, other))
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

func (r *resolver) missing(argument, more string) {
	r.refuse(argument, "Missing "+argument, fmt.Sprintf(
		"Set the argument %s in the provider block, or the environment variable %s%s.", argument, variables(argument)[0], more))
}

func (r *resolver) flag(argument string, value types.Bool) bool {
	name, text := r.variable(argument)
	if !r.known(argument, value) || !value.IsNull() || text == "" {
		return value.ValueBool()
	}
	flag, err := strconv.ParseBool(text)
	if err != nil {
		r.refuse(argument, "Invalid "+argument, fmt.Sprintf("The environment variable %s is %q. Set it to true or false.", name, text))
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
		r.refuse(argument, "Invalid "+argument, fmt.Sprintf("The environment variable %s is %q. Set it to a number from %d to %d.", name, text, least, most))
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
