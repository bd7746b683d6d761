terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

provider "dli" {
  default_tags {
    tags = { for i in range(15) : "default-${i}" => "x" }
  }
  ignore_tags {
    key_prefixes = ["cost-"]
  }
}

resource "dli_resource_group" "ignored" {
  group = "ignored"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { cost-center = "1" }
}

resource "dli_resource_group" "too_many" {
  group = "too_many"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { for i in range(10) : "own-${i}" => "x" }
}

import {
  to = dli_resource_group.imported
  id = "my/group"
}

resource "dli_resource_group" "imported" {
  group = "imported"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
