// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"fmt"
	"net/http"
	"time"
)

// How long the keys of an agency last (documented).
const (
	minAgencyDuration     = 15 * time.Minute
	maxAgencyDuration     = 24 * time.Hour
	defaultAgencyDuration = 15 * time.Minute
)

// The account of the simulator's keys.
const accountID = "d78cbac186b744899480f25bd022f468"

// keys are an access key pair that the gateway knows.
type keys struct {
	access, secret, token string
	expires               time.Time // zero for permanent keys
}

// issue makes temporary keys, which the signature check takes until they end.
func (s *Simulator) issue(lasting time.Duration, now time.Time) keys {
	n := len(s.issued) + 1
	issued := keys{
		access:  fmt.Sprintf("HSTSIMULATOR%08d", n),
		secret:  fmt.Sprintf("temporarySecretKey%022d", n),
		token:   fmt.Sprintf("temporarySecurityToken/%040d+==", n),
		expires: now.Add(lasting).Truncate(time.Microsecond),
	}
	s.issued[issued.access] = issued
	return issued
}

// keysOf returns the keys with that access key.
func (s *Simulator) keysOf(access string) (keys, bool) {
	if access == s.config.AccessKey {
		return keys{access: access, secret: s.config.SecretKey, token: s.config.SecurityToken}, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	issued, known := s.issued[access]
	return issued, known
}

// issuedAnswer is the shape in which IAM and the instance metadata give keys.
func issuedAnswer(status int, issued keys) answer {
	return answered(status, map[string]any{"credential": map[string]string{
		"access":        issued.access,
		"secret":        issued.secret,
		"securitytoken": issued.token,
		"expires_at":    issued.expires.UTC().Format("2006-01-02T15:04:05.000000Z"),
	}}, "temporary keys until %s", issued.expires.UTC().Format(time.RFC3339))
}

// securityTokens gives the keys of an agency.
func (o *operation) securityTokens() (answer, error) {
	var body struct {
		Auth struct {
			Identity struct {
				Methods    []string `json:"methods"`
				AssumeRole struct {
					AgencyName      string `json:"agency_name"`
					DomainID        string `json:"domain_id"`
					DomainName      string `json:"domain_name"`
					DurationSeconds *int   `json:"duration_seconds"`
				} `json:"assume_role"`
			} `json:"identity"`
		} `json:"auth"`
	}
	if o.decode(&body) != nil {
		return answer{}, iamRefusal(http.StatusBadRequest, "Expecting to find valid JSON in the request body")
	}
	methods, role := body.Auth.Identity.Methods, body.Auth.Identity.AssumeRole
	if len(methods) != 1 || methods[0] != "assume_role" || role.AgencyName == "" || role.DomainID == "" && role.DomainName == "" {
		return answer{}, iamRefusal(http.StatusBadRequest, "Request parameter is invalid")
	}
	lasting := defaultAgencyDuration
	if role.DurationSeconds != nil {
		lasting = time.Duration(*role.DurationSeconds) * time.Second
	}
	if lasting < minAgencyDuration || lasting > maxAgencyDuration {
		return answer{}, iamRefusal(http.StatusBadRequest, "Request parameter 'duration_seconds' is invalid")
	}
	// Inferred: the vendor's SDK sends the account of the caller with every such call.
	if o.request.Header.Get("X-Domain-Id") != accountID {
		return answer{}, iamRefusal(http.StatusForbidden, "The account of the caller is missing")
	}
	if !o.config.hasAgency(Agency{Name: role.AgencyName, DomainID: role.DomainID, DomainName: role.DomainName}) {
		return answer{}, iamRefusal(http.StatusForbidden, "You have no right to do this action")
	}
	return issuedAnswer(http.StatusCreated, o.issue(lasting, o.now)), nil
}

// hasAgency compares what the caller names; an account can be named by its id or by its name.
func (c Config) hasAgency(asked Agency) bool {
	for _, agency := range c.Agencies {
		if agency.Name == asked.Name && (asked.DomainID == "" || asked.DomainID == agency.DomainID) &&
			(asked.DomainName == "" || asked.DomainName == agency.DomainName) {
			return true
		}
	}
	return c.Agencies == nil
}

// domains is IAM's look-up of the caller's account.
func (o *operation) domains() (answer, error) {
	return answered(http.StatusOK, map[string]any{
		"domains": []map[string]any{{
			"id": accountID, "name": "simulator", "enabled": true, "description": "",
			"links": map[string]string{"self": "/v3/domains/" + accountID},
		}},
		"links": map[string]any{"self": "/v3/auth/domains", "next": nil, "previous": nil},
	}, "the account"), nil
}
