// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
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

// realProvider is the provider block that leads to the service.
func realProvider() string {
	if endpoint := os.Getenv("DLI_ACC_ENDPOINT"); endpoint != "" {
		return fmt.Sprintf("provider \"dli\" { endpoints = { dli = %[1]q, iam = %[1]q } }\n", endpoint)
	}
	return "provider \"dli\" {}\n"
}

func TestAccResourceGroup_lifecycle(t *testing.T) {
	t.Parallel()
	cloud, paths := realCloud(t)
	group := "terraform-provider-dli-test-" + time.Now().UTC().Format("20060102150405")
	resource.Test(t, lifecycle(cloud, realProvider(), group, paths))
}

// So that the test of the real service is known to work before somebody has one.
func TestTheLifecycleOfTheRealServiceIsThatOfTheSimulator(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: 500 * time.Millisecond})
	resource.UnitTest(t, lifecycle(cloud, cloud.Config(""), "etl", []string{obs + "a.jar", obs + "b.jar"}))
	if left := ours(cloud.Simulator); len(left) > 0 {
		t.Errorf("it leaves %v", left)
	}
}

// lifecycle creates a group, changes and imports it, destroys it, and sees that it is gone.
func lifecycle(cloud *acctest.Cloud, provider, group string, paths []string) resource.TestCase {
	config := func(path, purpose string) string {
		return fmt.Sprintf("%s\nresource \"dli_resource_group\" \"test\" {\n  group = %q\n  kind = \"file\"\n  paths = [%q]\n  is_async = true\n  tags = { purpose = %q }\n}\n",
			provider, group, path, purpose)
	}
	first, last := dli.PackageName(paths[0]), dli.PackageName(paths[1])
	return resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:           config(paths[0], "test"),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
				ConfigStateChecks: append(tagged(map[string]string{"purpose": "test"}),
					has(at("details", first, "status"), text("READY")),
					has(at("details", first, "underlying_name"), knownvalue.NotNull()),
					has(at("references", first), text(group+"/"+first)),
					has(at("create_time"), knownvalue.StringRegexp(rfc3339UTC)),
				),
			},
			{
				Config:           config(paths[1], "change"),
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
			{
				Config:  config(paths[1], "change"),
				Destroy: true,
			},
			{
				Config:        config(paths[1], "change"),
				ResourceName:  address,
				ImportState:   true,
				ImportStateId: group,
				ExpectError:   regexp.MustCompile("Cannot import non-existent remote object"),
			},
		},
	}
}
