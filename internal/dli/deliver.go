// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// PackageName is the name that the service gives to the package of an OBS path: its last segment.
func PackageName(obsPath string) string {
	return obsPath[strings.LastIndexByte(obsPath, '/')+1:]
}

// PackageNames are the names of the packages of the upload.
func (u Upload) PackageNames() []string {
	names := make([]string, 0, len(u.Paths))
	for _, obsPath := range u.Paths {
		names = append(names, PackageName(obsPath))
	}
	return names
}

// Deliver uploads packages and returns once the service has accepted all of them; it does not wait for READY.
//
// Before is the group as it was, nil for none. An upload whose answer is lost is looked for and not repeated blindly:
// what has arrived stays, what has not is uploaded again, as often as other calls are. That an upload overwrites
// makes the repetition safe.
func (c *Client) Deliver(ctx context.Context, upload Upload, before *Group) error {
	for attempt := 0; ; attempt++ {
		err := c.upload(ctx, upload)
		if err == nil || !IsUncertain(err) {
			return err
		}
		if pause(ctx, backoff(0, 0, attempt, nil)) != nil {
			return err
		}
		now, lookErr := c.GroupNow(ctx, upload.Group, upload.PackageNames())
		if lookErr != nil && !errors.Is(lookErr, ErrAbsent) {
			return fmt.Errorf("%w; the look for it failed too: %w", err, lookErr)
		}
		upload.Paths = slices.DeleteFunc(slices.Clone(upload.Paths), func(obsPath string) bool {
			return Arrived(PackageName(obsPath), before, now)
		})
		if len(upload.Paths) == 0 {
			return nil
		}
		if attempt >= c.connection.maxRetries {
			return err
		}
	}
}

// Arrived reports whether the package was uploaded between the two looks: it is new, or was written since. Where the
// service keeps no times nothing can be said, and the package counts as not arrived.
func Arrived(name string, before, now *Group) bool {
	found, ok := now.Package(name)
	if !ok || found.Status == StatusFailed {
		return false
	}
	earlier, existed := before.Package(name)
	begun := found.Status == StatusUploading && earlier.Status != StatusUploading
	return !existed || begun || found.Updated.After(earlier.Updated)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
