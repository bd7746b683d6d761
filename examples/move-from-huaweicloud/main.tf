terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
  }
}

# One of the packages becomes the group, with its path and without an upload.
moved {
  from = huaweicloud_dli_package.etl
  to   = dli_resource_group.etl
}

# The others are forgotten, and stay in the cloud.
removed {
  from = huaweicloud_dli_package.udf

  lifecycle {
    destroy = false
  }
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar"]
}
