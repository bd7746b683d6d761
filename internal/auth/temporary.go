// SPDX-License-Identifier: MPL-2.0

package auth

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// renewalMargin is how long before their end temporary keys are renewed. They last 15 minutes at least
	// (documented), and an upload takes two.
	renewalMargin = 5 * time.Minute
	// renewalPause is how long nobody asks again after a request for keys. Five refusals lock the key that asked
	// (documented: API gateway), and calls that wait for keys are repeated.
	renewalPause = time.Minute
	// renewalPatience bounds a request for new keys while the old ones are valid: a call that waits for it has a minute.
	renewalPatience = 20 * time.Second
)

// Temporary are credentials that end.
type Temporary struct {
	Credentials

	Expires time.Time
}

// renewed is a source that asks fetch for keys when it has none and before those it has end. One caller asks and the
// others wait, each until its own context ends. While keys are still valid a failure to renew them is nobody's error.
func renewed(fetch func(context.Context) (Temporary, error), now func() time.Time) Source {
	var (
		held      Temporary
		failure   error
		nextAsked time.Time
		turn      = make(chan struct{}, 1) // guards what is above
	)
	return sourceFunc(func(ctx context.Context) (Credentials, error) {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return Credentials{}, context.Cause(ctx)
		}
		if asked := now(); !asked.Before(held.Expires.Add(-renewalMargin)) && !asked.Before(nextAsked) {
			asking, cancel := ctx, func() {}
			if asked.Before(held.Expires) {
				asking, cancel = context.WithTimeout(ctx, renewalPatience)
			}
			fetched, err := fetch(asking)
			cancel()
			if ctx.Err() != nil {
				return Credentials{}, context.Cause(ctx) // this caller left; the next one asks anew
			}
			nextAsked, failure = now().Add(renewalPause), err
			if err == nil {
				held = fetched
			}
		}
		if now().Before(held.Expires) {
			return held.Credentials, nil
		}
		if failure == nil {
			failure = fmt.Errorf("they ended at %s: check the clock of this machine", held.Expires.Format(time.RFC3339))
		}
		return Credentials{}, fmt.Errorf("no valid temporary keys: %w", failure)
	})
}

// temporaryWire is the answer of IAM and of the instance metadata alike.
type temporaryWire struct {
	Credential struct {
		AccessKey     string    `json:"access"`
		SecretKey     string    `json:"secret"`
		SecurityToken string    `json:"securitytoken"`
		Expires       time.Time `json:"expires_at"`
	} `json:"credential"`
}

func (w temporaryWire) temporary() (Temporary, error) {
	keys := Temporary{
		Credentials: Credentials{
			AccessKey:     w.Credential.AccessKey,
			SecretKey:     w.Credential.SecretKey,
			SecurityToken: w.Credential.SecurityToken,
		},
		Expires: w.Credential.Expires,
	}
	if keys.AccessKey == "" || keys.SecretKey == "" || keys.SecurityToken == "" || keys.Expires.IsZero() {
		return Temporary{}, errors.New("the answer lacks access, secret, securitytoken or expires_at")
	}
	return keys, nil
}
