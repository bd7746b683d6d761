// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err == nil {
		return
	}
	if !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "dlisim:", err)
	}
	os.Exit(1)
}

// run serves until the context ends. What a user has to set goes to stdout, the
// line of each request to stderr.
func run(ctx context.Context, arguments []string, stdout, stderr io.Writer) error {
	settings, err := parse(arguments, stderr)
	if err != nil {
		return err
	}
	settings.config.Log = stderr
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", settings.listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s, choose another address with -listen: %w", settings.listen, err)
	}
	url := "http://" + listener.Addr().String()
	if settings.readyFile != "" {
		if err := os.WriteFile(settings.readyFile, []byte(url+"\n"), 0o600); err != nil {
			return errors.Join(fmt.Errorf("cannot write the URL to the -ready-file: %w", err), listener.Close())
		}
	}
	if err := greet(stdout, url, settings); err != nil {
		return errors.Join(err, listener.Close())
	}
	simulator := dlisim.New(settings.config)
	simulator.FailUpload(settings.failing...)
	return serve(ctx, listener, simulator)
}

// serve ends the requests under way when the context ends, the hanging ones too.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := server.Shutdown(grace)
	if served := <-stopped; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
