terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
  }
}

provider "dli" {
  region = "cn-north-4"
}

provider "dli" {
  alias  = "east"
  region = "cn-east-3"
}

resource "dli_resource_group" "north" {
  group = "etl"
  kind  = "jar"
  paths = ["https://my-bucket.obs.cn-north-4.myhuaweicloud.com/jars/etl.jar"]
}

resource "dli_resource_group" "east" {
  provider = dli.east

  group = "etl"
  kind  = "jar"
  paths = ["https://my-other-bucket.obs.cn-east-3.myhuaweicloud.com/jars/etl.jar"]
}
