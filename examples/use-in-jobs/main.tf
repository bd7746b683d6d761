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

variable "queue" {
  type    = string
  default = "etl"
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = [
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar",
    "https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/udf.jar",
  ]
}

resource "huaweicloud_dli_flinkjar_job" "etl" {
  name            = "etl"
  queue_name      = var.queue
  flink_version   = "1.10"
  entrypoint      = dli_resource_group.etl.references["etl.jar"]
  dependency_jars = [dli_resource_group.etl.references["udf.jar"]]
}

resource "huaweicloud_dli_spark_job" "report" {
  name       = "report"
  queue_name = var.queue
  app_name   = dli_resource_group.etl.references["etl.jar"]
  main_class = "com.example.Report"
  jars       = [dli_resource_group.etl.references["udf.jar"]]
}
