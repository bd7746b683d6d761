// SPDX-License-Identifier: MPL-2.0

// Command bench measures the built provider under the real CLI, against the simulator on loopback, and prints the
// figures beside the goals. It judges nothing: a figure is never an error.
package main
