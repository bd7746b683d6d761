// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

//go:generate go run .

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := generate(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

// generate formats the examples and writes docs/. It asks the provider itself for its schemas: those that a CLI prints
// lack the identities before Terraform 1.12.
func generate(ctx context.Context) error {
	root, err := output(ctx, "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	terraform, err := terraformPath()
	if err != nil {
		return err
	}
	if _, err := output(ctx, terraform, "fmt", "-recursive", filepath.Join(root, "examples")); err != nil {
		return err
	}
	schemas, err := providerSchemas(ctx)
	if err != nil {
		return err
	}
	file := filepath.Join(root, "bin", "schemas.json")
	if err := writeJSON(file, schemas); err != nil {
		return err
	}
	for _, command := range []string{"generate", "validate"} {
		if _, err := output(ctx, "go", "tool", "-modfile="+filepath.Join(root, "tools", "go.mod"), "tfplugindocs", command,
			"-provider-dir", root, "-provider-name", "dli", "-providers-schema", file); err != nil {
			return err
		}
	}
	return nil
}

// terraformPath is the CLI that formats: Terraform, or OpenTofu where only that is installed.
func terraformPath() (string, error) {
	for _, name := range []string{cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform"), "tofu"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", errors.New("no terraform to format the examples: install terraform or tofu so that it is on PATH, or set TF_ACC_TERRAFORM_PATH to an executable")
}

// output runs a command and returns what it printed; the error has all that it said.
func output(ctx context.Context, name string, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, name, arguments...) //nolint:gosec // the tools of the workshop, and the terraform of its user
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	var said, complaint strings.Builder
	command.Stdout, command.Stderr = &said, &complaint
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s%s", command, err, said.String(), complaint.String())
	}
	return strings.TrimSpace(said.String()), nil
}

func writeJSON(file string, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encoding the schemas: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return fmt.Errorf("making the directory of the schemas: %w", err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return fmt.Errorf("writing the schemas: %w", err)
	}
	return nil
}
