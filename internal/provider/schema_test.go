// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
)

// allAttributes are the attributes of the provider block, those of its blocks included.
func allAttributes() map[string]schema.Attribute {
	own := providerSchema()
	all := maps.Clone(own.Attributes)
	for name, block := range own.Blocks {
		for nested, attribute := range block.(schema.SingleNestedBlock).Attributes {
			all[name+"."+nested] = attribute
		}
	}
	return all
}

func TestSchemaIsOneThatTerraformTakes(t *testing.T) {
	t.Parallel()
	var resp provider.SchemaResponse
	New("test").Schema(t.Context(), provider.SchemaRequest{}, &resp)
	if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Error(diags)
	}
}

func TestEveryArgumentIsDescribedWithItsVariables(t *testing.T) {
	t.Parallel()
	for name, attribute := range allAttributes() {
		description := attribute.GetMarkdownDescription()
		if len(description) < 30 || !strings.HasSuffix(description, ".") {
			t.Errorf("%s is described as %q", name, description)
		}
		for _, variable := range variables(name) {
			if !strings.Contains(description, "`"+variable+"`") {
				t.Errorf("the description of %s does not name %s", name, variable)
			}
		}
		if !regexp.MustCompile("Default|Required|Without it|when it is not set|set together with").MatchString(description) {
			t.Errorf("the description of %s does not say what holds without it: %q", name, description)
		}
		if !attribute.IsOptional() {
			t.Errorf("%s is not optional: it has a variable, or a default", name)
		}
	}
	for name, block := range providerSchema().Blocks {
		if block.GetMarkdownDescription() == "" {
			t.Errorf("%s is not described", name)
		}
	}
}

func TestSecretArgumentsAreSensitive(t *testing.T) {
	t.Parallel()
	var got []string
	for name, attribute := range allAttributes() {
		if attribute.IsSensitive() {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"access_key", "secret_key", "security_token"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestModelHasEveryArgument(t *testing.T) {
	t.Parallel()
	own := providerSchema()
	nested := own.Blocks["assume_role"].(schema.SingleNestedBlock).Attributes
	for model, want := range map[reflect.Type][]string{
		reflect.TypeFor[block]():      append(slices.Collect(maps.Keys(own.Attributes)), slices.Collect(maps.Keys(own.Blocks))...),
		reflect.TypeFor[assumeRole](): slices.Collect(maps.Keys(nested)),
	} {
		var got []string
		for field := range model.Fields() {
			got = append(got, field.Tag.Get("tfsdk"))
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-schema +model):\n%s", model, diff)
		}
	}
}

func TestKeysHaveAsManyPlacesEach(t *testing.T) {
	t.Parallel()
	places := len(variables("access_key"))
	for _, argument := range []string{"secret_key", "security_token"} {
		if got := len(variables(argument)); got != places {
			t.Errorf("%s has %d variables, access_key has %d", argument, got, places)
		}
	}
	for _, name := range variables("access_key") {
		prefix, _, _ := strings.Cut(name, "_")
		if !strings.Contains(keySources, "`"+prefix+"_") {
			t.Errorf("the order of sources does not tell of %s", name)
		}
	}
}

func TestOnlyTheRealHostKnowsTheInstanceMetadata(t *testing.T) {
	t.Parallel()
	machine, ok := New("test").(*dliProvider)
	if !ok || machine.host.MetadataURL != "http://169.254.169.254" {
		t.Errorf("the real host has %+v", machine)
	}
	other, ok := NewOn(Host{}, "test").(*dliProvider)
	if !ok || other.host.MetadataURL != "" {
		t.Errorf("another host has %+v", other)
	}
}
