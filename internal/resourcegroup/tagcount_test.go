// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Two packages may carry twenty tags each and share none; with ignore_changes Terraform gives all of them as the
// configuration.
func TestTagsThatDifferAreNotCountedAsThoseOfOnePackage(t *testing.T) {
	t.Parallel()
	for value, refused := range map[string]bool{differing: false, "x": true} {
		tags := map[string]attr.Value{"team": types.StringValue("data")}
		for number := range mostTags {
			tags[strconv.Itoa(number)] = types.StringValue(value)
		}
		if diags := (TagPolicy{}).check(types.MapValueMust(types.StringType, tags)); diags.HasError() != refused {
			t.Errorf("%q: %v", value, diags)
		}
	}
}
