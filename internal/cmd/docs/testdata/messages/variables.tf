terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

provider "dli" {}

provider "dli" {
  alias      = "keys"
  access_key = "AK"
  secret_key = "SK"
}

resource "dli_resource_group" "a" {
  group = "a"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

resource "dli_resource_group" "b" {
  provider = dli.keys
  group    = "b"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
