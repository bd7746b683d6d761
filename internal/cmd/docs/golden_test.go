// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

var update = flag.Bool("update", false, "write testdata/messages.golden anew")

const golden = "testdata/messages.golden"

// chapter is one run of the CLI, or one call at the level of the protocol, and all that the provider says in it.
type chapter struct {
	title string
	says  func(*testing.T) []string
}

// The golden file has every message as its reader sees it. Reading its diff is how a change of words is judged.
func TestMessages_areTheGoldenOnes(t *testing.T) {
	t.Parallel()
	if registry() != "registry.terraform.io" {
		t.Skip("the golden file is as Terraform prints it: OpenTofu says more about the place of a moved block")
	}
	book := chapters()
	texts := make([]string, len(book))
	t.Cleanup(func() { compare(t, texts) })
	for i, chapter := range book {
		t.Run(chapter.title, func(t *testing.T) {
			t.Parallel()
			said := chapter.says(t)
			slices.Sort(said)
			texts[i] = "# " + chapter.title + "\n\n" + strings.Join(said, "\n\n") + "\n"
		})
	}
}

// compare holds the chapters against the golden file, unless only some were asked for.
func compare(t *testing.T, texts []string) {
	t.Helper()
	if t.Failed() || slices.Contains(texts, "") {
		return
	}
	got := strings.Join(texts, "\n")
	if jargon := regexp.MustCompile(`context (deadline|canceled)|\bEOF\b|json:|Go struct|%!`).FindString(got); jargon != "" {
		t.Errorf("the messages say %q", jargon)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(read(t, golden), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("messages (-golden +said), which -update takes over:\n%s", diff)
	}
}

// Only a defect of the provider brings these about.
func ofDefects() []string {
	return []string{"Unable to write the state of a DLI resource group", "Unexpected provider data"}
}

func TestMessages_areAllInTheGoldenFile(t *testing.T) {
	t.Parallel()
	text := read(t, golden)
	for _, message := range messages(t) {
		if !message.isIn(text) && !slices.ContainsFunc(ofDefects(), message.pattern().MatchString) {
			t.Errorf("%s: the golden file has no message like %s", message.at, message.pattern())
		}
	}
}

// isIn looks for the message among the summaries of a text of the CLI.
func (m message) isIn(text string) bool {
	var quoted []string
	for _, text := range m.texts {
		quoted = append(quoted, regexp.QuoteMeta(text))
	}
	return regexp.MustCompile(`(?m)^(Error|Warning): ` + strings.Join(quoted, ".+") + "$").MatchString(text)
}

// stage is a directory with one configuration of testdata/messages.
func stage(t *testing.T, configuration string) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.env = append(w.env, "HW_PROJECT_ID="+dlisim.DefaultProjectID, "HW_MAX_RETRIES=0", "TF_INPUT=0")
	w.show(configuration)
	return w
}

// show puts a configuration of testdata/messages in the place of the one before.
func (w *workspace) show(configuration string) {
	w.t.Helper()
	w.write("main.tf", read(w.t, "testdata/messages/"+configuration))
}

// without takes variables out of the environment.
func (w *workspace) without(names ...string) {
	w.env = slices.DeleteFunc(w.env, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(names, name)
	})
}

// fails injects an answer in the place of the work on one group.
func (w *workspace) fails(group string, operation dlisim.Operation, fault dlisim.Fault) {
	fault.Operation = operation
	fault.Match = func(r dlisim.Request) bool {
		return strings.Contains(string(r.Body), fmt.Sprintf("%q", group)) || r.Query.Get("group") == group || strings.Contains(r.Path, "/"+group+"%23")
	}
	w.simulator.Inject(fault)
}

func answered(status int, code, text string) dlisim.Fault {
	return dlisim.Fault{Status: status, Body: dlisim.ErrorBody(code, text), Header: http.Header{"X-Request-Id": {strings.Repeat("0", 32)}}}
}

// hears runs a command of the CLI and returns the messages in what it says.
func (w *workspace) hears(arguments ...string) []string {
	w.t.Helper()
	return w.hearsOf(w.command(w.t.Context(), arguments...))
}

func (w *workspace) command(ctx context.Context, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, w.terraform, arguments...)
	command.Dir, command.Env = w.directory, w.env
	return command
}

func (w *workspace) hearsOf(command *exec.Cmd) []string {
	w.t.Helper()
	output := new(bytes.Buffer)
	command.Stdout, command.Stderr = output, output
	_ = command.Run() // most fail, as they should; that they say nothing would be seen
	said := framed(output.String())
	if len(said) == 0 {
		w.t.Errorf("%v says nothing:\n%s", command.Args[1:], output)
	}
	return said
}

var apply = []string{"apply", "-auto-approve", "-parallelism=30"}

// framed are the messages in an output of the CLI, without the frames that it draws around them and what it says of
// itself. What differs from run to run is normalised.
func framed(output string) []string {
	output = regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(output, "")
	output = regexp.MustCompile(`\b0{16}[0-9a-f]{16}\b`).ReplaceAllString(output, "<request id>")
	output = strings.ReplaceAll(output, registry(), "registry.terraform.io")
	output = regexp.MustCompile(`(twice")?\[[01]\]`).ReplaceAllString(output, "[<index>]")
	var said []string
	for _, frame := range regexp.MustCompile(`(?s)╷\n(.*?)\n╵`).FindAllStringSubmatch(output, -1) {
		var lines []string
		for line := range strings.SplitSeq(frame[1], "\n") {
			lines = append(lines, strings.TrimRight(strings.TrimPrefix(strings.TrimPrefix(line, "│"), " "), " "))
		}
		text := strings.TrimSpace(strings.Join(lines, "\n"))
		if !strings.Contains(text, "Provider development overrides") && text != "Error: execution halted" {
			said = append(said, text)
		}
	}
	return said
}
