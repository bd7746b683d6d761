terraform {
  required_providers {
    dli = {
      source = "terraform-provider-dli/dli"
    }
  }
}

# The keys come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "dli" {
  region = "cn-north-4"
}
