package graph

import (
	"errors"
	"fmt"
)

// ErrorKind says what a caller can do about an error. The server turns it into
// `extensions.code`, the command line into an exit status.
type ErrorKind string

// The kinds. An error without a kind is a fault of ours or of the machine.
const (
	// NotFound: what was named is not there.
	NotFound ErrorKind = "NOT_FOUND"
	// Invalid: the question or the input is wrong; the same again will fail again.
	Invalid ErrorKind = "INVALID"
	// Ambiguous: a name stands for several entities; the message lists them.
	Ambiguous ErrorKind = "AMBIGUOUS"
	// Conflict: somebody else was faster, or the store holds another version.
	Conflict ErrorKind = "CONFLICT"
	// Unavailable: the store is away or busy; the same again may succeed.
	Unavailable ErrorKind = "UNAVAILABLE"
	// Forbidden: the caller may not do this here (a read-only store, a missing token).
	Forbidden ErrorKind = "FORBIDDEN"
	// Full: no room is left where the store keeps its data.
	Full ErrorKind = "FULL"
)

// Error is an error of a known kind. The message is whole, cause included; Hint, if any, tells what to do next.
type Error struct {
	Kind    ErrorKind
	Message string
	Hint    string
	Cause   error
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an error of a kind; like fmt.Errorf it wraps what %w names.
func Errorf(kind ErrorKind, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// WithHint adds what to do next.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// KindOf is the kind of the first [Error] in the chain, or "".
func KindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}

// HintOf is the hint of the first [Error] in the chain, or "".
func HintOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Hint
	}
	return ""
}
