package graph

import (
	"cmp"
	"math"
	"slices"
)

// frontier is [Reader.Frontier] by numbers.
func (p *pages) frontier(at []uint32, where FactFilter) (facts []uint32, complete, ok bool) {
	test, ok := p.factTest(where)
	other, known := p.otherTest(where)
	if !ok || !known {
		return nil, false, false
	}
	facts = make([]uint32, 0, p.weight(at))
	for _, entity := range at {
		p.each(entity, func(h *halfEdge) bool {
			if test(h.fact, &p.facts[h.fact]) && other(h.other) {
				facts = append(facts, h.fact)
			}
			return true
		})
	}
	if len(at) > 1 || len(p.later) > 0 { // else they are in order, and each is there once
		facts = p.inOrder(facts)
	}
	return facts[:min(len(facts), MaxFrontier)], len(facts) <= MaxFrontier, true
}

// inOrder puts facts in the order of their ids, each once.
func (p *pages) inOrder(facts []uint32) []uint32 {
	bound, late := make([]uint32, 0, len(facts)), []uint32{}
	for _, n := range facts {
		if int(n) < p.bound() {
			bound = append(bound, n)
		} else {
			late = append(late, n)
		}
	}
	if len(bound) < p.bound()/64 {
		slices.Sort(bound)
		bound = slices.Compact(bound)
	} else { // so many are faster put in their places than compared
		set := newBits(p.bound())
		for _, n := range bound {
			set.add(n)
		}
		bound = slices.AppendSeq(bound[:0], set.each)
	}
	slices.SortFunc(late, p.compare)
	facts = facts[:0]
	for _, n := range bound {
		for len(late) > 0 && p.compare(late[0], n) < 0 {
			facts, late = append(facts, late[0]), late[1:]
		}
		facts = append(facts, n)
	}
	return slices.Compact(append(facts, late...))
}

func (p *pages) degrees(ids []EntityID, predicates []Predicate) map[EntityID]int {
	degrees, allowed := make(map[EntityID]int, len(ids)), predicateSet(predicates)
	for _, id := range ids {
		n, here := p.number[id]
		if !here {
			continue
		}
		degree := 0
		p.each(n, func(h *halfEdge) bool {
			degree += int(allowed >> h.predicate & 1)
			return true
		})
		if degree > 0 {
			degrees[id] = degree
		}
	}
	return degrees
}

// listEntities answers what asks for edges, and what no index of a store has in its
// order: there the store might look at every row for a page.
func (p *pages) listEntities(q EntityQuery) ([]Page[Entity], bool) {
	if q.Documents != nil || !asksForEdges(q.Where) && !picksEntities(q) {
		return nil, false
	}
	s := newSelection(q.Window, q.Order, p.entitySorting(q.Order))
	if !p.matching(q.Where, func(n uint32, _ *place) { s.add(n) }) {
		return nil, false
	}
	return []Page[Entity]{recordedPage(s.page(), p.entityRecord)}, true
}

// listAmong lists, of each of some sets of entities, those that a filter lets through. What is
// not known yet was mentioned by a document that is just being written.
func (p *pages) listAmong(q EntityQuery, sets [][]EntityID) (pages []Page[Entity], ok bool) {
	test, ok := p.entityTest(q.Where)
	if !ok {
		return nil, false
	}
	sorting := p.entitySorting(q.Order)
	for _, ids := range sets {
		s := newSelection(q.Window, q.Order, sorting)
		for _, n := range p.numbers(ids) {
			if e := &p.entities[n]; e.documents > 0 && test(n, e) {
				s.add(n)
			}
		}
		pages = append(pages, recordedPage(s.page(), p.entityRecord))
	}
	return pages, true
}

func (p *pages) entityRecord(n uint32) Entity { return *p.entities[n].record }

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
	s.byID = p.compareEntities
	return s
}

// compareEntities orders entities by id.
func (p *pages) compareEntities(x, y uint32) int {
	return cmp.Compare(p.entities[x].id, p.entities[y].id)
}

// picksEntities tells whether a filter picks from all over the list.
func picksEntities(q EntityQuery) bool {
	f := q.Where
	return len(f.And)+len(f.Or) > 0 || f.Not != nil || f.AgreementKinds != nil || f.Name != nil && f.Name.Contains != "" ||
		!f.Date.IsZero() && q.Order.By != ByDate || !f.Seen.IsZero() && q.Order.By != ByLastSeen
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
		if to := p.numbers(r.To); p.weight(to) < fewest {
			rarest, fewest = to, p.weight(to)
		}
	}
	if fewest == math.MaxInt {
		for n := range p.entities {
			yield(uint32(n))
		}
		return
	}
	seen := newBits(len(p.entities))
	for _, entity := range rarest {
		p.each(entity, func(h *halfEdge) bool {
			if !seen.has(h.other) {
				seen.add(h.other)
				yield(h.other)
			}
			return true
		})
	}
}

// listFacts answers what asks for facts at entities, and for few among all.
func (p *pages) listFacts(q FactQuery) ([]Page[Fact], bool) {
	test, ok := p.factTest(q.Where)
	other, known := p.otherTest(q.Where)
	if !ok || !known || q.Documents != nil {
		return nil, false
	}
	var pages []Page[Fact]
	switch {
	case q.At != nil:
		for _, id := range q.At {
			pages = append(pages, p.factPage(q, id, func(h *halfEdge) bool {
				return h.stands(q.Direction) && other(h.other) && test(h.fact, &p.facts[h.fact])
			}))
		}
	case namesEnds(q.Where) || p.picksFacts(q, test):
		s := newSelection(q.Window, q.Order, p.factSorting(q.Order))
		p.among(q.Where, func(n uint32, l *line) {
			if test(n, l) {
				s.add(n)
			}
		})
		pages = append(pages, recordedPage(s.page(), p.record))
	default:
		return nil, false
	}
	return pages, true
}

// picksFacts tells whether a filter picks few facts from all over the list, so that a store
// might look at every row for a page. The first facts are a fair sample, since ids are hashes.
func (p *pages) picksFacts(q FactQuery, test factTest) bool {
	const sample, often = 2000, 40
	f, n := q.Where, 0
	if len(f.And)+len(f.Or) == 0 && f.Not == nil && f.MinConfidence <= 0 && f.MinSources <= 0 && f.Origins == nil && (f.During.IsZero() || q.Order.By == ByDate || q.Order.By == ByDefault) {
		return false
	}
	facts := p.facts[:min(len(p.facts), sample)]
	for i := range facts {
		if facts[i].is&isShown != 0 && test(uint32(i), &facts[i]) {
			n++
		}
	}
	return n < often
}

// factPage is the page of the facts at an entity that a test lets through.
func (p *pages) factPage(q FactQuery, id EntityID, test func(*halfEdge) bool) Page[Fact] {
	s := newSelection(q.Window, q.Order, p.factSorting(q.Order))
	if entity, known := p.number[id]; known {
		p.each(entity, func(h *halfEdge) bool {
			if test(h) {
				s.add(h.fact)
			}
			return true
		})
	}
	return recordedPage(s.page(), p.record)
}

// namesEnds tells whether all facts that a filter may let through stand at entities that it names.
func namesEnds(f FactFilter) bool { return f.Either != nil || f.Subjects != nil || f.Objects != nil }

// among gives the facts that a filter may let through, each once: those at the fewest
// of the ends that it names, or all.
func (p *pages) among(f FactFilter, yield func(n uint32, l *line)) {
	if !namesEnds(f) {
		for n := range p.facts {
			if l := &p.facts[n]; l.is&isShown != 0 {
				yield(uint32(n), l)
			}
		}
		return
	}
	var rarest []uint32
	fewest := math.MaxInt
	for _, ends := range [][]EntityID{f.Either, f.Subjects, f.Objects} {
		if ends == nil {
			continue
		}
		if here := p.numbers(ends); p.weight(here) < fewest {
			rarest, fewest = here, p.weight(here)
		}
	}
	ends := p.setOf(rarest)
	for _, entity := range rarest {
		p.each(entity, func(h *halfEdge) bool {
			if h.out || !ends.has(h.other) { // else it is given at its subject
				yield(h.fact, &p.facts[h.fact])
			}
			return true
		})
	}
}

// weight is how many facts there are to look at at entities.
func (p *pages) weight(entities []uint32) (n int) {
	for _, entity := range entities {
		for _, list := range p.lists(entity) {
			n += len(list)
		}
	}
	return n
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
