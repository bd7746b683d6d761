import {
  to = dli_resource_group.etl
  id = "etl"
}
