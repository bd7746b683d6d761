// SPDX-License-Identifier: MPL-2.0

// Package auth is who we are towards the cloud: credentials, request signing, endpoints and the project id; it knows neither Terraform nor DLI.
package auth
