package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

const mostPaths = 100

// Paths tells how two entities hang together.
func (r queryResolver) Paths(ctx context.Context, from, to generated.EntityRef, mode graph.PathMode, maxLength, maxPaths int, where *generated.ExpandFilter) (*generated.PathResult, error) {
	switch {
	case maxLength < 1 || maxLength > graph.MaxPathLength:
		return nil, graph.Errorf(graph.Invalid, "maxLength is %d; it may be 1 to %d", maxLength, graph.MaxPathLength)
	case maxPaths < 1 || maxPaths > mostPaths:
		return nil, graph.Errorf(graph.Invalid, "maxPaths is %d; it may be 1 to %d", maxPaths, mostPaths)
	}
	q := graph.PathQuery{Mode: mode, MaxLength: maxLength, Limit: maxPaths, Within: r.timeout * 3 / 4}
	var err error
	if q.Where, err = expandFilter(where); err != nil {
		return nil, err
	}
	ends, err := translate(ctx, r.store, func(n *names) ([]graph.EntityID, error) {
		return n.each([]*generated.EntityRef{&from, &to})
	})
	if err != nil {
		return nil, err
	}
	q.From, q.To = ends[0], ends[1]
	found, err := graph.Paths(ctx, r.store, q)
	if err != nil {
		return nil, err
	}
	return &generated.PathResult{Paths: shownPaths(found.Paths), Truncated: found.Truncated, Exhausted: found.Exhausted}, nil
}

// shownPaths puts the entities of all paths into one batch, and their facts into another.
func shownPaths(paths []graph.Path) []*generated.Path {
	var entities []graph.Entity
	var facts []graph.Fact
	for _, p := range paths {
		entities, facts = append(entities, p.Entities...), append(facts, p.Facts...)
	}
	records, edges := schema.NewRecords(entities), schema.NewFacts(facts)
	shown := make([]*generated.Path, len(paths))
	for i, p := range paths {
		shown[i] = &generated.Path{Length: len(p.Facts), Facts: edges[:len(p.Facts)]}
		for _, rec := range records[:len(p.Entities)] {
			shown[i].Entities = append(shown[i].Entities, rec.As())
		}
		records, edges = records[len(p.Entities):], edges[len(p.Facts):]
	}
	return shown
}
