terraform {
  required_providers {
    dli         = { source = "terraform-provider-dli/dli" }
    huaweicloud = { source = "huaweicloud/huaweicloud" }
  }
}

moved {
  from = huaweicloud_dli_package.ungrouped
  to   = dli_resource_group.ungrouped
}

resource "dli_resource_group" "ungrouped" {
  group = "ungrouped"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

moved {
  from = huaweicloud_dli_package.misshapen
  to   = dli_resource_group.misshapen
}

resource "dli_resource_group" "misshapen" {
  group = "misshapen"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
