package neo4j

import (
	"math"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// walk goes through indexes that have the rows of a list in its order, so that a
// list costs what its page does. Each arm reads one index, and costs the server
// 30 ms of planning when a list of its shape is asked for the first time: what can be
// a span is one, since spans are parameters. The page is the first of what each arm
// finds first in each span.
type walk struct {
	arms  []string // each matches by the index that it names, and may speak of span
	along []string // the properties of the index but for the id; the last one is in the list's order
	spans []span
}

// span is a part of an index: from one sort key to another, both included.
type span struct {
	kind     graph.Kind // for an index that has the kind first
	from, to any        // text or int64
}

// noDate is the sort key upwards of what has no date. The index has ” for it: what
// is first in the index comes last in the list.
var noDate = graph.DateSort("", false)

// dateSpans are the spans of a list by date; during is what the list asks of that
// date, so that the index is entered at the first year.
func dateSpans(during graph.DateRange, desc bool) []span {
	const first, last = " ", "}" // before and behind every date
	switch from, to := during.Bounds(); {
	case !during.IsZero():
		return []span{{from: from[:min(4, len(from))], to: to}}
	case desc:
		return []span{{from: "", to: last}}
	}
	return []span{{from: first, to: last}, {from: noDate, to: noDate}}
}

func numberSpans(from int64) []span { return []span{{from: from, to: int64(math.MaxInt64)}} }

// within cuts the spans to what lies between the positions of a window.
func (w walk) within(key sortKey, o graph.Order, window graph.Window) (spans []span) {
	low, high := window.After, window.Before
	if o.Desc {
		low, high = high, low
	}
	for _, s := range w.spans {
		if !low.IsZero() {
			s.from = largest(s.from, key.value(low.Sort))
		}
		if !high.IsZero() {
			s.to = smallest(s.to, key.value(high.Sort))
		}
		if largest(s.from, s.to) == s.to {
			spans = append(spans, s)
		}
	}
	return spans
}

func smallest(a, b any) any {
	if largest(a, b) == a {
		return b
	}
	return a
}

func largest(a, b any) any {
	n, number := a.(int64)
	if number && n > b.(int64) || !number && a.(string) > b.(string) {
		return a
	}
	return b
}

// walked binds the rows of the page by a walk, and sort. The window's positions come
// with the spans, null where there is none, so that all pages of a list share a plan.
func (l listing[T]) walked(q *statement) string {
	spans := []map[string]any{}
	for _, s := range l.walk.within(l.sort, l.order, l.window) {
		row := map[string]any{"kind": string(s.kind), "from": indexed(s.from), "to": indexed(s.to)}
		for _, b := range l.bounds() {
			tie := ties[b.is]
			row[tie.sort], row[tie.id] = indexed(l.sort.value(b.at.Sort)), b.at.ID
		}
		spans = append(spans, row)
	}
	key := l.walk.along[len(l.walk.along)-1]
	row := " WHERE " + key + " >= span.from AND " + key + " <= span.to AND " + l.id + " IS NOT NULL AND " + l.where + l.tied(key) +
		" WITH " + l.vars + l.orderBy(l.walk.along...) + " LIMIT $limit RETURN " + l.vars
	arms := make([]string, len(l.walk.arms))
	for i, arm := range l.walk.arms {
		arms[i] = arm + row
	}
	return "UNWIND " + q.param(spans) + " AS span CALL (span) { " + strings.Join(arms, " UNION ALL ") + " } WITH " + l.vars + ", " + l.sort.text +
		" AS sort" + l.orderBy("sort") + " LIMIT $limit"
}

// indexed is a sort key as the index has it.
func indexed(key any) any {
	if key == noDate {
		return ""
	}
	return key
}

// ties are the names of a position within a span, by where from it the rows lie.
var ties = map[string]struct{ sort, id string }{">": {"low", "lowID"}, "<": {"high", "highID"}}

// tied leaves out what stands where the window's positions do, and not beyond them.
func (l listing[T]) tied(key string) (text string) {
	for _, is := range []string{">", "<"} {
		text += " AND CASE WHEN " + key + " = span." + ties[is].sort + " THEN " + l.id + " " + is + " span." + ties[is].id + " ELSE true END"
	}
	return text
}

// each gives the spans to every kind.
func each(kinds []graph.Kind, spans []span) (all []span) {
	for _, k := range slices.Compact(slices.Sorted(slices.Values(kinds))) {
		for _, s := range spans {
			s.kind = k
			all = append(all, s)
		}
	}
	return all
}
