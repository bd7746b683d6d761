// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"testing"
)

type key struct{}

func TestALentContextIsTheLendersUntilItIsReleased(t *testing.T) {
	t.Parallel()
	lender, end := context.WithCancel(context.WithValue(t.Context(), key{}, "loggers"))
	borrowed, release := lend(lender)
	child, cancel := context.WithCancel(borrowed)
	defer cancel()
	if borrowed.Value(key{}) != "loggers" || child.Err() != nil {
		t.Errorf("a borrowed context has %v and ended with %v", borrowed.Value(key{}), child.Err())
	}
	end()
	if child.Err() == nil {
		t.Error("the end of the lender's context does not reach the borrower's")
	}
	release()
	if borrowed.Value(key{}) != nil || borrowed.Err() == nil {
		t.Errorf("a context that was given back still has %v", borrowed.Value(key{}))
	}
}
