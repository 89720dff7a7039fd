package server

import (
	"context"
	"slices"
	"strconv"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// Search finds entities by name and sentences by their words. The ranking is
// made anew for every page, so a cursor is a place in it.
func (r queryResolver) Search(ctx context.Context, text string, kinds []generated.SearchKind, _ *int, _ *string) (*generated.SearchConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	from, err := rankAfter(l.window.After)
	if err != nil {
		return nil, err
	}
	q := searchQuery(text, kinds)
	q.Limit = from + l.window.Limit + 1
	found, err := graph.Search(ctx, r.store, q)
	if err != nil {
		return nil, err
	}
	edges := searchEdges(found)
	page := graph.Page[*generated.SearchEdge]{Items: edges[min(from, len(edges)):], HasPrevious: from > 0}
	if page.HasNext = len(page.Items) > l.window.Limit; page.HasNext {
		page.Items = page.Items[:l.window.Limit]
	}
	for i := range page.Items {
		page.At = append(page.At, graph.Position{Sort: strconv.Itoa(from + i + 1), ID: "rank"})
	}
	list := connect(l, page, func(cursor string, e *generated.SearchEdge) (*generated.SearchEdge, schema.SearchNode) {
		e.Cursor = cursor
		return e, e.Node
	})
	return &generated.SearchConnection{Edges: list.Edges, Nodes: list.Nodes, PageInfo: &list.PageInfo, Truncated: found.Truncated}, nil
}

// rankAfter is how many of the best a cursor leaves out.
func rankAfter(p graph.Position) (int, error) {
	if p.IsZero() {
		return 0, nil
	}
	rank, err := strconv.Atoi(p.Sort)
	if err != nil || rank < 0 || rank > graph.MaxCandidates {
		return 0, graph.Errorf(graph.Invalid, "the cursor is not one of a search").WithHint("take it from an edge or from pageInfo")
	}
	return rank, nil
}

func searchQuery(text string, kinds []generated.SearchKind) graph.SearchQuery {
	q := graph.SearchQuery{Text: text, Entities: kinds == nil, Sentences: kinds == nil || slices.Contains(kinds, generated.SearchKindSentence)}
	for i, k := range generated.AllSearchKind {
		if slices.Contains(kinds, k) && k != generated.SearchKindSentence {
			q.Entities, q.Kinds = true, append(q.Kinds, graph.Kinds[i])
		}
	}
	return q
}

func searchEdges(found graph.SearchResult) []*generated.SearchEdge {
	var edges []*generated.SearchEdge
	entities := make([]graph.Entity, len(found.Entities))
	for i, hit := range found.Entities {
		entities[i] = hit.Entity
	}
	for i, rec := range schema.NewRecords(entities) {
		hit := found.Entities[i]
		edges = append(edges, &generated.SearchEdge{Node: rec.As(), Match: &hit.Class, Matched: &hit.Matched, Degree: &hit.Degree})
	}
	for _, s := range schema.NewSentences(found.Sentences) {
		edges = append(edges, &generated.SearchEdge{Node: s})
	}
	return edges
}
