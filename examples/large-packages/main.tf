resource "dli_resource_group" "models" {
  group    = "models"
  kind     = "modelFile"
  paths    = ["obs://my-bucket/models/churn.model"]
  is_async = true

  timeouts {
    create = "90m"
    update = "90m"
  }
}
