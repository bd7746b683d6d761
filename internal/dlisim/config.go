// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"io"
	"time"
)

// The credentials and the project that a Config without its own accepts.
const (
	DefaultAccessKey   = "SIMULATORACCESSKEY01"
	DefaultSecretKey   = "simulatorSecretKey0123456789abcdefghijkl"
	DefaultProjectID   = "0123456789abcdef0123456789abcdef"
	DefaultProjectName = "cn-north-4"
	DefaultUser        = "simulator"
)

// Project is one project that IAM knows; a project of a region has the region's name.
type Project struct {
	ID   string
	Name string
}

// Agency is what another account lets the caller act as.
type Agency struct {
	Name string
	// DomainID and DomainName are the account that made it.
	DomainID   string
	DomainName string
}

// Config is what a simulator starts with. The zero Config is useful.
type Config struct {
	// AccessKey and SecretKey are the only credentials accepted, besides the temporary ones that the simulator gives.
	AccessKey string
	SecretKey string
	// SecurityToken, if set, makes the keys temporary: each request must carry it.
	SecurityToken string

	// User is the IAM user behind the access key, the owner of what it uploads.
	User string
	// Users are further IAM users; an owner can only be changed to one that exists.
	Users []string
	// Projects are what IAM knows. Set-up and snapshots speak of the first.
	Projects []Project
	// Agencies are what the caller may assume. With nil, every agency exists.
	Agencies []Agency
	// Objects are the URLs of the OBS objects that exist. With nil, every object exists.
	Objects []string

	// Now is the service's clock.
	Now func() time.Time
	// Latency is added to each request.
	Latency time.Duration
	// UploadTime is what an asynchronous upload takes from UPLOADING to READY or
	// FAILED; with 0 it is over at once. A synchronous upload is over when its call returns.
	UploadTime time.Duration

	Behaviour Behaviour
	// Log gets one line per request; nil is silence.
	Log io.Writer
}

func (c Config) withDefaults() Config {
	if c.AccessKey == "" {
		c.AccessKey = DefaultAccessKey
	}
	if c.SecretKey == "" {
		c.SecretKey = DefaultSecretKey
	}
	if c.User == "" {
		c.User = DefaultUser
	}
	if len(c.Projects) == 0 {
		c.Projects = []Project{{ID: DefaultProjectID, Name: DefaultProjectName}}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
