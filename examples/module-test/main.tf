terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
  }
}

variable "endpoints" {
  description = "Base URLs by service. Leave it out for the real service."
  type        = map(string)
  default     = null
}

provider "dli" {
  endpoints = var.endpoints
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["obs://my-bucket/jars/etl.jar"]
}
