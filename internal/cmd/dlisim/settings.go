// SPDX-License-Identifier: MPL-2.0

package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// settings is what the flags say.
type settings struct {
	listen    string
	readyFile string
	failing   []string
	config    dlisim.Config
}

func parse(arguments []string, stderr io.Writer) (*settings, error) {
	s := &settings{config: dlisim.Config{Projects: make([]dlisim.Project, 1)}}
	flags := flag.NewFlagSet("dlisim", flag.ContinueOnError)
	flags.SetOutput(stderr)
	s.defineService(flags)
	defineBehaviour(flags, &s.config.Behaviour)
	if err := flags.Parse(arguments); err != nil {
		return nil, fmt.Errorf("reading the flags: %w", err)
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("dlisim takes flags only, not %q", flags.Arg(0))
	}
	return s, nil
}

func (s *settings) defineService(flags *flag.FlagSet) {
	c, project := &s.config, &s.config.Projects[0]
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8979", "`address` to serve; port 0 takes a free one")
	flags.StringVar(&s.readyFile, "ready-file", "", "`file` to write the base URL to, once it is served")
	flags.StringVar(&c.AccessKey, "access-key", dlisim.DefaultAccessKey, "the access `key` that is accepted")
	flags.StringVar(&c.SecretKey, "secret-key", dlisim.DefaultSecretKey, "the secret `key` that is accepted; not one of a real account")
	flags.StringVar(&c.SecurityToken, "security-token", "", "makes the keys temporary: the `token` each request must carry")
	flags.StringVar(&project.ID, "project-id", dlisim.DefaultProjectID, "the project's `id`")
	flags.StringVar(&project.Name, "region", dlisim.DefaultProjectName, "the region, which is the project's `name`")
	flags.StringVar(&c.User, "user", dlisim.DefaultUser, "the IAM user `name` behind the access key")
	flags.Func("users", "further IAM user `names`, separated by commas", list(&c.Users))
	flags.DurationVar(&c.UploadTime, "upload-time", 2*time.Second, "how long an asynchronous upload is UPLOADING")
	flags.Func("fail-uploads", "`names` of packages whose uploads end FAILED, separated by commas", list(&s.failing))
	flags.Func("objects", "the `URLs` of the OBS objects that exist, separated by commas; all do without this flag", list(&c.Objects))
	flags.DurationVar(&c.Latency, "latency", 0, "added to each request")
}

func list(into *[]string) func(string) error {
	return func(value string) error {
		*into = strings.Split(value, ",")
		return nil
	}
}

func defineBehaviour(flags *flag.FlagSet, b *dlisim.Behaviour) {
	flags.BoolVar(&b.UploadAnswers200, "upload-answers-200", false, "an upload answers 200 instead of 201")
	flags.BoolVar(&b.UploadAnswersWholeGroup, "upload-answers-whole-group", false, "an upload answers every package of the group")
	flags.BoolVar(&b.UploadAnswersZeroTimes, "upload-answers-zero-times", false, "an upload's details have times of 0")
	flags.BoolVar(&b.UUIDUnderlyingNames, "uuid-underlying-names", false, "underlying names begin with a uuid, new with each upload")
	flags.BoolVar(&b.UploadReplacesGroup, "upload-replaces-group", false, "an upload makes an existing group anew")
	flags.BoolVar(&b.OverwriteDropsTags, "overwrite-drops-tags", false, "an overwritten package loses its tags")
	flags.BoolVar(&b.LowerCaseStatus, "lower-case-status", false, "statuses are in lower case")
	flags.StringVar(&b.UnknownStatus, "unknown-status", "", "the `status` shown in the place of UPLOADING")
	flags.BoolVar(&b.BooleansAsStrings, "booleans-as-strings", false, "booleans in answers are strings")
	flags.BoolVar(&b.NoTimes, "no-times", false, "list and show have times of 0")
	flags.BoolVar(&b.NoTotal, "no-total", false, "the listing has no total")
	flags.BoolVar(&b.ShuffledListing, "shuffled-listing", false, "the listing has a new order each time")
	flags.Func("hide-groups", "`groups` that the listing leaves out, separated by commas", list(&b.HideGroups))
	flags.BoolVar(&b.AbsentIsBadRequest, "absent-is-bad-request", false, "what is missing is 400 DLI.0002 instead of 404 DLI.0023")
	flags.BoolVar(&b.EmptiedGroupVanishes, "emptied-group-vanishes", false, "a group goes with its last package")
	flags.BoolVar(&b.OwnerChangeReachesPackages, "owner-change-reaches-packages", false, "a group's new owner gets its packages")
	flags.Func("tag-read", "how a read of tags is answered: `normal, not-found, bad-request or empty`", tagRead(&b.TagRead))
	flags.BoolVar(&b.TagCreateKeepsExisting, "tag-create-keeps-existing", false, "setting a tag that is there keeps its value")
	flags.BoolVar(&b.BulkTagFilter, "bulk-tag-filter", false, "tags of all packages can be read in one call")
}

func tagRead(into *dlisim.TagRead) func(string) error {
	modes := map[string]dlisim.TagRead{
		"normal":      dlisim.TagReadNormal,
		"not-found":   dlisim.TagReadNotFound,
		"bad-request": dlisim.TagReadBadRequest,
		"empty":       dlisim.TagReadEmpty,
	}
	return func(value string) error {
		mode, known := modes[value]
		if !known {
			return fmt.Errorf("%q is not one of normal, not-found, bad-request, empty", value)
		}
		*into = mode
		return nil
	}
}
