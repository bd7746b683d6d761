terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

resource "dli_resource_group" "one" {
  group    = "one"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
  is_async = true

  timeouts { read = "1s" }
}
