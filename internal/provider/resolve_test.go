// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/auth"
)

// usual is an environment with everything that is required.
func usual(more map[string]string) map[string]string {
	env := map[string]string{"HW_REGION_NAME": "cn-north-4", "HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "SK"}
	maps.Copy(env, more)
	return env
}

func resolveIn(t *testing.T, block block, env map[string]string) (settings, diag.Diagnostics) {
	t.Helper()
	return resolve(t.Context(), block, func(name string) string { return env[name] })
}

func mustResolve(t *testing.T, block block, env map[string]string) settings {
	t.Helper()
	got, diags := resolveIn(t, block, env)
	if diags.HasError() {
		t.Fatal(diags)
	}
	return got
}

func role(attributes map[string]attr.Value) types.Object {
	kinds := map[string]attr.Type{
		"agency_name": types.StringType, "domain_id": types.StringType, "domain_name": types.StringType, "duration": types.Int64Type,
	}
	all := map[string]attr.Value{
		"agency_name": types.StringNull(), "domain_id": types.StringNull(), "domain_name": types.StringNull(), "duration": types.Int64Null(),
	}
	maps.Copy(all, attributes)
	return types.ObjectValueMust(kinds, all)
}

func endpoints(of map[string]string) types.Map {
	elements := map[string]attr.Value{}
	for service, url := range of {
		elements[service] = types.StringValue(url)
	}
	return types.MapValueMust(types.StringType, elements)
}

// home is a home directory with a credentials file of the SDK and a configuration file of hcloud.
func home(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for file, content := range map[string]string{
		".huaweicloud/credentials": "[basic]\nak = FILEAK\nsk = FILESK\nproject_id = fileproject\niam_endpoint = iam.of-the-file.example.com\n",
		".hcloud/config.json": `{"current":"main","profiles":[
			{"name":"main","mode":"AKSK","accessKeyId":"MAINAK","secretAccessKey":"MAINSK","region":"eu-west-101","projectId":"mainproject"},
			{"name":"agency","mode":"AKSK","accessKeyId":"AGENCYAK","secretAccessKey":"AGENCYSK","agencyName":"etl","agencyDomainName":"data"}]}`,
	} {
		full := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestKeysComeFromTheFirstPlaceThatHasAny is the order of sources: every case has all the places behind it too.
func TestKeysComeFromTheFirstPlaceThatHasAny(t *testing.T) {
	t.Parallel()
	dir := home(t)
	arguments := block{
		AccessKey: types.StringValue("ARGAK"), SecretKey: types.StringValue("ARGSK"), SecurityToken: types.StringValue("ARGTOKEN"),
	}
	env := map[string]string{
		"HW_REGION_NAME": "cn-north-4", "HOME": dir, "HW_USE_INSTANCE_METADATA": "true",
		"HW_ACCESS_KEY": "HWAK", "HW_SECRET_KEY": "HWSK", "HW_SECURITY_TOKEN": "HWTOKEN",
		"OS_ACCESS_KEY": "OSAK", "OS_SECRET_KEY": "OSSK", "OS_SECURITY_TOKEN": "OSTOKEN",
		"HUAWEICLOUD_SDK_AK": "SDKAK", "HUAWEICLOUD_SDK_SK": "SDKSK", "HUAWEICLOUD_SDK_SECURITY_TOKEN": "SDKTOKEN",
		"HW_SHARED_CONFIG_FILE": "~/.hcloud/config.json",
	}
	tests := []struct {
		place   string
		without []string // what has gone from the environment, besides what went before
		want    auth.Credentials
	}{
		{"arguments", nil, auth.Credentials{AccessKey: "ARGAK", SecretKey: "ARGSK", SecurityToken: "ARGTOKEN"}},
		{"HW_ variables", nil, auth.Credentials{AccessKey: "HWAK", SecretKey: "HWSK", SecurityToken: "HWTOKEN"}},
		{"OS_ variables", []string{"HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN"},
			auth.Credentials{AccessKey: "OSAK", SecretKey: "OSSK", SecurityToken: "OSTOKEN"}},
		{"SDK variables", []string{"OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_SECURITY_TOKEN"},
			auth.Credentials{AccessKey: "SDKAK", SecretKey: "SDKSK", SecurityToken: "SDKTOKEN"}},
		{"hcloud's file", []string{"HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"},
			auth.Credentials{AccessKey: "MAINAK", SecretKey: "MAINSK"}},
		{"the SDK's file", []string{"HW_SHARED_CONFIG_FILE"}, auth.Credentials{AccessKey: "FILEAK", SecretKey: "FILESK"}},
		{"metadata", []string{"HOME"}, auth.Credentials{}},
	}
	for i, test := range tests {
		for _, name := range test.without {
			delete(env, name)
		}
		written := block{}
		if i == 0 {
			written = arguments
		}
		got := mustResolve(t, written, env)
		if got.identity.Credentials != test.want || got.identity.metadata != (test.place == "metadata") {
			t.Errorf("%s: got %v, metadata %t, want %v", test.place, got.identity.Credentials, got.identity.metadata, test.want)
		}
	}
}

func TestFilesGiveWhatGoesWithTheirKeysOnly(t *testing.T) {
	t.Parallel()
	dir := home(t)
	sdkFile := filepath.Join(dir, ".huaweicloud/credentials")
	hcloudFile := filepath.Join(dir, ".hcloud/config.json")
	tests := map[string]struct {
		env                    map[string]string
		block                  block
		region, project, agent string
	}{
		"hcloud's profile":              {env: map[string]string{"HW_SHARED_CONFIG_FILE": hcloudFile}, region: "eu-west-101", project: "mainproject"},
		"region and project set before": {env: map[string]string{"HW_SHARED_CONFIG_FILE": hcloudFile, "HW_REGION_NAME": "r", "HW_PROJECT_ID": "p"}, region: "r", project: "p"},
		"a project by name before it":   {env: map[string]string{"HW_SHARED_CONFIG_FILE": hcloudFile, "HW_PROJECT_NAME": "n"}, region: "eu-west-101"},
		"profile by variable":           {env: map[string]string{"HW_SHARED_CONFIG_FILE": hcloudFile, "HW_REGION_NAME": "r", "HW_PROFILE": "agency"}, region: "r", agent: "etl"},
		"profile by argument": {env: map[string]string{"HW_REGION_NAME": "r", "HW_PROFILE": "main"},
			block: block{SharedConfigFile: types.StringValue(hcloudFile), Profile: types.StringValue("agency")}, region: "r", agent: "etl"},
		"agency set before": {env: map[string]string{"HW_SHARED_CONFIG_FILE": hcloudFile, "HW_REGION_NAME": "r", "HW_PROFILE": "agency",
			"HW_ASSUME_ROLE_AGENCY_NAME": "other", "HW_ASSUME_ROLE_DOMAIN_ID": "d"}, region: "r", agent: "other"},
		"keys from elsewhere":          {env: usual(map[string]string{"HW_SHARED_CONFIG_FILE": hcloudFile, "HW_PROFILE": "agency"}), region: "cn-north-4"},
		"the SDK's file, by name":      {env: map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": sdkFile, "HW_REGION_NAME": "r"}, region: "r", project: "fileproject"},
		"the SDK's file, in its place": {env: map[string]string{"HOME": dir, "HW_REGION_NAME": "r"}, region: "r", project: "fileproject"},
		"a home on Windows":            {env: map[string]string{"USERPROFILE": dir, "HW_REGION_NAME": "r"}, region: "r", project: "fileproject"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := mustResolve(t, test.block, test.env)
			if got.region != test.region || got.projectID != test.project || got.agency.Name != test.agent {
				t.Errorf("got region %q, project %q, agency %q", got.region, got.projectID, got.agency.Name)
			}
		})
	}
}

func TestArgumentGoesBeforeItsVariablesInTheirOrder(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		write func(*block, string)
		read  func(settings) string
	}{
		"region":     {func(b *block, s string) { b.Region = types.StringValue(s) }, func(s settings) string { return s.region }},
		"project_id": {func(b *block, s string) { b.ProjectID = types.StringValue(s) }, func(s settings) string { return s.projectID }},
		"project_name": {func(b *block, s string) { b.ProjectName = types.StringValue(s) },
			func(s settings) string { return s.projectName }},
		"cloud": {func(b *block, s string) { b.Cloud = types.StringValue(s) },
			func(s settings) string { return strings.TrimPrefix(s.endpoints.DLI, "https://dli.cn-north-4.") }},
		"auth_url": {func(b *block, s string) { b.AuthURL = types.StringValue("https://" + s + "/v3") },
			func(s settings) string { return strings.TrimPrefix(s.endpoints.IAM, "https://") }},
		"assume_role.agency_name": {func(b *block, s string) {
			b.AssumeRole = role(map[string]attr.Value{"agency_name": types.StringValue(s), "domain_id": types.StringValue("d")})
		}, func(s settings) string { return s.agency.Name }},
		"assume_role.domain_id": {func(b *block, s string) {
			b.AssumeRole = role(map[string]attr.Value{"agency_name": types.StringValue("a"), "domain_id": types.StringValue(s)})
		}, func(s settings) string { return s.agency.DomainID }},
		"assume_role.domain_name": {func(b *block, s string) {
			b.AssumeRole = role(map[string]attr.Value{"agency_name": types.StringValue("a"), "domain_name": types.StringValue(s)})
		}, func(s settings) string { return s.agency.DomainName }},
	}
	for argument, test := range tests {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			env := usual(nil)
			switch argument {
			case "assume_role.agency_name":
				env["HW_ASSUME_ROLE_DOMAIN_ID"] = "d"
			case "assume_role.domain_id", "assume_role.domain_name":
				env["HW_ASSUME_ROLE_AGENCY_NAME"] = "a"
			case "region":
				delete(env, "HW_REGION_NAME")
			}
			for _, name := range slices.Backward(variables(argument)) {
				text := "x-" + strings.ReplaceAll(strings.ToLower(name), "_", "-")
				env[name] = text
				if argument == "auth_url" {
					env[name] = "https://" + text
				}
				if got := test.read(mustResolve(t, block{}, env)); got != text {
					t.Errorf("with %s: got %q, want %q", name, got, text)
				}
			}
			var written block
			test.write(&written, "argument")
			if got := test.read(mustResolve(t, written, env)); got != "argument" {
				t.Errorf("with the argument: got %q", got)
			}
		})
	}
}

func TestEndpointsOfTheSDKStandBehindThoseOfTheBlock(t *testing.T) {
	t.Parallel()
	file := map[string]string{"HOME": home(t), "HW_REGION_NAME": "cn-north-4"}
	with := func(env map[string]string, name, value string) map[string]string {
		more := maps.Clone(env)
		more[name] = value
		return more
	}
	const dliVariable = "HUAWEICLOUD_SDK_REGION_DLI_CN_NORTH_4"
	tests := map[string]struct {
		env      map[string]string
		block    block
		dli, iam string
	}{
		"none": {env: usual(nil), dli: "https://dli.cn-north-4.myhuaweicloud.com", iam: "https://iam.cn-north-4.myhuaweicloud.com"},
		"IAM by variable, without a scheme": {env: usual(map[string]string{sdkIAMVariable: "iam.example.com/v3"}),
			dli: "https://dli.cn-north-4.myhuaweicloud.com", iam: "https://iam.example.com"},
		"IAM by the file of the keys": {env: file, dli: "https://dli.cn-north-4.myhuaweicloud.com", iam: "https://iam.of-the-file.example.com"},
		"IAM by variable and file": {env: with(file, sdkIAMVariable, "http://iam.example.com"),
			dli: "https://dli.cn-north-4.myhuaweicloud.com", iam: "http://iam.example.com"},
		"the first of DLI's": {env: usual(map[string]string{dliVariable: "https://one.example.com,https://two.example.com"}),
			dli: "https://one.example.com", iam: "https://iam.cn-north-4.myhuaweicloud.com"},
		"of another region": {env: with(usual(map[string]string{dliVariable: "https://one.example.com"}), "HW_REGION_NAME", "cn-south-1"),
			dli: "https://dli.cn-south-1.myhuaweicloud.com", iam: "https://iam.cn-south-1.myhuaweicloud.com"},
		"the block": {env: with(with(file, sdkIAMVariable, "no.example.com"), dliVariable, "https://no.example.com"),
			block: block{AuthURL: types.StringValue("https://iam.block.example.com"), Endpoints: endpoints(map[string]string{"dli": "https://dli.block.example.com"})},
			dli:   "https://dli.block.example.com", iam: "https://iam.block.example.com"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := mustResolve(t, test.block, test.env).endpoints
			if diff := cmp.Diff(auth.Endpoints{DLI: test.dli, IAM: test.iam}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFlagsAndNumbers(t *testing.T) {
	t.Parallel()
	type values struct {
		insecure bool
		retries  int
		duration time.Duration
	}
	tests := map[string]struct {
		block block
		env   map[string]string
		want  values
	}{
		"defaults": {want: values{retries: 5}},
		"variables": {env: map[string]string{"HW_INSECURE": "true", "HW_MAX_RETRIES": "0", "HW_ASSUME_ROLE_AGENCY_NAME": "a",
			"HW_ASSUME_ROLE_DOMAIN_ID": "d", "HW_ASSUME_ROLE_DURATION": "900"}, want: values{insecure: true, duration: 15 * time.Minute}},
		"twin":                    {env: map[string]string{"OS_INSECURE": "1"}, want: values{insecure: true, retries: 5}},
		"twin behind its sibling": {env: map[string]string{"HW_INSECURE": "false", "OS_INSECURE": "true"}, want: values{retries: 5}},
		"arguments": {
			block: block{Insecure: types.BoolValue(false), MaxRetries: types.Int64Value(3), AssumeRole: role(map[string]attr.Value{
				"agency_name": types.StringValue("a"), "domain_id": types.StringValue("d"), "duration": types.Int64Value(7200),
			})},
			env:  map[string]string{"HW_INSECURE": "true", "HW_MAX_RETRIES": "9", "HW_ASSUME_ROLE_DURATION": "900"},
			want: values{retries: 3, duration: 2 * time.Hour},
		},
		"default duration": {env: map[string]string{"HW_ASSUME_ROLE_AGENCY_NAME": "a", "HW_ASSUME_ROLE_DOMAIN_ID": "d"},
			want: values{retries: 5, duration: time.Hour}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := mustResolve(t, test.block, usual(test.env))
			have := values{got.insecure, got.maxRetries, got.agency.Duration}
			if got.agency.Name == "" {
				have.duration = 0
			}
			if diff := cmp.Diff(test.want, have, cmp.AllowUnexported(values{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestProjectOfAnArgumentGoesBeforeEveryVariable(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		block    block
		env      map[string]string
		id, name string
	}{
		"nothing":                  {name: "cn-north-4"},
		"both variables":           {env: map[string]string{"HW_PROJECT_ID": "p", "HW_PROJECT_NAME": "n"}, id: "p"},
		"a name over a variable":   {block: block{ProjectName: types.StringValue("mine")}, env: map[string]string{"HW_PROJECT_ID": "p"}, name: "mine"},
		"an id over both":          {block: block{ProjectID: types.StringValue("mine")}, env: map[string]string{"HW_PROJECT_NAME": "n"}, id: "mine"},
		"an account over the name": {block: block{}, env: map[string]string{"OS_TENANT_NAME": "t"}, name: "t"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := mustResolve(t, test.block, usual(test.env))
			if got.projectID != test.id || got.projectName != test.name {
				t.Errorf("got id %q, name %q", got.projectID, got.projectName)
			}
		})
	}
}

func TestAccountOfTheAgencyComesFromOnePlace(t *testing.T) {
	t.Parallel()
	env := usual(map[string]string{"HW_ASSUME_ROLE_AGENCY_NAME": "a", "HW_ASSUME_ROLE_DOMAIN_ID": "d"})
	got := mustResolve(t, block{AssumeRole: role(map[string]attr.Value{"domain_name": types.StringValue("data")})}, env)
	want := auth.Agency{Name: "a", DomainName: "data", Duration: time.Hour}
	if diff := cmp.Diff(want, got.agency); diff != "" {
		t.Error(diff)
	}
}

// TestFaultIsOneErrorOnItsArgument lists for each fault its path and what its text must name.
func TestFaultIsOneErrorOnItsArgument(t *testing.T) {
	t.Parallel()
	unknown := types.StringUnknown()
	missingFile := filepath.Join(t.TempDir(), "nothing")
	badFile := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(badFile, []byte("[basic]\nak = AK\nsk = hush\niam_endpoint = ftp://iam\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	text := types.StringValue
	tests := map[string]struct {
		block block
		env   map[string]string // besides the usual; an empty value takes one away
		at    string
		names []string
	}{
		"no region":         {env: map[string]string{"HW_REGION_NAME": ""}, at: "region", names: []string{"region", "HW_REGION_NAME"}},
		"a region of none":  {block: block{Region: text("cn north")}, at: "region", names: []string{"cn north", "argument region"}},
		"unknown region":    {block: block{Region: unknown}, at: "region", names: []string{"HW_REGION_NAME", "-target"}},
		"unknown key":       {block: block{AccessKey: unknown}, at: "access_key", names: []string{"HW_ACCESS_KEY"}},
		"unknown token":     {block: block{SecurityToken: unknown}, at: "security_token", names: []string{"HW_SECURITY_TOKEN"}},
		"unknown project":   {block: block{ProjectID: unknown}, at: "project_id", names: []string{"HW_PROJECT_ID"}},
		"unknown cloud":     {block: block{Cloud: unknown}, at: "cloud", names: []string{"HW_CLOUD"}},
		"unknown auth_url":  {block: block{AuthURL: unknown}, at: "auth_url", names: []string{"HW_AUTH_URL"}},
		"unknown endpoints": {block: block{Endpoints: types.MapUnknown(types.StringType)}, at: "endpoints", names: []string{"-target"}},
		"unknown endpoint": {block: block{Endpoints: types.MapValueMust(types.StringType, map[string]attr.Value{"dli": unknown})},
			at: "endpoints", names: []string{"-target"}},
		"unknown insecure": {block: block{Insecure: types.BoolUnknown()}, at: "insecure", names: []string{"HW_INSECURE"}},
		"unknown retries":  {block: block{MaxRetries: types.Int64Unknown()}, at: "max_retries", names: []string{"HW_MAX_RETRIES"}},
		"unknown rate":     {block: block{MaxRequestsPerSecond: types.Float64Unknown()}, at: "max_requests_per_second", names: []string{"-target"}},
		"unknown role":     {block: block{AssumeRole: types.ObjectUnknown(nil)}, at: "assume_role", names: []string{"-target"}},
		"unknown agency": {block: block{AssumeRole: role(map[string]attr.Value{"agency_name": unknown, "domain_id": text("d")})},
			at: "assume_role.agency_name", names: []string{"HW_ASSUME_ROLE_AGENCY_NAME"}},
		"unknown account": {block: block{AssumeRole: role(map[string]attr.Value{"agency_name": text("a"), "domain_id": unknown})},
			at: "assume_role.domain_id", names: []string{"HW_ASSUME_ROLE_DOMAIN_ID"}},

		"only an access key":          {block: block{AccessKey: text("AK")}, at: "secret_key", names: []string{"access_key", "secret_key", "together"}},
		"only a secret key":           {block: block{SecretKey: text("hush")}, at: "access_key", names: []string{"access_key", "secret_key"}},
		"only a token":                {block: block{SecurityToken: text("hush")}, at: "access_key", names: []string{"security_token", "access_key", "secret_key"}},
		"half a pair in a variable":   {env: map[string]string{"HW_SECRET_KEY": "", "OS_SECRET_KEY": "hush"}, at: "secret_key", names: []string{"HW_ACCESS_KEY", "HW_SECRET_KEY"}},
		"half a pair, for the SDK":    {env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HUAWEICLOUD_SDK_SK": "hush"}, at: "access_key", names: []string{"HUAWEICLOUD_SDK_AK"}},
		"a token beside other keys":   {block: block{AccessKey: text("AK"), SecretKey: text("hush")}, env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HW_SECURITY_TOKEN": "hush"}, at: "security_token", names: []string{"HW_SECURITY_TOKEN", "unset"}},
		"a profile of no file":        {block: block{Profile: text("main")}, at: "profile", names: []string{"shared_config_file", "HW_SHARED_CONFIG_FILE"}},
		"a file that is not there":    {block: block{SharedConfigFile: text(missingFile)}, env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": ""}, at: "shared_config_file", names: []string{missingFile, "HW_SHARED_CONFIG_FILE"}},
		"an SDK file not there":       {env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HUAWEICLOUD_SDK_CREDENTIALS_FILE": missingFile}, at: "access_key", names: []string{missingFile, "HW_ACCESS_KEY"}},
		"two names for a project":     {block: block{ProjectID: text("p"), ProjectName: text("n")}, at: "project_name", names: []string{"project_id"}},
		"a role without an agency":    {block: block{AssumeRole: role(map[string]attr.Value{"domain_id": text("d")})}, at: "assume_role.agency_name", names: []string{"HW_ASSUME_ROLE_AGENCY_NAME"}},
		"an account for no agency":    {env: map[string]string{"HW_ASSUME_ROLE_DOMAIN_NAME": "d"}, at: "assume_role.agency_name", names: []string{"HW_ASSUME_ROLE_AGENCY_NAME"}},
		"a role without an account":   {env: map[string]string{"HW_ASSUME_ROLE_AGENCY_NAME": "a"}, at: "assume_role.domain_name", names: []string{"HW_ASSUME_ROLE_DOMAIN_NAME", "domain_id"}},
		"an empty role":               {block: block{AssumeRole: role(nil)}, at: "assume_role.agency_name", names: []string{"HW_ASSUME_ROLE_AGENCY_NAME"}},
		"two names for an account":    {block: block{AssumeRole: role(map[string]attr.Value{"agency_name": text("a"), "domain_id": text("d"), "domain_name": text("n")})}, at: "assume_role.domain_name", names: []string{"domain_id", "Remove"}},
		"a duration of no number":     {env: map[string]string{"HW_ASSUME_ROLE_AGENCY_NAME": "a", "HW_ASSUME_ROLE_DOMAIN_ID": "d", "HW_ASSUME_ROLE_DURATION": "1h"}, at: "assume_role.duration", names: []string{"HW_ASSUME_ROLE_DURATION", "900", "86400"}},
		"a duration too short":        {env: map[string]string{"HW_ASSUME_ROLE_AGENCY_NAME": "a", "HW_ASSUME_ROLE_DOMAIN_ID": "d", "HW_ASSUME_ROLE_DURATION": "899"}, at: "assume_role.duration", names: []string{"HW_ASSUME_ROLE_DURATION"}},
		"a flag of no kind":           {env: map[string]string{"OS_INSECURE": "maybe"}, at: "insecure", names: []string{"OS_INSECURE", "maybe"}},
		"metadata of no kind":         {env: map[string]string{"HW_USE_INSTANCE_METADATA": "on"}, at: "use_instance_metadata", names: []string{"HW_USE_INSTANCE_METADATA"}},
		"retries of no number":        {env: map[string]string{"HW_MAX_RETRIES": "many"}, at: "max_retries", names: []string{"HW_MAX_RETRIES", "100"}},
		"too many retries":            {env: map[string]string{"HW_MAX_RETRIES": "101"}, at: "max_retries", names: []string{"HW_MAX_RETRIES"}},
		"a cloud of none":             {env: map[string]string{"HW_CLOUD": "https://x"}, at: "cloud", names: []string{"HW_CLOUD", "https://x"}},
		"a DLI endpoint of none":      {env: map[string]string{"HUAWEICLOUD_SDK_REGION_DLI_CN_NORTH_4": "dli"}, at: `endpoints["dli"]`, names: []string{"HUAWEICLOUD_SDK_REGION_DLI_CN_NORTH_4"}},
		"an IAM of the keys' file":    {env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HUAWEICLOUD_SDK_CREDENTIALS_FILE": badFile}, at: "auth_url", names: []string{"auth_url of the file", "ftp://iam"}},
		"an auth_url of none":         {env: map[string]string{"OS_AUTH_URL": "iam"}, at: "auth_url", names: []string{"environment variable OS_AUTH_URL is \"iam\""}},
		"an endpoint of none":         {block: block{Endpoints: endpoints(map[string]string{"dli": "dli"})}, at: `endpoints["dli"]`, names: []string{"endpoints.dli"}},
		"an endpoint of another":      {block: block{Endpoints: endpoints(map[string]string{"ecs": "https://x"})}, at: `endpoints["ecs"]`, names: []string{"dli, iam and obs"}},
		"no certificates":             {block: block{CACertFile: text(missingFile)}, at: "cacert_file", names: []string{missingFile, "HW_CACERT_FILE", "PEM"}},
		"certificates of no kind":     {block: block{CACertFile: text("-----BEGIN nothing")}, at: "cacert_file", names: []string{"HW_CACERT_FILE", "BEGIN CERTIFICATE"}},
		"a file without certificates": {env: map[string]string{"OS_CACERT": os.DevNull}, at: "cacert_file", names: []string{"PEM"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := resolveIn(t, test.block, usual(test.env))
			wantOne(t, diags, test.at, test.names)
		})
	}
}

// wantOne expects one error, on that attribute, that names these and no secret.
func wantOne(t *testing.T, diags diag.Diagnostics, at string, names []string) {
	t.Helper()
	if len(diags) != 1 {
		t.Fatalf("got %d diagnostics: %v", len(diags), diags)
	}
	located, ok := diags[0].(diag.DiagnosticWithPath)
	if !ok || located.Path().String() != at {
		t.Errorf("got %v, want it on %s", diags[0], at)
	}
	for _, part := range names {
		if !strings.Contains(diags[0].Detail(), part) {
			t.Errorf("%q does not name %s", diags[0].Detail(), part)
		}
	}
	if strings.Contains(diags[0].Detail(), "hush") {
		t.Errorf("%q has a secret", diags[0].Detail())
	}
}

func TestMissingKeysAreOneErrorEach(t *testing.T) {
	t.Parallel()
	_, diags := resolveIn(t, block{}, map[string]string{"HW_REGION_NAME": "cn-north-4"})
	var at []string
	for _, one := range diags {
		at = append(at, one.(diag.DiagnosticWithPath).Path().String())
	}
	if diff := cmp.Diff([]string{"access_key", "secret_key"}, at); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFaultIsToldAtOnce(t *testing.T) {
	t.Parallel()
	_, diags := resolveIn(t, block{
		AccessKey: types.StringValue("AK"), CACertFile: types.StringValue("/nowhere/ca.pem"), AssumeRole: role(nil),
		Endpoints: endpoints(map[string]string{"dli": "x"}),
	}, map[string]string{"HW_REGION_NAME": "cn-north-4", "HW_MAX_RETRIES": "x", "HW_CLOUD": "/", "HW_INSECURE": "x"})
	if len(diags) != 7 {
		t.Errorf("got %d errors: %v", len(diags), diags)
	}
}
