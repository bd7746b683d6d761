resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = [
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar",
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/udf.jar",
  ]
}

# What Spark and Flink jobs take: { "etl.jar" = "etl/etl.jar", "udf.jar" = "etl/udf.jar" }
output "references" {
  value = dli_resource_group.etl.references
}
