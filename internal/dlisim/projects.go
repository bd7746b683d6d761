// SPDX-License-Identifier: MPL-2.0

package dlisim

import "net/http"

// projects is IAM's look-up of the projects the caller can use. Two projects
// may have one name.
func (o *operation) projects() (answer, error) {
	type project struct {
		ID          string            `json:"id"`
		Name        string            `json:"name"`
		DomainID    string            `json:"domain_id"`
		ParentID    string            `json:"parent_id"`
		IsDomain    bool              `json:"is_domain"`
		Enabled     bool              `json:"enabled"`
		Description string            `json:"description"`
		Links       map[string]string `json:"links"`
	}
	name := o.request.Query.Get("name")
	found := []project{}
	for _, p := range o.config.Projects {
		if name == "" || p.Name == name {
			found = append(found, project{
				ID: p.ID, Name: p.Name, DomainID: accountID, ParentID: accountID, Enabled: true,
				Links: map[string]string{"self": "/v3/projects/" + p.ID},
			})
		}
	}
	return answered(http.StatusOK, map[string]any{
		"projects": found,
		"links":    map[string]any{"self": "/v3/projects", "next": nil, "previous": nil},
	}, "%d projects named %q", len(found), name), nil
}
