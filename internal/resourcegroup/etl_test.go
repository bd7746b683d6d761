// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
)

// address is the resource of the CLI tests.
const address = "dli_resource_group.test"

const bucket = "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/"

// etl is the resource of most tests: the group etl of jars of one bucket, given by their names, and further arguments.
func etl(packages string, arguments ...string) string {
	var paths []string
	for name := range strings.FieldsSeq(packages) {
		paths = append(paths, strconv.Quote(bucket+name))
	}
	return fmt.Sprintf("resource \"dli_resource_group\" \"test\" {\n  group = \"etl\"\n  kind = \"jar\"\n  paths = [%s]\n  %s\n}\n",
		strings.Join(paths, ", "), strings.Join(arguments, "\n  "))
}

// etlValues is etl at the level of the protocol.
func etlValues(packages string, arguments acctest.Values) acctest.Values {
	values := acctest.Values{"group": "etl", "kind": "jar", "is_async": true, "exclusive": false, "paths": pathsOf(packages)}
	maps.Copy(values, arguments)
	return values
}

func pathsOf(packages string) []string {
	var paths []string
	for name := range strings.FieldsSeq(packages) {
		paths = append(paths, bucket+name)
	}
	return paths
}

// planned are checks of the plan of a step, whose apply must leave nothing to do.
func planned(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: checks, PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

func action(want plancheck.ResourceActionType) plancheck.PlanCheck {
	return plancheck.ExpectResourceAction(address, want)
}

// at is the way to a value below an attribute that is a map.
func at(attribute string, keys ...string) tfjsonpath.Path {
	path := tfjsonpath.New(attribute)
	for _, key := range keys {
		path = path.AtMapKey(key)
	}
	return path
}

// has is a check of one value of the state.
func has(path tfjsonpath.Path, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, path, value)
}

func willBe(path tfjsonpath.Path, value knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(address, path, value)
}

func willChange(path tfjsonpath.Path) plancheck.PlanCheck {
	return plancheck.ExpectUnknownValue(address, path)
}

func texts(of ...string) knownvalue.Check {
	checks := make([]knownvalue.Check, 0, len(of))
	for _, text := range of {
		checks = append(checks, knownvalue.StringExact(text))
	}
	return knownvalue.ListExact(checks)
}

func text(exact string) knownvalue.Check { return knownvalue.StringExact(exact) }

func textMap(of map[string]string) knownvalue.Check {
	checks := map[string]knownvalue.Check{}
	for key, text := range of {
		checks[key] = knownvalue.StringExact(text)
	}
	return knownvalue.MapExact(checks)
}

// managed checks that paths holds exactly these packages of the bucket.
func managed(packages string) statecheck.StateCheck {
	var checks []knownvalue.Check
	for _, path := range pathsOf(packages) {
		checks = append(checks, knownvalue.StringExact(path))
	}
	return has(at("paths"), knownvalue.SetExact(checks))
}

// says matches a message that has these parts in this order, however the CLI breaks its lines.
func says(parts ...string) *regexp.Regexp {
	for i, part := range parts {
		words := strings.Fields(part)
		for j, word := range words {
			words[j] = regexp.QuoteMeta(word)
		}
		parts[i] = strings.Join(words, `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(parts, ".*"))
}

// tagged checks the tags of the state; nil is none.
func tagged(tags map[string]string) []statecheck.StateCheck {
	if tags == nil {
		return []statecheck.StateCheck{has(at("tags"), knownvalue.Null())}
	}
	return []statecheck.StateCheck{has(at("tags"), textMap(tags))}
}
