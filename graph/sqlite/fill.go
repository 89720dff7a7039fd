package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/entente-kg/entente/graph"
)

// filler is one transaction, in which the tables have no indexes but those that
// they are made of: an index that is built from all its entries at once is
// written in order.
type filler struct {
	store   *Store
	tx      *sql.Tx
	ledger  *ledger
	filling *graph.Filling
	indexes []string // as they are to be made again
	release func()
}

// Fill implements [graph.Writer].
func (s *Store) Fill(ctx context.Context, decisions []graph.Decision) (graph.Filler, error) {
	select {
	case <-s.turn:
	case <-ctx.Done():
		return nil, fmt.Errorf("fill: %w", ctx.Err())
	}
	f := &filler{store: s, release: func() { s.turn <- struct{}{} }}
	if err := f.begin(ctx, decisions); err != nil {
		f.Abort()
		return nil, s.explain(ctx, "fill", err)
	}
	return f, nil
}

func (f *filler) begin(ctx context.Context, decisions []graph.Decision) (err error) {
	s := f.store
	if s.writer == nil {
		return errClosed
	}
	if s.frozen != nil {
		return s.frozen
	}
	if f.tx, err = s.begin(ctx); err != nil {
		return err
	}
	f.ledger = &ledger{conn: s.writer, statements: s.statements}
	if f.filling, err = s.bookkeeper.Fill(ctx, f.ledger, decisions); err != nil {
		return err
	}
	var names []string
	err = f.ledger.each(ctx, `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`, nil, func(r *sql.Rows) error {
		var name, definition string
		err := r.Scan(&name, &definition)
		names, f.indexes = append(names, name), append(f.indexes, definition)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := s.writer.ExecContext(ctx, `DROP INDEX `+name); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) Add(ctx context.Context, changes []graph.Change) error {
	step, err := f.filling.Add(ctx, changes)
	if err != nil {
		return err
	}
	return f.store.explain(ctx, "fill", step(ctx, f.ledger))
}

// Finish makes the indexes again before the counters are written, which need them.
func (f *filler) Finish(ctx context.Context) error {
	if f.tx == nil {
		return nil
	}
	defer f.Abort()
	var last graph.Step
	for step := range f.filling.Records(maxBatchRows) {
		if last != nil {
			if err := last(ctx, f.ledger); err != nil {
				return f.store.explain(ctx, "fill", err)
			}
		}
		last = step
	}
	for _, definition := range f.indexes {
		if _, err := f.store.writer.ExecContext(ctx, definition); err != nil {
			return f.store.explain(ctx, "fill", err)
		}
	}
	if err := last(ctx, f.ledger); err != nil {
		return f.store.explain(ctx, "fill", err)
	}
	if err := f.ledger.log(ctx); err != nil {
		return f.store.explain(ctx, "fill", err)
	}
	if err := f.tx.Commit(); err != nil {
		return f.store.explain(ctx, "fill", err)
	}
	return f.store.bookkeeper.CarryOn(ctx, f.store.transactions(ctx, "fill"))
}

func (f *filler) Abort() {
	if f.release == nil {
		return
	}
	if f.tx != nil {
		f.tx.Rollback() // after a commit it does nothing
	}
	f.tx = nil
	f.release()
	f.release = nil
}
