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
		tests = append(tests, func(_ uint32, l *line) bool { return at[l.subject] })
	}
	if f.Objects != nil {
		at := p.set(f.Objects)
		tests = append(tests, func(_ uint32, l *line) bool { return at[l.object] })
	}
	if f.Either != nil {
		at := p.set(f.Either)
		tests = append(tests, func(_ uint32, l *line) bool { return at[l.subject] || at[l.object] })
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
	matches, ok := p.entityTest(EntityFilter{})
	if f.Other != nil {
		matches, ok = p.entityTest(*f.Other)
	}
	return func(n uint32) bool {
		e := &p.entities[n]
		return (f.Kinds == nil || slices.Contains(f.Kinds, e.kind)) && matches(n, e)
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

var symmetricSet = predicateSet([]Predicate{Met, CooperatesWith})

// set are entities by number.
func (p *pages) set(ids []EntityID) map[uint32]bool {
	set := map[uint32]bool{}
	for _, n := range p.numbers(ids) {
		set[n] = true
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

// stands tells whether an entity stands at a fact in a direction; see [Direction].
func stands(d Direction, entity uint32, l *line) bool {
	return d == Both || symmetricSet>>l.predicate&1 != 0 || (l.subject == entity) == (d == Out)
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
		tests = append(tests, func(n uint32, _ *place) bool { return ids[n] })
	}
	if f.Kinds != nil {
		tests = append(tests, func(_ uint32, e *place) bool { return slices.Contains(f.Kinds, e.kind) })
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
		p.each(n, func(_ uint32, l *line) bool {
			found = edge(n, l)
			return !found
		})
		return found
	}, true
}

// edgeTest tells whether an edge at an entity is one that is asked for, but for To.
func (p *pages) edgeTest(r Related) (func(entity uint32, l *line) bool, bool) {
	some, ok := p.entityTest(EntityFilter{})
	if r.Some != nil {
		some, ok = p.entityTest(*r.Some)
	}
	predicates, overlaps := predicateSet(r.Predicates), func(first, last uint32) bool { return true }
	if !r.During.IsZero() {
		overlaps = overlap(r.During)
	}
	return func(entity uint32, l *line) bool {
		if predicates>>l.predicate&1 == 0 || !stands(r.Direction, entity, l) || int(l.confidence) < r.MinConfidence || !overlaps(l.date, l.date) {
			return false
		}
		other := l.other(entity)
		e := &p.entities[other]
		return (r.ToKinds == nil || slices.Contains(r.ToKinds, e.kind)) && (r.Some == nil || some(other, e))
	}, ok
}

// reached are the entities with an edge to one of To.
func (p *pages) reached(r Related, edge func(entity uint32, l *line) bool) bits {
	set := make(bits, len(p.entities)/64+1)
	for _, to := range p.numbers(r.To) {
		p.each(to, func(_ uint32, l *line) bool {
			if other := l.other(to); !set.has(other) && edge(other, l) {
				set[other/64] |= 1 << (other % 64)
			}
			return true
		})
	}
	return set
}

// bits are a set of entities.
type bits []uint64

func (b bits) has(n uint32) bool { return b[n/64]>>(n%64)&1 != 0 }
