// SPDX-License-Identifier: MPL-2.0

// Command docs makes docs/ from the provider's schemas, templates/ and examples/. Its tests keep what is written there
// true: examples and guides are applied to the simulator, and every message of the provider has its place in a guide.
package main
