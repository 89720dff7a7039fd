package server

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-kg/entente/graph"
)

// Codes of errors that no store knows of; the others are those of [graph.ErrorKind].
const (
	codeLimit    = "LIMIT_EXCEEDED"
	codeTimeout  = "TIMEOUT"
	codeInternal = "INTERNAL"
	codeRequest  = "BAD_REQUEST"
)

// ambiguousError is a name that several entities bear.
type ambiguousError struct {
	ref        graph.Ref
	candidates []graph.Entity
}

func (e *ambiguousError) Error() string {
	return fmt.Sprintf("%s may be %d entities", e.ref, len(e.candidates))
}

func (e *ambiguousError) extensions() map[string]any {
	candidates := make([]map[string]any, len(e.candidates))
	for i, c := range e.candidates {
		candidates[i] = map[string]any{"id": c.ID, "kind": strings.ToUpper(string(c.Kind())), "name": c.Name, "documents": c.Documents}
	}
	return map[string]any{"code": string(graph.Ambiguous), "hint": "name one of the candidates by its id", "candidates": candidates}
}

// limitError is a question that asks for too much.
type limitError struct {
	limit          string
	asked, allowed int
}

func tooMuch(limit string, asked, allowed int) error { return &limitError{limit, asked, allowed} }

func (e *limitError) Error() string {
	return fmt.Sprintf("too many %s: %d asked for, %d allowed", e.limit, e.asked, e.allowed)
}

func (e *limitError) extensions() map[string]any {
	return map[string]any{"code": codeLimit, "limit": e.limit, "asked": e.asked, "allowed": e.allowed}
}

// present makes the error that a client sees: one of a known kind as it is, with
// code and hint; a query's own faults as gqlgen words them; anything else is
// logged and masked.
func (s *Server) present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{Message: err.Error(), Path: graphql.GetPath(ctx)}
	known, wrapped := errors.AsType[*gqlerror.Error](err)
	if wrapped {
		shown.Path, shown.Locations = known.Path, known.Locations
		if known.Err == nil { // written by gqlparser or by gqlgen, about the query
			shown.Message, shown.Extensions = known.Message, known.Extensions
			if shown.Extensions["code"] == nil {
				shown.Extensions = map[string]any{"code": string(graph.Invalid)}
			}
			return shown
		}
		shown.Message = known.Err.Error()
	}
	if shown.Extensions = extensionsOf(err); shown.Extensions == nil {
		s.log.ErrorContext(ctx, "request failed", "request", requestID(ctx), "path", shown.Path.String(), "error", err)
		shown.Message = "internal error"
		shown.Extensions = map[string]any{"code": codeInternal, "request": requestID(ctx), "hint": "the server's log has more under this request"}
	}
	return shown
}

// extensionsOf are code, hint and what else a client can act on; nil for an unknown error.
func extensionsOf(err error) map[string]any {
	if e, ok := errors.AsType[*ambiguousError](err); ok {
		return e.extensions()
	}
	if e, ok := errors.AsType[*limitError](err); ok {
		return e.extensions()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return map[string]any{"code": codeTimeout, "hint": "ask for less at once"}
	}
	if e, ok := errors.AsType[*graph.Error](err); ok {
		extensions := map[string]any{"code": string(e.Kind)}
		if e.Hint != "" {
			extensions["hint"] = e.Hint
		}
		return extensions
	}
	if isNumberError(err) {
		return map[string]any{"code": string(graph.Invalid)}
	}
	return nil
}

// isNumberError tells an argument that is no number of its type from a fault:
// gqlgen finds out only when it reads the arguments.
func isNumberError(err error) bool {
	_, isInt := errors.AsType[*graphql.IntegerError](err)
	_, overflows := errors.AsType[*graphql.NumberOverflowError](err)
	return isInt || overflows
}

// recoverPanic makes an error of a resolver's panic, to be logged and masked like any other.
func recoverPanic(_ context.Context, p any) error {
	return fmt.Errorf("panic: %v\n%s", p, debug.Stack())
}
