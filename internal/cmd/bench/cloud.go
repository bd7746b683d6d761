// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// cloud is a simulator on a port of loopback.
type cloud struct {
	*dlisim.Simulator
	url    string
	server *http.Server
}

// newCloud starts a simulator whose asynchronous uploads take uploadTime. Its caller closes it.
func (b *bench) newCloud(ctx context.Context, uploadTime time.Duration) (*cloud, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serving the simulator: %w", err)
	}
	simulator := dlisim.New(dlisim.Config{
		Latency: b.latency, UploadTime: uploadTime, Behaviour: dlisim.Behaviour{BulkTagFilter: true},
	})
	server := &http.Server{Handler: simulator, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with close; a failure before shows in the CLI's run
	return &cloud{Simulator: simulator, url: "http://" + listener.Addr().String(), server: server}, nil
}

func (c *cloud) close() { _ = c.server.Close() }

// environment leads the provider into the simulator.
func (c *cloud) environment() []string {
	return []string{
		"HW_REGION_NAME=" + dlisim.DefaultProjectName,
		"HW_PROJECT_ID=" + dlisim.DefaultProjectID,
		"HW_ACCESS_KEY=" + dlisim.DefaultAccessKey,
		"HW_SECRET_KEY=" + dlisim.DefaultSecretKey,
	}
}
