// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// How long the keys of an agency may be asked to last (documented).
const (
	ShortestAgencyDuration = 15 * time.Minute
	LongestAgencyDuration  = 24 * time.Hour
)

// Agency is what an account lets others act as.
type Agency struct {
	Name string
	// DomainID or DomainName is the account that made the agency; one of them is enough.
	DomainID   string
	DomainName string
	// Duration is how long the keys last before they are renewed.
	Duration time.Duration
}

// AssumeRole returns a source of temporary keys that act as the agency. Calls of iam are signed with the keys of
// somebody whom the agency lets in.
func AssumeRole(iam Caller, iamEndpoint string, agency Agency, now func() time.Time) Source {
	var caller string // the account of the client's keys; the source asks for keys one at a time
	return renewed(func(ctx context.Context) (Temporary, error) {
		if caller == "" {
			account, err := accountOf(ctx, iam, iamEndpoint)
			if err != nil {
				return Temporary{}, fmt.Errorf("the account of the keys could not be looked up: %w", err)
			}
			caller = account
		}
		var answer temporaryWire
		err := iam.Call(ctx, http.MethodPost, iamEndpoint+"/v3.0/OS-CREDENTIAL/securitytokens",
			http.Header{headerDomainID: {caller}}, newAssumeRoleWire(agency), &answer)
		if err != nil {
			return Temporary{}, fmt.Errorf("the agency %q could not be assumed: %w", agency.Name, err)
		}
		return answer.temporary()
	}, now)
}

// accountOf asks for the account of the keys. IAM's other calls at the level of an account want its id in a header;
// that this one does too is inferred from the vendor's SDK, which never leaves it out.
func accountOf(ctx context.Context, iam Caller, iamEndpoint string) (string, error) {
	var answer struct {
		Domains []struct {
			ID string `json:"id"`
		} `json:"domains"`
	}
	if err := iam.Call(ctx, http.MethodGet, iamEndpoint+"/v3/auth/domains", nil, nil, &answer); err != nil {
		return "", err
	}
	if len(answer.Domains) == 0 || answer.Domains[0].ID == "" {
		return "", errors.New("IAM names no account for them")
	}
	return answer.Domains[0].ID, nil
}

// assumeRoleWire is the documented body. One page of the documents spells duration_seconds with a hyphen; the
// vendor's SDK does not.
type assumeRoleWire struct {
	Auth struct {
		Identity struct {
			Methods    []string `json:"methods"`
			AssumeRole struct {
				AgencyName      string `json:"agency_name"`
				DomainID        string `json:"domain_id,omitempty"`
				DomainName      string `json:"domain_name,omitempty"`
				DurationSeconds int    `json:"duration_seconds"`
			} `json:"assume_role"`
		} `json:"identity"`
	} `json:"auth"`
}

func newAssumeRoleWire(agency Agency) assumeRoleWire {
	var wire assumeRoleWire
	identity := &wire.Auth.Identity
	identity.Methods = []string{"assume_role"}
	identity.AssumeRole.AgencyName = agency.Name
	identity.AssumeRole.DomainID = agency.DomainID
	identity.AssumeRole.DomainName = agency.DomainName
	identity.AssumeRole.DurationSeconds = int(agency.Duration / time.Second)
	return wire
}
