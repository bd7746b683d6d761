// SPDX-License-Identifier: MPL-2.0

package resourcegroup_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/acctest"
	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

var (
	sequences = flag.Uint64("sequences", 400, "how many random sequences the model test runs")
	seed      = flag.Uint64("seed", 0, "the one sequence that the model test runs; 0 is all")
)

// TestModel_afterTheLastCleanApplyTheGroupIsWhatTheConfigurationSays lets random configurations, changes of others
// and failures follow one another, and then applies once without any failure. A failing sequence runs again alone
// with -seed.
func TestModel_afterTheLastCleanApplyTheGroupIsWhatTheConfigurationSays(t *testing.T) {
	t.Parallel()
	first, last := uint64(1), *sequences
	if *seed != 0 {
		first, last = *seed, *seed
	}
	anyFailed := t.Failed
	for number := first; number <= last; number++ {
		t.Run(strconv.FormatUint(number, 10), func(t *testing.T) {
			t.Parallel()
			if !anyFailed() { // one story at a time
				synctest.Test(t, func(t *testing.T) { runSequence(t, number) })
			}
		})
	}
}

func runSequence(t *testing.T, number uint64) {
	t.Helper()
	s := newSequence(t, number)
	defer func() {
		if t.Failed() {
			t.Logf("run it alone with: go test ./internal/resourcegroup -run TestModel -seed %d\n%s", number, strings.Join(s.story, "\n"))
		}
	}()
	s.run(t.Context())
}

const modelGroup = "etl"

// sequence is one random history of a group.
type sequence struct {
	t         *testing.T
	random    *rand.Rand
	simulator *dlisim.Simulator
	workspace *acctest.Workspace
	behaviour dlisim.Behaviour
	config    acctest.Values
	strangers map[string]bool // packages of others that nobody asked to touch
	adopted   bool            // the group was imported, so its packages may come from anywhere
	story     []string
}

func newSequence(t *testing.T, seed uint64) *sequence {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, seed))
	coin := func() bool { return random.IntN(4) == 0 }
	behaviour := dlisim.Behaviour{
		UploadReplacesGroup:        coin(),
		EmptiedGroupVanishes:       coin(),
		AbsentIsBadRequest:         coin(),
		OverwriteDropsTags:         coin(),
		TagCreateKeepsExisting:     coin(),
		OwnerChangeReachesPackages: coin(),
		BooleansAsStrings:          coin(),
		LowerCaseStatus:            coin(),
		ShuffledListing:            coin(),
		UploadAnswersWholeGroup:    coin(),
		UUIDUnderlyingNames:        coin(),
		BulkTagFilter:              coin(),
		NoTimes:                    coin(),
	}
	if coin() {
		behaviour.HideGroups = []string{modelGroup}
	}
	simulator := dlisim.New(dlisim.Config{
		UploadTime: time.Duration(random.IntN(4)) * time.Second,
		Users:      []string{"alice-1", "bob-02"},
		Behaviour:  behaviour,
	})
	workspace := acctest.NewWorkspace(t, simulator.RoundTripper())
	if coin() {
		workspace.Env["HW_MAX_RETRIES"] = "0"
	}
	return &sequence{
		t:         t,
		random:    random,
		simulator: simulator,
		workspace: workspace,
		behaviour: behaviour,
		strangers: map[string]bool{},
		story:     []string{fmt.Sprintf("behaviour %+v, environment %v", behaviour, workspace.Env)},
	}
}

func (s *sequence) tell(format string, arguments ...any) {
	s.story = append(s.story, fmt.Sprintf(format, arguments...))
}

func (s *sequence) run(ctx context.Context) {
	for range 1 + s.random.IntN(4) {
		s.changeConfig()
		for range s.random.IntN(3) {
			s.changeOutside()
		}
		s.injectFailures()
		s.workspace.NoRefresh = s.random.IntN(6) == 0
		plan, diags := s.workspace.Plan(ctx, s.config)
		s.tell("plan of %v (no refresh: %t): %s %v", s.config, s.workspace.NoRefresh, plan.Action, diags)
		if s.random.IntN(4) == 0 {
			s.changeOutside()
		}
		if !diags.HasError() && plan.Action != "no-op" {
			s.tell("apply: %v", s.workspace.Carry(ctx, plan, s.config))
		}
		s.workspace.NoRefresh = false
		s.simulator.ClearFaults()
		s.simulator.FailUpload()
	}
	s.applyCleanly(ctx)
	s.checkGroup()
	plan, diags := s.workspace.Plan(ctx, s.config)
	if diags.HasError() || plan.Action != "no-op" {
		s.t.Errorf("the plan after the last apply is %q: %v\n%s", plan.Action, diags, cmp.Diff(plan.Prior, plan.Planned))
	}
	if diags := s.workspace.Destroy(ctx); diags.HasError() {
		s.t.Errorf("destroy: %v", diags)
	}
	s.checkLeft()
}

// applyCleanly imports the group where a lost state or others made it before.
func (s *sequence) applyCleanly(ctx context.Context) {
	<-time.After(time.Minute) // what was still under way has ended, one way or the other
	diags := s.workspace.Apply(ctx, s.config)
	s.tell("clean apply %v: %v", s.config, diags)
	if strings.Contains(diags.String(), "exists already") {
		s.adopted = true
		clear(s.strangers)
		s.tell("import: %v", s.workspace.Import(ctx, modelGroup))
		diags = s.workspace.Apply(ctx, s.config)
		s.tell("apply: %v", diags)
	}
	if diags.HasError() {
		s.t.Errorf("the last apply failed: %v", diags)
	}
}

var ownNames = []string{"a.jar", "b.jar", "c.py", "d!1.whl"}

func (s *sequence) changeConfig() {
	paths := []string{}
	hashes := map[string]string{}
	for _, name := range ownNames {
		if s.random.IntN(2) == 0 {
			paths = append(paths, fmt.Sprintf("https://bucket-%d.obs.cn-north-4.myhuaweicloud.com/jars/%s", s.random.IntN(2), name))
			if s.random.IntN(3) == 0 {
				hashes[name] = strconv.Itoa(s.random.IntN(2))
			}
		}
	}
	if len(paths) == 0 {
		paths = []string{"obs://bucket/a.jar"}
	}
	s.config = acctest.Values{
		"group": modelGroup, "kind": pick(s.random, "jar", "jar", "jar", "file"), "paths": paths,
		"is_async": s.random.IntN(2) == 0, "exclusive": s.random.IntN(3) == 0,
	}
	if len(hashes) > 0 {
		s.config["source_hash"] = hashes
	}
	switch s.random.IntN(3) {
	case 0:
		s.config["tags"] = map[string]string{"team": pick(s.random, "data", "ml")}
	case 1:
		s.config["tags"] = map[string]string{"team": "data", "größe + 1": pick(s.random, "", "x y")}
	}
	if s.random.IntN(3) == 0 {
		s.config["owner"] = pick(s.random, "alice-1", "bob-02")
	}
}

func pick[T any](random *rand.Rand, options ...T) T {
	return options[random.IntN(len(options))]
}

func (s *sequence) changeOutside() {
	name := pick(s.random, ownNames...)
	switch change := s.random.IntN(8); change {
	case 0:
		stranger := pick(s.random, "s1.jar", "s2.jar")
		s.tell("a stranger puts %s", stranger)
		s.simulator.Put(modelGroup, dlisim.Package{Name: stranger, Kind: "jar", Tags: map[string]string{"theirs": "1"}})
		s.strangers[stranger] = true
	case 1:
		if s.isOurs(name) {
			return // nobody can see that the content of a package of ours was replaced
		}
		s.tell("a stranger puts %s", name)
		s.simulator.Put(modelGroup, dlisim.Package{Name: name, Kind: "jar", Tags: map[string]string{"theirs": "1"}})
	case 2:
		s.tell("%s vanishes", name)
		s.simulator.Remove(modelGroup, name)
	case 3:
		s.tell("%s is FAILED", name)
		s.simulator.SetStatus(modelGroup, name, "FAILED")
	case 4:
		s.tell("%s has other tags", name)
		s.simulator.SetTags(modelGroup, name, map[string]string{"team": "other", "by": "hand", "_sys_x": "1"})
	case 5:
		owned := pick(s.random, "", name)
		s.tell("%q belongs to alice-1", owned)
		s.simulator.SetOwner(modelGroup, owned, "alice-1")
	case 6:
		if s.random.IntN(3) == 0 {
			s.tell("the group vanishes")
			s.simulator.RemoveGroup(modelGroup)
			clear(s.strangers)
		}
	}
}

func (s *sequence) isOurs(name string) bool {
	for _, path := range elements(s.workspace.State()["paths"]) {
		if strings.HasSuffix(path, "/"+name) || path == name {
			return true
		}
	}
	return false
}

func elements(value any) []string {
	var texts []string
	list, _ := value.([]any)
	for _, one := range list {
		texts = append(texts, one.(string))
	}
	return texts
}

func (s *sequence) injectFailures() {
	if s.random.IntN(4) == 0 {
		name := pick(s.random, ownNames...)
		s.tell("the upload of %s will fail", name)
		s.simulator.FailUpload(name)
	}
	if s.random.IntN(2) == 0 {
		return
	}
	operation := pick(s.random, dlisim.OpUpload, dlisim.OpList, dlisim.OpShow, dlisim.OpDelete, dlisim.OpOwner,
		dlisim.OpTagsRead, dlisim.OpTagsCreate, dlisim.OpTagsDelete)
	fault := dlisim.Fault{Operation: operation, Skip: s.random.IntN(3), Times: s.random.IntN(3)}
	switch s.random.IntN(6) {
	case 0:
		fault.Status, fault.Body = 500, dlisim.ErrorBody("DLI.0999", "it is us")
	case 1:
		fault.Status, fault.Body = 400, dlisim.ErrorBody("DLI.0001", "it is you")
	case 2:
		fault.Status, fault.Body = 403, dlisim.ErrorBody("APIGW.0302", "not you")
	case 3:
		fault.CutBefore = true
	case 4:
		fault.CutAfter = true
	case 5:
		fault.Status, fault.AfterWork = 504, true
	}
	s.tell("fault %+v", fault)
	s.simulator.Inject(fault)
}

// checkGroup compares the group with the configuration.
func (s *sequence) checkGroup() {
	group, _ := s.simulator.Group(modelGroup)
	wanted := map[string]string{}
	for _, path := range s.config["paths"].([]string) {
		wanted[path[strings.LastIndex(path, "/")+1:]] = path
	}
	for name, path := range wanted {
		found, ok := group.Packages[name]
		switch {
		case !ok:
			s.t.Errorf("%s is not in the group", name)
			continue
		case found.Status != "READY":
			s.t.Errorf("%s is %s", name, found.Status)
		case found.Path != path && !s.adopted:
			s.t.Errorf("%s was uploaded from %q, not from %q", name, found.Path, path)
		}
		s.checkTags(name, found)
		if owner, ok := s.config["owner"]; ok && found.Owner != owner {
			s.t.Errorf("%s belongs to %s, not to %s", name, found.Owner, owner)
		}
	}
	if owner, ok := s.config["owner"]; ok && group.Owner != owner {
		s.t.Errorf("the group belongs to %s, not to %s", group.Owner, owner)
	}
	s.checkStrangers(group, wanted)
}

func (s *sequence) checkTags(name string, found dlisim.Package) {
	tags, managed := s.config["tags"].(map[string]string)
	if !managed {
		return
	}
	carried := maps.Clone(found.Tags)
	maps.DeleteFunc(carried, func(key, _ string) bool { return strings.HasPrefix(key, "_sys_") })
	if diff := cmp.Diff(tags, carried); diff != "" {
		s.t.Errorf("the tags of %s (-configured +there):\n%s", name, diff)
	}
}

func (s *sequence) checkStrangers(group dlisim.Group, wanted map[string]string) {
	exclusive, _ := s.config["exclusive"].(bool)
	for name := range group.Packages {
		// A listing that hides the group shows no packages of others.
		if _, ours := wanted[name]; !ours && exclusive && len(s.behaviour.HideGroups) == 0 {
			s.t.Errorf("%s is in an exclusive group", name)
		}
	}
	for name := range s.strangers {
		if _, there := group.Packages[name]; !there && !s.everExclusive() && !s.behaviour.UploadReplacesGroup {
			s.t.Errorf("%s of somebody else is gone", name)
		}
	}
}

func (s *sequence) everExclusive() bool {
	return slices.ContainsFunc(s.story, func(line string) bool { return strings.Contains(line, "exclusive:true") })
}

// checkLeft looks for packages of ours after the end.
func (s *sequence) checkLeft() {
	group, _ := s.simulator.Group(modelGroup)
	for _, path := range s.config["paths"].([]string) {
		if name := path[strings.LastIndex(path, "/")+1:]; group.Packages[name].Name != "" {
			s.t.Errorf("%s is left behind", name)
		}
	}
}
