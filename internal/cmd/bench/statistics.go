// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// median is the middle value: the lower one of two.
func median(values []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(values))[(len(values)-1)/2]
}

// medianCost is the median of each time on its own, and the largest memory: a watch never sees too much.
func medianCost(runs []cost) cost {
	var walls, cpus []time.Duration
	var most int64
	for _, run := range runs {
		walls, cpus, most = append(walls, run.wall), append(cpus, run.cpu), max(most, run.memory)
	}
	return cost{wall: median(walls), cpu: median(cpus), memory: most}
}

func ratio(of, to time.Duration) string { return fmt.Sprintf("%.2f", of.Seconds()/to.Seconds()) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func megabytes(bytes int64) string {
	if bytes == 0 {
		return "unknown"
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// table is what the bench prints: Markdown that also reads well as it is.
type table [][3]string

// add adds a figure and, where there is one, its goal.
func (t *table) add(what, figure, goal string) {
	*t = append(*t, [3]string{what, figure, goal})
}

func (t table) String() string {
	rows := append(table{{"What", "Figure", "Goal"}, {}}, t...)
	var widths [3]int
	for _, row := range rows {
		for column, text := range row {
			widths[column] = max(widths[column], utf8.RuneCountInString(text))
		}
	}
	for column, width := range widths {
		rows[1][column] = strings.Repeat("-", width)
	}
	var text strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&text, "| %-*s | %-*s | %-*s |\n", widths[0], row[0], widths[1], row[1], widths[2], row[2])
	}
	return text.String()
}
