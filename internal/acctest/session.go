// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"maps"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// TypeName is the resource under test.
const TypeName = "dli_resource_group"

// session is one configured process of the provider. Terraform starts a new one for every command.
type session struct {
	t        *testing.T
	server   tfprotov6.ProviderServer
	types    tftypes.Object
	schema   *tfprotov6.Schema
	identity tftypes.Object
}

// newSession configures a provider; its diagnostics are those of the provider block.
func newSession(ctx context.Context, t *testing.T, transport http.RoundTripper, env map[string]string, block Values) (*session, []*tfprotov6.Diagnostic) {
	t.Helper()
	s := &session{t: t, server: newServer(transport, env)}

	schemas, err := s.server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	s.check(err)
	identities, err := s.server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	s.check(err)
	s.schema = schemas.ResourceSchemas[TypeName]
	s.types = s.schema.ValueType().(tftypes.Object)
	s.identity = identities.IdentitySchemas[TypeName].ValueType().(tftypes.Object)

	providerType := schemas.Provider.ValueType()
	configured, err := s.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.15.0",
		Config:           s.dynamic(toTerraform(t, providerType, block)),
	})
	s.check(err)
	return s, configured.Diagnostics
}

// newServer is a process of the provider that is not configured yet.
func newServer(transport http.RoundTripper, env map[string]string) tfprotov6.ProviderServer {
	host := provider.Host{Transport: transport, Getenv: func(name string) string { return env[name] }}
	return provider.NewServerOn(host, "test")
}

// check ends the test: an error of the protocol is never one that a user should meet.
func (s *session) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("the protocol failed: %v", err)
	}
}

func (s *session) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	s.check(err)
	return &dynamic
}

func (s *session) value(dynamic *tfprotov6.DynamicValue) tftypes.Value {
	s.t.Helper()
	if dynamic == nil {
		return tftypes.NewValue(s.types, nil)
	}
	value, err := dynamic.Unmarshal(s.types)
	s.check(err)
	return value
}

// attributes are the top-level attributes and blocks of an object of the resource, none for null.
func (s *session) attributes(value tftypes.Value) map[string]tftypes.Value {
	s.t.Helper()
	attributes := map[string]tftypes.Value{}
	if !value.IsNull() {
		s.check(value.As(&attributes))
	}
	return maps.Clone(attributes) // As hands out the map of the value itself
}

// propose merges configuration and prior state as Terraform does: what the provider computes and the configuration
// leaves out keeps its value.
func (s *session) propose(prior, config tftypes.Value) tftypes.Value {
	s.t.Helper()
	before, proposed := s.attributes(prior), s.attributes(config)
	for _, attribute := range s.schema.Block.Attributes {
		if !attribute.Computed || !proposed[attribute.Name].IsNull() {
			continue
		}
		if value, ok := before[attribute.Name]; ok {
			proposed[attribute.Name] = value
		}
	}
	return tftypes.NewValue(s.types, proposed)
}
