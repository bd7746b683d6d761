// SPDX-License-Identifier: MPL-2.0

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const troubleshooting = root + "/templates/guides/troubleshooting.md.tmpl"

// A message that a user can meet has a heading of the guide, in which what varies is written <so>.
func TestTroubleshooting_hasEveryMessageOfTheProvider(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^### (.*)$`).FindAllStringSubmatch(read(t, troubleshooting), -1) {
		for title := range strings.SplitSeq(heading[1], " · ") {
			used[title] = false
		}
	}
	for _, message := range messages(t) {
		found := false
		for title := range used {
			if message.pattern().MatchString(title) {
				found, used[title] = true, true
			}
		}
		if !found {
			t.Errorf("%s: no heading of the guide matches %s", message.at, message.pattern())
		}
	}
	for title, said := range used {
		if !said {
			t.Errorf("the provider says nothing like %q", title)
		}
	}
}

// message is the summary of a diagnostic as the code has it: its texts, with a hole between two of them.
type message struct {
	at    token.Position
	texts []string
}

func (m message) pattern() *regexp.Regexp {
	var quoted []string
	for _, text := range m.texts {
		quoted = append(quoted, regexp.QuoteMeta(text))
	}
	return regexp.MustCompile("^" + strings.Join(quoted, "<[^>]+>") + "$")
}

// summaryArguments says which argument of a call is the summary of a diagnostic.
func summaryArguments() map[string]int {
	return map[string]int{
		"NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
		"AddError": 0, "AddWarning": 0, "AddAttributeError": 1, "AddAttributeWarning": 1,
		"refusal": 1,
	}
}

// messages are the summaries in the packages that speak to users. Where one is a variable, it stands for a text that is
// found elsewhere: a constant beside it, or the argument of the function.
func messages(t *testing.T) []message {
	t.Helper()
	var found []message
	fileSet := token.NewFileSet()
	for _, directory := range []string{"provider", "resourcegroup"} {
		files, err := filepath.Glob(filepath.Join(root, "internal", directory, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(fileSet, file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			constants := constantsOf(parsed)
			ast.Inspect(parsed, func(node ast.Node) bool {
				if texts := textsOf(summaryIn(node), constants); len(texts) > 0 {
					found = append(found, message{at: fileSet.Position(node.Pos()), texts: texts})
				}
				return true
			})
		}
	}
	return found
}

// summaryIn is the summary that a call gives to a diagnostic, or that the function summary makes; nil for other nodes.
func summaryIn(node ast.Node) ast.Expr {
	switch n := node.(type) {
	case *ast.CallExpr:
		if argument, ok := summaryArguments()[calledName(n)]; ok && argument < len(n.Args) {
			return n.Args[argument]
		}
	case *ast.FuncDecl:
		if returned, ok := n.Body.List[0].(*ast.ReturnStmt); ok && n.Name.Name == "summary" {
			return returned.Results[0]
		}
	}
	return nil
}

func calledName(call *ast.CallExpr) string {
	switch called := call.Fun.(type) {
	case *ast.Ident:
		return called.Name
	case *ast.SelectorExpr:
		return called.Sel.Name
	default:
		return ""
	}
}

// constantsOf are the texts of the constants of a file, those within functions too.
func constantsOf(file *ast.File) map[string]string {
	constants := map[string]string{}
	ast.Inspect(file, func(node ast.Node) bool {
		declared, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range declared.Names {
			if i < len(declared.Values) {
				if texts := textsOf(declared.Values[i], nil); len(texts) == 1 {
					constants[name.Name] = texts[0]
				}
			}
		}
		return true
	})
	return constants
}

var verb = regexp.MustCompile(`%[a-z]`)

// textsOf are the texts of an expression that makes a string, with a hole for each part that varies; nil for one that
// is made elsewhere.
func textsOf(expression ast.Expr, constants map[string]string) []string {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{text}
		}
	case *ast.Ident:
		if text, ok := constants[e.Name]; ok {
			return []string{text}
		}
	case *ast.BinaryExpr:
		left, right := orHole(textsOf(e.X, constants)), orHole(textsOf(e.Y, constants))
		joined := append([]string{}, left[:len(left)-1]...)
		joined = append(joined, left[len(left)-1]+right[0])
		return append(joined, right[1:]...)
	case *ast.CallExpr:
		if calledName(e) == "Sprintf" {
			if format := textsOf(e.Args[0], constants); len(format) == 1 {
				return verb.Split(strings.ReplaceAll(format[0], "%q", `"%s"`), -1)
			}
		}
	}
	return nil
}

func orHole(texts []string) []string {
	if texts == nil {
		return []string{"", ""}
	}
	return texts
}
