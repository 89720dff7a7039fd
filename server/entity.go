package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// recordResolver has the fields that all seven kinds share.
type recordResolver[E schema.Entity] struct{ *resolver }

func entityIDs(records []*schema.Record) []graph.EntityID {
	return distinct(records, func(r *schema.Record) graph.EntityID { return r.ID })
}

// Neighbours lists who stands at the other ends of the entity's facts.
func (r recordResolver[E]) Neighbours(ctx context.Context, obj E, where *generated.NeighbourFilter, _ *int, _ *string, _ *int, _ *string) (*schema.NeighbourConnection, error) {
	return r.neighbours(ctx, obj.Of(), where)
}

// Aliases lists what the entity is called by.
func (r recordResolver[E]) Aliases(ctx context.Context, obj E, _ *int, _ *string, _ *int, _ *string) (*schema.AliasConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Of().Batch, l.key("aliases"), func(all []*schema.Record) (map[graph.EntityID]graph.Page[*schema.Alias], error) {
		ids := entityIDs(all)
		found, err := r.store.ListNames(ctx, graph.NameQuery{Entities: ids, Window: l.window})
		return paged(ids, found, schema.NewAliases), err
	})
	if err != nil {
		return nil, err
	}
	return &schema.AliasConnection{List: connect(l, pages[obj.Of().ID], func(cursor string, a *schema.Alias) (*schema.AliasEdge, *schema.Alias) {
		return &schema.AliasEdge{Edge: schema.Edge[*schema.Alias]{Cursor: cursor, Node: a}}, a
	})}, nil
}

// Degree counts the entity's facts.
func (r recordResolver[E]) Degree(ctx context.Context, obj E, predicates []graph.Predicate) (int, error) {
	degrees, err := schema.Together(obj.Of().Batch, "degree"+canonical(predicates), func(all []*schema.Record) (map[graph.EntityID]int, error) {
		return r.store.Degrees(ctx, entityIDs(all), predicates)
	})
	return degrees[obj.Of().ID], err
}

// Facts lists the facts at the entity.
func (r recordResolver[E]) Facts(ctx context.Context, obj E, where *generated.FactFilter, orderBy *generated.FactOrder, _ *int, _ *string, _ *int, _ *string) (*schema.FactConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Of().Batch, l.key("facts"), func(all []*schema.Record) (map[graph.EntityID]graph.Page[*schema.Fact], error) {
		filter, err := translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.factFilter(where) })
		if err != nil {
			return nil, err
		}
		ids := entityIDs(all)
		found, err := r.store.ListFacts(ctx, graph.FactQuery{At: ids, Where: filter, Order: factOrder(orderBy), Window: l.window})
		return paged(ids, found, schema.NewFacts), err
	})
	if err != nil {
		return nil, err
	}
	return factConnection(l, pages[obj.Of().ID]), nil
}

// Mentions lists the documents that mention the entity, with the places.
func (r recordResolver[E]) Mentions(ctx context.Context, obj E, _ *int, _ *string, _ *int, _ *string) (*schema.MentionConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Of().Batch, l.key("mentions"), func(all []*schema.Record) (map[graph.EntityID]graph.Page[*schema.Mention], error) {
		ids := entityIDs(all)
		found, err := r.store.ListMentions(ctx, graph.MentionQuery{Entities: ids, Window: l.window})
		return paged(ids, found, schema.NewMentions), err
	})
	if err != nil {
		return nil, err
	}
	return mentionConnection(l, pages[obj.Of().ID]), nil
}

// reach says which facts lead from an entity to its neighbours in a field.
type reach struct {
	Predicates []graph.Predicate
	Direction  graph.Direction
	Kinds      []graph.Kind // of the neighbours
	During     graph.DateRange
	At         *graph.Date                // at which the fact held
	With       *generated.EntityRef       // the only neighbour asked for
	Where      *generated.EntityFilter    // of the neighbours
	Agreements *generated.AgreementFilter // of the neighbours, where these are agreements
}

func (r *resolver) factsAt(ctx context.Context, along reach) (graph.FactQuery, error) {
	q := graph.FactQuery{Direction: along.Direction}
	var err error
	q.Where, err = translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.reach(along) })
	return q, err
}

func (n *names) reach(along reach) (f graph.FactFilter, err error) {
	f = graph.FactFilter{Predicates: along.Predicates, Kinds: along.Kinds, During: along.During}
	if along.At != nil {
		f.Lasting = graph.DateRange{From: *along.At, To: *along.At}
	}
	if along.With != nil {
		if f.Either, err = n.one(along.With); err != nil {
			return f, err
		}
	}
	switch {
	case along.Where != nil:
		other, err := n.entityFilter(along.Where)
		f.Other = &other
		return f, err
	case along.Agreements != nil:
		other, err := n.agreementFilter(along.Agreements)
		f.Other = &other
		return f, err
	}
	return f, nil
}

// links is one page of neighbours, loaded for the record's whole batch.
func (r *resolver) links(ctx context.Context, rec *schema.Record, l listing, along reach) (graph.Page[schema.Link], error) {
	pages, err := schema.Together(rec.Batch, l.key(along), func(all []*schema.Record) (map[graph.EntityID]graph.Page[schema.Link], error) {
		q, err := r.factsAt(ctx, along)
		if err != nil {
			return nil, err
		}
		q.At, q.Window = entityIDs(all), l.window
		found, err := r.store.ListFacts(ctx, q)
		return linkPages(q.At, found), err
	})
	return pages[rec.ID], err
}

// linkField resolves a connection of neighbours.
func linkField[E, N any](ctx context.Context, r *resolver, rec *schema.Record, along reach, edge func(schema.Linked[N]) E) (schema.List[E, N], error) {
	l, err := listed(ctx)
	if err != nil {
		return schema.List[E, N]{}, err
	}
	page, err := r.links(ctx, rec, l, along)
	if err != nil {
		return schema.List[E, N]{}, err
	}
	return connectLinks(l, page, edge), nil
}

// plainField resolves a list of neighbours that is never long, each once.
func plainField[N any](ctx context.Context, r *resolver, rec *schema.Record, along reach) ([]N, error) {
	page, err := r.links(ctx, rec, listing{name: "plain", window: graph.Window{Limit: plainLimit}}, along)
	nodes := []N{}
	seen := map[graph.EntityID]bool{}
	for _, k := range page.Items {
		if !seen[k.Other.ID] {
			seen[k.Other.ID] = true
			nodes = append(nodes, k.Other.As().(N))
		}
	}
	return nodes, err
}

// plainLimit bounds the lists that have no cursors.
const plainLimit = 20

func during(r *graph.DateRange) graph.DateRange {
	if r == nil {
		return graph.DateRange{}
	}
	return *r
}

// Entity finds one entity.
func (r queryResolver) Entity(ctx context.Context, ref generated.EntityRef) (schema.Entity, error) {
	found, err := translate(ctx, r.store, func(n *names) ([]graph.Entity, error) { return n.only(&ref, nil) })
	if err != nil {
		return nil, err
	}
	return schema.NewRecords(found)[0].As(), nil
}

// Entities lists entities.
func (r queryResolver) Entities(ctx context.Context, where *generated.EntityFilter, orderBy *generated.EntityOrder, _ *int, _ *string, _ *int, _ *string) (*schema.EntityConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := translate(ctx, r.store, func(n *names) (graph.EntityFilter, error) { return n.entityFilter(where) })
	if err != nil {
		return nil, err
	}
	pages, err := r.store.ListEntities(ctx, graph.EntityQuery{Where: filter, Order: entityOrder(orderBy), Window: l.window})
	if err != nil {
		return nil, err
	}
	list := connect(l, onePage(pages[0], schema.NewRecords), func(cursor string, rec *schema.Record) (*schema.EntityEdge, schema.Entity) {
		return &schema.EntityEdge{Edge: schema.Edge[schema.Entity]{Cursor: cursor, Node: rec.As()}}, rec.As()
	})
	return &schema.EntityConnection{List: list, Where: filter}, nil
}

func entityOrder(o *generated.EntityOrder) graph.Order {
	if o == nil {
		return graph.Order{}
	}
	return graph.Order{By: o.By, Desc: o.Direction == generated.SortDirectionDesc}
}
