// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"strings"
)

// QuietLogs turns the logs of the plugin libraries off where the user asked for none. They would be written at their
// finest level for Terraform to throw away, at a third of the provider's time.
func QuietLogs() error {
	for _, variable := range os.Environ() {
		if strings.HasPrefix(variable, "TF_LOG") || strings.HasPrefix(variable, "TF_ACC_LOG") {
			return nil
		}
	}
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER"} {
		if err := os.Setenv(name, "OFF"); err != nil {
			return err //nolint:wrapcheck // os names the variable
		}
	}
	return nil
}
