package server

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

const (
	defaultFirst = 20
	mostFirst    = 100
)

// listing is one list field as it was asked for.
type listing struct {
	name   string // the field and its arguments but for the window
	list   string // the same with the type that has the field: what a cursor belongs to
	window graph.Window
	// What was asked for of the page; the rest is not made.
	edges, cursors, info bool
}

// listed reads the arguments of the list field that is being resolved.
func listed(ctx context.Context) (listing, error) {
	field := graphql.GetFieldContext(ctx)
	rest := maps.Clone(field.Args)
	for _, name := range []string{"first", "last", "after", "before"} {
		delete(rest, name)
	}
	l := listing{name: field.Field.Name + canonical(rest)}
	l.list = field.Object + "." + l.name
	var err error
	if l.window.Limit, l.window.Backward, err = limitOf(field); err != nil {
		return l, err
	}
	if l.window.After, err = l.position(field.Args["after"]); err != nil {
		return l, err
	}
	if l.window.Before, err = l.position(field.Args["before"]); err != nil {
		return l, err
	}
	for _, f := range selection(ctx, field.Field) {
		switch f.Name {
		case "totalCount":
			l.window.Total = true
		case "pageInfo":
			l.info = true
		case "edges":
			l.edges = true
			l.cursors = l.cursors || has(selection(ctx, f), "cursor")
		}
	}
	return l, nil
}

func limitOf(field *graphql.FieldContext) (limit int, backward bool, err error) {
	first, _ := field.Args["first"].(*int)
	last, _ := field.Args["last"].(*int)
	name, limit := "first", defaultFirst
	switch {
	case last != nil:
		if given := field.Field.Arguments.ForName("first"); given != nil && first != nil {
			return 0, false, graph.Errorf(graph.Invalid, "first and last exclude each other").WithHint("first reads a list from its start, last from its end")
		}
		name, limit = "last", *last
	case first != nil:
		limit = *first
	}
	if limit < 1 || limit > mostFirst {
		return 0, false, graph.Errorf(graph.Invalid, "%s is %d; it may be 1 to %d", name, limit, mostFirst).WithHint("read page by page, with the cursors in pageInfo")
	}
	return limit, last != nil, nil
}

func (l listing) position(cursor any) (graph.Position, error) {
	text, _ := cursor.(*string)
	if text == nil {
		return graph.Position{}, nil
	}
	return graph.DecodeCursor(l.list, *text)
}

// key tells the loads of a batch apart: what is asked, and of what edges.
func (l listing) key(about ...any) string { return l.name + canonical(l.window, about) }

// canonical is JSON whose bytes are equal where the values are: fields in order, keys sorted.
func canonical(values ...any) string {
	data, err := json.Marshal(values)
	if err != nil {
		panic(err) // arguments came from JSON
	}
	return string(data)
}

// selected tells whether a field of the object that is being resolved was asked for.
func selected(ctx context.Context, name string) bool {
	return has(selection(ctx, graphql.GetFieldContext(ctx).Field), name)
}

// selection are the fields that were asked for of the objects of a field.
func selection(ctx context.Context, of graphql.CollectedField) []graphql.CollectedField {
	return graphql.CollectFields(graphql.GetOperationContext(ctx), of.Selections, []string{of.Definition.Type.Name()})
}

func has(fields []graphql.CollectedField, name string) bool {
	return slices.ContainsFunc(fields, func(f graphql.CollectedField) bool { return f.Name == name })
}

// edgeSelects tells whether a field of the edges of the list that is being
// resolved was asked for.
func edgeSelects(ctx context.Context, name string) bool {
	return slices.ContainsFunc(selection(ctx, graphql.GetFieldContext(ctx).Field), func(f graphql.CollectedField) bool {
		return f.Name == "edges" && has(selection(ctx, f), name)
	})
}

// connect makes what was asked for of a connection, of a page.
func connect[T, E, N any](l listing, page graph.Page[T], edge func(cursor string, item T) (E, N)) schema.List[E, N] {
	c := schema.List[E, N]{Nodes: make([]N, len(page.Items)), TotalCount: page.Total,
		PageInfo: schema.PageInfo{HasNextPage: page.HasNext, HasPreviousPage: page.HasPrevious}}
	if l.edges {
		c.Edges = make([]E, len(page.Items))
	}
	for i, item := range page.Items {
		cursor := ""
		if l.cursors {
			cursor = graph.EncodeCursor(l.list, page.At[i])
		}
		made, node := edge(cursor, item)
		if c.Nodes[i] = node; l.edges {
			c.Edges[i] = made
		}
	}
	if n := len(page.Items); l.info && n > 0 {
		start, end := graph.EncodeCursor(l.list, page.At[0]), graph.EncodeCursor(l.list, page.At[n-1])
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &start, &end
	}
	return c
}

// connectLinks makes a connection whose edges are facts.
func connectLinks[E, N any](l listing, page graph.Page[schema.Link], edge func(schema.Linked[N]) E) schema.List[E, N] {
	return connect(l, page, func(cursor string, k schema.Link) (E, N) {
		node := k.Other.As().(N)
		return edge(schema.Linked[N]{Cursor: cursor, Node: node, Fact: k.Fact}), node
	})
}

// paged puts the items of all parents' pages into one batch.
func paged[ID comparable, T, U any](parents []ID, pages []graph.Page[T], batch func([]T) []U) map[ID]graph.Page[U] {
	items := make([][]T, len(pages))
	for i, p := range pages {
		items[i] = p.Items
	}
	rest := batch(slices.Concat(items...))
	byParent := make(map[ID]graph.Page[U], len(parents))
	for i, p := range pages {
		n := len(p.Items)
		byParent[parents[i]] = graph.Page[U]{Items: rest[:n:n], At: p.At, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total}
		rest = rest[n:]
	}
	return byParent
}

// onePage puts the items of a page into one batch.
func onePage[T, U any](page graph.Page[T], batch func([]T) []U) graph.Page[U] {
	return paged([]int{0}, []graph.Page[T]{page}, batch)[0]
}

// linkPages are the facts at each entity with what stands at their other ends,
// which is one batch as well.
func linkPages(at []graph.EntityID, pages []graph.Page[graph.Fact]) map[graph.EntityID]graph.Page[schema.Link] {
	total := 0
	for _, p := range pages {
		total += len(p.Items)
	}
	facts, others := make([]*graph.Fact, 0, total), make([]*graph.Entity, 0, total)
	for i, p := range pages {
		for k := range p.Items {
			facts, others = append(facts, &p.Items[k]), append(others, otherEnd(&p.Items[k], at[i]))
		}
	}
	batch, records := schema.FactsOf(facts), schema.RecordsOf(others)
	links := make(map[graph.EntityID]graph.Page[schema.Link], len(at))
	for i, p := range pages {
		page := graph.Page[schema.Link]{Items: make([]schema.Link, len(p.Items)), At: p.At, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total}
		for k := range page.Items {
			page.Items[k] = schema.Link{Fact: batch[k], Other: records[k]}
		}
		batch, records = batch[len(p.Items):], records[len(p.Items):]
		links[at[i]] = page
	}
	return links
}

// otherEnd is what stands at the other end of a fact, seen from one of them.
func otherEnd(f *graph.Fact, from graph.EntityID) *graph.Entity {
	if f.SubjectID == from {
		return f.Object
	}
	return f.Subject
}

// distinct are the ids of a batch, each once, in order.
func distinct[T any, ID ~string](all []T, id func(T) ID) []ID {
	ids := make([]ID, len(all))
	for i, v := range all {
		ids[i] = id(v)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
