package server

import (
	"context"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type (
	agreementConnectionResolver struct{ *resolver }
	entityConnectionResolver    struct{ *resolver }
)

// Facets counts the agreements that match.
func (r agreementConnectionResolver) Facets(ctx context.Context, obj *schema.AgreementConnection, by generated.FacetBy, first int) ([]*generated.Facet, error) {
	of := graph.FacetBy(by)
	if by == generated.FacetByKind {
		of = graph.FacetAgreementKind
	}
	return r.facets(ctx, graph.FacetQuery{Where: obj.Where, By: of, Limit: first})
}

// Facets counts the entities that match.
func (r entityConnectionResolver) Facets(ctx context.Context, obj *schema.EntityConnection, by generated.FacetBy, first int) ([]*generated.Facet, error) {
	return r.facets(ctx, graph.FacetQuery{Where: obj.Where, By: graph.FacetBy(by), Limit: first})
}

func (r *resolver) facets(ctx context.Context, q graph.FacetQuery) ([]*generated.Facet, error) {
	if q.Limit < 1 || q.Limit > mostFirst {
		return nil, graph.Errorf(graph.Invalid, "first is %d; it may be 1 to %d", q.Limit, mostFirst)
	}
	found, err := r.store.Facets(ctx, q)
	if err != nil {
		return nil, err
	}
	entities := make([]graph.Entity, len(found))
	for i, f := range found {
		entities[i] = f.Entity
	}
	facets := make([]*generated.Facet, len(found))
	for i, rec := range schema.NewRecords(entities) {
		facets[i] = &generated.Facet{Value: enumValue(found[i].Value), Count: found[i].Count}
		if rec.ID != "" {
			facets[i].Value, facets[i].Entity = rec.Name, rec.As()
		}
	}
	return facets, nil
}

// enumValue is a kind as the schema writes it; a year stays as it is.
func enumValue(kind string) string { return strings.ToUpper(strings.ReplaceAll(kind, " ", "_")) }
