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

# Every package of the group is forgotten, and stays in the cloud.
removed {
  from = huaweicloud_dli_package.etl

  lifecycle {
    destroy = false
  }
}

removed {
  from = huaweicloud_dli_package.udf

  lifecycle {
    destroy = false
  }
}

# The group is taken over as a whole.
import {
  to = dli_resource_group.etl
  id = "etl"
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = [
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar",
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/udf.jar",
  ]
}
