// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// gatk is the example of the service's own page about the upload.
const gatk = `
resource "dli_resource_group" "test" {
  group = "gatk"
  kind  = "jar"
  paths = [
    "https://xkftest.obs.huawei.com/txr_test/jars/spark-sdv-app.jar",
    "https://xkftest.obs.huawei.com/txr_test/jars/wordcount",
    "https://xkftest.obs.huawei.com/txr_test/jars/wordcount.py",
  ]
  is_async = true
}`

var rfc3339UTC = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)

func TestResourceGroup_applyUploadsAndWaitsForReady(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]dlisim.Behaviour{
		"an empty shell stays behind": {},
		"an emptied group is no more": {EmptiedGroupVanishes: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: 400 * time.Millisecond, Behaviour: behaviour})
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: cloud.Providers(),
				Steps: []resource.TestStep{
					{
						Config: cloud.Config(gatk),
						ConfigPlanChecks: planned(
							action(plancheck.ResourceActionCreate),
							willBe(at("id"), text("gatk")),
							willBe(at("references", "wordcount.py"), text("gatk/wordcount.py")),
							willChange(at("details")), willChange(at("resources")), willChange(at("status")),
							willChange(at("owner")), willChange(at("create_time")), willChange(at("update_time")),
						),
						Check:             resource.ComposeTestCheckFunc(sentTheDocumentedUpload(cloud), everyCallWasSigned(cloud)),
						ConfigStateChecks: gatkIsReady(),
					},
					{
						Config:  cloud.Config(gatk),
						Destroy: true,
						Check: wrote(cloud,
							"DELETE resources/spark-sdv-app.jar?group=gatk",
							"DELETE resources/wordcount.py?group=gatk",
							"DELETE resources/wordcount?group=gatk"),
					},
					{
						Config:            cloud.Config(gatk),
						ConfigPlanChecks:  planned(action(plancheck.ResourceActionCreate)),
						Check:             wrote(cloud, "POST resources spark-sdv-app.jar wordcount wordcount.py"),
						ConfigStateChecks: gatkIsReady(),
					},
				},
				CheckDestroy: nothingIsLeft(cloud, "gatk"),
			})
		})
	}
}

func gatkIsReady() []statecheck.StateCheck {
	checks := []statecheck.StateCheck{
		has(at("id"), text("gatk")),
		has(at("status"), text("READY")),
		has(at("owner"), text(dlisim.DefaultUser)),
		has(at("create_time"), knownvalue.StringRegexp(rfc3339UTC)),
		has(at("update_time"), knownvalue.StringRegexp(rfc3339UTC)),
		has(at("resources"), texts("spark-sdv-app.jar", "wordcount", "wordcount.py")),
		has(at("references"), textMap(map[string]string{
			"spark-sdv-app.jar": "gatk/spark-sdv-app.jar", "wordcount": "gatk/wordcount", "wordcount.py": "gatk/wordcount.py",
		})),
		has(at("tags"), knownvalue.Null()),
		has(at("exclusive"), knownvalue.Bool(false)),
	}
	for _, name := range []string{"spark-sdv-app.jar", "wordcount", "wordcount.py"} {
		checks = append(checks, has(at("details", name), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"resource_name":   text(name),
			"resource_type":   text("jar"),
			"status":          text("READY"),
			"underlying_name": text(name),
			"owner":           text(dlisim.DefaultUser),
			"create_time":     knownvalue.StringRegexp(rfc3339UTC),
			"update_time":     knownvalue.StringRegexp(rfc3339UTC),
			"is_async":        knownvalue.Null(), // the listing does not say
		})))
	}
	return checks
}

func sentTheDocumentedUpload(cloud *acctest.Cloud) resource.TestCheckFunc {
	return func(*terraform.State) error {
		want := []map[string]any{{
			"group": "gatk",
			"kind":  "jar",
			"paths": []any{
				"https://xkftest.obs.huawei.com/txr_test/jars/spark-sdv-app.jar",
				"https://xkftest.obs.huawei.com/txr_test/jars/wordcount",
				"https://xkftest.obs.huawei.com/txr_test/jars/wordcount.py",
			},
			"is_async": true,
		}}
		if diff := cmp.Diff(want, uploads(cloud.Simulator)); diff != "" {
			return fmt.Errorf("the bodies of the uploads (-want +got):\n%s", diff)
		}
		return nil
	}
}

func everyCallWasSigned(cloud *acctest.Cloud) resource.TestCheckFunc {
	return func(*terraform.State) error {
		for _, r := range cloud.Journal() {
			signature := "SDK-HMAC-SHA256 Access=" + dlisim.DefaultAccessKey + ", SignedHeaders="
			if r.Status >= 300 || !strings.HasPrefix(r.Header.Get("Authorization"), signature) {
				return fmt.Errorf("%s was answered %d, with the signature %q", tell(r), r.Status, r.Header.Get("Authorization"))
			}
		}
		return wrote(cloud, "POST resources spark-sdv-app.jar wordcount wordcount.py")(nil)
	}
}

// nothingIsLeft checks after the destruction that the group holds no package.
func nothingIsLeft(cloud *acctest.Cloud, group string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if found, _ := cloud.Group(group); len(found.Packages) > 0 {
			return fmt.Errorf("the group still holds %v", found.Packages)
		}
		return nil
	}
}

func TestResourceGroup_createTimeoutNamesEachPackageWithItsStatus(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: time.Hour})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config:      cloud.Config(etl("a.jar b.jar", "is_async = true", `timeouts { create = "500ms" }`)),
			ExpectError: says(`Unable to create DLI resource group "etl"`, "the timeout of 500ms has passed", `"a.jar" is UPLOADING; "b.jar" is UPLOADING`, `raise "create" in the block "timeouts"`),
		}},
		CheckDestroy: resource.ComposeTestCheckFunc(nothingIsLeft(cloud, "etl"),
			wrote(cloud, "POST resources a.jar b.jar", "DELETE resources/a.jar?group=etl", "DELETE resources/b.jar?group=etl")),
	})
}
