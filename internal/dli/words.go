// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Explain is the error as a sentence, and as a paragraph of its own what the user can do next, where that is known.
func Explain(err error) string {
	if next := advice(err); next != "" {
		return Sentence(err) + "\n\n" + next
	}
	return Sentence(err)
}

// Sentence is the text of the error as one that can stand alone.
func Sentence(err error) string {
	text := strings.TrimSuffix(err.Error(), ".")
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

// mostNames is how many packages a message names; a group may hold thousands.
const mostNames = 20

// Names are the names of packages in a sentence.
func Names(names []string) string {
	quoted := make([]string, 0, mostNames)
	for _, name := range names[:min(len(names), mostNames)] {
		quoted = append(quoted, strconv.Quote(name))
	}
	text := strings.Join(quoted, ", ")
	if more := len(names) - len(quoted); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
