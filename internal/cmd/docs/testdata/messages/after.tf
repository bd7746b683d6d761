terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

resource "dli_resource_group" "overwritten" {
  group = "overwritten"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar", "https://bucket.obs.cn-north-4.myhuaweicloud.com/theirs.jar"]
}

resource "dli_resource_group" "exclusive" {
  group     = "exclusive"
  kind      = "jar"
  paths     = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  exclusive = true
}

resource "dli_resource_group" "update" {
  group = "update"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar", "https://bucket.obs.cn-north-4.myhuaweicloud.com/b.jar"]
}

resource "dli_resource_group" "lost" {
  group = "lost"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar", "https://bucket.obs.cn-north-4.myhuaweicloud.com/b.jar"]
}

resource "dli_resource_group" "kept" {
  group = "kept"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "undeleted" {
  group = "undeleted"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "slow" {
  group = "slow"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  timeouts { delete = "1s" }
}

import {
  to = dli_resource_group.imported
  id = "imported"
}

resource "dli_resource_group" "imported" {
  group = "imported"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "unfinished" {
  group = "unfinished"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "first_tags" {
  group = "first_tags"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { team = "data" }
}
