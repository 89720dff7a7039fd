package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

type mentionResolver struct{ *resolver }

// Entity is who is mentioned.
func (r mentionResolver) Entity(ctx context.Context, obj *schema.Mention) (schema.Entity, error) {
	records, err := schema.Together(obj.Batch, "entity", func(all []*schema.Mention) (map[graph.EntityID]*schema.Record, error) {
		return r.records(ctx, distinct(all, func(m *schema.Mention) graph.EntityID { return m.Mention.Entity }))
	})
	if rec := records[obj.Mention.Entity]; rec != nil {
		return rec.As(), nil
	}
	return nil, orGone(err, string(obj.ID))
}

// Document is where the entity is mentioned.
func (r mentionResolver) Document(ctx context.Context, obj *schema.Mention) (*schema.Document, error) {
	documents, err := r.documentsOf(ctx, obj, false)
	if d := documents[obj.Mention.Document]; d != nil {
		return d, nil
	}
	return nil, orGone(err, string(obj.ID))
}

func (r mentionResolver) documentsOf(ctx context.Context, m *schema.Mention, text bool) (map[graph.DocumentID]*schema.Document, error) {
	return schema.Together(m.Batch, "document"+canonical(text), func(all []*schema.Mention) (map[graph.DocumentID]*schema.Document, error) {
		return r.documents(ctx, distinct(all, func(m *schema.Mention) graph.DocumentID { return m.Mention.Document }), text)
	})
}

// documents are documents as one batch, without those that were withdrawn.
func (r *resolver) documents(ctx context.Context, ids []graph.DocumentID, text bool) (map[graph.DocumentID]*schema.Document, error) {
	found, err := r.store.Documents(ctx, ids, text)
	var list []graph.Document
	for _, id := range ids {
		if d, exists := found[id]; exists && !d.Withdrawn {
			list = append(list, d)
		}
	}
	documents := make(map[graph.DocumentID]*schema.Document, len(list))
	for _, d := range schema.NewDocuments(list) {
		documents[d.ID] = d
	}
	return documents, err
}

// orGone is an error for what was there a moment ago.
func orGone(err error, id string) error {
	if err != nil {
		return err
	}
	return graph.Errorf(graph.NotFound, "what %s ties together is gone", id).WithHint("the document was changed meanwhile; ask again")
}

// Spans are the places, with their words only if these are asked for.
func (r mentionResolver) Spans(ctx context.Context, obj *schema.Mention) ([]*schema.Span, error) {
	text := ""
	if selected(ctx, "text") {
		documents, err := r.documentsOf(ctx, obj, true)
		d := documents[obj.Mention.Document]
		if d == nil {
			return nil, orGone(err, string(obj.ID))
		}
		text = d.Document.Text
	}
	spans := make([]*schema.Span, len(obj.Mention.Spans))
	for i, at := range obj.Mention.Spans {
		words, _ := slice(text, 0, at)
		spans[i] = &schema.Span{Span: at, Text: words}
	}
	return spans, nil
}

func mentionConnection(l listing, page graph.Page[*schema.Mention]) *schema.MentionConnection {
	return &schema.MentionConnection{List: connect(l, page, func(cursor string, m *schema.Mention) (*schema.MentionEdge, *schema.Mention) {
		return &schema.MentionEdge{Edge: schema.Edge[*schema.Mention]{Cursor: cursor, Node: m}}, m
	})}
}
