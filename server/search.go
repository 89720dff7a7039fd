package server

import (
	"context"
	"slices"
	"strconv"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// Search finds entities and documents by name and sentences by their words. The
// ranking is made anew for every page, so a cursor is a place in it.
func (r queryResolver) Search(ctx context.Context, text string, kinds []generated.SearchKind, _ *int, _ *string, _ *int, _ *string) (*generated.SearchConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	from, to, err := ranks(l.window)
	if err != nil {
		return nil, err
	}
	q := searchQuery(text, kinds)
	q.Limit, q.Degrees = min(to+1, graph.MaxCandidates), edgeSelects(ctx, "degree")
	if l.window.Total {
		q.Limit = graph.MaxCandidates
	}
	found, err := graph.Search(ctx, r.store, q)
	if err != nil {
		return nil, err
	}
	edges := searchEdges(text, found)
	total := len(edges)
	to = min(to, total)
	if l.window.Backward {
		from = max(from, to-l.window.Limit)
	}
	page := graph.Page[*generated.SearchEdge]{Items: edges[min(from, to):to], HasPrevious: from > 0, HasNext: to < total}
	for i := range page.Items {
		page.At = append(page.At, graph.Position{Sort: strconv.Itoa(from + i + 1), ID: "rank"})
	}
	list := connect(l, page, func(cursor string, e *generated.SearchEdge) (*generated.SearchEdge, schema.SearchNode) {
		e.Cursor = cursor
		return e, e.Node
	})
	return &generated.SearchConnection{Edges: list.Edges, Nodes: list.Nodes, PageInfo: &list.PageInfo, TotalCount: total, Truncated: found.Truncated}, nil
}

// ranks are the places of the first hit in a window and of the one after its last,
// counted from 0. From the end of the list, all that is ranked is in it.
func ranks(w graph.Window) (from, to int, err error) {
	if from, err = rankOf(w.After); err != nil {
		return 0, 0, err
	}
	before, err := rankOf(w.Before)
	switch {
	case w.Before.IsZero() && w.Backward:
		to = graph.MaxCandidates
	case w.Before.IsZero():
		to = from + w.Limit
	case w.Backward:
		to = before - 1
	default:
		to = min(from+w.Limit, before-1)
	}
	return from, max(from, to), err
}

// rankOf is the place of the hit that a cursor stands for, counted from 1; 0 without a cursor.
func rankOf(p graph.Position) (int, error) {
	if p.IsZero() {
		return 0, nil
	}
	rank, err := strconv.Atoi(p.Sort)
	if err != nil || rank < 1 || rank > 3*graph.MaxCandidates {
		return 0, graph.Errorf(graph.Invalid, "the cursor is not one of a search").WithHint("take it from an edge or from pageInfo")
	}
	return rank, nil
}

func searchQuery(text string, kinds []generated.SearchKind) graph.SearchQuery {
	asked := func(k generated.SearchKind) bool { return kinds == nil || slices.Contains(kinds, k) }
	q := graph.SearchQuery{Text: text, Entities: kinds == nil, Sentences: asked(generated.SearchKindSentence), Documents: asked(generated.SearchKindDocument)}
	for i, k := range graph.Kinds {
		if slices.Contains(kinds, generated.AllSearchKind[i]) {
			q.Entities, q.Kinds = true, append(q.Kinds, k)
		}
	}
	return q
}

// searchEdges are all hits in their order.
func searchEdges(text string, found graph.SearchResult) []*generated.SearchEdge {
	var edges []*generated.SearchEdge
	words, stems := graph.NameTerms(text), graph.SentenceTerms(text)
	entities := make([]graph.Entity, len(found.Entities))
	for i, hit := range found.Entities {
		entities[i] = hit.Entity
	}
	for i, rec := range schema.NewRecords(entities) {
		hit := found.Entities[i]
		edges = append(edges, &generated.SearchEdge{Node: rec.As(), Match: &hit.Class, Matched: &hit.Matched, Degree: &hit.Degree,
			Score: closeness(hit.Class, hit.Edits), Snippet: snippet(hit.Matched, graph.HighlightName(hit.Matched, words))})
	}
	documents := make([]graph.Document, len(found.Documents))
	for i, hit := range found.Documents {
		documents[i] = hit.Document
	}
	for i, d := range schema.NewDocuments(documents) {
		hit := found.Documents[i]
		edges = append(edges, &generated.SearchEdge{Node: d, Match: &hit.Class, Score: closeness(hit.Class, 0), Snippet: snippet(d.Title, graph.HighlightName(d.Title, words))})
	}
	for _, s := range schema.NewSentences(found.Sentences) {
		edges = append(edges, &generated.SearchEdge{Node: s, Score: closeness(graph.WordsMatch, 0), Snippet: snippet(s.Text, graph.HighlightSentence(s.Text, stems))})
	}
	return edges
}

// closeness is the score of a match.
func closeness(c graph.MatchClass, edits int) float64 {
	switch c {
	case graph.ExactMatch:
		return 1
	case graph.PrefixMatch:
		return 0.75
	case graph.WordsMatch:
		return 0.5
	}
	return 0.25 / float64(max(1, edits))
}

func snippet(text string, at []graph.Span) *generated.Snippet {
	s := &generated.Snippet{Text: text, Spans: make([]*schema.Span, len(at))}
	for i, span := range at {
		s.Spans[i] = &schema.Span{Span: span, Text: text[span.Start:span.End]}
	}
	return s
}
