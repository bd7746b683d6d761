terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

provider "dli" {}

resource "dli_resource_group" "a" {
  group = "a"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
