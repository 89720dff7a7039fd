package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type documentResolver struct{ *resolver }

func documentIDs(documents []*schema.Document) []graph.DocumentID {
	return distinct(documents, func(d *schema.Document) graph.DocumentID { return d.ID })
}

// Text is the document's text.
func (r documentResolver) Text(ctx context.Context, obj *schema.Document) (string, error) {
	return r.text(ctx, obj)
}

// Sha256 is the hash of the document's text.
func (r documentResolver) Sha256(ctx context.Context, obj *schema.Document) (string, error) {
	text, err := r.text(ctx, obj)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), err
}

// text is a document's text, read for the whole batch when the first is asked for.
func (r *resolver) text(ctx context.Context, d *schema.Document) (string, error) {
	found, err := schema.Together(d.Batch, "text", func(all []*schema.Document) (map[graph.DocumentID]graph.Document, error) {
		return r.store.Documents(ctx, documentIDs(all), true)
	})
	return found[d.ID].Text, err
}

// Entities lists what the document mentions.
func (r documentResolver) Entities(ctx context.Context, obj *schema.Document, where *generated.EntityFilter, orderBy *generated.EntityOrder, _ *int, _ *string, _ *int, _ *string) (*schema.MentionedConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Batch, l.key("entities"), func(all []*schema.Document) (map[graph.DocumentID]graph.Page[*schema.Record], error) {
		filter, err := translate(ctx, r.store, func(n *names) (graph.EntityFilter, error) { return n.entityFilter(where) })
		if err != nil {
			return nil, err
		}
		ids := documentIDs(all)
		found, err := r.store.ListEntities(ctx, graph.EntityQuery{Documents: ids, Where: filter, Order: entityOrder(orderBy), Window: l.window})
		return paged(ids, found, schema.NewRecords), err
	})
	if err != nil {
		return nil, err
	}
	return &schema.MentionedConnection{List: connect(l, pages[obj.ID], func(cursor string, rec *schema.Record) (*schema.MentionedEdge, schema.Entity) {
		return &schema.MentionedEdge{Edge: schema.Edge[schema.Entity]{Cursor: cursor, Node: rec.As()}}, rec.As()
	})}, nil
}

// Facts lists what the document states.
func (r documentResolver) Facts(ctx context.Context, obj *schema.Document, where *generated.FactFilter, orderBy *generated.FactOrder, _ *int, _ *string, _ *int, _ *string) (*schema.FactConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Batch, l.key("facts"), func(all []*schema.Document) (map[graph.DocumentID]graph.Page[*schema.Fact], error) {
		filter, err := translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.factFilter(where) })
		if err != nil {
			return nil, err
		}
		ids := documentIDs(all)
		found, err := r.store.ListFacts(ctx, graph.FactQuery{Documents: ids, Where: filter, Order: factOrder(orderBy), Window: l.window})
		return paged(ids, found, schema.NewFacts), err
	})
	if err != nil {
		return nil, err
	}
	return factConnection(l, pages[obj.ID]), nil
}

// Mentions lists what the document mentions, with the places.
func (r documentResolver) Mentions(ctx context.Context, obj *schema.Document, _ *int, _ *string, _ *int, _ *string) (*schema.MentionConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := schema.Together(obj.Batch, l.key("mentions"), func(all []*schema.Document) (map[graph.DocumentID]graph.Page[*schema.Mention], error) {
		ids := documentIDs(all)
		found, err := r.store.ListMentions(ctx, graph.MentionQuery{Documents: ids, Window: l.window})
		return paged(ids, found, schema.NewMentions), err
	})
	if err != nil {
		return nil, err
	}
	return mentionConnection(l, pages[obj.ID]), nil
}

// Documents lists documents.
func (r queryResolver) Documents(ctx context.Context, where *generated.DocumentFilter, orderBy *generated.DocumentOrder, _ *int, _ *string, _ *int, _ *string) (*schema.DocumentConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := translate(ctx, r.store, func(n *names) (graph.DocumentFilter, error) { return n.documentFilter(where) })
	if err != nil {
		return nil, err
	}
	q := graph.DocumentQuery{Where: filter, Window: l.window}
	if orderBy != nil {
		q.Order = graph.Order{By: orderBy.By, Desc: orderBy.Direction == generated.SortDirectionDesc}
	}
	page, err := r.store.ListDocuments(ctx, q)
	if err != nil {
		return nil, err
	}
	list := connect(l, onePage(page, schema.NewDocuments), func(cursor string, d *schema.Document) (*schema.DocumentEdge, *schema.Document) {
		return &schema.DocumentEdge{Edge: schema.Edge[*schema.Document]{Cursor: cursor, Node: d}}, d
	})
	return &schema.DocumentConnection{List: list}, nil
}
