package graph

import (
	"math"
	"slices"
	"strings"
)

// factTest tells whether a filter lets a fact through.
type factTest func(n uint32, l *line) bool

// factTest compiles a filter but for its Kinds and Other; ok is false if it asks for what an
// atlas does not have.
func (p *pages) factTest(f FactFilter) (test factTest, ok bool) {
	if f.Documents != nil || !f.Lasting.IsZero() {
		return nil, false
	}
	var tests []factTest
	if f.Predicates != nil {
		allowed := predicateSet(f.Predicates)
		tests = append(tests, func(_ uint32, l *line) bool { return allowed>>l.predicate&1 != 0 })
	}
	if f.Subjects != nil {
		at := p.set(f.Subjects)
		tests = append(tests, func(_ uint32, l *line) bool { return at.has(l.subject) })
	}
	if f.Objects != nil {
		at := p.set(f.Objects)
		tests = append(tests, func(_ uint32, l *line) bool { return at.has(l.object) })
	}
	if f.Either != nil {
		at := p.set(f.Either)
		tests = append(tests, func(_ uint32, l *line) bool { return at.has(l.subject) || at.has(l.object) })
	}
	if !f.During.IsZero() {
		overlaps := overlap(f.During)
		tests = append(tests, func(_ uint32, l *line) bool { return overlaps(l.date, l.date) })
	}
	if f.MinConfidence > 0 {
		tests = append(tests, func(_ uint32, l *line) bool { return int(l.confidence) >= f.MinConfidence })
	}
	if f.MinSources > 0 {
		tests = append(tests, func(_ uint32, l *line) bool { return int(l.sources) >= f.MinSources })
	}
	if f.Origins != nil {
		thesaurus, extracted := slices.Contains(f.Origins, Thesaurus), slices.Contains(f.Origins, Extracted)
		tests = append(tests, func(_ uint32, l *line) bool {
			return l.is&isThesaurus != 0 && thesaurus || l.is&isThesaurus == 0 && extracted
		})
	}
	return combined(tests, f.And, f.Or, f.Not, p.factTest)
}

// otherTest compiles what a filter asks of the other end.
func (p *pages) otherTest(f FactFilter) (test func(n uint32) bool, ok bool) {
	kinds := kindSet(f.Kinds)
	switch {
	case f.Kinds == nil && f.Other == nil:
		return func(uint32) bool { return true }, true
	case f.Other == nil:
		return func(n uint32) bool { return kinds>>p.kinds[n]&1 != 0 }, true
	}
	matches, ok := p.entityTest(*f.Other)
	asked, fit := newBits(len(p.entities)), newBits(len(p.entities)) // a hub is looked at once, not once for each of its facts
	return func(n uint32) bool {
		if !asked.has(n) {
			asked.add(n)
			if kinds>>p.kinds[n]&1 != 0 && matches(n, &p.entities[n]) {
				fit.add(n)
			}
		}
		return fit.has(n)
	}, ok
}

// combined adds and, or and not to the tests of a filter.
func combined[F any, T ~func(uint32, *V) bool, V any](tests []T, and, or []F, not *F, compile func(F) (T, bool)) (T, bool) {
	whole := true
	inner := func(f F) T {
		test, ok := compile(f)
		whole = whole && ok
		return test
	}
	for _, f := range and {
		tests = append(tests, inner(f))
	}
	if len(or) > 0 {
		var any []T
		for _, f := range or {
			any = append(any, inner(f))
		}
		tests = append(tests, func(n uint32, v *V) bool {
			return slices.ContainsFunc(any, func(t T) bool { return t(n, v) })
		})
	}
	if not != nil {
		t := inner(*not)
		tests = append(tests, func(n uint32, v *V) bool { return !t(n, v) })
	}
	return func(n uint32, v *V) bool {
		for _, t := range tests {
			if !t(n, v) {
				return false
			}
		}
		return true
	}, whole
}

func predicateSet(predicates []Predicate) (set uint32) {
	if predicates == nil {
		return math.MaxUint32
	}
	for _, p := range predicates {
		if n, known := predicateNumbers[p]; known {
			set |= 1 << n
		}
	}
	return set
}

func kindSet(kinds []Kind) (set uint32) {
	if kinds == nil {
		return math.MaxUint32
	}
	for _, k := range kinds {
		if n, known := kindNumbers[k]; known {
			set |= 1 << n
		}
	}
	return set
}

var symmetricSet = predicateSet([]Predicate{Met, CooperatesWith})

// set are the entities of these ids.
func (p *pages) set(ids []EntityID) bits { return p.setOf(p.numbers(ids)) }

func (p *pages) setOf(entities []uint32) bits {
	set := newBits(len(p.entities))
	for _, n := range entities {
		set.add(n)
	}
	return set
}

// overlap compares first and last day with a range, as [DateRange.Overlaps] does.
func overlap(r DateRange) func(first, last uint32) bool {
	from, to := r.Bounds()
	lower, upper := dateNumber(Date(from)), dateNumber(Date(to))
	return func(first, last uint32) bool {
		if last%10000 == 0 { // a year
			last += 9999
		} else if last%100 == 0 {
			last += 99
		}
		return first != 0 && first <= upper && last >= lower
	}
}

// entityTest tells whether a filter lets an entity through.
type entityTest func(n uint32, e *place) bool

// entityTest compiles a filter; ok is as in factTest.
func (p *pages) entityTest(f EntityFilter) (test entityTest, ok bool) {
	if f.Terms != nil {
		return nil, false
	}
	var tests []entityTest
	if f.IDs != nil {
		ids := p.set(f.IDs)
		tests = append(tests, func(n uint32, _ *place) bool { return ids.has(n) })
	}
	if f.Kinds != nil {
		kinds := kindSet(f.Kinds)
		tests = append(tests, func(n uint32, _ *place) bool { return kinds>>p.kinds[n]&1 != 0 })
	}
	if f.AgreementKinds != nil {
		tests = append(tests, func(_ uint32, e *place) bool { return slices.Contains(f.AgreementKinds, e.agreement) })
	}
	if f.Name != nil {
		name, among := f.Name.Folded(), f.Name.In != nil
		tests = append(tests, func(_ uint32, e *place) bool { return name.lets(e.sort, among) })
	}
	if !f.Seen.IsZero() {
		overlaps := overlap(f.Seen)
		tests = append(tests, func(_ uint32, e *place) bool { return overlaps(e.firstSeen, e.lastSeen) })
	}
	if !f.Date.IsZero() {
		overlaps := overlap(f.Date)
		tests = append(tests, func(_ uint32, e *place) bool { return overlaps(e.date, e.date) })
	}
	whole := true
	for _, r := range f.Related {
		related, ok := p.related(r)
		tests, whole = append(tests, related), whole && ok
	}
	test, ok = combined(tests, f.And, f.Or, f.Not, p.entityTest)
	return test, ok && whole
}

// lets tells whether a folded filter lets a folded text through; among says that In counts.
func (f StringFilter) lets(sort string, among bool) bool {
	return (f.Eq == "" || sort == f.Eq) && (!among || slices.Contains(f.In, sort)) && strings.HasPrefix(sort, f.StartsWith) && strings.Contains(sort, f.Contains)
}

// related tells whether an entity has an edge. Where the other ends are named, all
// entities that have it are found from there; else the edges are looked at.
func (p *pages) related(r Related) (entityTest, bool) {
	edge, ok := p.edgeTest(r)
	if !ok {
		return nil, false
	}
	if r.To != nil {
		set := p.reached(r, edge)
		return func(n uint32, _ *place) bool { return set.has(n) }, true
	}
	return func(n uint32, _ *place) (found bool) {
		p.each(n, func(h *halfEdge) bool {
			found = edge(h)
			return !found
		})
		return found
	}, true
}

// edgeTest tells whether an edge at an entity is one that is asked for, but for To.
func (p *pages) edgeTest(r Related) (test func(*halfEdge) bool, ok bool) {
	predicates := predicateSet(r.Predicates)
	other, ok := p.otherTest(FactFilter{Kinds: r.ToKinds, Other: r.Some})
	overlaps := overlap(r.During)
	plain := r.During.IsZero() && r.MinConfidence <= 0
	return func(h *halfEdge) bool {
		if predicates>>h.predicate&1 == 0 || !h.stands(r.Direction) || !other(h.other) {
			return false
		}
		l := &p.facts[h.fact]
		return plain || int(l.confidence) >= r.MinConfidence && (r.During.IsZero() || overlaps(l.date, l.date))
	}, ok
}

// reached are the entities with an edge to one of To.
func (p *pages) reached(r Related, edge func(*halfEdge) bool) bits {
	set := newBits(len(p.entities))
	for _, to := range p.numbers(r.To) {
		p.each(to, func(h *halfEdge) bool {
			if there := (halfEdge{h.fact, to, h.predicate, !h.out, true}); !set.has(h.other) && edge(&there) {
				set.add(h.other)
			}
			return true
		})
	}
	return set
}

// bits are a set of numbers.
type bits []uint64

func newBits(n int) bits { return make(bits, n/64+1) }

func (b bits) add(n uint32) { b[n/64] |= 1 << (n % 64) }

func (b bits) remove(n uint32) { b[n/64] &^= 1 << (n % 64) }

func (b bits) has(n uint32) bool { return b[n/64]>>(n%64)&1 != 0 }
