// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func TestResourceGroup_tagsAreSetReadChangedAndRemoved(t *testing.T) {
	t.Parallel()
	cloud := acctest.NewCloud(t, dlisim.Config{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: cloud.Providers(),
		Steps: []resource.TestStep{
			{
				Config:            cloud.Config(etl("a.jar", `tags = { "团队 名" = "数据 & <b>", "empty" = "" }`)),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionCreate)),
				Check:             wrote(cloud, "POST resources a.jar empty= 团队 名=数据 & <b>"),
				ConfigStateChecks: tagged(map[string]string{"团队 名": "数据 & <b>", "empty": ""}),
			},
			{
				PreConfig: func() { cloud.SetTags("etl", "a.jar", map[string]string{"团队 名": "other", "empty": ""}) },
				Config:    cloud.Config(etl("a.jar", `tags = { "团队 名" = "数据 & <b>", "empty" = "" }`)),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate),
					willBe(at("details", "a.jar", "status"), text("READY"))),
				Check:             wrote(cloud, "POST dli_package_resource/etl%23a.jar/tags/create 团队 名=数据 & <b>"),
				ConfigStateChecks: tagged(map[string]string{"团队 名": "数据 & <b>", "empty": ""}),
			},
			{
				Config:            cloud.Config(etl("a.jar b.jar", `tags = { "empty" = "" }`)),
				ConfigPlanChecks:  planned(action(plancheck.ResourceActionUpdate)),
				Check:             wrote(cloud, "POST resources b.jar empty=", "POST dli_package_resource/etl%23a.jar/tags/delete 团队 名=数据 & <b>"),
				ConfigStateChecks: tagged(map[string]string{"empty": ""}),
			},
			{
				Config:           cloud.Config(etl("a.jar b.jar")),
				ConfigPlanChecks: planned(action(plancheck.ResourceActionUpdate)),
				Check: wrote(cloud, "POST dli_package_resource/etl%23a.jar/tags/delete empty=",
					"POST dli_package_resource/etl%23b.jar/tags/delete empty="),
				ConfigStateChecks: tagged(nil),
			},
		},
		CheckDestroy: nothingIsLeft(cloud, "etl"),
	})
}

func TestResourceGroup_unmanagedTagsAreNeitherReadNorChanged(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", nil))
		w.cloud.SetTags("etl", "a.jar", map[string]string{"by": "hand"})
		w.mustApply(ctx, etlValues("a.jar b.jar", nil))
		for _, r := range w.cloud.Journal() {
			if strings.Contains(r.Path, "/dli_package_resource/") {
				t.Errorf("%s was sent", tell(r))
			}
		}
		w.expectTags("a.jar", map[string]string{"by": "hand"})
	})
}

func (w *world) expectTags(name string, want map[string]string) {
	w.t.Helper()
	group, _ := w.cloud.Group("etl")
	if diff := cmp.Diff(want, group.Packages[name].Tags); diff != "" {
		w.t.Errorf("the tags of %s (-want +got):\n%s", name, diff)
	}
}

func TestResourceGroup_tagsOfTheCloudItselfAreNotOurs(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		config := etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data"}})
		w.mustApply(ctx, config)
		w.cloud.SetTags("etl", "a.jar", map[string]string{"team": "data", "_sys_enterprise_project_id": "0"})
		w.mustBeSettled(ctx, config)
		w.expectState(map[string]any{"tags": map[string]any{"team": "data"}})
		w.mustApply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{}}))
		w.expectTags("a.jar", map[string]string{"_sys_enterprise_project_id": "0"})
	})
}

func TestResourceGroup_refusedReadOfTagsIsAWarningAndKeepsWhatTheStateHas(t *testing.T) {
	t.Parallel()
	read := func(answer dlisim.TagRead) func(*dlisim.Simulator) {
		return func(cloud *dlisim.Simulator) {
			cloud.SetBehaviour(func(b *dlisim.Behaviour) { b.TagRead = answer })
		}
	}
	for name, refuse := range map[string]func(*dlisim.Simulator){
		"404":        read(dlisim.TagReadNotFound),
		"400":        read(dlisim.TagReadBadRequest),
		"no tags":    read(dlisim.TagReadEmpty),
		"403":        tagFault(http.StatusForbidden, "APIGW.0302"),
		"not JSON":   tagFault(http.StatusOK, ""),
		"the server": tagFault(http.StatusInternalServerError, "DLI.0999"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
				config := etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data"}})
				w.mustApply(ctx, config)
				refuse(w.cloud)
				warnings := w.mustRefresh(ctx).Warnings()
				if len(warnings) != 1 || warnings[0].Attribute.String() != `AttributeName("tags")` || !says("were not read", "stay as they were").MatchString(warnings.String()) {
					t.Errorf("wanted one warning on tags, got: %v", warnings)
				}
				w.expectState(map[string]any{"tags": map[string]any{"team": "data"}})
				w.mustBeSettled(ctx, config)
				w.mustApply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "ml"}}))
				w.expectTags("a.jar", map[string]string{"team": "ml"})
			})
		})
	}
}

func tagFault(status int, code string) func(*dlisim.Simulator) {
	body := "<html>"
	if code != "" {
		body = dlisim.ErrorBody(code, "no")
	}
	return func(cloud *dlisim.Simulator) {
		cloud.Inject(dlisim.Fault{Operation: dlisim.OpTagsRead, Status: status, Body: body})
	}
}

func TestResourceGroup_tagWhoseValueTheServiceKeepsIsTakenOffAndSetAgain(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{Behaviour: dlisim.Behaviour{TagCreateKeepsExisting: true}}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data", "keep": "me"}}))
		w.cloud.ResetJournal()
		w.mustApply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "ml", "keep": "me"}}))
		expectWrites(t, w.cloud,
			"POST dli_package_resource/etl%23a.jar/tags/create team=ml",
			"POST dli_package_resource/etl%23a.jar/tags/delete team=data",
			"POST dli_package_resource/etl%23a.jar/tags/create team=ml")
		w.expectTags("a.jar", map[string]string{"team": "ml", "keep": "me"})
	})
}

func TestResourceGroup_tagsSurviveAnUploadThatDropsThem(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{Behaviour: dlisim.Behaviour{OverwriteDropsTags: true}}, func(ctx context.Context, w *world) {
		tags := map[string]string{"team": "data"}
		w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"tags": tags, "source_hash": map[string]string{"a.jar": "1"}}))
		w.mustApply(ctx, etlValues("a.jar b.jar", acctest.Values{"tags": tags, "source_hash": map[string]string{"a.jar": "2"}}))
		w.expectTags("a.jar", tags)
		w.expectTags("b.jar", tags)
	})
}

func TestResourceGroup_refusedTagIsAnErrorOnTagsAndTheStateTellsWhatIsThere(t *testing.T) {
	t.Parallel()
	simulated(t, dlisim.Config{}, func(ctx context.Context, w *world) {
		w.mustApply(ctx, etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "data"}}))
		w.cloud.Inject(dlisim.Fault{Operation: dlisim.OpTagsCreate, Status: http.StatusBadRequest, Body: dlisim.ErrorBody("DLI.0001", "the tag policy forbids it")})
		changed := etlValues("a.jar", acctest.Values{"tags": map[string]string{"team": "ml"}})
		errs := w.Apply(ctx, changed).Errors()
		if len(errs) != 1 || errs[0].Attribute.String() != `AttributeName("tags")` || !says("the tag policy forbids it").MatchString(errs.String()) {
			t.Errorf("wanted the service's error on tags, got: %v", errs)
		}
		w.expectState(map[string]any{"tags": map[string]any{"team": "data"}})
		w.cloud.ClearFaults()
		w.mustApply(ctx, changed)
	})
}
