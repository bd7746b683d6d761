import {
  to = dli_resource_group.etl
  id = "etl"
}

# Every package of the group that is to stay has its path here.
resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = [
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar",
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/udf.jar",
  ]
}
