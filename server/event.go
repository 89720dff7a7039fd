package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type eventResolver struct {
	recordResolver[*schema.Event]
}

// HeldIn lists where the event was held.
func (r eventResolver) HeldIn(ctx context.Context, obj *schema.Event) ([]schema.Entity, error) {
	return plainField[schema.Entity](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.HeldIn}, Direction: graph.Out})
}

// Hosts lists who hosted the event.
func (r eventResolver) Hosts(ctx context.Context, obj *schema.Event) ([]schema.Entity, error) {
	return plainField[schema.Entity](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Hosted}, Direction: graph.In})
}

// Participants lists who took part in the event.
func (r eventResolver) Participants(ctx context.Context, obj *schema.Event, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.ParticipantConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.ParticipatedIn}, Direction: graph.In, Where: where},
		func(k schema.Linked[schema.Entity]) *schema.ParticipantEdge {
			return &schema.ParticipantEdge{Linked: k}
		})
	return &schema.ParticipantConnection{List: list}, err
}
