// SPDX-License-Identifier: MPL-2.0

package auth_test

import (
	"os"
	"testing"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Main(m)) }
