terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
  }
}

# HW_ACCESS_KEY and HW_SECRET_KEY are of a user whom the agency lets in.
provider "dli" {
  region = "cn-north-4"

  assume_role {
    agency_name = "dli-deployment"
    domain_name = "data-platform"
  }
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar"]
}
