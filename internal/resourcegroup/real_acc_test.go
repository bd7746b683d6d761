// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// realCloud is the service of the environment, and the OBS objects to upload there; without them the test is skipped.
func realCloud(t *testing.T) (*acctest.Cloud, []string) {
	t.Helper()
	var missing []string
	for _, name := range []string{"TF_ACC", "HW_REGION_NAME", "HW_ACCESS_KEY", "HW_SECRET_KEY", "DLI_ACC_PATHS"} {
		if os.Getenv(name) == "" {
			missing = append(missing, name)
		}
	}
	paths := strings.Split(os.Getenv("DLI_ACC_PATHS"), ",")
	if len(missing) > 0 || len(paths) < 2 {
		t.Skipf("This test runs against the real service and uploads OBS objects there. Set TF_ACC=1, HW_REGION_NAME, HW_ACCESS_KEY, "+
			"HW_SECRET_KEY, HW_PROJECT_ID where the project is not the region's, DLI_ACC_PATHS to two or more URLs of OBS objects, separated by commas, and "+
			"DLI_ACC_ENDPOINT where DLI and IAM have another base URL than the usual ones. Not set: %s.", strings.Join(missing, ", "))
	}
	env := map[string]string{}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		env[name] = value
	}
	return &acctest.Cloud{Env: env}, paths
}

// ofRealCloud is a configuration of one group, and the provider block that leads to the service.
func ofRealCloud(group string, paths []string, tags string) string {
	block := `provider "dli" {}`
	if endpoint := os.Getenv("DLI_ACC_ENDPOINT"); endpoint != "" {
		block = fmt.Sprintf(`provider "dli" { endpoints = { dli = %[1]q, iam = %[1]q } }`, endpoint)
	}
	return fmt.Sprintf("%s\nresource \"dli_resource_group\" \"test\" {\n  group = %q\n  kind = \"file\"\n  paths = [%s]\n  is_async = true\n  tags = { %s }\n}\n",
		block, group, `"`+strings.Join(paths, `", "`)+`"`, tags)
}

func TestAccResourceGroup_lifecycle(t *testing.T) {
	t.Parallel()
	cloud, paths := realCloud(t)
	group := "terraform-provider-dli-test-" + time.Now().UTC().Format("20060102150405")
	first, last := dli.PackageName(paths[0]), dli.PackageName(paths[1])
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:           ofRealCloud(group, paths[:1], `purpose = "test"`),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
				ConfigStateChecks: append(tagged(map[string]string{"purpose": "test"}),
					has(at("details", first, "status"), text("READY")),
					has(at("details", first, "underlying_name"), knownvalue.NotNull()),
					has(at("references", first), text(group+"/"+first)),
					has(at("create_time"), knownvalue.StringRegexp(rfc3339UTC)),
				),
			},
			{
				Config:           ofRealCloud(group, paths[1:2], `purpose = "change"`),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate)),
				ConfigStateChecks: append(tagged(map[string]string{"purpose": "change"}),
					has(at("resources"), texts(last)),
					has(at("details", last, "status"), text("READY")),
				),
			},
			{
				ResourceName:            address,
				ImportState:             true,
				ImportStateId:           group,
				ImportStateVerify:       true,
				ImportStateVerifyIgnore: []string{"paths", "tags", "tags_all", "is_async"}, // the service does not tell them
			},
		},
	})
}
