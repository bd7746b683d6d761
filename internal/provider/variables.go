// SPDX-License-Identifier: MPL-2.0

package provider

import "strings"

// variables are the environment variables of an argument in the order in which they are read. Their names are those
// of the provider huaweicloud, of OpenStack and of the vendor's SDKs. Those of the three arguments that make a pair
// of keys stand in the same order, for a pair is read as a whole.
func variables(argument string) []string {
	return map[string][]string{
		"region":                  {"HW_REGION_NAME", "OS_REGION_NAME"},
		"access_key":              {"HW_ACCESS_KEY", "OS_ACCESS_KEY", "HUAWEICLOUD_SDK_AK"},
		"secret_key":              {"HW_SECRET_KEY", "OS_SECRET_KEY", "HUAWEICLOUD_SDK_SK"},
		"security_token":          {"HW_SECURITY_TOKEN", "OS_SECURITY_TOKEN", "HUAWEICLOUD_SDK_SECURITY_TOKEN"},
		"project_id":              {"HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID", "HUAWEICLOUD_SDK_PROJECT_ID"},
		"project_name":            {"HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"},
		"cloud":                   {"HW_CLOUD"},
		"auth_url":                {"HW_AUTH_URL", "OS_AUTH_URL", sdkIAMVariable},
		"insecure":                {"HW_INSECURE", "OS_INSECURE"},
		"cacert_file":             {"HW_CACERT_FILE", "OS_CACERT"},
		"max_retries":             {"HW_MAX_RETRIES"},
		"shared_config_file":      {"HW_SHARED_CONFIG_FILE"},
		"profile":                 {"HW_PROFILE"},
		"use_instance_metadata":   {"HW_USE_INSTANCE_METADATA"},
		"assume_role.agency_name": {"HW_ASSUME_ROLE_AGENCY_NAME"},
		"assume_role.domain_id":   {"HW_ASSUME_ROLE_DOMAIN_ID"},
		"assume_role.domain_name": {"HW_ASSUME_ROLE_DOMAIN_NAME"},
		"assume_role.duration":    {"HW_ASSUME_ROLE_DURATION"},
	}[argument]
}

// sdkIAMVariable is the endpoint of IAM for the vendor's SDKs. They take it without a scheme too.
const sdkIAMVariable = "HUAWEICLOUD_SDK_IAM_ENDPOINT"

// sdkEndpointVariable has endpoints of DLI in a region for the vendor's SDKs, separated by commas.
func sdkEndpointVariable(region string) string {
	return "HUAWEICLOUD_SDK_REGION_DLI_" + strings.ToUpper(strings.ReplaceAll(region, "-", "_"))
}

// sdkFileVariable names a file of the vendor's SDKs in the place of the usual one. It has no argument.
const sdkFileVariable = "HUAWEICLOUD_SDK_CREDENTIALS_FILE"

// described is the description of an argument with its variables.
func described(argument, text string) string {
	names := variables(argument)
	if len(names) == 0 {
		return text + " No variable."
	}
	return text + " Variable: `" + strings.Join(names, "`, else `") + "`."
}
