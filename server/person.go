package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type personResolver struct {
	recordResolver[*schema.Person]
}

// Offices lists the offices that the person holds or held.
func (r personResolver) Offices(ctx context.Context, obj *schema.Person, at *graph.Date, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.OfficeConnection, error) {
	return r.offices(ctx, obj.Record, graph.Out, at, where)
}

// Meetings lists whom the person met.
func (r personResolver) Meetings(ctx context.Context, obj *schema.Person, with *generated.EntityRef, when *graph.DateRange, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.MeetingConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Met}, During: during(when), With: with, Where: where},
		func(k schema.Linked[schema.Entity]) *schema.MeetingEdge { return &schema.MeetingEdge{Linked: k} })
	return &schema.MeetingConnection{List: list}, err
}
