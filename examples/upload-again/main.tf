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

resource "huaweicloud_obs_bucket_object" "etl" {
  bucket = "my-bucket"
  key    = "jars/etl.jar"
  source = "${path.module}/etl.jar"
  etag   = filemd5("${path.module}/etl.jar")
}

resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["obs://${huaweicloud_obs_bucket_object.etl.bucket}/${huaweicloud_obs_bucket_object.etl.key}"]

  # A new build has another ETag, and another ETag uploads the package again.
  source_hash = {
    "etl.jar" = huaweicloud_obs_bucket_object.etl.etag
  }
}
