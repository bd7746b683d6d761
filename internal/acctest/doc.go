// SPDX-License-Identifier: MPL-2.0

// Package acctest puts the provider under test: in this process at the level of the protocol, or under the real CLI,
// both against the simulator. Only tests import it.
package acctest
