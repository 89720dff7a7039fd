package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

const (
	mostOrigins       = 20
	mostInPicture     = 1000
	mostNeighbours    = 1000
	edgesPerNeighbour = 4 // in a picture, for the cost of what is asked of its facts
)

// Neighbourhood is the picture around some entities.
func (r queryResolver) Neighbourhood(ctx context.Context, of []*generated.EntityRef, depth, maxEntities, perEntity int, where *generated.ExpandFilter) (*generated.Subgraph, error) {
	switch {
	case len(of) == 0:
		return nil, graph.Errorf(graph.Invalid, "a neighbourhood needs at least one entity to begin with")
	case len(of) > mostOrigins:
		return nil, tooMuch("entities to begin with", len(of), mostOrigins)
	case maxEntities > mostInPicture:
		return nil, tooMuch("entities in a picture", maxEntities, mostInPicture)
	case perEntity > mostNeighbours:
		return nil, tooMuch("neighbours of one entity", perEntity, mostNeighbours)
	}
	q := graph.NeighbourhoodQuery{Depth: depth, MaxEntities: maxEntities, PerEntity: perEntity}
	var err error
	if q.Where, err = expandFilter(where); err != nil {
		return nil, err
	}
	if q.Of, err = translate(ctx, r.store, func(n *names) ([]graph.EntityID, error) { return n.each(of) }); err != nil {
		return nil, err
	}
	picture, err := graph.Neighbourhood(ctx, r.store, q)
	if err != nil {
		return nil, err
	}
	s := &generated.Subgraph{Entities: []schema.Entity{}, Facts: schema.NewFacts(picture.Facts), Truncated: picture.Truncated, Omitted: picture.Omitted}
	for _, rec := range schema.NewRecords(picture.Entities) {
		s.Entities = append(s.Entities, rec.As())
	}
	return s, nil
}

func expandFilter(f *generated.ExpandFilter) (g graph.FactFilter, err error) {
	if f == nil {
		return g, nil
	}
	g = graph.FactFilter{Predicates: f.Predicates, Kinds: f.Kinds, During: during(f.During), Origins: f.Origins}
	if g.MinSources, err = count("minSources", f.MinSources); err != nil {
		return g, err
	}
	if g.Documents, err = documentRefs(f.Documents); err != nil {
		return g, err
	}
	g.MinConfidence, err = perMille(f.MinConfidence)
	return g, err
}
