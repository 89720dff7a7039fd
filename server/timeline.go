package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema/generated"
)

const mostBuckets = 2000

// Timeline counts facts through time.
func (r queryResolver) Timeline(ctx context.Context, where *generated.FactFilter, by graph.Unit) ([]*generated.TimelineBucket, error) {
	filter, err := translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.factFilter(where) })
	if err != nil {
		return nil, err
	}
	buckets, complete, err := graph.Timeline(ctx, r.store, graph.TimelineQuery{Where: filter, By: by, Kinds: selected(ctx, "kinds")})
	switch {
	case err != nil:
		return nil, err
	case !complete || len(buckets) > mostBuckets:
		return nil, tooMuch("buckets of a timeline", len(buckets), mostBuckets)
	}
	shown := make([]*generated.TimelineBucket, len(buckets))
	for i, b := range buckets {
		shown[i] = &generated.TimelineBucket{Date: b.Date, Count: b.Count, Predicates: factCounts(b.Predicates, false), Kinds: entityCounts(b.Kinds, false)}
	}
	return shown, nil
}
