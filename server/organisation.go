package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type organisationResolver struct {
	recordResolver[*schema.Organisation]
}

var organisations = []graph.Kind{graph.Organisation}

// Members lists the organisation's members.
func (r organisationResolver) Members(ctx context.Context, obj *schema.Organisation, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.MemberConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.MemberOf}, Direction: graph.In, Where: where},
		func(k schema.Linked[schema.Entity]) *schema.MemberEdge { return &schema.MemberEdge{Linked: k} })
	return &schema.MemberConnection{List: list}, err
}

// MemberOf lists what the organisation is a member of.
func (r organisationResolver) MemberOf(ctx context.Context, obj *schema.Organisation, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.MembershipConnection, error) {
	return r.memberships(ctx, obj.Record, where)
}

// PartOf lists what the organisation is a part of.
func (r organisationResolver) PartOf(ctx context.Context, obj *schema.Organisation) ([]*schema.Organisation, error) {
	return plainField[*schema.Organisation](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.PartOf}, Direction: graph.Out, Kinds: organisations})
}

// Parts lists the organisation's organs, agencies and secretariats.
func (r organisationResolver) Parts(ctx context.Context, obj *schema.Organisation, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.PartConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.PartOf}, Direction: graph.In, Kinds: organisations, Where: where},
		func(k schema.Linked[*schema.Organisation]) *schema.PartEdge { return &schema.PartEdge{Linked: k} })
	return &schema.PartConnection{List: list}, err
}

// Offices lists who holds or held an office in the organisation.
func (r organisationResolver) Offices(ctx context.Context, obj *schema.Organisation, at *graph.Date, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.OfficeConnection, error) {
	return r.offices(ctx, obj.Record, graph.In, at, where)
}

// Agreements lists the agreements that the organisation has a part in.
func (r organisationResolver) Agreements(ctx context.Context, obj *schema.Organisation, when *graph.DateRange, where *generated.AgreementFilter, _ *int, _ *string, _ *int, _ *string) (*schema.InvolvementConnection, error) {
	return r.involvements(ctx, obj.Record, when, where)
}

func (r *resolver) memberships(ctx context.Context, rec *schema.Record, where *generated.EntityFilter) (*schema.MembershipConnection, error) {
	list, err := linkField(ctx, r, rec, reach{Predicates: []graph.Predicate{graph.MemberOf}, Direction: graph.Out, Kinds: organisations, Where: where},
		func(k schema.Linked[*schema.Organisation]) *schema.MembershipEdge {
			return &schema.MembershipEdge{Linked: k}
		})
	return &schema.MembershipConnection{List: list}, err
}

func (r *resolver) offices(ctx context.Context, rec *schema.Record, d graph.Direction, at *graph.Date, where *generated.EntityFilter) (*schema.OfficeConnection, error) {
	list, err := linkField(ctx, r, rec, reach{Predicates: []graph.Predicate{graph.HoldsOffice}, Direction: d, At: at, Where: where},
		func(k schema.Linked[schema.Entity]) *schema.OfficeEdge { return &schema.OfficeEdge{Linked: k} })
	return &schema.OfficeConnection{List: list}, err
}

func (r *resolver) involvements(ctx context.Context, rec *schema.Record, when *graph.DateRange, where *generated.AgreementFilter) (*schema.InvolvementConnection, error) {
	list, err := linkField(ctx, r, rec, reach{Predicates: involvement, Direction: graph.Out, Kinds: agreements, During: during(when), Agreements: where}, involvementEdge)
	return &schema.InvolvementConnection{List: list}, err
}

func involvementEdge(k schema.Linked[*schema.Agreement]) *schema.InvolvementEdge {
	return &schema.InvolvementEdge{Linked: k}
}
