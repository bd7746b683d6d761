# The name of the group
terraform import dli_resource_group.etl etl
