# The paths of each group
locals {
  groups = {
    etl = [
      "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar",
      "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/udf.jar",
    ]
    report = [
      "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/report.jar",
    ]
  }
}

import {
  for_each = local.groups
  to       = dli_resource_group.jars[each.key]
  id       = each.key
}

resource "dli_resource_group" "jars" {
  for_each = local.groups
  group    = each.key
  kind     = "jar"
  paths    = each.value
}
