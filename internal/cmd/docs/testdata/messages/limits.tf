terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

provider "dli" {
  max_retries             = 101
  max_requests_per_second = 0

  assume_role {
    agency_name = "etl"
    domain_name = "data"
    duration    = 60
  }
}

resource "dli_resource_group" "a" {
  group = "a"
  kind  = "jar"
  paths = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
