// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// providerBinary is the name by which the CLI starts a provider.
const providerBinary = "terraform-provider-dli"

// unread has the provider's schema and answers with what it was sent, without a look at it: what the CLI takes with it
// is the cost of the schema and of the protocol, which no provider can get below.
type unread struct{ tfprotov6.ProviderServer }

func serveUnread() error {
	if err := provider.QuietLogs(); err != nil {
		return fmt.Errorf("turning the logs off: %w", err)
	}
	err := tf6server.Serve("registry.terraform.io/terraform-provider-dli/dli",
		func() tfprotov6.ProviderServer { return unread{provider.NewServer("unread")} })
	if err != nil {
		return fmt.Errorf("serving the provider that reads nothing: %w", err)
	}
	return nil
}

func (unread) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (unread) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}, nil
}

func (unread) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity}, nil
}

func (unread) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{
		PlannedState: req.ProposedNewState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity,
	}, nil
}

// withUnread is the same workspace, but the CLI starts this very program in the place of the provider.
func (b *bench) withUnread(w *workspace) (*workspace, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	dir := filepath.Join(w.dir, "unread")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making a place for the provider that reads nothing: %w", err)
	}
	if err := os.Symlink(self, filepath.Join(dir, providerBinary)); err != nil {
		return nil, fmt.Errorf("making the provider that reads nothing: %w", err)
	}
	return w.withProvider(dir)
}
