// SPDX-License-Identifier: MPL-2.0

// Package leaktest fails the tests of a package that leave a goroutine behind. Only tests import it.
package leaktest
