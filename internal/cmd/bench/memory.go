// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// memoryWatch watches the children of a CLI, which are its providers. Linux keeps the peak of each process itself, so
// a look misses only what a process adds after the last look at it.
type memoryWatch struct {
	stop chan struct{}
	most chan int64
}

// The looks grow rarer, so that they cost a long command nothing and still see a short one.
const (
	firstLook   = 2 * time.Millisecond
	rarestLooks = 100 * time.Millisecond
)

// watchMemory watches until end is called.
func watchMemory(pid int) *memoryWatch {
	m := &memoryWatch{stop: make(chan struct{}), most: make(chan int64, 1)}
	go m.watch(pid)
	return m
}

func (m *memoryWatch) watch(pid int) {
	var most int64
	for pause := firstLook; ; pause = min(pause*6/5, rarestLooks) {
		timer := time.NewTimer(pause)
		select {
		case <-m.stop:
			timer.Stop()
			m.most <- most
			return
		case <-timer.C:
			for _, child := range children(pid) {
				most = max(most, peakOf(child))
			}
		}
	}
}

// end ends the watch and returns the peak of the largest child in bytes; 0 where there is no /proc.
func (m *memoryWatch) end() int64 {
	close(m.stop)
	return <-m.most
}

func children(pid int) []string {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is legal
	var found []string
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if err != nil {
			continue // the thread has ended
		}
		found = append(found, strings.Fields(string(text))...)
	}
	return found
}

// processName is the provider's, as Linux cuts it.
const processName = "terraform-provi"

func peakOf(pid string) int64 {
	text, err := os.ReadFile(filepath.Join("/proc", pid, "status"))
	if err != nil {
		return 0
	}
	members := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		members[name] = strings.TrimSpace(value)
	}
	// Until a child has become the provider, its memory is the CLI's.
	if members["Name"] != processName {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(members["VmHWM"], " kB"), 10, 64)
	return kilobytes << 10
}
