// SPDX-License-Identifier: MPL-2.0

package resourcegroup

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dli"
)

// model is the resource as Terraform keeps it, in a configuration, a plan or a state.
type model struct {
	ID         types.String      `tfsdk:"id"`
	Group      types.String      `tfsdk:"group"`
	Kind       types.String      `tfsdk:"kind"`
	Paths      types.Set         `tfsdk:"paths"`
	IsAsync    types.Bool        `tfsdk:"is_async"`
	Tags       types.Map         `tfsdk:"tags"`
	TagsAll    types.Map         `tfsdk:"tags_all"`
	Owner      types.String      `tfsdk:"owner"`
	SourceHash types.Map         `tfsdk:"source_hash"`
	Exclusive  types.Bool        `tfsdk:"exclusive"`
	Status     types.String      `tfsdk:"status"`
	CreateTime timetypes.RFC3339 `tfsdk:"create_time"`
	UpdateTime timetypes.RFC3339 `tfsdk:"update_time"`
	Resources  types.List        `tfsdk:"resources"`
	Details    types.Map         `tfsdk:"details"`
	References types.Map         `tfsdk:"references"`
	Timeouts   timeouts.Value    `tfsdk:"timeouts"`
}

// desired reads a plan. Owner is of the configuration, where the plan has the service's.
func (m model) desired(owner types.String) desired {
	return desired{
		group:     m.Group.ValueString(),
		kind:      m.Kind.ValueString(),
		paths:     byName(stringsOf(m.Paths)),
		async:     m.IsAsync.ValueBool(),
		exclusive: m.Exclusive.ValueBool(),
		owner:     owner.ValueString(),
		tags:      stringMapOf(m.TagsAll),
		hashes:    stringMapOf(m.SourceHash),
	}
}

// holding reads our account from a state and its private data.
func (m model) holding(ctx context.Context, private privateState) (holding, diag.Diagnostics) {
	held := newHolding(stringsOf(m.Paths))
	data, diags := private.GetKey(ctx, unfinishedKey)
	if held.restore(data) != nil {
		diags.Append(unreadableState())
	}
	for name := range m.References.Elements() {
		if !held.holds(name) {
			held.unfinished[name] = name
		}
	}
	return held, diags
}

// present are the packages of the group and their statuses, as the state has them.
func (m model) present() map[string]dli.Status {
	present := map[string]dli.Status{}
	for name, status := range m.packageTexts("status") {
		present[name] = dli.Status(status)
	}
	return present
}

// packageTexts are the values of one attribute of details, by package.
func (m model) packageTexts(attribute string) map[string]string {
	texts := map[string]string{}
	for name, value := range m.Details.Elements() {
		detail, ok := value.(types.Object)
		if !ok {
			continue
		}
		if text, ok := detail.Attributes()[attribute].(types.String); ok {
			texts[name] = text.ValueString()
		}
	}
	return texts
}

// setHolding writes our account into the attributes that show it. The references are of the unfinished packages too:
// Terraform destroys a tainted resource without its private data, and what it was about to upload is ours to delete.
func (m *model) setHolding(h holding) {
	m.Paths = stringSet(h.paths())
	m.References = references(m.Group.ValueString(), h.all())
}

// observe fills every computed attribute from the group; of a group that the listing hides, and of one that is not
// there, the attributes of the group itself stay as they are.
func (m *model) observe(group *dli.Group) {
	m.ID = m.Group
	if group == nil {
		m.Resources, m.Details = stringList(nil), details(nil)
		return
	}
	if group.Listed {
		m.Status = stringOrNull(string(group.Status))
		if group.Owner != "" { // optional in the listing
			m.Owner = types.StringValue(group.Owner)
		}
		m.CreateTime = timeOrNull(group.Created)
		m.UpdateTime = timeOrNull(group.Updated)
	}
	m.Resources = stringList(group.Names())
	m.Details = details(group.Packages)
}

// nullUnknown turns what is still unknown into null, which a state must not hold.
func (m *model) nullUnknown() {
	for _, value := range []*types.String{&m.ID, &m.Kind, &m.Owner, &m.Status} {
		if value.IsUnknown() {
			*value = types.StringNull()
		}
	}
	for _, value := range []*timetypes.RFC3339{&m.CreateTime, &m.UpdateTime} {
		if value.IsUnknown() {
			*value = timetypes.NewRFC3339Null()
		}
	}
	if m.Resources.IsUnknown() {
		m.Resources = types.ListNull(types.StringType)
	}
	if m.Details.IsUnknown() {
		m.Details = types.MapNull(detailType())
	}
	for _, value := range []*types.Map{&m.References, &m.TagsAll} {
		if value.IsUnknown() {
			*value = types.MapNull(types.StringType)
		}
	}
}

// keepKnown takes every known computed value of another model: what a plan promised, or what a state had.
func (m *model) keepKnown(known model) {
	keep(&m.Owner, known.Owner)
	keep(&m.Status, known.Status)
	keep(&m.CreateTime, known.CreateTime)
	keep(&m.UpdateTime, known.UpdateTime)
	keep(&m.Resources, known.Resources)
	keep(&m.Details, known.Details)
	keep(&m.References, known.References)
}

func keep[T attr.Value](value *T, known T) {
	if !known.IsUnknown() {
		*value = known
	}
}

func timeOrNull(t time.Time) timetypes.RFC3339 {
	if t.IsZero() {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339TimeValue(t.UTC())
}

func stringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// references maps each package to the string by which Spark and Flink jobs take it.
func references(group string, paths map[string]string) types.Map {
	elements := make(map[string]attr.Value, len(paths))
	for name := range paths {
		elements[name] = types.StringValue(group + "/" + name)
	}
	return types.MapValueMust(types.StringType, elements)
}
