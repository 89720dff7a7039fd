package server

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Answers come as server-sent events by the protocol of graphql-sse, in the mode
// of a connection for each operation: an event "next" for each answer, and
// "complete" at the end. A stream that a proxy or a sleeping client has left is
// noticed when a comment cannot be written.
const (
	longestStream = time.Hour
	keepAlive     = 10 * time.Second
	writeTime     = 30 * time.Second // that one event may take
)

// stream answers an operation as events.
func (s *Server) stream(ctx context.Context, w http.ResponseWriter, op *graphql.OperationContext) {
	timeout := longestStream
	switch op.Operation.Operation {
	case ast.Query:
		timeout = s.opts.Timeout
	case ast.Mutation:
		timeout = s.mutationTimeout()
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	w.Header().Set("Content-Type", mediaStream+"; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
	out := events{w, http.NewResponseController(w)}
	if !out.write(":\n\n") { // the headers are out before anything has happened
		return
	}
	for answers := s.answers(ctx, op); ; {
		select {
		case answer, more := <-answers:
			if !more {
				out.write("event: complete\ndata:\n\n")
				return
			}
			if !out.write("event: next\ndata: " + string(answer) + "\n\n") {
				return
			}
		case <-time.After(keepAlive):
			if !out.write(":\n\n") {
				return
			}
		case <-s.ending:
			out.write("event: complete\ndata:\n\n")
			return
		}
	}
}

// answers runs an operation; the channel is closed after its last answer, or when
// the context ends. Each is encoded before the next is asked for, which takes its room.
func (s *Server) answers(ctx context.Context, op *graphql.OperationContext) <-chan []byte {
	answers := make(chan []byte)
	go func() {
		defer close(answers)
		defer func() {
			if p := recover(); p != nil {
				s.log.ErrorContext(ctx, "stream panicked", "request", requestID(ctx), "panic", p, "stack", string(debug.Stack()))
			}
		}()
		next, ctx := s.exec.DispatchOperation(ctx, op)
		for answer := next(ctx); answer != nil; answer = next(ctx) {
			if !send(ctx, answers, encodeResponse(answer)) || op.Operation.Operation != ast.Subscription {
				return
			}
		}
	}()
	return answers
}

// events writes events.
type events struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// write writes and flushes, and tells whether anybody is there to take it.
func (e events) write(text string) bool {
	_ = e.control.SetWriteDeadline(time.Now().Add(writeTime)) // where the connection has one
	_, err := fmt.Fprint(e.w, text)
	return err == nil && e.control.Flush() == nil
}
