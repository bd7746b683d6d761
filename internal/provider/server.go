// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns the provider of that version as the server of the plugin protocol.
func NewServer(version string) tfprotov6.ProviderServer {
	return serve(New(version))
}

// NewServerOn is the same on another host, for tests.
func NewServerOn(host Host, version string) tfprotov6.ProviderServer {
	return serve(NewOn(host, version))
}

func serve(provider provider.Provider) tfprotov6.ProviderServer {
	return server{providerserver.NewProtocol6(provider)()}
}

// server lets go of the context of each call about a resource that has ended. The framework keeps the cancel functions of all calls
// until the process stops, and with them everything that the contexts hold: some 50 kB a resource.
type server struct {
	tfprotov6.ProviderServer
}

func (s server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return lending(ctx, req, s.ProviderServer.ReadResource)
}

func (s server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return lending(ctx, req, s.ProviderServer.PlanResourceChange)
}

func (s server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return lending(ctx, req, s.ProviderServer.ApplyResourceChange)
}

func (s server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return lending(ctx, req, s.ProviderServer.UpgradeResourceState)
}

func (s server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return lending(ctx, req, s.ProviderServer.ValidateResourceConfig)
}

func (s server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return lending(ctx, req, s.ProviderServer.ImportResourceState)
}

func (s server) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return lending(ctx, req, s.ProviderServer.MoveResourceState)
}

// lending makes a call with a context that is taken back when it has ended.
func lending[Request, Response any](ctx context.Context, req Request, call func(context.Context, Request) (Response, error)) (Response, error) {
	ctx, release := lend(ctx)
	defer release()
	return call(ctx, req)
}

// lent is a context that can be given back: whoever keeps it afterwards keeps an empty one.
type lent struct {
	lender atomic.Pointer[context.Context]
}

// lend lends the context until release is called.
func lend(ctx context.Context) (borrowed context.Context, release func()) {
	l := &lent{}
	l.lender.Store(&ctx)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	return l, func() { l.lender.Store(&ended) }
}

func (l *lent) Deadline() (time.Time, bool) { return (*l.lender.Load()).Deadline() }
func (l *lent) Done() <-chan struct{}       { return (*l.lender.Load()).Done() }
func (l *lent) Err() error                  { return (*l.lender.Load()).Err() }
func (l *lent) Value(key any) any           { return (*l.lender.Load()).Value(key) }
