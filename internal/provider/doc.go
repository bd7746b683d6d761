// SPDX-License-Identifier: MPL-2.0

// Package provider is the front door: the provider block, the way from its settings to a configured client, and the
// list of what is on offer.
package provider
