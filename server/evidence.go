package server

import (
	"context"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

type evidenceResolver struct{ *resolver }

// Fact is what the evidence supports: known where it was reached from there.
func (r evidenceResolver) Fact(ctx context.Context, obj *schema.Evidence) (*schema.Fact, error) {
	if obj.Supports != nil {
		return obj.Supports, nil
	}
	facts, err := schema.Together(obj.Batch, "fact", func(all []*schema.Evidence) (map[graph.FactID]*schema.Fact, error) {
		return r.facts(ctx, distinct(all, func(e *schema.Evidence) graph.FactID { return e.Evidence.Fact }))
	})
	if err == nil && facts[obj.Evidence.Fact] == nil {
		err = graph.Errorf(graph.NotFound, "the fact of evidence %s is gone", obj.ID).WithHint("the document was changed meanwhile; ask again")
	}
	return facts[obj.Evidence.Fact], err
}

// facts are facts as one batch; a rejected one is as good as gone.
func (r *resolver) facts(ctx context.Context, ids []graph.FactID) (map[graph.FactID]*schema.Fact, error) {
	found, err := r.store.Facts(ctx, ids)
	var list []graph.Fact
	for _, id := range ids {
		if f, exists := found[id]; exists && f.Review != graph.Rejected {
			list = append(list, f)
		}
	}
	facts := make(map[graph.FactID]*schema.Fact, len(list))
	for _, f := range schema.NewFacts(list) {
		facts[f.ID] = f
	}
	return facts, err
}

// Subject is where the sentence names the fact's subject.
func (r evidenceResolver) Subject(ctx context.Context, obj *schema.Evidence) (*schema.Span, error) {
	return r.span(ctx, obj, obj.Evidence.Subject)
}

// Object is where the sentence names the fact's object.
func (r evidenceResolver) Object(ctx context.Context, obj *schema.Evidence) (*schema.Span, error) {
	return r.span(ctx, obj, obj.Evidence.Object)
}

// span finds the words of a span: in the stretches that came with the evidence,
// in its sentence, else in the whole text.
func (r evidenceResolver) span(ctx context.Context, e *schema.Evidence, at graph.Span) (*schema.Span, error) {
	if at == (graph.Span{}) {
		return nil, nil // null in the schema: only implied
	}
	for _, s := range e.Spans {
		if words, within := slice(s.Text, s.Start, at); within {
			return &schema.Span{Span: at, Text: words}, nil
		}
	}
	if first := e.Spans[0]; true {
		if i := strings.Index(e.Sentence, first.Text); i >= 0 {
			if words, within := slice(e.Sentence, first.Start-i, at); within {
				return &schema.Span{Span: at, Text: words}, nil
			}
		}
	}
	text, err := r.text(ctx, e.Document())
	words, _ := slice(text, 0, at)
	return &schema.Span{Span: at, Text: words}, err
}

// slice cuts a span out of a text that begins at an offset.
func slice(text string, offset int, at graph.Span) (string, bool) {
	if at.Start < offset || at.End > offset+len(text) || at.End < at.Start {
		return "", false
	}
	return text[at.Start-offset : at.End-offset], true
}
