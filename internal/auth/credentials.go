// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// ErrNoCredentials means that a source gave an empty access key or secret key.
var ErrNoCredentials = errors.New("the access key or the secret key is empty")

// ErrRefused means that the keys were answered with 401 before.
var ErrRefused = errors.New("the service has refused these keys before, and more refusals would lock them")

// Credentials are an access key pair. Printed, logged or marshalled they show the first characters of the access key
// and nothing else. That protection ends where fmt cannot call methods: never keep them in an unexported field of a
// struct that may be printed.
type Credentials struct {
	AccessKey string
	SecretKey string
	// SecurityToken belongs to a temporary key pair and is empty for a permanent one.
	SecurityToken string
}

// String names the credentials without giving them away.
func (c Credentials) String() string {
	return fmt.Sprintf("Credentials{AccessKey: %s, SecretKey: %s, SecurityToken: %s}",
		hint(c.AccessKey), redacted(c.SecretKey), redacted(c.SecurityToken))
}

// GoString is String, for %#v.
func (c Credentials) GoString() string { return c.String() }

// Format is String under every verb; %d and %x would otherwise bypass it.
func (c Credentials) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, c.String()) }

// LogValue is String, for slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText is String, for encoding/json and other encoders.
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// hint shows too little of an access key to use it and enough to tell which one it is.
func hint(accessKey string) string {
	const shown, shortest = 4, 16
	if len(accessKey) < shortest {
		return redacted(accessKey)
	}
	return accessKey[:shown] + "(redacted)"
}

func redacted(secret string) string {
	if secret == "" {
		return "(none)"
	}
	return "(redacted)"
}

// Source gives the credentials for one request. It is called for every attempt, from many goroutines at once, so a
// source of temporary keys renews them behind its own lock.
type Source interface {
	Credentials(ctx context.Context) (Credentials, error)
}

// sourceFunc keeps what it knows in a closure, where no print verb reaches.
type sourceFunc func(ctx context.Context) (Credentials, error)

func (f sourceFunc) Credentials(ctx context.Context) (Credentials, error) { return f(ctx) }

// Static is the source of one fixed key pair.
func Static(credentials Credentials) Source {
	return sourceFunc(func(context.Context) (Credentials, error) { return credentials, nil })
}
