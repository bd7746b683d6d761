// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// original is the name of copy 0 of whatever is measured, and copyName that of any.
const (
	original   = "bench-00000"
	mostCopies = 100_000
)

func copyName(index int) string { return fmt.Sprintf("bench-%05d", index) }

// What the groups of a configuration have beside their paths.
const (
	synchronous  = `is_async = false`
	asynchronous = `is_async = true`
	tagged       = `tags = { team = "data" }`
)

// groups is a configuration of as many groups, of two packages each, with one more argument.
func (c *cloud) groups(count int, argument string) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

provider "dli" {
  endpoints = { dli = %[1]q, iam = %[1]q }
}

resource "dli_resource_group" "bench" {
  count    = %[2]d
  group    = format("bench-%%05d", count.index)
  kind     = "jar"
  %[3]s
  paths = [
    format("https://bucket.obs.cn-north-4.myhuaweicloud.com/bench-%%05d/etl.jar", count.index),
    format("https://bucket.obs.cn-north-4.myhuaweicloud.com/bench-%%05d/udf.jar", count.index),
  ]
}
`, c.url, count, argument)
}

// floor is a configuration of as many resources that the CLI itself provides: what no provider can be faster than.
func floor(count int) string {
	return fmt.Sprintf(`
resource "terraform_data" "bench" {
  count = %d
  input = format("bench-%%05d", count.index)
}
`, count)
}
