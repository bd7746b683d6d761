terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

provider "dli" {
  alias        = "nowhere"
  project_name = "cn-north-4_nowhere"
}

resource "dli_resource_group" "nowhere" {
  provider = dli.nowhere
  group    = "nowhere"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias        = "twins"
  project_name = "cn-north-4_twins"
}

resource "dli_resource_group" "twins" {
  provider = dli.twins
  group    = "twins"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias        = "refused"
  project_name = "cn-north-4_refused"
}

resource "dli_resource_group" "refused" {
  provider = dli.refused
  group    = "refused"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias = "agency"
  assume_role {
    agency_name = "etl"
    domain_name = "data"
  }
}

resource "dli_resource_group" "agency" {
  provider = dli.agency
  group    = "agency"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
