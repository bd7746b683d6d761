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

# For the jobs that still take packages
resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = [local.etl, local.udf]
}

resource "huaweicloud_dli_spark_job" "report" {
  name       = "report"
  queue_name = "etl"
  app_name   = local.etl # before: dli_resource_group.etl.references["etl.jar"]
  main_class = "com.example.Report"
  jars       = [local.udf] # before: [dli_resource_group.etl.references["udf.jar"]]
}
