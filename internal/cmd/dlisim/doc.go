// SPDX-License-Identifier: MPL-2.0

// Command dlisim serves the simulator of package dlisim on an address of this
// machine, for people and for the tests of their modules.
package main
