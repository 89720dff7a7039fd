package graph

import (
	"context"
	"sync/atomic"
)

type statementsKey struct{}

// WithStatementCount returns a context under which stores count the statements
// that they send to their driver. What a request costs is fixed by the shape of
// its query; tests and `extensions.cost` read it here. If they are counted already
// it is the same counter.
func WithStatementCount(ctx context.Context) (context.Context, *atomic.Int64) {
	if n, counted := ctx.Value(statementsKey{}).(*atomic.Int64); counted {
		return ctx, n
	}
	n := new(atomic.Int64)
	return context.WithValue(ctx, statementsKey{}, n), n
}

// CountStatement counts one statement; a store calls it for each.
func CountStatement(ctx context.Context) {
	if n, counted := ctx.Value(statementsKey{}).(*atomic.Int64); counted {
		n.Add(1)
	}
}

// CountsStatements tells whether a context is being asked for its counter, so that
// a test may end one after a certain statement.
func CountsStatements(key any) bool {
	_, counts := key.(statementsKey)
	return counts
}
