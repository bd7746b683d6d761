// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

// How long the keys of an agency last, in seconds.
const (
	shortestDuration = int64(auth.ShortestAgencyDuration / time.Second)
	longestDuration  = int64(auth.LongestAgencyDuration / time.Second)
	defaultDuration  = 3600
)

// assumeRole is the block of that name as it is written.
type assumeRole struct {
	AgencyName types.String `tfsdk:"agency_name"`
	DomainID   types.String `tfsdk:"domain_id"`
	DomainName types.String `tfsdk:"domain_name"`
	Duration   types.Int64  `tfsdk:"duration"`
}

// agency is the role to assume; without a name there is none. The block goes before the environment, and that before
// the profile from which the keys come.
func (r *resolver) agency(ctx context.Context, value types.Object, profile auth.Agency) auth.Agency {
	faults := r.diags.ErrorsCount()
	if !r.known("assume_role", value) {
		return auth.Agency{}
	}
	var role assumeRole
	if !value.IsNull() {
		r.diags.Append(value.As(ctx, &role, basetypes.ObjectAsOptions{})...)
	}
	agency := auth.Agency{
		Name:     r.text("assume_role.agency_name", role.AgencyName),
		Duration: time.Duration(r.integer("assume_role.duration", role.Duration, shortestDuration, longestDuration, defaultDuration)) * time.Second,
	}
	agency.DomainID, agency.DomainName = r.account(role)
	written := !value.IsNull() || agency.Name != "" || agency.DomainID != "" || agency.DomainName != ""
	switch {
	case r.diags.ErrorsCount() > faults:
		return auth.Agency{}
	case !written:
		profile.Duration = agency.Duration
		return profile
	case agency.Name == "":
		r.refuse(missing("assume_role.agency_name", ""))
	case agency.DomainID == "" && agency.DomainName == "":
		r.refuse(missing("assume_role.domain_name", "; assume_role.domain_id does as well"))
	}
	return agency
}

// account is that of the agency, by its id or by its name. What the block says goes before the environment as a
// whole: a name there and an id here may be of two accounts.
func (r *resolver) account(role assumeRole) (id, name string) {
	inBlock := !role.DomainID.IsNull() || !role.DomainName.IsNull()
	if inBlock {
		r.known("assume_role.domain_id", role.DomainID)
		r.known("assume_role.domain_name", role.DomainName)
		id, name = role.DomainID.ValueString(), role.DomainName.ValueString()
	} else {
		_, id = r.variable("assume_role.domain_id")
		_, name = r.variable("assume_role.domain_name")
	}
	if id != "" && name != "" {
		r.refuse(twoAccounts())
	}
	return id, name
}
