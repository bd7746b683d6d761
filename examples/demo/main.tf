# The example in the documentation of the upload API. `make demo` applies it to the simulator, and ends with how to
# apply it to a project of yours.

terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
  }
}

variable "endpoints" {
  description = "Base URLs that replace those of Huawei Cloud, by service. Leave it out for the real service."
  type        = map(string)
  default     = null
}

variable "paths" {
  description = "OBS objects to upload. For the real service, name your own."
  type        = set(string)
  default = [
    "https://xkftest.obs.huawei.com/txr_test/jars/spark-sdv-app.jar",
    "https://xkftest.obs.huawei.com/txr_test/jars/wordcount",
    "https://xkftest.obs.huawei.com/txr_test/jars/wordcount.py",
  ]
}

# Region and keys come from the HW_* environment variables.
provider "dli" {
  endpoints = var.endpoints
}

resource "dli_resource_group" "gatk" {
  group    = "gatk"
  kind     = "jar"
  paths    = var.paths
  is_async = true
}

output "references" {
  description = "What Spark and Flink jobs take."
  value       = dli_resource_group.gatk.references
}

output "underlying_names" {
  value = { for name, package in dli_resource_group.gatk.details : name => package.underlying_name }
}

output "owner" {
  value = dli_resource_group.gatk.owner
}

output "create_time" {
  value = dli_resource_group.gatk.create_time
}

output "update_time" {
  value = dli_resource_group.gatk.update_time
}
