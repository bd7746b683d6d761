terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

resource "dli_resource_group" "held" {
  group = "held"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "twice" {
  group = "twice"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  count = 2
}

resource "dli_resource_group" "failed" {
  group = "failed"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar", "https://bucket.obs.cn-north-4.myhuaweicloud.com/broken.jar"]
}

resource "dli_resource_group" "timeout" {
  group    = "timeout"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar", "https://bucket.obs.cn-north-4.myhuaweicloud.com/b.jar"]
  is_async = true
  timeouts { create = "1s" }
}

resource "dli_resource_group" "refused" {
  group = "refused"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "forbidden" {
  group = "forbidden"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "throttled" {
  group = "throttled"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "unreadable" {
  group = "unreadable"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "quota" {
  group = "quota"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "misaddressed" {
  group = "misaddressed"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "faulty" {
  group = "faulty"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "cut" {
  group = "cut"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "owner" {
  group = "owner"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  owner = "nobody"
}

resource "dli_resource_group" "tags_refused" {
  group = "tags_refused"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { team = "data" }
}

resource "dli_resource_group" "tags_unread" {
  group = "tags_unread"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { team = "data" }
}

resource "dli_resource_group" "tags_lost" {
  group = "tags_lost"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  tags  = { team = "data" }
}

resource "dli_resource_group" "redirected" {
  group = "redirected"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias                   = "rare"
  max_requests_per_second = 0.01
}

resource "dli_resource_group" "rare" {
  provider = dli.rare
  group    = "rare"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  timeouts { create = "2s" }
}
