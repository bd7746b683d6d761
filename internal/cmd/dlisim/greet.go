// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"text/template"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

var greeting = template.Must(template.New("greeting").Parse(`The DLI simulator serves {{.URL}} (Ctrl-C ends it).

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
`))

// greet prints what a user has to set. A secret that is the user's own is not repeated.
func greet(out io.Writer, url string, s *settings) error {
	secret := s.config.SecretKey
	if secret != dlisim.DefaultSecretKey {
		secret = "<your -secret-key>"
	}
	return greeting.Execute(out, map[string]any{
		"URL":       url,
		"Region":    s.config.Projects[0].Name,
		"ProjectID": s.config.Projects[0].ID,
		"AccessKey": s.config.AccessKey,
		"SecretKey": secret,
		"Temporary": s.config.SecurityToken != "",
	})
}
