package graph

import (
	"cmp"
	"slices"
	"strconv"
)

// Placed is an item that a store found, with its place in the list.
type Placed[T any] struct {
	Item T
	At   Position
}

// Descending tells whether a window of a list is read from its end.
func (w Window) Descending(o Order) bool { return o.Desc != w.Backward }

// Cut makes the page of a window out of what a store found for it: the first
// Limit+1 items as the window is read, or more, in any order. numeric tells that sort keys are
// numbers, see [SortNumber].
func Cut[T any](rows []Placed[T], w Window, o Order, numeric bool) Page[T] {
	slices.SortFunc(rows, func(a, b Placed[T]) int {
		order := cmp.Or(compareSort(a.At.Sort, b.At.Sort, numeric), cmp.Compare(a.At.ID, b.At.ID))
		if w.Descending(o) {
			return -order
		}
		return order
	})
	more := len(rows) > w.Limit
	if more {
		rows = rows[:w.Limit]
	}
	p := Page[T]{HasNext: more, HasPrevious: !w.After.IsZero()}
	if w.Backward {
		slices.Reverse(rows)
		p.HasPrevious, p.HasNext = more, !w.Before.IsZero()
	}
	for _, r := range rows {
		p.Items, p.At = append(p.Items, r.Item), append(p.At, r.At)
	}
	return p
}

// Pick makes the page of a window out of a whole list, in any order.
func Pick[T any](all []Placed[T], w Window, o Order, numeric bool) Page[T] {
	beyond := func(at, bound Position, sign int) bool {
		order := cmp.Or(compareSort(at.Sort, bound.Sort, numeric), cmp.Compare(at.ID, bound.ID))
		if o.Desc {
			order = -order
		}
		return bound.IsZero() || order*sign > 0
	}
	var within []Placed[T]
	for _, p := range all {
		if beyond(p.At, w.After, 1) && beyond(p.At, w.Before, -1) {
			within = append(within, p)
		}
	}
	page := Cut(within, w, o, numeric)
	if w.Total {
		page.Total = len(all)
	}
	return page
}

func compareSort(a, b string, numeric bool) int {
	if numeric {
		return cmp.Compare(SortNumber(a), SortNumber(b))
	}
	return cmp.Compare(a, b)
}

// SortNumber is the number that a sort key stands for; 0 if it is none, as in a
// cursor that somebody made up.
func SortNumber(sort string) int64 {
	n, err := strconv.ParseInt(sort, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
