// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// looseBool reads the booleans of the service, which documents the type Boolean and prints "true" in quotes. Null, an
// empty string, an absent member and what is no boolean leave it unset: one odd value of one package must not hide all
// the others.
type looseBool struct {
	value, set bool
}

func (b *looseBool) UnmarshalJSON(text []byte) error {
	value, err := strconv.ParseBool(strings.ToLower(unquoted(text)))
	*b = looseBool{value: value, set: err == nil}
	return nil
}

// looseMillis reads a time in milliseconds since 1970, as a number or a string of digits. The service says 0 where it has
// no time; that, null, an absent member and what is no such time are the zero time, as with looseBool.
type looseMillis struct {
	time.Time
}

func (m *looseMillis) UnmarshalJSON(text []byte) error {
	*m = looseMillis{}
	if millis, err := strconv.ParseInt(unquoted(text), 10, 64); err == nil && millis != 0 {
		m.Time = time.UnixMilli(millis).UTC()
	}
	return nil
}

// unquoted is the text of a JSON scalar without its quotes, and "" for null.
func unquoted(text []byte) string {
	text = bytes.TrimSpace(text)
	if bytes.Equal(text, []byte("null")) {
		return ""
	}
	return strings.TrimSpace(strings.Trim(string(text), `"`))
}

type packageWire struct {
	Name           string      `json:"resource_name"`
	Kind           string      `json:"resource_type"`
	Status         string      `json:"status"`
	UnderlyingName string      `json:"underlying_name"`
	Owner          string      `json:"owner"`
	Created        looseMillis `json:"create_time"`
	Updated        looseMillis `json:"update_time"`
	Async          looseBool   `json:"is_async"`
}

type groupWire struct {
	Name      string        `json:"group_name"`
	Status    string        `json:"status"`
	Owner     string        `json:"owner"`
	Resources []string      `json:"resources"`
	Details   []packageWire `json:"details"`
	Created   looseMillis   `json:"create_time"`
	Updated   looseMillis   `json:"update_time"`
	Async     looseBool     `json:"is_async"`
}

type listingWire struct {
	Groups []groupWire `json:"groups"`
}

type uploadWire struct {
	Paths []string  `json:"paths"`
	Kind  string    `json:"kind"`
	Group string    `json:"group"`
	Async bool      `json:"is_async"`
	Tags  []tagWire `json:"tags,omitempty"`
}

type tagWire struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type tagsWire struct {
	Tags []tagWire `json:"tags"`
}

type ownerWire struct {
	NewOwner string `json:"new_owner"`
	Group    string `json:"group_name"`
	Package  string `json:"resource_name,omitempty"`
}

// outcomeWire is what some answers with status 200 say in their body: a refusal.
type outcomeWire struct {
	Success looseBool `json:"is_success"`
	Message string    `json:"message"`
}

// refusal is the reason in an answer that says of itself that it is no success.
func refusal(body []byte) (reason string, refused bool) {
	// Spares long listings a second reading.
	if !bytes.Contains(body, []byte(`"is_success"`)) {
		return "", false
	}
	var outcome outcomeWire
	// A message of another type than documented does not make the refusal a success.
	_ = json.Unmarshal(body, &outcome)
	if !outcome.Success.set || outcome.Success.value {
		return "", false
	}
	return cmp.Or(excerpt(outcome.Message), "refused without a reason"), true
}

// decode reads an answer. Members the client does not know are ignored: the service adds some.
func decode(body []byte, answer any) error {
	switch answer := answer.(type) {
	case nil:
		return nil
	case *json.RawMessage:
		*answer = body
		return nil
	}
	err := json.Unmarshal(body, answer)
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		err = worded{fmt.Sprintf("there is a %s in the place of %q", mistyped.Value, mistyped.Field), err}
	}
	if err != nil {
		return fmt.Errorf("the answer is not the JSON that is documented: %w", err)
	}
	return nil
}
