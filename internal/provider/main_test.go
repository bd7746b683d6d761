// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/leaktest"
)

func TestMain(m *testing.M) {
	if os.Getenv(panicVariable) != "" {
		os.Exit(servePanicking())
	}
	os.Exit(leaktest.Main(m))
}
