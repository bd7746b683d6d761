// SPDX-License-Identifier: MPL-2.0

// Package dlisim is a stateful stand-in for the DLI package groups, their tags,
// and what callers need of IAM and of the metadata of an instance: what the
// service is and does, told by its documents, with a switch where the documents
// leave it open. It holds nothing of the provider and no code that the provider
// runs.
package dlisim
