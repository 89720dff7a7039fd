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
	counts.Entities, counts.Facts = entityCounts(s.Entities, true), factCounts(s.Facts, true)
	return counts, nil
}

// entityCounts are counts by kind, in the order of the kinds, with or without those of none.
func entityCounts(of map[graph.Kind]int, none bool) []*generated.EntityCount {
	counts := []*generated.EntityCount{}
	for _, k := range graph.Kinds {
		if none || of[k] > 0 {
			counts = append(counts, &generated.EntityCount{Kind: k, Count: of[k]})
		}
	}
	return counts
}

// factCounts are counts by predicate, in the order of the ontology.
func factCounts(of map[graph.Predicate]int, none bool) []*generated.FactCount {
	counts := []*generated.FactCount{}
	for _, p := range graph.Predicates {
		if none || of[p] > 0 {
			counts = append(counts, &generated.FactCount{Predicate: p, Count: of[p]})
		}
	}
	return counts
}
