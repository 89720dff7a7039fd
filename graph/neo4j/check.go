package neo4j

import (
	"context"
	"fmt"

	"github.com/entente-kg/entente/graph"
)

// Check implements [graph.Reader]: the indexes, which Open makes where they are
// missing. The server's disk is not ours to see.
func (s *Store) Check(ctx context.Context) ([]graph.Finding, error) {
	missing, orphaned, foreign, err := s.compareSchema(ctx)
	if err != nil {
		return nil, err
	}
	f := graph.Finding{Check: "indexes", Message: fmt.Sprintf("all %d indexes of schema version %d are there and answer", len(indexes()), schemaVersion)}
	switch {
	case foreign != "":
		f = graph.Finding{Check: "indexes", Fault: true, Message: fmt.Sprintf("index %s is not ours: drop it, and open the store again", foreign)}
	case len(missing)+len(orphaned) > 0:
		missing = append(missing, orphaned...)
		f = graph.Finding{Check: "indexes", Fault: true, Repair: true, Message: fmt.Sprintf("%d indexes are missing or lack their constraint, the first %s", len(missing), missing[0].name)}
	default:
		records, err := s.query(ctx, "check", `SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state ORDER BY name`, nil)
		if err != nil {
			return nil, err
		}
		if len(records) > 0 {
			f = graph.Finding{Check: "indexes", Fault: true, Message: fmt.Sprintf("%d indexes do not answer, the first %s: it is %s", len(records), get[string](records[0], "name"), get[string](records[0], "state"))}
		}
	}
	return []graph.Finding{f}, nil
}

// Repair implements [graph.Writer], step by step as [Store.Reprocess].
func (s *Store) Repair(ctx context.Context, read graph.Reading, progress func(documents int)) error {
	if err := s.ensureSchema(ctx); err != nil {
		return s.explain(ctx, "repair", err)
	}
	return s.inTurn(ctx, "repair", func() error {
		err := s.transact(ctx, "repair", func(l *ledger) error { return s.bookkeeper.Renew(ctx, l) })
		if err != nil {
			return err
		}
		return s.reprocess(ctx, read, progress)
	})
}
