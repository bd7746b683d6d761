terraform {
  required_providers {
    dli = { source = "terraform-provider-dli/dli" }
  }
}

resource "terraform_data" "later" {
  input = "cn-north-4"
}

provider "dli" {
  alias = "missing"
}

resource "dli_resource_group" "missing" {
  provider = dli.missing
  group    = "missing"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "unknown"
  access_key = "AK"
  secret_key = "SK"
  region     = terraform_data.later.output
}

resource "dli_resource_group" "unknown" {
  provider = dli.unknown
  group    = "unknown"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "half"
  region     = "cn-north-4"
  access_key = "AK"
}

resource "dli_resource_group" "half" {
  provider = dli.half
  group    = "half"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "other_half"
  region     = "cn-north-4"
  secret_key = "SK"
}

resource "dli_resource_group" "other_half" {
  provider = dli.other_half
  group    = "other_half"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias          = "token"
  region         = "cn-north-4"
  security_token = "T"
}

resource "dli_resource_group" "token" {
  provider = dli.token
  group    = "token"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "profile_of_no_file"
  region     = "cn-north-4"
  access_key = "AK"
  secret_key = "SK"
  profile    = "etl"
}

resource "dli_resource_group" "profile_of_no_file" {
  provider = dli.profile_of_no_file
  group    = "profile_of_no_file"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias              = "no_file"
  region             = "cn-north-4"
  shared_config_file = "absent.json"
}

resource "dli_resource_group" "no_file" {
  provider = dli.no_file
  group    = "no_file"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias              = "no_profile"
  region             = "cn-north-4"
  shared_config_file = "hcloud.json"
  profile            = "absent"
}

resource "dli_resource_group" "no_profile" {
  provider = dli.no_profile
  group    = "no_profile"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias              = "encrypted"
  region             = "cn-north-4"
  shared_config_file = "hcloud.json"
  profile            = "encrypted"
}

resource "dli_resource_group" "encrypted" {
  provider = dli.encrypted
  group    = "encrypted"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias              = "signed_out"
  region             = "cn-north-4"
  shared_config_file = "hcloud.json"
  profile            = "signed out"
}

resource "dli_resource_group" "signed_out" {
  provider = dli.signed_out
  group    = "signed_out"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias        = "two_projects"
  region       = "cn-north-4"
  access_key   = "AK"
  secret_key   = "SK"
  project_id   = "1"
  project_name = "2"
}

resource "dli_resource_group" "two_projects" {
  provider = dli.two_projects
  group    = "two_projects"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias       = "no_cacert"
  region      = "cn-north-4"
  access_key  = "AK"
  secret_key  = "SK"
  cacert_file = "absent.pem"
}

resource "dli_resource_group" "no_cacert" {
  provider = dli.no_cacert
  group    = "no_cacert"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias       = "empty_cacert"
  region      = "cn-north-4"
  access_key  = "AK"
  secret_key  = "SK"
  cacert_file = "hcloud.json"
}

resource "dli_resource_group" "empty_cacert" {
  provider = dli.empty_cacert
  group    = "empty_cacert"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "region"
  access_key = "AK"
  secret_key = "SK"
  region     = "CN North"
}

resource "dli_resource_group" "region" {
  provider = dli.region
  group    = "region"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "cloud"
  region     = "cn-north-4"
  access_key = "AK"
  secret_key = "SK"
  cloud      = "my cloud"
}

resource "dli_resource_group" "cloud" {
  provider = dli.cloud
  group    = "cloud"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "endpoints"
  region     = "cn-north-4"
  access_key = "AK"
  secret_key = "SK"
  auth_url   = "iam"
  endpoints  = { dli = "ftp://dli", obs = "https://me:secret@obs.eu", sts = "https://sts.eu" }
}

resource "dli_resource_group" "endpoints" {
  provider = dli.endpoints
  group    = "endpoints"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "two_accounts"
  region     = "cn-north-4"
  access_key = "AK"
  secret_key = "SK"
  assume_role {
    agency_name = "etl"
    domain_id   = "1"
    domain_name = "2"
  }
}

resource "dli_resource_group" "two_accounts" {
  provider = dli.two_accounts
  group    = "two_accounts"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "no_agency"
  region     = "cn-north-4"
  access_key = "AK"
  secret_key = "SK"
  assume_role {
    domain_id = "1"
  }
}

resource "dli_resource_group" "no_agency" {
  provider = dli.no_agency
  group    = "no_agency"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias      = "no_account"
  region     = "cn-north-4"
  access_key = "AK"
  secret_key = "SK"
  assume_role {
    agency_name = "etl"
  }
}

resource "dli_resource_group" "no_account" {
  provider = dli.no_account
  group    = "no_account"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}

provider "dli" {
  alias                 = "no_instance"
  region                = "cn-north-4"
  use_instance_metadata = true
}

resource "dli_resource_group" "no_instance" {
  provider = dli.no_instance
  group    = "no_instance"
  kind     = "jar"
  paths    = ["https://bucket.obs.cn-north-4.myhuaweicloud.com/a.jar"]
}
