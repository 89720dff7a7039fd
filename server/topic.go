package server

import (
	"cmp"
	"context"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type topicResolver struct {
	recordResolver[*schema.Topic]
}

var topics = []graph.Kind{graph.Topic}

// Broader lists the directly broader topics.
func (r topicResolver) Broader(ctx context.Context, obj *schema.Topic) ([]*schema.Topic, error) {
	return plainField[*schema.Topic](ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Broader}, Direction: graph.Out, Kinds: topics})
}

// Narrower lists the directly narrower topics.
func (r topicResolver) Narrower(ctx context.Context, obj *schema.Topic, where *generated.EntityFilter, _ *int, _ *string, _ *int, _ *string) (*schema.NarrowerConnection, error) {
	list, err := linkField(ctx, r.resolver, obj.Record, reach{Predicates: []graph.Predicate{graph.Broader}, Direction: graph.In, Kinds: topics, Where: where},
		func(k schema.Linked[*schema.Topic]) *schema.NarrowerEdge { return &schema.NarrowerEdge{Linked: k} })
	return &schema.NarrowerConnection{List: list}, err
}

// Agreements lists the agreements that cover the topic or one narrower.
func (r topicResolver) Agreements(ctx context.Context, obj *schema.Topic, includeNarrower bool, where *generated.AgreementFilter, _ *int, _ *string, _ *int, _ *string) (*schema.InvolvementConnection, error) {
	along := reach{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.In, Kinds: agreements, Agreements: where}
	if !includeNarrower {
		list, err := linkField(ctx, r.resolver, obj.Record, along, involvementEdge)
		return &schema.InvolvementConnection{List: list}, err
	}
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Batch, l.key("narrower", along), func(all []*schema.Record) (map[graph.EntityID]graph.Page[schema.Link], error) {
		return r.covering(ctx, entityIDs(all), l, along)
	})
	if err != nil {
		return nil, err
	}
	return &schema.InvolvementConnection{List: connectLinks(l, pages[obj.ID], involvementEdge)}, nil
}

// covering is a page of links for each topic: the pages of all topics below it,
// merged. A fact stands under one topic only, so that none comes twice.
func (r *resolver) covering(ctx context.Context, roots []graph.EntityID, l listing, along reach) (map[graph.EntityID]graph.Page[schema.Link], error) {
	below, err := r.store.Narrower(ctx, roots)
	if err != nil {
		return nil, err
	}
	var at []graph.EntityID
	for _, ids := range below {
		at = append(at, ids...)
	}
	slices.Sort(at)
	at = slices.Compact(at)
	q, err := r.factsAt(ctx, along)
	if err != nil {
		return nil, err
	}
	q.At, q.Window = at, l.window
	found, err := r.store.ListFacts(ctx, q)
	if err != nil {
		return nil, err
	}
	byTopic := linkPages(at, found)
	merged := make(map[graph.EntityID]graph.Page[schema.Link], len(roots))
	for _, root := range roots {
		var pages []graph.Page[schema.Link]
		for _, id := range below[root] {
			pages = append(pages, byTopic[id])
		}
		merged[root] = mergePages(pages, l.window)
	}
	return merged, nil
}

// mergePages makes one page of pages that have the same window and order.
func mergePages[T any](pages []graph.Page[T], w graph.Window) graph.Page[T] {
	type placed struct {
		item T
		at   graph.Position
	}
	var all []placed
	var merged graph.Page[T]
	for _, p := range pages {
		for i, item := range p.Items {
			all = append(all, placed{item, p.At[i]})
		}
		merged.Total += p.Total
		merged.HasNext = merged.HasNext || p.HasNext
		merged.HasPrevious = merged.HasPrevious || p.HasPrevious
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Or(cmp.Compare(a.at.Sort, b.at.Sort), cmp.Compare(a.at.ID, b.at.ID)) })
	if over := len(all) - w.Limit; over > 0 && w.Backward {
		all, merged.HasPrevious = all[over:], true
	} else if over > 0 {
		all, merged.HasNext = all[:w.Limit], true
	}
	for _, p := range all {
		merged.Items, merged.At = append(merged.Items, p.item), append(merged.At, p.at)
	}
	return merged
}
