// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Operation is one thing the service can be asked to do.
type Operation string

// The operations the simulator has.
const (
	OpUpload     Operation = "upload"
	OpList       Operation = "list"
	OpShow       Operation = "show"
	OpDelete     Operation = "delete"
	OpOwner      Operation = "owner"
	OpTagsRead   Operation = "tags read"
	OpTagsCreate Operation = "tags create"
	OpTagsDelete Operation = "tags delete"
	OpTagsFilter Operation = "tags filter"
	OpUnknown    Operation = "unknown"

	OpProjects       Operation = "projects"
	OpDomains        Operation = "domains"
	OpSecurityTokens Operation = "security tokens"

	OpMetadataToken Operation = "metadata token"
	OpSecurityKey   Operation = "metadata security key"
)

// isIAMs reports whether IAM answers, and not DLI: for no project, and with errors of its own shape.
func (o Operation) isIAMs() bool {
	return o == OpProjects || o == OpDomains || o == OpSecurityTokens
}

// isMetadata reports whether the instance answers, which knows no signatures.
func (o Operation) isMetadata() bool {
	return o == OpMetadataToken || o == OpSecurityKey
}

// reads reports whether the operation leaves the world as it is.
func (o Operation) reads() bool {
	switch o {
	case OpUpload, OpDelete, OpOwner, OpTagsCreate, OpTagsDelete:
		return false
	default:
		return true
	}
}

type route struct {
	operation Operation
	method    string
	pattern   string
}

func routes() []route {
	return []route{
		{OpProjects, http.MethodGet, "/v3/projects"},
		{OpDomains, http.MethodGet, "/v3/auth/domains"},
		{OpSecurityTokens, http.MethodPost, "/v3.0/OS-CREDENTIAL/securitytokens"},
		{OpMetadataToken, http.MethodPut, "/meta-data/latest/api/token"},
		{OpSecurityKey, http.MethodGet, "/openstack/latest/securitykey"},
		{OpUpload, http.MethodPost, "/v2.0/{project}/resources"},
		{OpUpload, http.MethodPost, "/v2.0/{project}/resources/{kinds}"},
		{OpList, http.MethodGet, "/v2.0/{project}/resources"},
		{OpOwner, http.MethodPut, "/v2.0/{project}/resources/owner"},
		{OpShow, http.MethodGet, "/v2.0/{project}/resources/{name}"},
		{OpDelete, http.MethodDelete, "/v2.0/{project}/resources/{name}"},
		{OpTagsRead, http.MethodGet, "/v3/{project}/dli_package_resource/{id}/tags"},
		{OpTagsCreate, http.MethodPost, "/v3/{project}/dli_package_resource/{id}/tags/create"},
		{OpTagsDelete, http.MethodPost, "/v3/{project}/dli_package_resource/{id}/tags/delete"},
		{OpTagsFilter, http.MethodPost, "/v3/{project}/dli_package_resource/resource-instances/filter"},
	}
}

// findRoute returns the operation and the decoded arguments of a path as it is on the wire.
func findRoute(method, escapedPath string) (Operation, map[string]string) {
	for _, route := range routes() {
		if route.method != method {
			continue
		}
		if arguments, ok := match(route.pattern, escapedPath); ok {
			return route.operation, arguments
		}
	}
	return OpUnknown, nil
}

func match(pattern, escapedPath string) (map[string]string, bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(escapedPath, "/")
	if len(want) != len(got) {
		return nil, false
	}
	arguments := map[string]string{}
	for i, segment := range got {
		decoded, err := url.PathUnescape(segment)
		if err != nil {
			return nil, false
		}
		if name, ok := strings.CutPrefix(want[i], "{"); ok && decoded != "" {
			arguments[strings.TrimSuffix(name, "}")] = decoded
		} else if want[i] != decoded {
			return nil, false
		}
	}
	return arguments, true
}

// operation is one request at work; it holds the simulator's lock.
type operation struct {
	*Simulator
	request   *Request
	arguments map[string]string
	world     *world
	now       time.Time
}

func (o *operation) perform() (answer, error) {
	switch o.request.Operation {
	case OpProjects:
		return o.projects()
	case OpDomains:
		return o.domains()
	case OpSecurityTokens:
		return o.securityTokens()
	case OpMetadataToken:
		return o.giveMetadataToken()
	case OpSecurityKey:
		return o.securityKey()
	case OpUpload:
		return o.upload()
	case OpList:
		return o.list()
	case OpShow:
		return o.show()
	case OpDelete:
		return o.delete()
	case OpOwner:
		return o.changeOwner()
	case OpTagsRead:
		return o.readTags()
	case OpTagsCreate:
		return o.createTags()
	case OpTagsDelete:
		return o.deleteTags()
	case OpTagsFilter:
		return o.filterTags()
	default:
		return answer{}, unpublished()
	}
}
