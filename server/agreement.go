package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type agreementResolver struct {
	recordResolver[*schema.Agreement]
}

var (
	bodies      = []graph.Kind{graph.Organisation, graph.Country}
	agreements  = []graph.Kind{graph.Agreement}
	partyEdges  = []graph.Predicate{graph.Signed, graph.PartyTo}
	involvement = []graph.Predicate{graph.Signed, graph.PartyTo, graph.Adopted}
)

// Parties lists who signed the agreement or is a party to it.
func (r agreementResolver) Parties(ctx context.Context, obj *schema.Agreement, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.PartyConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: partyEdges, Direction: graph.In, Kinds: bodies, Where: where},
		func(k schema.Linked[schema.Entity]) *schema.PartyEdge { return &schema.PartyEdge{Linked: k} })
	return &schema.PartyConnection{List: list}, err
}

// among keeps those of the kinds that are asked for; nil asks for all.
func among(kinds, asked []graph.Kind) []graph.Kind {
	if asked == nil {
		return kinds
	}
	kept := []graph.Kind{}
	for _, k := range kinds {
		for _, a := range asked {
			if a == k {
				kept = append(kept, k)
				break
			}
		}
	}
	return kept
}

// Topics lists what the agreement covers.
func (r agreementResolver) Topics(ctx context.Context, obj *schema.Agreement, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.TopicConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, Kinds: topics, Where: where},
		func(k schema.Linked[*schema.Topic]) *schema.TopicEdge { return &schema.TopicEdge{Linked: k} })
	return &schema.TopicConnection{List: list}, err
}

// Succeeds lists the agreements that this one came in place of.
func (r agreementResolver) Succeeds(ctx context.Context, obj *schema.Agreement) ([]*schema.Agreement, error) {
	return plainField[*schema.Agreement](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Succeeded}, Direction: graph.Out, Kinds: agreements})
}

// SucceededBy lists the agreements that came in place of this one.
func (r agreementResolver) SucceededBy(ctx context.Context, obj *schema.Agreement) ([]*schema.Agreement, error) {
	return plainField[*schema.Agreement](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Succeeded}, Direction: graph.In, Kinds: agreements})
}

type partyEdgeResolver struct{ *resolver }

// Withdrawal is the fact that the party withdrew: one statement for all parties
// of all agreements of the batch.
func (r partyEdgeResolver) Withdrawal(ctx context.Context, obj *schema.PartyEdge) (*schema.Fact, error) {
	type pair struct{ party, agreement graph.EntityID }
	withdrawals, err := schema.Together(obj.Fact.Batch, "withdrawal", func(all []*schema.Fact) (map[pair]*schema.Fact, error) {
		where := graph.FactFilter{Predicates: []graph.Predicate{graph.WithdrewFrom},
			Subjects: distinct(all, func(f *schema.Fact) graph.EntityID { return f.SubjectID })}
		from := distinct(all, func(f *schema.Fact) graph.EntityID { return f.ObjectID })
		pages, err := r.store.ListFacts(ctx, graph.FactQuery{At: from, Direction: graph.In, Where: where, Window: graph.Window{Limit: mostFirst}})
		found := map[pair]*schema.Fact{}
		for _, page := range paged(from, pages, schema.NewFacts) {
			for _, f := range page.Items {
				found[pair{f.SubjectID, f.ObjectID}] = f
			}
		}
		return found, err
	})
	return withdrawals[pair{obj.Fact.SubjectID, obj.Fact.ObjectID}], err
}

// Agreements lists agreements.
func (r queryResolver) Agreements(ctx context.Context, where *generated.AgreementFilter, orderBy *generated.AgreementOrder, _ *int, _ *string, _ *int, _ *string) (*schema.AgreementConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := translate(ctx, r.store, func(n *names) (graph.EntityFilter, error) { return n.agreementFilter(where) })
	if err != nil {
		return nil, err
	}
	filter = graph.EntityFilter{Kinds: agreements, And: []graph.EntityFilter{filter}}
	pages, err := r.store.ListEntities(ctx, graph.EntityQuery{Where: filter, Order: entityOrder((*generated.EntityOrder)(orderBy)), Window: l.window})
	if err != nil {
		return nil, err
	}
	list := connect(l, onePage(pages[0], schema.NewRecords), func(cursor string, rec *schema.Record) (*schema.AgreementEdge, *schema.Agreement) {
		node := &schema.Agreement{Record: rec}
		return &schema.AgreementEdge{Edge: schema.Edge[*schema.Agreement]{Cursor: cursor, Node: node}}, node
	})
	return &schema.AgreementConnection{List: list, Where: filter}, nil
}
