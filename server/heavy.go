package server

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// Questions that may come to many rows take turns: what is in memory at once is
// bounded by rows, whoever asks. Small ones never wait.
const (
	heavyRows      = 2_000  // from which on a question is heavy
	mostRowsAtOnce = 10_000 // of all heavy questions that are being answered
)

type heavy struct{ rows *semaphore.Weighted }

func newHeavy() heavy { return heavy{semaphore.NewWeighted(mostRowsAtOnce)} }

// enter waits until there is room for so many rows, or the context ends: then leave is nil.
func (h heavy) enter(ctx context.Context, rows int) (leave func()) {
	if rows < heavyRows {
		return func() {}
	}
	n := int64(min(rows, mostRowsAtOnce))
	if h.rows.Acquire(ctx, n) != nil {
		return nil
	}
	return func() { h.rows.Release(n) }
}
