package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// Entities that stand at an edge are found from the edge's other end, or by
// walking the entities in their order and asking each. The first costs what hangs
// on the other end, the second what has to be walked until a page is full: at a
// hub that is little. SQLite keeps no statistics that could tell, so the hubs are
// counted, as far as it matters.

const (
	mostCounted = 4000 // where counting ends: more edges are as good as these
	askingCosts = 3    // measured: an entity that is asked costs as much as so many edges that are followed
)

// planned compiles the filter of a list of entities: plain ones on one kind alone
// are planned, everything else is found from the edges' other ends.
func (s *Store) planned(ctx context.Context, q graph.EntityQuery) (fragment, error) {
	if q.Documents != nil || !plannable(q) {
		return entityWhere(q.Where, "e"), nil
	}
	kind, counts, err := s.countRelated(ctx, q.Where)
	if err != nil {
		return fragment{}, err
	}
	least := leastOf(counts)
	// One kind that is equal, and not in a set, gives the order of the index.
	parts := []fragment{{"e.kind = ?", []any{q.Where.Kinds[0]}}}
	if !walks(q.Window.Limit+1, kind, counts) {
		parts = append(isIn("+e.kind", q.Where.Kinds), related(q.Where.Related[least], "e"))
	} else {
		parts = append(parts, standing(q.Where.Related[least], "e"))
	}
	for i, r := range q.Where.Related {
		if i != least {
			parts = append(parts, standing(r, "e"))
		}
	}
	return allOf(parts...), nil
}

// plannable tells whether an index gives the entities in their order, and nothing
// but their edges chooses among them.
func plannable(q graph.EntityQuery) bool {
	f := q.Where
	if len(f.Related) == 0 || len(f.Kinds) != 1 || f.And != nil || f.Or != nil || f.Not != nil || f.IDs != nil || f.AgreementKinds != nil ||
		f.Name != nil || !f.Seen.IsZero() || !f.Date.IsZero() || q.Order.By == graph.ByLastSeen || q.Order.By == graph.BySources {
		return false
	}
	for _, r := range f.Related {
		if r.To == nil || r.ToKinds != nil || r.Some != nil {
			return false
		}
	}
	return true
}

// countRelated counts the entities of the kind, and the edges at each other end, with one statement.
func (s *Store) countRelated(ctx context.Context, f graph.EntityFilter) (kind int, counts []int, err error) {
	parts := []string{"coalesce((SELECT data ->> ? FROM head), 0)"}
	args := []any{"$.entities." + string(f.Kinds[0])}
	for _, r := range f.Related {
		var halves []string
		for _, end := range edgeEnds(r.Direction, r.Predicates) {
			where := edgeWhere(r, end, "f", "f."+end.there)
			halves = append(halves, "SELECT 1 FROM fact f WHERE "+where.text)
			args = append(args, where.args...)
		}
		if len(halves) == 0 {
			halves = []string{"SELECT 1 WHERE false"}
		}
		parts = append(parts, "(SELECT count(*) FROM ("+strings.Join(halves, " UNION ALL ")+" LIMIT ?))")
		args = append(args, mostCounted)
	}
	counts = make([]int, len(f.Related))
	into := []any{&kind}
	for i := range counts {
		into = append(into, &counts[i])
	}
	err = s.query(ctx, "list entities", "SELECT "+strings.Join(parts, ", "), args, func(r *sql.Rows) error { return r.Scan(into...) })
	return kind, counts, err
}

// walks tells whether fewer entities have to be asked until a page is full than
// there are edges to follow, if edges of one sort know nothing of those of another.
func walks(limit, kind int, counts []int) bool {
	steps, edges := float64(askingCosts*limit*len(counts)), counts[leastOf(counts)]
	for _, n := range counts {
		if n == 0 {
			return false
		}
		steps *= max(1, float64(kind)/float64(n))
	}
	return steps < float64(edges)
}

func leastOf(counts []int) int {
	least := 0
	for i, n := range counts {
		if n < counts[least] {
			least = i
		}
	}
	return least
}

// standing asks for an edge at the entity, from the entity's end.
func standing(r graph.Related, e string) fragment {
	var halves []fragment
	for _, end := range edgeEnds(r.Direction, r.Predicates) {
		where := edgeWhere(r, end, "f"+e, "+f"+e+"."+end.there) // the sign keeps the index of that end out
		halves = append(halves, fragment{"EXISTS (SELECT 1 FROM fact f" + e + " WHERE f" + e + "." + end.here + " = " + e + ".id AND " + where.text + ")", where.args})
	}
	return anyOf(halves...)
}
