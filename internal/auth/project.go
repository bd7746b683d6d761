// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Caller sends one call, with retries, and reads its answer: from JSON, or into a *json.RawMessage as it is. The error of
// an answer that is not a success has a method HTTPStatus. Redirects are not followed.
type Caller interface {
	Call(ctx context.Context, method, url string, header http.Header, body, answer any) error
}

// ProjectError means that a project name does not lead to exactly one project id.
type ProjectError struct {
	Name string
	// IAM is the endpoint that was asked.
	IAM string
	// IDs are the projects of that name, sorted; empty when there is none.
	IDs []string
}

// Error says what IAM answered and what to set instead.
func (e *ProjectError) Error() string {
	if len(e.IDs) == 0 {
		return fmt.Sprintf("IAM at %s knows no project named %q that these keys may see: check the region and the project name, or set project_id",
			e.IAM, e.Name)
	}
	return fmt.Sprintf("IAM at %s knows %d projects named %q (%s): set project_id to the one you mean",
		e.IAM, len(e.IDs), e.Name, strings.Join(e.IDs, ", "))
}

// ProjectID asks IAM for the id of the project with exactly that name. The project of a whole region is named like the
// region; a sub-project is named region_name (inferred). Where the name does not decide, the error is a *ProjectError.
func ProjectID(ctx context.Context, iam Caller, iamEndpoint, name string) (string, error) {
	var answer struct {
		Projects []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"projects"`
	}
	address := iamEndpoint + "/v3/projects?name=" + url.QueryEscape(name)
	if err := iam.Call(ctx, http.MethodGet, address, nil, nil, &answer); err != nil {
		return "", fmt.Errorf("the project %q could not be looked up: %w", name, err)
	}

	var ids []string
	for _, project := range answer.Projects {
		// Whether IAM's filter matches whole names is inferred, so the answer is compared once more.
		if project.Name == name && project.ID != "" {
			ids = append(ids, project.ID)
		}
	}
	if len(ids) != 1 {
		slices.Sort(ids)
		return "", &ProjectError{Name: name, IAM: iamEndpoint, IDs: ids}
	}
	return ids[0], nil
}
