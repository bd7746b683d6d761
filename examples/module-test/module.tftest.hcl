run "uploads_what_the_job_needs" {
  assert {
    condition     = dli_resource_group.etl.status == "READY"
    error_message = "The group is ${dli_resource_group.etl.status}."
  }

  assert {
    condition     = dli_resource_group.etl.references["etl.jar"] == "etl/etl.jar"
    error_message = "The job would not find its jar."
  }
}
