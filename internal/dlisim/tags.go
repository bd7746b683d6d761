// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const defaultTagPage = 1000

// tagged returns the package that a tag operation's id names: <group>#<name>,
// or <name> for an ungrouped package.
func (o *operation) tagged() (*stored, error) {
	group, name, grouped := strings.Cut(o.arguments["id"], "#")
	if !grouped {
		group, name = "", o.arguments["id"]
	}
	p := o.world.find(group, name, o.now)
	if p == nil {
		return nil, o.behaviour.absent("The resource %s does not exist", o.arguments["id"])
	}
	return p, nil
}

type tagView struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func tagViews(tags map[string]string) []tagView {
	views := []tagView{}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		views = append(views, tagView{Key: key, Value: tags[key]})
	}
	return views
}

// readTags answers one page of a package's tags; count is of all of them.
func (o *operation) readTags() (answer, error) {
	switch o.behaviour.TagRead {
	case TagReadNotFound:
		return answer{}, &refusal{status: http.StatusNotFound, code: "DLI.0023", message: "There is no related resource"}
	case TagReadBadRequest:
		return answer{}, badRequest("The resource type is not supported")
	case TagReadNormal, TagReadEmpty:
	}
	p, err := o.tagged()
	if err != nil {
		return answer{}, err
	}
	tags := p.Tags
	if o.behaviour.TagRead == TagReadEmpty {
		tags = nil
	}
	page, err := paged(o, tagViews(tags))
	if err != nil {
		return answer{}, err
	}
	return answered(http.StatusOK, map[string]any{"tags": page, "count": len(tags)},
		"%d tags of %s", len(page), o.arguments["id"]), nil
}

// paged returns the part of all that ?limit= and ?offset= ask for.
func paged[E any](o *operation, all []E) ([]E, error) {
	limit, err := o.number("limit", defaultTagPage)
	if err != nil {
		return nil, err
	}
	offset, err := o.number("offset", 0)
	if err != nil {
		return nil, err
	}
	offset = min(offset, len(all))
	return all[offset:min(offset+limit, len(all))], nil
}

func (o *operation) number(name string, otherwise int) (int, error) {
	text := o.request.Query.Get(name)
	if text == "" {
		return otherwise, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 0 {
		return 0, badRequest("%s %q is not a number", name, text)
	}
	return number, nil
}

// createTags sets tags on a package.
func (o *operation) createTags() (answer, error) {
	p, sent, err := o.taggedWithBody()
	if err != nil {
		return answer{}, err
	}
	tags, err := checkTags(sent)
	if err != nil {
		return answer{}, err
	}
	merged := map[string]string{}
	maps.Copy(merged, p.Tags)
	maps.Copy(merged, tags)
	if o.behaviour.TagCreateKeepsExisting {
		maps.Copy(merged, p.Tags)
	}
	if len(merged) > maxTags {
		return answer{}, badRequest("The resource %s would have more than %d tags", o.arguments["id"], maxTags)
	}
	p.Tags = merged
	return answered(http.StatusNoContent, nil, "set %d tags of %s", len(tags), o.arguments["id"]), nil
}

// deleteTags removes tags by key; one that is not there is fine (documented).
func (o *operation) deleteTags() (answer, error) {
	p, sent, err := o.taggedWithBody()
	if err != nil {
		return answer{}, err
	}
	if len(sent) > maxTags {
		return answer{}, badRequest("At most %d tags can be removed in one call", maxTags)
	}
	for _, t := range sent {
		if t.Key == "" {
			return answer{}, badRequest("A tag's key is empty")
		}
	}
	for _, t := range sent {
		delete(p.Tags, t.Key)
	}
	return answered(http.StatusNoContent, nil, "remove %d tags of %s", len(sent), o.arguments["id"]), nil
}

func (o *operation) taggedWithBody() (*stored, []tag, error) {
	var body struct {
		Tags []tag `json:"tags"`
	}
	if err := o.decode(&body); err != nil {
		return nil, nil, err
	}
	if len(body.Tags) == 0 {
		return nil, nil, badRequest("tags is empty")
	}
	p, err := o.tagged()
	return p, body.Tags, err
}
