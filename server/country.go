package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type countryResolver struct {
	recordResolver[*schema.Country]
}

// MemberOf lists what the country is a member of.
func (r countryResolver) MemberOf(ctx context.Context, obj *schema.Country, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.MembershipConnection, error) {
	return r.memberships(ctx, obj.Record, where)
}

// Offices lists who holds or held an office for the country.
func (r countryResolver) Offices(ctx context.Context, obj *schema.Country, at *graph.Date, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.OfficeConnection, error) {
	return r.offices(ctx, obj.Record, graph.In, at, where)
}

// Agreements lists the agreements that the country has a part in.
func (r countryResolver) Agreements(ctx context.Context, obj *schema.Country, when *graph.DateRange, where *generated.AgreementFilter, _ *int, _ *string, _ *int, _ *string) (*schema.InvolvementConnection, error) {
	return r.involvements(ctx, obj.Record, when, where)
}
