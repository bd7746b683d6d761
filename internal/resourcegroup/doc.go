// SPDX-License-Identifier: MPL-2.0

// Package resourcegroup is the noun: the resource dli_resource_group with its schema, plan, lifecycle, import and
// move. It speaks to the service through package dli only.
package resourcegroup
