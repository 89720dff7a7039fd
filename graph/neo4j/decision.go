package neo4j

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// decided is what this process knows of the decisions: all of them, after so
// many changes as (:Entente).decided counts.
type decided struct {
	at         int64
	decisions  []graph.Decision
	resolution *graph.Resolution
}

// known is what this process knows, which may have been overtaken.
func (s *Store) known() *decided {
	if d := s.decided.Load(); d != nil {
		return d
	}
	return &decided{at: -1, resolution: graph.Resolve(nil)}
}

const decisionsText = `MATCH (e:Entente {id: 'entente'})
	RETURN coalesce(e.decided, 0) AS decided, COLLECT { MATCH (d:Decision) RETURN d.data } AS decisions`

// learn reads the decisions.
func (s *Store) learn(ctx context.Context) error {
	records, err := s.query(ctx, "decisions", decisionsText, nil)
	if err != nil {
		return err
	}
	d, err := decidedOf(records)
	if err == nil {
		s.decided.Store(d)
	}
	return err
}

func decidedOf(records []*neo4j.Record) (*decided, error) {
	d := &decided{resolution: graph.Resolve(nil)}
	if len(records) == 0 {
		return d, nil
	}
	d.at = get[int64](records[0], "decided")
	for _, text := range values(records[0].AsMap()).texts("decisions") {
		var decision graph.Decision
		if err := json.Unmarshal([]byte(text), &decision); err != nil {
			return nil, fmt.Errorf("read a decision: %w", err)
		}
		d.decisions = append(d.decisions, decision)
	}
	slices.SortFunc(d.decisions, func(a, b graph.Decision) int { return cmp.Compare(a.ID, b.ID) })
	d.resolution = graph.Resolve(d.decisions)
	return d, nil
}

// Decisions takes a statement only if they changed since this process last read
// them. What this transaction itself changes is nobody else's to know yet.
func (l *ledger) Decisions(ctx context.Context) ([]graph.Decision, error) {
	if known := l.store.known(); !l.dirty && known.at == l.decided {
		return known.decisions, nil
	}
	records, err := l.run(ctx, decisionsText, nil)
	if err != nil {
		return nil, err
	}
	d, err := decidedOf(records)
	if err != nil {
		return nil, err
	}
	if !l.dirty {
		l.store.decided.Store(d)
	}
	return d.decisions, nil
}

func (l *ledger) PutDecisions(ctx context.Context, decisions []graph.Decision) error {
	rows := make([]map[string]any, len(decisions))
	for i, d := range decisions {
		rows[i] = map[string]any{"id": string(d.ID), "kind": string(d.Kind), "author": d.Author, "at": d.At.UTC(), "data": encode(d)}
	}
	if err := l.redecide(ctx, len(rows)); err != nil {
		return err
	}
	return l.create(ctx, `UNWIND $rows AS row MERGE (d:Decision {id: row.id}) SET d = row`, rows, len(rows))
}

func (l *ledger) RemoveDecisions(ctx context.Context, ids []graph.DecisionID) error {
	if err := l.redecide(ctx, len(ids)); err != nil {
		return err
	}
	_, err := l.unwind(ctx, `UNWIND $rows AS id MATCH (d:Decision {id: id}) DELETE d`, texts(ids), len(ids))
	return err
}

// redecide tells all processes that what they know of the decisions is overtaken.
func (l *ledger) redecide(ctx context.Context, n int) error {
	if n == 0 || l.dirty {
		return nil
	}
	l.dirty = true
	_, err := l.run(ctx, `MATCH (e:Entente {id: 'entente'}) SET e.decided = coalesce(e.decided, 0) + 1`, nil)
	return err
}

// ListDecisions implements [graph.Reader].
func (s *Store) ListDecisions(ctx context.Context) ([]graph.Decision, error) {
	if err := s.learn(ctx); err != nil {
		return nil, err
	}
	all := slices.Clone(s.known().decisions)
	return all, s.bookkeeper.Sleepers(ctx, s, all)
}
