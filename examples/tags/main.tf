resource "dli_resource_group" "etl" {
  group = "etl"
  kind  = "jar"
  paths = ["obs://my-bucket/jars/etl.jar"]
  tags  = { team = "data" }
}
