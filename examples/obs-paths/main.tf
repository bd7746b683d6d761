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

locals {
  etl = "obs://my-bucket/jars/etl.jar"
  udf = "obs://my-bucket/jars/udf.jar"
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = [local.etl, local.udf]
}

# An engine that takes packages
resource "huaweicloud_dli_spark_job" "before" {
  name       = "report"
  queue_name = "etl"
  app_name   = dli_resource_group.etl.references["etl.jar"]
  main_class = "com.example.Report"
  jars       = [dli_resource_group.etl.references["udf.jar"]]
}

# An engine that takes OBS paths
resource "huaweicloud_dli_spark_job" "after" {
  name       = "report"
  queue_name = "etl-spark-3-3-1"
  app_name   = local.etl
  main_class = "com.example.Report"
  jars       = [local.udf]
}
