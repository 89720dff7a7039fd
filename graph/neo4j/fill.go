package neo4j

import (
	"context"

	"github.com/entente-kg/entente/graph"
)

// filler takes a transaction for each batch, since the server holds a transaction
// in memory; until the last one the head says that the store is being filled.
type filler struct {
	store   *Store
	filling *graph.Filling
	release func()
}

// Fill implements [graph.Writer].
func (s *Store) Fill(ctx context.Context, decisions []graph.Decision) (graph.Filler, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, s.explain(ctx, "fill", ctx.Err())
	}
	f := &filler{store: s, release: func() { <-s.turn }}
	for more := true; more; {
		err := s.transact(ctx, "fill", func(l *ledger) (err error) {
			more, err = s.bookkeeper.Clear(ctx, l)
			return err
		})
		if err != nil {
			f.Abort()
			return nil, err
		}
	}
	err := s.transact(ctx, "fill", func(l *ledger) (err error) {
		f.filling, err = s.bookkeeper.Fill(ctx, l, decisions)
		return err
	})
	if err != nil {
		f.Abort()
		return nil, err
	}
	return f, nil
}

func (f *filler) Add(ctx context.Context, changes []graph.Change) error {
	step, err := f.filling.Add(ctx, changes)
	if err != nil {
		return err
	}
	return f.store.transact(ctx, "fill", func(l *ledger) error { return step(ctx, l) })
}

func (f *filler) Finish(ctx context.Context) error {
	if f.release == nil {
		return nil
	}
	defer f.Abort()
	for step := range f.filling.Records(maxBatchRows / 4) {
		if err := f.store.transact(ctx, "fill", func(l *ledger) error { return step(ctx, l) }); err != nil {
			return err
		}
	}
	f.store.frozen = nil
	return f.store.bookkeeper.CarryOn(ctx, f.store.transactions(ctx, "fill"))
}

func (f *filler) Abort() {
	if f.release != nil {
		f.release()
		f.release = nil
	}
}
