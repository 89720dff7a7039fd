package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

type placeResolver struct {
	recordResolver[*schema.Place]
}

// LocatedIn lists where the place lies.
func (r placeResolver) LocatedIn(ctx context.Context, obj *schema.Place) ([]schema.Entity, error) {
	return plainField[schema.Entity](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.LocatedIn}, Direction: graph.Out})
}
