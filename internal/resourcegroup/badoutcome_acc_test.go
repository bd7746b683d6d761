// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_failedPackageIsNamedAndTheGroupIsKeptForTheNextApply(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{UploadTime: 300 * time.Millisecond})
	cloud.FailUpload("b.jar")
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:      cloud.Config(etl("a.jar b.jar", "is_async = true")),
				ExpectError: says(`Unable to create DLI resource group "etl"`, "paths = [", `The upload of "b.jar" FAILED`, "Correct the paths", "terraform untaint"),
			},
			{
				PreConfig:        func() { cloud.FailUpload() },
				Config:           cloud.Config(etl("a.jar b.jar", "is_async = true")),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionDestroyBeforeCreate)),
				Check: wrote(cloud, "POST resources a.jar b.jar",
					"DELETE resources/a.jar?group=etl", "DELETE resources/b.jar?group=etl", "POST resources a.jar b.jar"),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_destroyAfterAFailedUploadLeavesNothingOfOurs(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{UploadTime: time.Second}, func(ctx context.Context, w *world) {
		w.cloud.FailUpload("a.jar", "b.jar")
		if diags := w.Apply(ctx, etlValues("a.jar b.jar c.jar", nil)); !says(`The upload of "a.jar", "b.jar" FAILED`).MatchString(diags.String()) {
			t.Errorf("the error does not name the packages that failed: %v", diags)
		}
		w.expectState(map[string]any{"group": "etl", "paths": []any{bucket + "c.jar"}})
		w.mustDestroy(ctx)
		w.expectPackages()
	})
}

func TestResourceGroup_absentObjectIsTheServicesErrorAndNoState(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{Objects: pathsOf("a.jar")})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:      cloud.Config(etl("a.jar gone.jar")),
				ExpectError: says(`Unable to create DLI resource group "etl"`, "DLI.0001: The OBS object", "/gone.jar does not exist (HTTP 400, request id"),
			},
			{
				PreConfig:        func() { cloud.PutObject(bucket + "gone.jar") },
				Config:           cloud.Config(etl("a.jar gone.jar")),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionCreate)),
				Check:            wrote(cloud, "POST resources a.jar gone.jar", "POST resources a.jar gone.jar"),
			},
		},
	})
}

func TestResourceGroup_groupOfOthersIsRefusedBeforeAnyUpload(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	cloud.Put("etl", dlisim.Package{Name: "theirs.jar"})
	cloud.Put("etl", dlisim.Package{Name: "a.jar"})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config: cloud.Config(etl("a.jar")),
			ExpectError: says(`DLI resource group "etl" exists already`, `group = "etl"`, `It holds "a.jar", "theirs.jar", so nothing was uploaded`,
				"import {", "to = dli_resource_group.<name>", `id = "etl"`),
		}},
		CheckDestroy: wrote(cloud),
	})
}

func TestResourceGroup_refusedSignatureIsSentOnce(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	cloud.Env["HW_SECRET_KEY"] = "notTheSecretKey"
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{{
			Config: cloud.Config(etl("a.jar")),
			ExpectError: says("APIGW.0301: Incorrect IAM authentication information", "HTTP 401",
				"Check the access key, the secret key", "It was not tried again: five refused signatures lock the key"),
		}},
		CheckDestroy: func(*terraform.State) error {
			expectRequests(t, cloud.Simulator, "GET resources")
			return nil
		},
	})
}
