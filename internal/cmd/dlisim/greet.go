// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"text/template"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

const greeting = `The DLI simulator serves {{.URL}} (Ctrl-C ends it).

export HW_REGION_NAME={{.Region}}
export HW_PROJECT_ID={{.ProjectID}}
export HW_ACCESS_KEY={{.AccessKey}}
export HW_SECRET_KEY={{.SecretKey}}
{{- if .Temporary}}
export HW_SECURITY_TOKEN=<your -security-token>
{{- end}}

provider "dli" {
  endpoints = {
    dli = "{{.URL}}"
    iam = "{{.URL}}"
  }
}
`

// greet prints what a user has to set. A secret that is the user's own is not repeated.
func greet(out io.Writer, url string, s *settings) error {
	secret := s.config.SecretKey
	if secret != dlisim.DefaultSecretKey {
		secret = "<your -secret-key>"
	}
	page, err := template.New("greeting").Parse(greeting)
	if err != nil {
		return fmt.Errorf("reading the greeting: %w", err)
	}
	err = page.Execute(out, map[string]any{
		"URL":       url,
		"Region":    s.config.Projects[0].Name,
		"ProjectID": s.config.Projects[0].ID,
		"AccessKey": s.config.AccessKey,
		"SecretKey": secret,
		"Temporary": s.config.SecurityToken != "",
	})
	if err != nil {
		return fmt.Errorf("printing what to set: %w", err)
	}
	return nil
}
