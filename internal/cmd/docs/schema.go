// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// schemasJSON is the output of `terraform providers schema -json` (documented), as far as docs are made of it.
type schemasJSON struct {
	FormatVersion string                  `json:"format_version"`
	Providers     map[string]providerJSON `json:"provider_schemas"`
}

type providerJSON struct {
	Provider      schemaJSON              `json:"provider"`
	Resources     map[string]schemaJSON   `json:"resource_schemas,omitempty"`
	DataSources   map[string]schemaJSON   `json:"data_source_schemas,omitempty"`
	ListResources map[string]schemaJSON   `json:"list_resource_schemas,omitempty"`
	Identities    map[string]identityJSON `json:"resource_identity_schemas,omitempty"`
}

type schemaJSON struct {
	Version int64     `json:"version"`
	Block   blockJSON `json:"block"`
}

type blockJSON struct {
	Attributes      map[string]attributeJSON   `json:"attributes,omitempty"`
	BlockTypes      map[string]nestedBlockJSON `json:"block_types,omitempty"`
	Description     string                     `json:"description,omitempty"`
	DescriptionKind string                     `json:"description_kind"`
	Deprecated      bool                       `json:"deprecated,omitempty"`
}

type attributeJSON struct {
	Type            tftypes.Type    `json:"type,omitempty"`
	NestedType      *nestedTypeJSON `json:"nested_type,omitempty"`
	Description     string          `json:"description,omitempty"`
	DescriptionKind string          `json:"description_kind"`
	Deprecated      bool            `json:"deprecated,omitempty"`
	Required        bool            `json:"required,omitempty"`
	Optional        bool            `json:"optional,omitempty"`
	Computed        bool            `json:"computed,omitempty"`
	Sensitive       bool            `json:"sensitive,omitempty"`
	WriteOnly       bool            `json:"write_only,omitempty"`
}

type nestedTypeJSON struct {
	Attributes map[string]attributeJSON `json:"attributes"`
	Nesting    string                   `json:"nesting_mode"`
}

type nestedBlockJSON struct {
	Block    blockJSON `json:"block"`
	Nesting  string    `json:"nesting_mode"`
	MinItems int64     `json:"min_items,omitempty"`
	MaxItems int64     `json:"max_items,omitempty"`
}

type identityJSON struct {
	Version    int64                            `json:"version"`
	Attributes map[string]identityAttributeJSON `json:"attributes"`
}

type identityAttributeJSON struct {
	Type              tftypes.Type `json:"type"`
	Description       string       `json:"description,omitempty"`
	RequiredForImport bool         `json:"required_for_import,omitempty"`
	OptionalForImport bool         `json:"optional_for_import,omitempty"`
}

// providerSchemas are what the provider tells Terraform about itself.
func providerSchemas(ctx context.Context) (schemasJSON, error) {
	server := providerserver.NewProtocol6(provider.New("docs"))()
	told, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return schemasJSON{}, fmt.Errorf("asking the provider for its schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return schemasJSON{}, fmt.Errorf("asking the provider for its identities: %w", err)
	}
	for _, fault := range append(told.Diagnostics, identities.Diagnostics...) {
		return schemasJSON{}, fmt.Errorf("the provider has no valid schema: %s: %s", fault.Summary, fault.Detail)
	}
	if len(told.Functions)+len(told.ActionSchemas)+len(told.EphemeralResourceSchemas)+len(told.StateStoreSchemas) > 0 {
		return schemasJSON{}, errors.New("the provider offers functions, actions, ephemeral resources or state stores: let their schemas be written too")
	}
	described := providerJSON{
		Provider:      toSchema(told.Provider),
		Resources:     toSchemas(told.ResourceSchemas),
		DataSources:   toSchemas(told.DataSourceSchemas),
		ListResources: toSchemas(told.ListResourceSchemas),
		Identities:    map[string]identityJSON{},
	}
	for name, identity := range identities.IdentitySchemas {
		described.Identities[name] = toIdentity(identity)
	}
	return schemasJSON{FormatVersion: "1.0", Providers: map[string]providerJSON{"dli": described}}, nil
}

func toSchemas(schemas map[string]*tfprotov6.Schema) map[string]schemaJSON {
	described := map[string]schemaJSON{}
	for name, schema := range schemas {
		described[name] = toSchema(schema)
	}
	return described
}

func toSchema(schema *tfprotov6.Schema) schemaJSON {
	return schemaJSON{Version: schema.Version, Block: toBlock(schema.Block)}
}

func toBlock(block *tfprotov6.SchemaBlock) blockJSON {
	described := blockJSON{
		Attributes:      toAttributes(block.Attributes),
		BlockTypes:      map[string]nestedBlockJSON{},
		Description:     block.Description,
		DescriptionKind: toKind(block.DescriptionKind),
		Deprecated:      block.Deprecated,
	}
	for _, nested := range block.BlockTypes {
		described.BlockTypes[nested.TypeName] = nestedBlockJSON{
			Block:    toBlock(nested.Block),
			Nesting:  strings.ToLower(nested.Nesting.String()),
			MinItems: nested.MinItems,
			MaxItems: nested.MaxItems,
		}
	}
	return described
}

func toAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]attributeJSON {
	described := map[string]attributeJSON{}
	for _, attribute := range attributes {
		one := attributeJSON{
			Type:            attribute.Type,
			Description:     attribute.Description,
			DescriptionKind: toKind(attribute.DescriptionKind),
			Deprecated:      attribute.Deprecated,
			Required:        attribute.Required,
			Optional:        attribute.Optional,
			Computed:        attribute.Computed,
			Sensitive:       attribute.Sensitive,
			WriteOnly:       attribute.WriteOnly,
		}
		if nested := attribute.NestedType; nested != nil {
			one.NestedType = &nestedTypeJSON{Attributes: toAttributes(nested.Attributes), Nesting: strings.ToLower(nested.Nesting.String())}
		}
		described[attribute.Name] = one
	}
	return described
}

func toIdentity(identity *tfprotov6.ResourceIdentitySchema) identityJSON {
	described := identityJSON{Version: identity.Version, Attributes: map[string]identityAttributeJSON{}}
	for _, attribute := range identity.IdentityAttributes {
		described.Attributes[attribute.Name] = identityAttributeJSON{
			Type:              attribute.Type,
			Description:       attribute.Description,
			RequiredForImport: attribute.RequiredForImport,
			OptionalForImport: attribute.OptionalForImport,
		}
	}
	return described
}

func toKind(kind tfprotov6.StringKind) string {
	if kind == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}
