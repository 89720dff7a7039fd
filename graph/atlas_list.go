package graph

import (
	"cmp"
	"math"
	"slices"
)

func (p *pages) frontier(at []EntityID, where FactFilter) (edges []Edge, complete, ok bool) {
	test, ok := p.factTest(where)
	other, known := p.otherTest(where)
	if !ok || !known {
		return nil, false, false
	}
	found := []uint32{}
	here := p.numbers(at)
	for _, entity := range here {
		p.each(entity, func(n uint32, l *line) bool {
			if test(n, l) && other(l.other(entity)) {
				found = append(found, n)
			}
			return true
		})
	}
	if len(here) > 1 || len(p.later) > 0 { // else they are in order, and each is there once
		slices.SortFunc(found, p.compare)
		found = slices.Compact(found)
	}
	complete = len(found) <= MaxFrontier
	found = found[:min(len(found), MaxFrontier)]
	edges = make([]Edge, len(found))
	for i, n := range found {
		edges[i] = p.edge(n)
	}
	return edges, complete, true
}

func (p *pages) degrees(ids []EntityID, predicates []Predicate) map[EntityID]int {
	degrees, allowed := make(map[EntityID]int, len(ids)), predicateSet(predicates)
	for _, id := range ids {
		n, here := p.number[id]
		if !here {
			continue
		}
		degree := 0
		p.each(n, func(_ uint32, l *line) bool {
			degree += int(allowed >> l.predicate & 1)
			return true
		})
		if degree > 0 {
			degrees[id] = degree
		}
	}
	return degrees
}

// listEntities answers what asks for edges of entities; all else has an index that
// has the list in its order.
func (p *pages) listEntities(q EntityQuery) ([]Page[EntityID], bool) {
	if q.Documents != nil || !asksForEdges(q.Where) {
		return nil, false
	}
	test, ok := p.entityTest(q.Where)
	if !ok {
		return nil, false
	}
	s := newSelection(q.Window, q.Order, p.entitySorting(q.Order))
	p.candidates(q.Where, func(n uint32) {
		if e := &p.entities[n]; e.documents > 0 && test(n, e) {
			s.add(n)
		}
	})
	return []Page[EntityID]{s.page()}, true
}

func (p *pages) entitySorting(o Order) (s sorting[EntityID]) {
	switch o.By {
	case ByDate:
		s = byDates[EntityID](func(n uint32) uint32 { return p.entities[n].date }, o.Desc)
	case ByLastSeen:
		s = byDates[EntityID](func(n uint32) uint32 { return p.entities[n].lastSeen }, o.Desc)
	case BySources:
		s = byNumbers[EntityID](func(n uint32) int64 { return int64(p.entities[n].documents) })
	default:
		s = sorting[EntityID]{
			key:   func(n uint32) sortable { return sortable{text: p.entities[n].sort} },
			read:  func(sort string) sortable { return sortable{text: sort} },
			write: func(k sortable) string { return k.text },
		}
	}
	s.id = func(n uint32) EntityID { return p.entities[n].id }
	s.byID = func(x, y uint32) int { return cmp.Compare(p.entities[x].id, p.entities[y].id) }
	return s
}

// asksForEdges tells whether edges to given entities decide who is in a list.
func asksForEdges(f EntityFilter) bool {
	return slices.ContainsFunc(f.Related, func(r Related) bool { return r.To != nil || r.Some != nil && asksForEdges(*r.Some) }) ||
		slices.ContainsFunc(f.And, asksForEdges) || slices.ContainsFunc(f.Or, asksForEdges) || f.Not != nil && asksForEdges(*f.Not)
}

// candidates are all whom a filter may let through: those with the rarest of the
// edges that it asks for, each once, or everybody.
func (p *pages) candidates(f EntityFilter, yield func(uint32)) {
	var rarest []uint32
	fewest := math.MaxInt
	for _, r := range f.Related {
		if r.To == nil {
			continue
		}
		to, n := p.numbers(r.To), 0
		for _, entity := range to {
			for _, list := range p.lists(entity) {
				n += len(list)
			}
		}
		if n < fewest {
			rarest, fewest = to, n
		}
	}
	if fewest == math.MaxInt {
		for n := range p.entities {
			yield(uint32(n))
		}
		return
	}
	seen := make(bits, len(p.entities)/64+1)
	for _, entity := range rarest {
		p.each(entity, func(_ uint32, l *line) bool {
			if other := l.other(entity); !seen.has(other) {
				seen[other/64] |= 1 << (other % 64)
				yield(other)
			}
			return true
		})
	}
}

// listFacts answers what asks for facts at entities.
func (p *pages) listFacts(q FactQuery) ([]Page[FactID], bool) {
	test, ok := p.factTest(q.Where)
	other, known := p.otherTest(q.Where)
	if !ok || !known || q.Documents != nil {
		return nil, false
	}
	var pages []Page[FactID]
	switch {
	case q.At != nil:
		for _, id := range q.At {
			var here []uint32
			if n, known := p.number[id]; known {
				here = []uint32{n}
			}
			pages = append(pages, p.factPage(q, here, func(entity, n uint32, l *line) bool {
				return stands(q.Direction, entity, l) && other(l.other(entity)) && test(n, l)
			}))
		}
	case q.Where.Either != nil || q.Where.Subjects != nil || q.Where.Objects != nil:
		ends := q.Where.Either
		if ends == nil {
			ends = q.Where.Subjects
		}
		if ends == nil {
			ends = q.Where.Objects
		}
		here := p.numbers(ends)
		twice := p.set(ends)
		pages = append(pages, p.factPage(q, here, func(entity, n uint32, l *line) bool {
			return (l.subject == entity || !twice[l.subject]) && test(n, l)
		}))
	default:
		return nil, false
	}
	return pages, true
}

// factPage is the page of the facts at entities that a test lets through.
func (p *pages) factPage(q FactQuery, at []uint32, test func(entity, n uint32, l *line) bool) Page[FactID] {
	s := newSelection(q.Window, q.Order, p.factSorting(q.Order))
	for _, entity := range at {
		p.each(entity, func(n uint32, l *line) bool {
			if test(entity, n, l) {
				s.add(n)
			}
			return true
		})
	}
	return s.page()
}

func (p *pages) factSorting(o Order) (s sorting[FactID]) {
	switch o.By {
	case ByConfidence:
		s = byNumbers[FactID](func(n uint32) int64 { return int64(p.facts[n].confidence) })
	case BySources:
		s = byNumbers[FactID](func(n uint32) int64 { return int64(p.facts[n].sources) })
	default:
		s = byDates[FactID](func(n uint32) uint32 { return p.facts[n].date }, o.Desc)
	}
	s.id, s.byID = p.id, p.compare
	return s
}
