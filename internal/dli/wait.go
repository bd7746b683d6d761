// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// How often a wait looks. The first looks are close together because small packages are ready at once; the last
// value keeps the median between READY and the return under half a second. All waits of a process share their looks.
const (
	firstInterval   = 250 * time.Millisecond
	longestInterval = 800 * time.Millisecond
)

// mostFailedLooks is how many looks in a row may fail, each retried in itself, before a wait gives up.
const mostFailedLooks = 3

// WaitError is a wait for READY that ended otherwise.
type WaitError struct {
	// Group is what was seen last; nil when nothing was.
	Group *Group
	// Failed are the packages that the service could not copy. The API gives no reason.
	Failed []string
	// Pending are the packages that were not READY yet, with their last status; "" for one that has none or never showed up.
	Pending map[string]Status
	// Cause is why the wait ended: the context's error, or the last look's; nil when packages failed.
	Cause error
	// LastLook is the error of the last look that failed and was followed by others; it may be nil.
	LastLook error
	// Unseen is true when no look at the group ever succeeded.
	Unseen bool
}

func (e *WaitError) Error() string {
	var parts []string
	if len(e.Failed) > 0 {
		parts = append(parts, "the upload of "+Names(e.Failed)+" FAILED")
	}
	if e.Cause != nil {
		parts = append(parts, "the wait ended: "+e.Cause.Error())
	}
	pending := sortedKeys(e.Pending)
	for _, name := range pending[:min(len(pending), mostNames)] {
		parts = append(parts, strconv.Quote(name)+" "+e.describe(name))
	}
	if more := len(pending) - mostNames; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	if e.LastLook != nil {
		parts = append(parts, "the last error was: "+e.LastLook.Error())
	}
	return strings.Join(parts, "; ")
}

// Unwrap returns why the wait ended.
func (e *WaitError) Unwrap() error { return e.Cause }

// describe says how a pending package was seen last.
func (e *WaitError) describe(name string) string {
	status := e.Pending[name]
	_, there := e.Group.Package(name)
	switch {
	case e.Unseen:
		return "was not looked at yet"
	case !there:
		return "never showed up in the group"
	case status == "":
		return "is in the group without a status"
	case status == StatusUploading, status == StatusReady, status == StatusFailed:
		return "is " + string(status)
	default:
		return fmt.Sprintf("has the unknown status %q", string(status))
	}
}

// WaitReady waits until every named package of the group is READY and returns the group. It ends with a *WaitError
// when one is FAILED, when the context ends, or when the service cannot be asked any more. A status that is not
// documented counts as not ready yet.
func (c *Client) WaitReady(ctx context.Context, group string, names []string) (*Group, error) {
	var last *Group
	looked := false
	err := c.watch(ctx, group, names, func(found *Group) (bool, error) {
		last, looked = found, true
		failed, pending := sortByStatus(found, names)
		if len(failed) > 0 {
			return false, &WaitError{Failed: failed, Pending: pending}
		}
		return len(pending) == 0, nil
	})
	if err == nil {
		return last, nil
	}
	ended := asWaitError(err)
	ended.Group, ended.Unseen = last, !looked
	if len(ended.Failed) == 0 {
		_, ended.Pending = sortByStatus(last, names)
	}
	return last, ended
}

func asWaitError(err error) *WaitError {
	if ended, ok := errors.AsType[*WaitError](err); ok {
		return ended
	}
	return &WaitError{Cause: err}
}

// WaitGone waits until the group holds none of the named packages and returns what else it holds. It ends with a
// *WaitError whose Pending are the packages that are still there.
func (c *Client) WaitGone(ctx context.Context, group string, names []string) (*Group, error) {
	var last *Group
	var there map[string]Status
	err := c.watch(ctx, group, names, func(found *Group) (bool, error) {
		last, there = found, map[string]Status{}
		for _, name := range names {
			if found, ok := found.Package(name); ok {
				there[name] = found.Status
			}
		}
		return len(there) == 0, nil
	})
	if err != nil {
		ended := asWaitError(err)
		ended.Group, ended.Pending = last, there
		return last, ended
	}
	return last, nil
}

// sortByStatus returns the named packages that failed and those that are not READY for another reason.
func sortByStatus(group *Group, names []string) (failed []string, pending map[string]Status) {
	pending = map[string]Status{}
	for _, name := range names {
		found, _ := group.Package(name)
		switch found.Status {
		case StatusReady:
		case StatusFailed:
			failed = append(failed, name)
		default:
			pending[name] = found.Status
		}
	}
	return failed, pending
}

// watch looks at the group, nil when it is absent, until done says so or fails. Waits that saw the same listing look
// again at the same time, so that one listing serves them all.
func (c *Client) watch(ctx context.Context, name string, known []string, done func(*Group) (bool, error)) error {
	moment, interval, failures := c.listing.now(), firstInterval, 0
	var lastFailure error
	for {
		began := time.Now()
		group, seen, err := c.groupAfter(ctx, name, known, moment)
		switch {
		case ctx.Err() != nil:
			return &WaitError{Cause: ended(ctx), LastLook: lastFailure}
		case err == nil, errors.Is(err, ErrAbsent):
			failures = 0
			if finished, err := done(group); finished || err != nil {
				return err
			}
		case isPassing(err) && failures < mostFailedLooks:
			failures++
			lastFailure = err
		default:
			return err
		}
		if seen != nil {
			moment, began = seen.began, seen.at
		}
		if err := pause(ctx, time.Until(began.Add(interval))); err != nil {
			return &WaitError{Cause: err, LastLook: lastFailure}
		}
		interval = min(interval*3/2, longestInterval)
	}
}

// isPassing is true for errors that say nothing about the packages and may be gone at the next look.
func isPassing(err error) bool {
	answer, ok := errors.AsType[*APIError](err)
	return IsUncertain(err) || ok && answer.isThrottled()
}
