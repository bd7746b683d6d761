// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// between passes requests on to the simulator and may change what comes back.
type between func(request *http.Request) (*http.Response, error)

func (b between) RoundTrip(request *http.Request) (*http.Response, error) { return b(request) }

func TestResourceGroup_aloneUnknownOwnerOrExclusiveIsPlannedTruthfully(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ source, argument string }{
		"owner":     {`"alice-1"`, "owner = terraform_data.source.output"},
		"exclusive": {"true", "exclusive = terraform_data.source.output"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := acctest.NewCloud(t, dlisim.Config{Users: []string{"alice-1"}})
			source := "resource \"terraform_data\" \"source\" {\n  input = " + test.source + "\n}\n"
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: cloud.Providers(),
				Steps: []resource.TestStep{
					{Config: cloud.Config(etl("a.jar"))},
					{
						PreConfig: func() { cloud.Put("etl", dlisim.Package{Name: "other.jar", Kind: "jar"}) },
						Config:    cloud.Config(source + etl("a.jar", test.argument)),
					},
				},
			})
		})
	}
}

func TestResourceGroup_planOfOneProjectIsNotCarriedOutInAnother(t *testing.T) {
	t.Parallel()
	const elsewhere = "ffffffffffffffffffffffffffffffff"
	for name, config := range map[string]acctest.Values{"update": etlValues("a.jar b.jar", nil), "destroy": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			simulator := dlisim.New(dlisim.Config{Projects: []dlisim.Project{
				{ID: dlisim.DefaultProjectID, Name: acctest.Region}, {ID: elsewhere, Name: "elsewhere"},
			}})
			workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
			succeeds(t, workspace.Apply(t.Context(), etlValues("a.jar", nil)))
			plan, diags := workspace.Plan(t.Context(), config)
			succeeds(t, diags)
			simulator.ResetJournal()
			workspace.Env["HW_PROJECT_ID"] = elsewhere
			diags = workspace.Carry(t.Context(), plan, config)
			if !strings.Contains(diags.String(), elsewhere) || workspace.State() == nil {
				t.Errorf("state %v, said %v", workspace.State(), diags)
			}
			if sent := simulator.Writes(); len(sent) > 0 {
				t.Errorf("sent %s %s", sent[0].Method, sent[0].Path)
			}
		})
	}
}

func TestResourceGroup_packagesOfOthersDoNotObstructAReplacement(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{})
		workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
		succeeds(t, workspace.Apply(t.Context(), etlValues("a.jar", nil)))
		simulator.Put("etl", dlisim.Package{Name: "other.jar", Kind: "jar"})
		simulator.Put("etl", dlisim.Package{Name: "b.jar", Kind: "jar"})

		refused := workspace.Clone()
		diags := refused.Apply(t.Context(), etlValues("a.jar b.jar", acctest.Values{"kind": "file"}))
		if !strings.Contains(diags.String(), "exists already") {
			t.Errorf("a replacement that would overwrite a package of others said %v", diags)
		}
		succeeds(t, workspace.Refresh(t.Context()))
		simulator.Put("etl", dlisim.Package{Name: "a.jar", Kind: "jar"})
		simulator.Remove("etl", "b.jar")

		again := acctest.NewWorkspace(t, simulator.RoundTripper())
		succeeds(t, again.Import(t.Context(), "etl"))
		config := etlValues("a.jar", acctest.Values{"kind": "file"})
		diags = again.Apply(t.Context(), config)
		group, _ := simulator.Group("etl")
		if diags.HasError() || group.Packages["a.jar"].Kind != "file" {
			t.Errorf("a.jar is a %s: %v", group.Packages["a.jar"].Kind, diags)
		}
	})
}

func TestResourceGroup_uploadThatIsAcceptedAndNotShownYetIsInTheState(t *testing.T) {
	t.Parallel()
	for _, ending := range []string{"interruption", "timeout"} {
		t.Run(ending, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{})
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				hidden := false
				late := between(func(request *http.Request) (*http.Response, error) {
					if hidden && request.Method == http.MethodGet {
						if ending == "interruption" {
							cancel()
						}
						if strings.Contains(request.URL.Path, "/resources/") {
							return answered(http.StatusNotFound, `{"error_code":"DLI.0023","error_msg":"no such package"}`), nil
						}
						return answered(http.StatusOK, `{"groups":[]}`), nil
					}
					response, err := simulator.RoundTripper().RoundTrip(request)
					hidden = hidden || request.Method == http.MethodPost
					return response, err
				})
				workspace := acctest.NewWorkspace(t, late)
				config := etlValues("a.jar", acctest.Values{"timeouts": acctest.Values{"create": "1m"}})
				plan, diags := workspace.Plan(ctx, config)
				succeeds(t, diags)
				if diags = workspace.Carry(ctx, plan, config); !diags.HasError() {
					t.Error("the creation succeeded")
				}
				if workspace.State() == nil {
					t.Fatalf("nothing is in the state: %v", diags)
				}
				hidden = false
				succeeds(t, workspace.Destroy(t.Context()))
				if group, _ := simulator.Group("etl"); len(group.Packages) > 0 {
					t.Errorf("the destroy left %v", group.Packages)
				}
			})
		})
	}
}

func answered(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

func TestResourceGroup_firstTagsTakeOneApply(t *testing.T) {
	t.Parallel()
	for name, tags := range map[string]map[string]string{"none": {}, "some": {"team": "data"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				simulator := dlisim.New(dlisim.Config{})
				workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
				succeeds(t, workspace.Apply(t.Context(), etlValues("a.jar", nil)))
				simulator.SetTags("etl", "a.jar", map[string]string{"by": "hand"})
				apply(t, workspace, etlValues("a.jar", acctest.Values{"tags": tags}))
				group, _ := simulator.Group("etl")
				if diff := cmp.Diff(tags, group.Packages["a.jar"].Tags); diff != "" {
					t.Errorf("tags (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestResourceGroup_listingWithoutOwnersLeavesTheOwnerAsItIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		simulator := dlisim.New(dlisim.Config{Users: []string{"alice-1"}})
		workspace := acctest.NewWorkspace(t, between(func(request *http.Request) (*http.Response, error) {
			response, err := simulator.RoundTripper().RoundTrip(request)
			if err != nil || request.Method != http.MethodGet {
				return response, err
			}
			body, err := io.ReadAll(response.Body)
			if err != nil {
				return nil, err
			}
			response.Body = io.NopCloser(bytes.NewReader(bytes.ReplaceAll(body, []byte(`"owner":`), []byte(`"unknown":`))))
			return response, nil
		}))
		apply(t, workspace, etlValues("a.jar", acctest.Values{"owner": "alice-1"}))
	})
}
