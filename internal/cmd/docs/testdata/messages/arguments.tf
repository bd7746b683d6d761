terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

resource "dli_resource_group" "group" {
  group = "my group"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "kind" {
  group = "kind"
  kind  = "zip"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "owner" {
  group = "owner"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  owner = "1st"
}

resource "dli_resource_group" "no_paths" {
  group = "no_paths"
  kind  = "jar"
  paths = []
}

resource "dli_resource_group" "null_path" {
  group = "null_path"
  kind  = "jar"
  paths = [null]
}

resource "dli_resource_group" "paths" {
  group = "paths"
  kind  = "jar"
  paths = [
    "http://b.obs.eu/a.jar", "https://b.obs.eu/jars/", "obs://b/", "https://b.obs.eu/b.jar?versionId=1",
    "https://b.obs.eu/.c.jar", "https://b.obs.eu/d e.jar", "https://b.obs.eu/${join("", [for i in range(129) : "f"])}",
  ]
}

resource "dli_resource_group" "same_name" {
  group = "same_name"
  kind  = "jar"
  paths = ["https://b.obs.eu/x/a.jar", "obs://b/y/a.jar"]
}

resource "dli_resource_group" "source_hash" {
  group       = "source_hash"
  kind        = "jar"
  paths       = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  source_hash = { "b.jar" = "1" }
}

resource "dli_resource_group" "tag_key" {
  group = "tag_key"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { "_sys_project" = "x" }
}

resource "dli_resource_group" "tag_keys" {
  group = "tag_keys"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { "" = "x", "team" = null }
}

resource "dli_resource_group" "tags" {
  group = "tags"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { for i in range(21) : "key-${i}" => "x" }
}

resource "dli_resource_group" "timeouts" {
  group = "timeouts"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  timeouts { create = "soon" }
}
