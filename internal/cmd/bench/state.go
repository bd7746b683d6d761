// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// state is what is read and written again of a state in the CLI's format 4.
type state struct {
	Version          int             `json:"version"`
	TerraformVersion string          `json:"terraform_version"`
	Lineage          string          `json:"lineage"`
	Serial           int             `json:"serial"`
	Resources        []stateResource `json:"resources"`
}

type stateResource struct {
	Mode      string          `json:"mode"`
	Type      string          `json:"type"`
	Name      string          `json:"name"`
	Provider  string          `json:"provider"`
	Instances []stateInstance `json:"instances"`
}

type stateInstance map[string]json.RawMessage

// multiply makes count copies of the one resource in the state, as if each had been applied. Copy 0 is the resource.
func (w *workspace) multiply(count int) error {
	const name = "terraform.tfstate"
	text, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		return fmt.Errorf("reading the state: %w", err)
	}
	var state state
	if err := json.Unmarshal(text, &state); err != nil {
		return fmt.Errorf("reading the state: %w", err)
	}
	if len(state.Resources) != 1 || len(state.Resources[0].Instances) != 1 {
		return fmt.Errorf("the state holds something else than one resource: %s", text)
	}
	one := state.Resources[0].Instances[0]
	instances := make([]stateInstance, count)
	for i := range instances {
		instances[i] = one.copy(i)
	}
	state.Resources[0].Instances = instances
	if text, err = json.Marshal(state); err != nil {
		return fmt.Errorf("writing the state: %w", err)
	}
	return w.write(name, string(text))
}

func (s stateInstance) copy(index int) stateInstance {
	copied := make(stateInstance, len(s))
	for member, value := range s {
		copied[member] = bytes.ReplaceAll(value, []byte(original), []byte(copyName(index)))
	}
	copied["index_key"] = json.RawMessage(strconv.Itoa(index))
	return copied
}
