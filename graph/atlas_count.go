package graph

import (
	"cmp"
	"context"
	"slices"
)

// Tally is [Reader.Tally]; ok is false if statements must answer, as below.
func (a *Atlas) Tally(ctx context.Context, q TimelineQuery) (tallies []Tally, complete, ok bool, err error) {
	tallies, ok, err = lookUp(ctx, a, func(p *pages) (tallies []Tally, ok bool) {
		tallies, complete, ok = p.tally(q)
		return tallies, ok
	})
	return tallies, complete, ok, err
}

// Facets is [Reader.Facets].
func (a *Atlas) Facets(ctx context.Context, q FacetQuery) (facets []Facet, ok bool, err error) {
	return lookUp(ctx, a, func(p *pages) ([]Facet, bool) {
		if q.By == FacetTopic || q.By == FacetParty {
			return p.facetEntities(q)
		}
		return p.facetValues(q)
	})
}

// countEntities is how many entities a list has; ok is false if the filter asks for what
// an atlas does not have.
func (p *pages) countEntities(where EntityFilter) (n int, ok bool) {
	ok = p.matching(where, func(uint32, *place) { n++ })
	return n, ok
}

// countFacts is how many facts a list has; ok is as in countEntities.
func (p *pages) countFacts(where FactFilter) (n int, ok bool) {
	test, ok := p.factTest(where)
	if !ok {
		return 0, false
	}
	p.among(where, func(fact uint32, l *line) {
		if test(fact, l) {
			n++
		}
	})
	return n, true
}

// group is what a tally is of, as one number in the order of dates: the date, then
// one byte for the predicate, and four bits for the kind of each end.
type group uint64

func (g group) tally(n int) Tally {
	return Tally{dateOf(uint32(g >> 16)), Predicates[g>>8&0xff], kindOf(uint8(g >> 4 & 0xf)), kindOf(uint8(g & 0xf)), n}
}

func (p *pages) tally(q TimelineQuery) (tallies []Tally, complete, ok bool) {
	test, ok := p.factTest(q.Where)
	if !ok {
		return nil, false, false
	}
	counts := map[group]int{}
	p.among(q.Where, func(n uint32, l *line) {
		if l.date == 0 || !test(n, l) {
			return
		}
		g := group(cutDate(l.date, q.By))<<16 | group(l.predicate)<<8
		if q.Kinds {
			g |= group(p.kinds[l.subject])<<4 | group(p.kinds[l.object])
		}
		counts[g]++
	})
	for g, n := range counts {
		tallies = append(tallies, g.tally(n))
	}
	slices.SortFunc(tallies, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return tallies[:min(len(tallies), MaxTallies)], len(tallies) <= MaxTallies, true
}

// cutDate leaves out of a date's number what is more precise than the unit.
func cutDate(n uint32, to Unit) uint32 {
	switch to {
	case Years:
		return n / 10000 * 10000
	case Months:
		return n / 100 * 100
	}
	return n
}

// matching gives the entities that are in a list, each once; ok is false if the filter
// asks for what an atlas does not have.
func (p *pages) matching(where EntityFilter, yield func(n uint32, e *place)) (ok bool) {
	test, ok := p.entityTest(where)
	if ok {
		p.candidates(where, func(n uint32) {
			if e := &p.entities[n]; e.documents > 0 && test(n, e) {
				yield(n, e)
			}
		})
	}
	return ok
}

// facetValues counts entities by what their records say of them.
func (p *pages) facetValues(q FacetQuery) (facets []Facet, ok bool) {
	value := func(_ uint32, e *place) string { return string(dateOf(cutDate(e.date, Years))) }
	switch q.By {
	case FacetKind:
		value = func(n uint32, _ *place) string { return string(kindOf(p.kinds[n])) }
	case FacetAgreementKind:
		value = func(_ uint32, e *place) string { return string(e.agreement) }
	}
	counts := map[string]int{}
	ok = p.matching(q.Where, func(n uint32, e *place) { counts[value(n, e)]++ })
	delete(counts, "")
	for v, n := range counts {
		facets = append(facets, Facet{Value: v, Count: n})
	}
	slices.SortFunc(facets, func(a, b Facet) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return facets[:min(len(facets), q.Limit)], ok
}

// facetEntities counts entities by whom edges join them to, once each.
func (p *pages) facetEntities(q FacetQuery) (facets []Facet, ok bool) {
	predicates, d, kinds := FacetEdges(q.By)
	edges, of := predicateSet(predicates), kindSet(kinds)
	counts := make([]uint32, len(p.entities))
	last := make([]uint32, len(p.entities)) // the entity that was counted there last, from 1
	ok = p.matching(q.Where, func(n uint32, _ *place) {
		p.each(n, func(h *halfEdge) bool {
			if edges>>h.predicate&1 != 0 && last[h.other] != n+1 && h.stands(d) {
				last[h.other] = n + 1
				counts[h.other]++
			}
			return true
		})
	})
	s := newSelection(Window{Limit: q.Limit}, Order{}, sorting[EntityID]{
		key:   func(n uint32) sortable { return sortable{number: -int64(counts[n]), text: p.entities[n].sort} },
		write: func(sortable) string { return "" },
		id:    func(n uint32) EntityID { return p.entities[n].id },
		byID:  p.compareEntities,
	})
	for n, count := range counts {
		if count > 0 && of>>p.kinds[n]&1 != 0 {
			s.add(uint32(n))
		}
	}
	for _, n := range s.page().Items {
		e := p.entities[n].record
		facets = append(facets, Facet{Value: string(e.ID), Entity: *e, Count: int(counts[n])})
	}
	return facets, ok
}
