// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

const (
	readme        = root + "/README.md"
	chineseReadme = root + "/README.zh-CN.md"
)

func TestReadme_isTheSamePageInBothLanguages(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(outline(read(t, readme)), outline(read(t, chineseReadme))); diff != "" {
		t.Errorf("What no translation changes differs, section by section (-English +Chinese):\n%s", diff)
	}
}

// section is what a translation leaves alone in the part of a page below one heading.
type section struct {
	Level      int // of the heading
	Paragraphs int
	Blocks     []string        // lines of code without comments, lines of drawings without labels
	Rows       []int           // the bars of each row of a table
	Terms      map[string]bool // code in the text, and where links lead to
}

func outline(page string) []section {
	sections := []section{{Terms: map[string]bool{}}}
	fence, inParagraph := "", false
	for line := range strings.Lines(page) {
		line = strings.TrimSuffix(line, "\n")
		language, isFence := strings.CutPrefix(line, "```")
		isHeading := fence == "" && strings.HasPrefix(line, "#")
		if isHeading {
			level := len(line) - len(strings.TrimLeft(line, "#"))
			sections = append(sections, section{Level: level, Terms: map[string]bool{}})
		}
		now, isText := &sections[len(sections)-1], false
		switch {
		case isHeading:
		case isFence:
			fence = language
			now.Blocks = append(now.Blocks, "```"+language)
		case fence != "":
			now.Blocks = append(now.Blocks, untranslated(fence, line))
		case strings.HasPrefix(line, "|"):
			now.Rows = append(now.Rows, strings.Count(line, "|"))
			now.note(line)
		case line != "":
			isText = true
			now.note(line)
		}
		if isText && !inParagraph {
			now.Paragraphs++
		}
		inParagraph = isText
	}
	return sections
}

var (
	term    = regexp.MustCompile("`[^`]+`|" + `\]\([^)#]+\)`)
	comment = regexp.MustCompile(` +# .*$`)
	label   = regexp.MustCompile(`"[^"]*"`)
)

// note takes down the terms of a line, but for the link to the page in the other language.
func (s *section) note(line string) {
	for _, found := range term.FindAllString(line, -1) {
		if !strings.HasPrefix(found, "](README") {
			s.Terms[found] = true
		}
	}
}

func untranslated(language, line string) string {
	switch language {
	case "hcl", "sh":
		return comment.ReplaceAllString(line, "")
	case "mermaid":
		return label.ReplaceAllString(line, `""`)
	default:
		return line
	}
}

// The configuration is put together from its pieces. What it leaves to its reader is where huaweicloud comes from.
func TestReadme_itsConfigurationApplies(t *testing.T) {
	t.Parallel()
	t.Run("for a new group", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t)
		w.copyReadme(readme, "terraform", "resource")
		w.applyOnce()
	})
	t.Run("for a group that exists", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t)
		w.holds("etl.jar", "udf.jar")
		w.copyReadme(chineseReadme, "terraform", "resource", "import")
		w.applyOnce()
		for _, write := range w.simulator.Writes() {
			if write.Operation == dlisim.OpUpload {
				t.Error("a package was uploaded")
			}
		}
	})
}

// copyReadme takes over the blocks of configuration that begin with these words.
func (w *workspace) copyReadme(page string, words ...string) {
	w.t.Helper()
	blocks := blocksOf(w.t, page, "hcl")
	for _, word := range words {
		at := slices.IndexFunc(blocks, func(block string) bool { return strings.HasPrefix(block, word+" ") })
		if at < 0 {
			w.t.Fatalf("no block %s in %s", word, page)
		}
		w.write(word+".tf", strings.Replace(blocks[at], "required_providers {\n", "required_providers {\n"+
			"    huaweicloud = {\n      source = \"huaweicloud/huaweicloud\"\n    }\n", 1))
	}
	w.succeed("fmt", "-check", "-diff")
}

// blocksOf are the blocks of a page in that language.
func blocksOf(t *testing.T, page, language string) []string {
	t.Helper()
	var blocks []string
	for _, found := range regexp.MustCompile("(?s)\n```"+language+"\n(.*?)```\n").FindAllStringSubmatch(read(t, page), -1) {
		blocks = append(blocks, found[1])
	}
	if len(blocks) == 0 {
		t.Fatalf("no block of %s in %s", language, page)
	}
	return blocks
}

// Of what the demo prints, its own headings are checked: the rest is Terraform's, and the time of day.
func TestReadme_showsTheDemoAsItIs(t *testing.T) {
	t.Parallel()
	demo := read(t, examples+"/demo/demo.sh")
	headings := regexp.MustCompile(`(?m)^==> ([^(,\n]*)`).FindAllStringSubmatch(blocksOf(t, readme, "text")[0], -1)
	if len(headings) == 0 {
		t.Fatal("no heading of the demo in the page")
	}
	for _, heading := range headings {
		if !regexp.MustCompile(`(?m)^say ['"]` + regexp.QuoteMeta(heading[1])).MatchString(demo) {
			t.Errorf("the demo does not say %q", heading[1])
		}
	}
}

// frontPages are the pages that people read before any other.
func frontPages() []string {
	return []string{readme, chineseReadme, root + "/CONTRIBUTING.md", root + "/DESIGN.md", root + "/CHANGELOG.md"}
}

func TestFrontPages_nameOnlyWhatIsThere(t *testing.T) {
	t.Parallel()
	makefile := read(t, root+"/GNUmakefile")
	for _, page := range frontPages() {
		text := read(t, page)
		for _, target := range regexp.MustCompile("(?m)(?:^|`|\\()make ([a-z][a-z-]*)").FindAllStringSubmatch(text, -1) {
			if !strings.Contains(makefile, "\n"+target[1]+":") {
				t.Errorf("%s: there is no make %s", page, target[1])
			}
		}
		for _, path := range regexp.MustCompile(`\]\(([^)#:]+)\)|\./(internal/[a-z/]+)`).FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, path[1]+path[2])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
		for _, anchor := range regexp.MustCompile(`\]\(#([^)]+)\)`).FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`(?im)^#+ ` + strings.ReplaceAll(anchor[1], "-", " ") + `$`).MatchString(text) {
				t.Errorf("%s: no heading #%s", page, anchor[1])
			}
		}
	}
}

func TestContributing_hasAPlaceForEveryPackage(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(internal/[a-z/]+)` ").FindAllStringSubmatch(read(t, root+"/CONTRIBUTING.md"), -1) {
		listed[row[1]] = true
	}
	there := map[string]bool{}
	for _, pattern := range []string{"internal/*/doc.go", "internal/cmd/*/doc.go"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			directory, err := filepath.Rel(root, filepath.Dir(file))
			if err != nil {
				t.Fatal(err)
			}
			there[directory] = true
		}
	}
	if diff := cmp.Diff(there, listed); diff != "" {
		t.Errorf("the packages and those in the table differ (-there +listed):\n%s", diff)
	}
}
