package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/entente-kg/entente/graph"
)

func (l *ledger) Decisions(ctx context.Context) ([]graph.Decision, error) {
	return decisions(ctx, l.conn)
}

func (l *ledger) PutDecisions(ctx context.Context, decisions []graph.Decision) error {
	for _, d := range decisions {
		if err := l.exec(ctx, `INSERT INTO decision (id, data) VALUES (?, ?) ON CONFLICT DO UPDATE SET data = excluded.data`, d.ID, encode(d)); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) RemoveDecisions(ctx context.Context, ids []graph.DecisionID) error {
	return l.exec(ctx, `DELETE FROM decision WHERE id IN (SELECT value FROM json_each(?))`, array(ids))
}

// ListDecisions implements [graph.Reader].
func (s *Store) ListDecisions(ctx context.Context) ([]graph.Decision, error) {
	all, err := decisions(ctx, s.readers)
	if err != nil {
		return nil, s.explain(ctx, "list decisions", err)
	}
	return all, s.bookkeeper.Sleepers(ctx, s, all)
}

func decisions(ctx context.Context, db querier) (all []graph.Decision, err error) {
	err = eachRow(ctx, db, `SELECT id, data FROM decision ORDER BY id`, nil, func(r *sql.Rows) error {
		var d graph.Decision
		var id graph.DecisionID
		var data sql.RawBytes
		if err := r.Scan(&id, &data); err != nil {
			return err
		}
		if err := json.Unmarshal(data, &d); err != nil {
			return fmt.Errorf("decision %s: %w", id, err)
		}
		d.ID = id
		all = append(all, d)
		return nil
	})
	return all, err
}
