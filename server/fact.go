package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type factResolver struct{ *resolver }

func factIDs(facts []*schema.Fact) []graph.FactID {
	return distinct(facts, func(f *schema.Fact) graph.FactID { return f.ID })
}

// Place is where it happened, if the text says.
func (r factResolver) Place(ctx context.Context, obj *schema.Fact) (schema.Entity, error) {
	id := func(f *schema.Fact) graph.EntityID { return graph.EntityID(f.Qualifiers[graph.AtPlace]) }
	if id(obj) == "" {
		return nil, nil // null in the schema: the text does not say
	}
	places, err := schema.Together(obj.Batch, "place", func(all []*schema.Fact) (map[graph.EntityID]*schema.Record, error) {
		ids := distinct(all, id)
		if ids[0] == "" {
			ids = ids[1:]
		}
		return r.records(ctx, ids)
	})
	if place := places[id(obj)]; place != nil {
		return place.As(), err
	}
	return nil, err
}

// Review is what a person said of the fact, and who: the log is read once, if any
// fact of the batch was reviewed.
func (r factResolver) Review(ctx context.Context, obj *schema.Fact) (*schema.FactReview, error) {
	if obj.Fact.Review == graph.Unreviewed {
		return nil, nil // null in the schema: nobody said anything
	}
	reviews, err := schema.Together(obj.Batch, "review", func([]*schema.Fact) (map[graph.FactID]*schema.Decision, error) {
		decisions, err := r.log(ctx)
		reviews := map[graph.FactID]*schema.Decision{}
		for _, d := range decisions { // in the order in which the last one counts
			if d.Kind == graph.ReviewFact {
				reviews[d.Reviews] = d
			}
		}
		return reviews, err
	})
	if d := reviews[obj.ID]; d != nil {
		return &schema.FactReview{Decision: d}, err
	}
	return nil, err
}

// records are entities as one batch, under the ids that were asked for.
func (r *resolver) records(ctx context.Context, ids []graph.EntityID) (map[graph.EntityID]*schema.Record, error) {
	found, err := r.store.Entities(ctx, ids)
	var asked []graph.EntityID
	var entities []graph.Entity
	for _, id := range ids {
		if e, exists := found[id]; exists {
			asked, entities = append(asked, id), append(entities, e)
		}
	}
	records := make(map[graph.EntityID]*schema.Record, len(asked))
	for i, rec := range schema.NewRecords(entities) {
		records[asked[i]] = rec
	}
	return records, err
}

// Evidence lists the sentences that state the fact.
func (r factResolver) Evidence(ctx context.Context, obj *schema.Fact, _ *int, _ *string, _ *int, _ *string) (*schema.EvidenceConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Batch, l.key(), func(all []*schema.Fact) (map[graph.FactID]graph.Page[*schema.Evidence], error) {
		ids := factIDs(all)
		found, err := r.store.ListEvidence(ctx, graph.EvidenceQuery{Facts: ids, Window: l.window})
		pages := paged(ids, found, schema.NewEvidence)
		for _, f := range all {
			for _, e := range pages[f.ID].Items {
				e.Supports = f
			}
		}
		return pages, err
	})
	if err != nil {
		return nil, err
	}
	return &schema.EvidenceConnection{List: connect(l, pages[obj.ID], func(cursor string, e *schema.Evidence) (*schema.EvidenceEdge, *schema.Evidence) {
		return &schema.EvidenceEdge{Edge: schema.Edge[*schema.Evidence]{Cursor: cursor, Node: e}}, e
	})}, nil
}

// Facts lists facts.
func (r queryResolver) Facts(ctx context.Context, where *generated.FactFilter, orderBy *generated.FactOrder, _ *int, _ *string, _ *int, _ *string) (*schema.FactConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.factFilter(where) })
	if err != nil {
		return nil, err
	}
	pages, err := r.store.ListFacts(ctx, graph.FactQuery{Where: filter, Order: factOrder(orderBy), Window: l.window})
	if err != nil {
		return nil, err
	}
	return factConnection(l, onePage(pages[0], schema.NewFacts)), nil
}

func factConnection(l listing, page graph.Page[*schema.Fact]) *schema.FactConnection {
	return &schema.FactConnection{List: connect(l, page, func(cursor string, f *schema.Fact) (*schema.FactEdge, *schema.Fact) {
		return &schema.FactEdge{Edge: schema.Edge[*schema.Fact]{Cursor: cursor, Node: f}}, f
	})}
}

func factOrder(o *generated.FactOrder) graph.Order {
	if o == nil {
		return graph.Order{}
	}
	return graph.Order{By: o.By, Desc: o.Direction == generated.SortDirectionDesc}
}
