// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What names must look like (documented with the change of an owner); that the
// service refuses others with DLI.0001 is inferred.
var (
	groupName   = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)
	packageName = regexp.MustCompile(`^[A-Za-z0-9_!-][A-Za-z0-9_!.-]{0,127}$`)
	ownerName   = regexp.MustCompile(`^[A-Za-z_-][A-Za-z0-9_-]{4,31}$`)
	obsURL      = regexp.MustCompile(`^(https?|obs)://[^/]+/`)
)

const (
	maxTags     = 20
	maxTagKey   = 128
	maxTagValue = 255
)

// decode reads the request's JSON body.
func (o *operation) decode(into any) error {
	if err := json.Unmarshal(o.request.Body, into); err != nil {
		return badRequest("The format of message is error: %v", err)
	}
	return nil
}

// nameOf returns the name of the package that an upload from an OBS URL makes:
// the last segment, extension and all.
func nameOf(path string) (string, error) {
	if !obsURL.MatchString(path) {
		return "", badRequest("The path %q is not the URL of an OBS object", path)
	}
	name := path[strings.LastIndexByte(path, '/')+1:]
	if !packageName.MatchString(name) {
		return "", badRequest("The path %q has no legal package name at its end", path)
	}
	return name, nil
}

func checkKind(kind string) error {
	if !slices.Contains([]string{KindJar, KindPyFile, KindFile, KindModelFile}, kind) {
		return badRequest("kind %q is not one of jar, pyFile, file, modelFile", kind)
	}
	return nil
}

// tag is a tag as callers send it.
type tag struct {
	Key   string  `json:"key"`
	Value *string `json:"value"`
}

// checkTags returns the tags by key.
func checkTags(tags []tag) (map[string]string, error) {
	if len(tags) > maxTags {
		return nil, badRequest("A package can have at most %d tags", maxTags)
	}
	checked := map[string]string{}
	for _, t := range tags {
		if _, twice := checked[t.Key]; twice {
			return nil, badRequest("The tag key %q is there twice", t.Key)
		}
		if length := utf8.RuneCountInString(t.Key); length == 0 || length > maxTagKey || strings.HasPrefix(t.Key, "_sys_") {
			return nil, badRequest("The tag key %q is not legal", t.Key)
		}
		if t.Value == nil || utf8.RuneCountInString(*t.Value) > maxTagValue {
			return nil, badRequest("The value of the tag %q is missing or too long", t.Key)
		}
		checked[t.Key] = *t.Value
	}
	return checked, nil
}
