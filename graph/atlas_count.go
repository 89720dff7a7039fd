package graph

import (
	"cmp"
	"context"
	"slices"
)

// Tally is [Reader.Tally] where no ends are asked for, of which a store has
// indexes; ok is false if statements must answer.
func (a *Atlas) Tally(ctx context.Context, q TimelineQuery) (tallies []Tally, complete, ok bool, err error) {
	if q.Where.Either != nil || q.Where.Subjects != nil || q.Where.Objects != nil {
		return nil, false, false, nil
	}
	if ok, err := a.current(ctx); !ok || err != nil {
		return nil, false, false, err
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.pages == nil {
		return nil, false, false, nil
	}
	tallies, complete, ok = a.pages.tally(q)
	return tallies, complete, ok, nil
}

// tally looks at every fact.
func (p *pages) tally(q TimelineQuery) (tallies []Tally, complete, ok bool) {
	test, ok := p.factTest(q.Where)
	if !ok {
		return nil, false, false
	}
	type group struct {
		date      uint32
		predicate uint8
		from, to  Kind
	}
	counts := map[group]int{}
	for n := range p.facts {
		l := &p.facts[n]
		if l.is&isShown == 0 || l.date == 0 || !test(uint32(n), l) {
			continue
		}
		g := group{date: cutDate(l.date, q.By), predicate: l.predicate}
		if q.Kinds {
			g.from, g.to = p.entities[l.subject].kind, p.entities[l.object].kind
		}
		counts[g]++
	}
	for g, n := range counts {
		tallies = append(tallies, Tally{dateOf(g.date), Predicates[g.predicate], g.from, g.to, n})
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
