package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema/generated"
)

// Statistics counts what the graph holds.
func (r queryResolver) Statistics(ctx context.Context) (*generated.Statistics, error) {
	s, err := r.store.Statistics(ctx)
	if err != nil {
		return nil, err
	}
	counts := &generated.Statistics{Documents: s.Documents, Sentences: s.Sentences, Evidence: s.Evidence, Decisions: s.Decisions, Version: s.Version}
	for _, k := range graph.Kinds {
		counts.Entities = append(counts.Entities, &generated.EntityCount{Kind: k, Count: s.Entities[k]})
	}
	for _, p := range graph.Predicates {
		counts.Facts = append(counts.Facts, &generated.FactCount{Predicate: p, Count: s.Facts[p]})
	}
	return counts, nil
}
