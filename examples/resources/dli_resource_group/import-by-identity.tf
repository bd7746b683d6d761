import {
  to = dli_resource_group.etl
  identity = {
    group = "etl"
  }
}
