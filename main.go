// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-dli serves the provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger, and print how Terraform finds this process")
	flag.Parse()
	err := providerserver.Serve(context.Background(), func() frameworkprovider.Provider { return provider.New(version) },
		providerserver.ServeOpts{
			Address: "registry.terraform.io/terraform-provider-dli/dli",
			Debug:   *debug,
		})
	if err != nil {
		log.Fatal(err)
	}
}
