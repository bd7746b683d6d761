// SPDX-License-Identifier: MPL-2.0

// Command docs makes docs/ from the provider's schemas, templates/ and examples/. Its tests keep what is written there
// true: examples, guides and READMEs are applied to the simulator, every message of the provider has its place in a guide
// and in a golden file, and the READMEs of both languages say the same.
package main
