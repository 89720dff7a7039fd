package graphtest

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/entente-kg/entente/graph"
)

// list is a whole list as the oracle has it, in its order.
type list struct {
	items   []placed
	desc    bool
	numbers bool // sort keys are numbers
}

// placed is a line of a list with the position that a cursor to it stands for.
type placed struct {
	at   graph.Position
	line string
}

func newList(order graph.Order, numbers bool, items []placed) list {
	l := list{items: items, desc: order.Desc, numbers: numbers}
	slices.SortFunc(l.items, func(a, b placed) int { return l.compare(a.at, b.at) })
	return l
}

func (l list) compare(a, b graph.Position) int {
	c := cmp.Compare(a.Sort, b.Sort)
	if l.numbers {
		x, _ := strconv.Atoi(a.Sort)
		y, _ := strconv.Atoi(b.Sort)
		c = cmp.Compare(x, y)
	}
	if c = cmp.Or(c, cmp.Compare(a.ID, b.ID)); l.desc {
		return -c
	}
	return c
}

// page is the part of the list in a window, as lines: the items with their
// positions, then what the page says of the rest.
func (l list) page(w graph.Window) []string {
	var inside []placed
	for _, x := range l.items {
		if (w.After.IsZero() || l.compare(x.at, w.After) > 0) && (w.Before.IsZero() || l.compare(x.at, w.Before) < 0) {
			inside = append(inside, x)
		}
	}
	next, previous := len(inside) > w.Limit, !w.After.IsZero()
	if w.Backward {
		next, previous = !w.Before.IsZero(), len(inside) > w.Limit
		inside = inside[max(0, len(inside)-w.Limit):]
	} else {
		inside = inside[:min(len(inside), w.Limit)]
	}
	total := 0
	if w.Total {
		total = len(l.items)
	}
	lines := make([]string, 0, len(inside)+1)
	for _, x := range inside {
		lines = append(lines, shown(x.at)+" "+x.line)
	}
	return append(lines, pageEnd(next, previous, total))
}

func pageEnd(next, previous bool, total int) string {
	return shown(map[string]any{"hasNext": next, "hasPrevious": previous, "total": total})
}

// pageLines are the lines of a page that a store gave.
func pageLines[T any](p graph.Page[T], show func(T) string) []string {
	var lines []string
	for i, x := range p.Items {
		at := "without a position"
		if i < len(p.At) {
			at = shown(p.At[i])
		}
		lines = append(lines, at+" "+show(x))
	}
	return append(lines, pageEnd(p.HasNext, p.HasPrevious, p.Total))
}

// window is a random part of a list: mostly small, from either end, often beyond
// or before an item, now and then beyond one that is not there.
func (q *inquiry) window(of list) graph.Window {
	w := graph.Window{Limit: q.rng.IntN(8), Backward: q.chance(3), Total: q.chance(2)}
	if q.chance(3) {
		w.Limit = 1000
	}
	for _, bound := range []*graph.Position{&w.After, &w.Before} {
		if len(of.items) == 0 || !q.chance(3) {
			continue
		}
		*bound = of.items[q.rng.IntN(len(of.items))].at
		if q.chance(6) {
			bound.ID = of.items[q.rng.IntN(len(of.items))].at.ID
		}
	}
	return w
}

// lists is a question for lists, one a parent: some random part of all of them,
// and where it is one list, often all of its pages one after the other.
func lists[T any](q *inquiry, what string, asked any, want []list, show func(T) string, ask func(graph.Window) ([]graph.Page[T], error)) prepared {
	if len(want) == 0 {
		return prepared{empty: true, put: func() {}}
	}
	w, empty := q.window(want[q.rng.IntN(len(want))]), true
	var wanted []string
	for _, l := range want {
		wanted = append(wanted, l.page(w)...)
		empty = empty && len(l.items) == 0
	}
	return prepared{empty: empty, put: func() {
		pages, err := ask(w)
		var got []string
		for _, p := range pages {
			got = append(got, pageLines(p, show)...)
		}
		q.same(what, []any{asked, w}, got, wanted, err)
		if len(want) == 1 && q.chance(4) {
			walkPages(q, what, asked, want[0], show, ask)
		}
	}}
}

// walkPages goes from page to page to the end of a list, or to its beginning.
func walkPages[T any](q *inquiry, what string, question any, want list, show func(T) string, ask func(graph.Window) ([]graph.Page[T], error)) {
	q.Helper()
	w := graph.Window{Limit: 1 + len(want.items)/6 + q.rng.IntN(5), Backward: q.chance(2)}
	var got, wanted []string
	for {
		pages, err := ask(w)
		if err != nil || len(pages) != 1 {
			q.same(what, []any{question, w}, nil, nil, cmp.Or(err, error(graph.Errorf(graph.Invalid, "%d pages", len(pages)))))
			return
		}
		lines := make([]string, len(pages[0].Items))
		for i, x := range pages[0].Items {
			lines[i] = show(x)
		}
		if w.Backward {
			got = append(lines, got...)
		} else {
			got = append(got, lines...)
		}
		more := pages[0].HasNext
		if w.Backward {
			more = pages[0].HasPrevious
		}
		if !more || len(lines) == 0 || len(got) > len(want.items) {
			break
		}
		w.After, w.Before = pages[0].At[len(lines)-1], graph.Position{}
		if w.Backward {
			w.After, w.Before = graph.Position{}, pages[0].At[0]
		}
	}
	for _, x := range want.items {
		wanted = append(wanted, x.line)
	}
	q.same(what+", page by page", []any{question, w}, got, wanted, nil)
}
