// SPDX-License-Identifier: MPL-2.0

// Package dli is the service: a typed client of the package-group API with its
// wire types, errors, retries, shared listing and waiting. It knows nothing of Terraform.
package dli
