// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"fmt"
	"strconv"
	"time"
)

// log writes the one line of a request. Headers and bodies stay out: they carry credentials.
func (s *Simulator) log(r Request, reply answer, took time.Duration) {
	if s.config.Log == nil {
		return
	}
	target := r.Path
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	status := "cut"
	if r.Status != 0 {
		status = strconv.Itoa(r.Status)
	}
	s.logging.Lock()
	defer s.logging.Unlock()
	// A log that cannot be written is no reason to fail the request.
	_, _ = fmt.Fprintf(s.config.Log, "%s %-6s %s %s %s %s\n",
		r.Time.Format("15:04:05.000"), r.Method, target, status, took.Round(time.Millisecond), reply.note)
}
