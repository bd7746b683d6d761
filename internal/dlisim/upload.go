// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// upload is an upload request that passed the checks.
type upload struct {
	group   string // empty: ungrouped
	kind    string
	names   []string          // in the order of the paths, each once
	paths   map[string]string // by name; of two paths with one name the later wins
	tags    map[string]string
	isAsync bool
}

// looseBool is a boolean that may come as a string, as every documented example has it.
type looseBool bool

// UnmarshalJSON implements [json.Unmarshaler].
func (b *looseBool) UnmarshalJSON(text []byte) error {
	switch string(text) {
	case `true`, `"true"`:
		*b = true
	case `false`, `"false"`, `null`:
		*b = false
	default:
		return &json.UnmarshalTypeError{Value: string(text), Field: "is_async"}
	}
	return nil
}

// upload puts packages into a group, which it makes if there is none. What is
// in the group and not in the request stays; what is in both is overwritten
// in place.
func (o *operation) upload() (answer, error) {
	u, err := o.readUpload()
	if err != nil {
		return answer{}, err
	}
	if err := o.checkObjects(u); err != nil {
		return answer{}, err
	}
	merged, err := o.mergeTags(u)
	if err != nil {
		return answer{}, err
	}
	if o.behaviour.UploadReplacesGroup && u.group != "" {
		delete(o.world.groups, u.group)
	}
	g := o.world.open(u.group, o.config.User, o.now)
	g.isAsync = u.isAsync
	g.Updated = later(g.Updated, o.now)
	prefix := o.underlyingPrefix()
	for _, name := range u.names {
		o.store(g, u, name, prefix, merged[name])
	}
	return o.uploadAnswer(g, u), nil
}

// readUpload reads both forms of the request: the one with a kind, and the
// older ones that have it in the path and know neither is_async nor tags.
func (o *operation) readUpload() (*upload, error) {
	var body struct {
		Paths   []string  `json:"paths"`
		Kind    string    `json:"kind"`
		Group   *string   `json:"group"`
		IsAsync looseBool `json:"is_async"`
		Tags    []tag     `json:"tags"`
	}
	if err := o.decode(&body); err != nil {
		return nil, err
	}
	if kinds, older := o.arguments["kinds"]; older {
		kind, known := map[string]string{"jars": KindJar, "pyfiles": KindPyFile, "files": KindFile}[kinds]
		if !known {
			return nil, unpublished()
		}
		body.Kind, body.IsAsync, body.Tags = kind, false, nil
	}
	if err := checkKind(body.Kind); err != nil {
		return nil, err
	}
	u := &upload{kind: body.Kind, isAsync: bool(body.IsAsync), paths: map[string]string{}}
	if body.Group != nil {
		if u.group = *body.Group; !groupName.MatchString(u.group) {
			return nil, badRequest("group %q is not a legal group name", u.group)
		}
	}
	var err error
	if u.tags, err = checkTags(body.Tags); err != nil {
		return nil, err
	}
	return u, u.addPaths(body.Paths)
}

func (u *upload) addPaths(paths []string) error {
	if len(paths) == 0 {
		return badRequest("paths is empty")
	}
	for _, path := range paths {
		name, err := nameOf(path)
		if err != nil {
			return err
		}
		if !slices.Contains(u.names, name) {
			u.names = append(u.names, name)
		}
		u.paths[name] = path
	}
	return nil
}

// checkObjects refuses an upload of an object that is not in OBS. The code of
// the real answer is unknown; this one is inferred.
func (o *operation) checkObjects(u *upload) error {
	for _, name := range u.names {
		exists, told := o.objects[u.paths[name]]
		if !told {
			exists = o.config.Objects == nil
		}
		if !exists {
			return badRequest("The OBS object %s does not exist", u.paths[name])
		}
	}
	return nil
}

// mergeTags returns the tags that each package will have: an upload's tags go
// to each of its packages (inferred).
func (o *operation) mergeTags(u *upload) (map[string]map[string]string, error) {
	merged := map[string]map[string]string{}
	for _, name := range u.names {
		tags := map[string]string{}
		old := o.world.find(u.group, name, o.now)
		if old != nil && !o.behaviour.OverwriteDropsTags && !o.behaviour.UploadReplacesGroup {
			maps.Copy(tags, old.Tags)
		}
		maps.Copy(tags, u.tags)
		if len(tags) > maxTags {
			return nil, badRequest("The package %s would have more than %d tags", reference(u.group, name), maxTags)
		}
		merged[name] = tags
	}
	return merged, nil
}

// store writes one package. An overwrite keeps the time of creation and the owner.
func (o *operation) store(g *group, u *upload, name, prefix string, tags map[string]string) {
	p := g.stored[name]
	if p == nil {
		p = &stored{Package: Package{Name: name, Owner: o.config.User, Created: o.now}}
		g.stored[name] = p
	}
	p.Kind, p.Path, p.Tags, p.isAsync = u.kind, u.paths[name], tags, u.isAsync
	p.UnderlyingName = prefix + name
	p.Updated = g.Updated
	p.Uploads++
	p.Status, p.outcome, p.due = StatusUploading, StatusReady, o.now
	if o.failing[name] {
		p.outcome = StatusFailed
	}
	if u.isAsync {
		p.due = o.now.Add(o.config.UploadTime)
	}
	p.settled(o.now)
}

// later is now, or the next millisecond after the time before: a change shows
// in the API's times even when it comes within one millisecond.
func later(before, now time.Time) time.Time {
	if now.After(before) {
		return now
	}
	return before.Add(time.Millisecond)
}

func (o *operation) underlyingPrefix() string {
	if !o.behaviour.UUIDUnderlyingNames {
		return ""
	}
	a, b := o.random.Uint64(), o.random.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x_", a>>32, a>>16&0xffff, a&0xfff, b>>52, b&0xffffffffffff)
}

type uploadDetail struct {
	CreateTime     int64  `json:"create_time"`
	UpdateTime     int64  `json:"update_time"`
	ResourceType   string `json:"resource_type"`
	ResourceName   string `json:"resource_name"`
	Status         string `json:"status"`
	UnderlyingName string `json:"underlying_name"`
	IsAsync        any    `json:"is_async"`
}

func (o *operation) uploadAnswer(g *group, u *upload) answer {
	status := http.StatusCreated
	if o.behaviour.UploadAnswers200 {
		status = http.StatusOK
	}
	note := fmt.Sprintf("upload %s %d packages", g.Name, len(u.names))
	if g.Name == "" {
		return answered(status, map[string]any{"resource_names": u.names}, "%s", note)
	}
	names := u.names
	if o.behaviour.UploadAnswersWholeGroup {
		names = slices.Sorted(maps.Keys(g.stored))
	}
	details := []uploadDetail{}
	for _, name := range names {
		details = append(details, o.uploadDetail(g.stored[name].settled(o.now)))
	}
	body := map[string]any{
		"group_name":  g.Name,
		"status":      o.behaviour.status(g.status(o.now)),
		"resources":   names,
		"details":     details,
		"create_time": g.Created.UnixMilli(),
		"update_time": g.Updated.UnixMilli(),
		"is_async":    o.behaviour.boolean(u.isAsync),
		"owner":       g.Owner,
	}
	if _, older := o.arguments["kinds"]; older {
		body["description"], body["module_name"], body["module_type"] = "", g.Name, u.kind
	}
	return answered(status, body, "%s", note)
}

func (o *operation) uploadDetail(p *stored) uploadDetail {
	detail := uploadDetail{
		CreateTime:     p.Created.UnixMilli(),
		UpdateTime:     p.Updated.UnixMilli(),
		ResourceType:   p.Kind,
		ResourceName:   p.Name,
		Status:         o.behaviour.status(p.Status),
		UnderlyingName: p.UnderlyingName,
		IsAsync:        o.behaviour.boolean(p.isAsync),
	}
	if o.behaviour.UploadAnswersZeroTimes {
		detail.CreateTime, detail.UpdateTime = 0, 0
	}
	return detail
}
