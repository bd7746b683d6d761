// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"strconv"
)

// ServeHTTP serves the simulator over a connection.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reply, delivered := s.respond(r)
	if delivered == nothing {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), reply.header)
	if len(reply.body) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(reply.body)))
	}
	w.WriteHeader(reply.status)
	if delivered == whole {
		_, _ = w.Write(reply.body) // a caller who left needs no answer
		return
	}
	_, _ = w.Write(reply.body[:len(reply.body)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// RoundTripper returns a transport into the simulator without sockets. It
// returns the context's error when the request's context ends first, and
// io.ErrUnexpectedEOF where a fault cuts the connection. It starts no
// goroutine, so it also serves in a testing/synctest bubble.
func (s *Simulator) RoundTripper() http.RoundTripper {
	return roundTripper{s}
}

type roundTripper struct{ simulator *Simulator }

// RoundTrip implements [http.RoundTripper].
func (t roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	reply, delivered := t.simulator.respond(r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	var body io.Reader = bytes.NewReader(reply.body)
	switch delivered {
	case nothing:
		return nil, io.ErrUnexpectedEOF
	case half:
		body = io.MultiReader(bytes.NewReader(reply.body[:len(reply.body)/2]), cut{})
	case whole:
	}
	return &http.Response{
		Status:        strconv.Itoa(reply.status) + " " + http.StatusText(reply.status),
		StatusCode:    reply.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        reply.header,
		Body:          io.NopCloser(body),
		ContentLength: int64(len(reply.body)),
		Request:       r,
	}, nil
}

// cut is the end of a body whose connection broke.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
