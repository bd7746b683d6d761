terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
  }
}

provider "dli" {
  region = "cn-north-4"

  # On the packages of every group, unless the group has a value of its own.
  default_tags {
    tags = { env = "prod" }
  }

  # Others manage these; they are neither shown nor changed.
  ignore_tags {
    key_prefixes = ["CCE-"]
  }
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["obs://my-bucket/jars/etl.jar"]
  tags  = { team = "data" }
}

output "tags" {
  value = dli_resource_group.etl.tags_all # env and team
}
