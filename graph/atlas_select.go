package graph

import (
	"cmp"
	"slices"
	"strconv"
)

// sortable is what a list is ordered by: a number or a text.
type sortable struct {
	number int64
	text   string
}

func (k sortable) compare(o sortable) int {
	if k.number != o.number {
		return cmp.Compare(k.number, o.number)
	}
	return cmp.Compare(k.text, o.text)
}

// sorting is one order of entities or facts.
type sorting[ID ~string] struct {
	key   func(n uint32) sortable
	id    func(n uint32) ID
	byID  func(x, y uint32) int
	read  func(sort string) sortable // of a position
	write func(k sortable) string
}

// noDate is where what has no date stands in a list by date, upwards.
const noDate = 1_0000_00_00

// byDates orders by date, none last either way, as [DateSort] does.
func byDates[ID ~string](date func(n uint32) uint32, desc bool) sorting[ID] {
	return sorting[ID]{
		key: func(n uint32) sortable {
			d := date(n)
			if d == 0 && !desc {
				d = noDate
			}
			return sortable{number: int64(d)}
		},
		read: func(sort string) sortable {
			if sort == DateSort("", false) {
				return sortable{number: noDate}
			}
			return sortable{number: int64(dateNumber(Date(sort)))}
		},
		write: func(k sortable) string { return DateSort(dateOf(uint32(k.number%noDate)), desc) },
	}
}

func byNumbers[ID ~string](number func(n uint32) int64) sorting[ID] {
	return sorting[ID]{
		key:   func(n uint32) sortable { return sortable{number: number(n)} },
		read:  func(sort string) sortable { return sortable{number: SortNumber(sort)} },
		write: func(k sortable) string { return strconv.FormatInt(k.number, 10) },
	}
}

// selection keeps the first of a list as its window is read, of all that is added
// in any order, and counts them.
type selection[ID ~string] struct {
	sorting[ID]
	window Window
	desc   bool // the order of the list
	down   bool // how the window is read
	kept   []selected
	total  int
	enough bool // kept was cut, so that what comes after its last is of no use
}

type selected struct {
	key sortable
	n   uint32
}

func newSelection[ID ~string](w Window, o Order, s sorting[ID]) *selection[ID] {
	return &selection[ID]{sorting: s, window: w, desc: o.Desc, down: w.Descending(o)}
}

func (s *selection[ID]) compare(x, y selected) int {
	order := x.key.compare(y.key)
	if order == 0 {
		order = s.byID(x.n, y.n)
	}
	if s.down {
		return -order
	}
	return order
}

func (s *selection[ID]) add(n uint32) {
	s.total++
	x := selected{s.key(n), n}
	wanted := s.window.Limit + 1
	if s.enough && s.compare(x, s.kept[wanted-1]) > 0 || !s.within(x) {
		return
	}
	if s.kept = append(s.kept, x); len(s.kept) >= 4*wanted+64 {
		slices.SortFunc(s.kept, s.compare)
		s.kept, s.enough = s.kept[:wanted], true
	}
}

// within tells whether a row lies between the window's two positions.
func (s *selection[ID]) within(x selected) bool {
	beyond := func(at Position) int { // how the row stands to a position, in the order of the list
		order := cmp.Or(x.key.compare(s.read(at.Sort)), cmp.Compare(string(s.id(x.n)), at.ID))
		if s.desc {
			return -order
		}
		return order
	}
	return (s.window.After.IsZero() || beyond(s.window.After) > 0) && (s.window.Before.IsZero() || beyond(s.window.Before) < 0)
}

// page is the page of the window.
func (s *selection[ID]) page() Page[uint32] {
	slices.SortFunc(s.kept, s.compare)
	more := len(s.kept) > s.window.Limit
	kept := s.kept[:min(len(s.kept), s.window.Limit)]
	p := Page[uint32]{HasNext: more, HasPrevious: !s.window.After.IsZero()}
	if s.window.Backward {
		slices.Reverse(kept)
		p.HasPrevious, p.HasNext = more, !s.window.Before.IsZero()
	}
	for _, x := range kept {
		p.Items, p.At = append(p.Items, x.n), append(p.At, Position{Sort: s.write(x.key), ID: string(s.id(x.n))})
	}
	if s.window.Total {
		p.Total = s.total
	}
	return p
}
