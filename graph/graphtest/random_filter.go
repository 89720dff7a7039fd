package graphtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// Random filters over what the oracle knows, nested to a depth. Every part is
// left out more often than not; sets may be empty and name what is not there.

func (q *inquiry) chance(n int) bool { return q.rng.IntN(n) == 0 }

// some are up to most of these, each perhaps twice.
func some[T any](q *inquiry, of []T, most int) []T {
	set := []T{}
	for n := q.rng.IntN(most + 1); n > 0 && len(of) > 0; n-- {
		set = append(set, of[q.rng.IntN(len(of))])
	}
	return set
}

// ids are some entities, hubs more often than others, and now and then an id that
// was merged away or never was.
func (q *inquiry) ids(most int) []graph.EntityID {
	ids := []graph.EntityID{}
	for n := q.rng.IntN(most + 1); n > 0; n-- {
		ids = append(ids, q.id())
	}
	return ids
}

func (q *inquiry) id() graph.EntityID {
	all := slices.Sorted(maps.Keys(q.entities))
	switch f := q.facts; {
	case q.chance(12) && len(q.decisions) > 0:
		return q.decisions[q.rng.IntN(len(q.decisions))].Other.ID()
	case q.chance(2) && len(f) > 0:
		return f[q.rng.IntN(len(f))].SubjectID
	case q.chance(30) || len(all) == 0:
		return "enobody"
	default:
		return all[q.rng.IntN(len(all))]
	}
}

func (q *inquiry) documentIDs() []graph.DocumentID {
	return append(slices.Sorted(maps.Keys(q.documents)), "dnothing")
}

func (q *inquiry) dates() graph.DateRange {
	r := graph.DateRange{From: randomDate(q.rng), To: randomDate(q.rng)}
	switch q.rng.IntN(4) {
	case 0:
		r.From = ""
	case 1:
		r.To = ""
	case 2:
		r.From, r.To = min(r.From, r.To), max(r.From, r.To)
	}
	return r
}

// words are a text that some name or title has, in other letters.
func (q *inquiry) words(of []string) *graph.StringFilter {
	piece := func() string {
		if len(of) == 0 {
			return "river"
		}
		return of[q.rng.IntN(len(of))]
	}
	part := func(s string) string {
		runes := []rune(s)
		i := q.rng.IntN(len(runes) + 1)
		return string(runes[i:min(len(runes), i+1+q.rng.IntN(6))])
	}
	f := &graph.StringFilter{}
	switch q.rng.IntN(5) {
	case 0:
		f.Eq = strings.ToUpper(piece())
	case 1:
		f.In = []string{piece(), piece(), "–"}[:q.rng.IntN(4)]
	case 2:
		runes := []rune(piece())
		f.StartsWith = string(runes[:q.rng.IntN(len(runes)+1)])
	case 3:
		f.Contains = part(piece())
	case 4:
		f.Contains, f.StartsWith = part(piece()), part(piece())
	}
	return f
}

// nested are further filters that one may hold in And or Or.
func nested[F any](q *inquiry, depth int, make func(int) F) []F {
	if depth == 0 || !q.chance(4) {
		return nil
	}
	all := []F{}
	for range q.rng.IntN(3) {
		all = append(all, make(depth-1))
	}
	return all
}

func negated[F any](q *inquiry, depth int, make func(int) F) *F {
	if depth == 0 || !q.chance(4) {
		return nil
	}
	f := make(depth - 1)
	return &f
}

func (q *inquiry) entityFilter(depth int) (f graph.EntityFilter) {
	f.And, f.Or, f.Not = nested(q, depth, q.entityFilter), nested(q, depth, q.entityFilter), negated(q, depth, q.entityFilter)
	if q.chance(8) {
		f.IDs = q.ids(12)
	}
	if q.chance(4) {
		f.Kinds = some(q, graph.Kinds, 4)
	}
	if q.chance(10) {
		f.AgreementKinds = some(q, graph.AgreementKinds, 4)
	}
	if q.chance(4) {
		var names []string
		for _, e := range q.entities {
			names = append(names, e.Name)
		}
		slices.Sort(names)
		f.Name = q.words(names)
	}
	if q.chance(8) {
		if f.Terms = graph.NameTerms(q.searched()); len(f.Terms) == 0 {
			f.Terms = nil
		}
	}
	if q.chance(5) {
		f.Seen = q.dates()
	}
	if q.chance(6) {
		f.Date = q.dates()
	}
	for q.chance(3) && len(f.Related) < 2 {
		f.Related = append(f.Related, q.related(depth))
	}
	return f
}

func (q *inquiry) related(depth int) graph.Related {
	r := graph.Related{Direction: []graph.Direction{graph.Both, graph.Out, graph.In}[q.rng.IntN(3)]}
	if q.chance(2) {
		r.Predicates = q.predicates()
	}
	if q.chance(3) {
		r.To = q.ids(6)
	}
	if q.chance(4) {
		r.ToKinds = some(q, graph.Kinds, 4)
	}
	if q.chance(4) {
		r.MinConfidence = q.confidence()
	}
	if q.chance(4) {
		r.During = q.dates()
	}
	r.Some = negated(q, depth, q.entityFilter)
	return r
}

// predicates are some that facts have, or any, or only symmetric ones.
func (q *inquiry) predicates() []graph.Predicate {
	switch q.rng.IntN(4) {
	case 0:
		return some(q, graph.Predicates, 9)
	case 1:
		return some(q, []graph.Predicate{graph.Met, graph.CooperatesWith}, 2)
	}
	set := []graph.Predicate{}
	for _, x := range some(q, q.facts, 6) {
		set = append(set, x.Predicate)
	}
	return set
}

func (q *inquiry) confidence() int { return 500 + 50*q.rng.IntN(11) }

// factFilter makes filters that any list of facts may have.
func (q *inquiry) factFilter(depth int) (f graph.FactFilter) {
	f.And, f.Or, f.Not = nested(q, depth, q.factFilter), nested(q, depth, q.factFilter), negated(q, depth, q.factFilter)
	if q.chance(3) {
		f.Predicates = q.predicates()
	}
	for _, ends := range []*[]graph.EntityID{&f.Subjects, &f.Objects, &f.Either} {
		if q.chance(8) {
			*ends = q.ids(8)
		}
	}
	if q.chance(4) {
		f.During = q.dates()
	}
	if q.chance(8) {
		f.Lasting = q.dates()
	}
	if q.chance(5) {
		f.MinConfidence = q.confidence()
	}
	if q.chance(8) {
		f.MinSources = q.rng.IntN(4)
	}
	if q.chance(8) {
		f.Documents = some(q, q.documentIDs(), 5)
	}
	if q.chance(8) {
		f.Origins = some(q, []graph.Origin{graph.Extracted, graph.Thesaurus, graph.Curated}, 2)
	}
	return f
}

// edgeFilter is a filter of facts at entities, which may ask for kinds of the other end.
func (q *inquiry) edgeFilter() graph.FactFilter {
	f := q.factFilter(q.rng.IntN(3))
	if q.chance(3) {
		f.Kinds = some(q, graph.Kinds, 5)
	}
	if q.chance(4) {
		other := q.entityFilter(1)
		f.Other = &other
	}
	return f
}

func (q *inquiry) documentFilter(depth int) (f graph.DocumentFilter) {
	f.And, f.Or, f.Not = nested(q, depth, q.documentFilter), nested(q, depth, q.documentFilter), negated(q, depth, q.documentFilter)
	if q.chance(4) {
		var titles []string
		for _, id := range q.documentIDs() {
			titles = append(titles, q.documents[id].Title)
		}
		f.Title = q.words(titles)
	}
	if q.chance(6) {
		if f.Terms = graph.SentenceTerms(q.searched()); len(f.Terms) == 0 {
			f.Terms = nil
		}
	}
	if q.chance(5) {
		f.Languages = some(q, []string{"en", "fr", "", "de"}, 3)
	}
	if q.chance(4) {
		f.Published = q.dates()
	}
	if q.chance(4) {
		f.Mentions = q.ids(4)
	}
	if q.chance(8) {
		f.Sources = []string{fmt.Sprintf("random-%03d", q.rng.IntN(9)), "random-001"}[:q.rng.IntN(3)]
	}
	return f
}
