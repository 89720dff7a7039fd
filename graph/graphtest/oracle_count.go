package graphtest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/entente-kg/entente/graph"
)

// The oracle's counts: every fact or entity is looked at, and put where it belongs.

func (q *inquiry) timeline() prepared {
	query := graph.TimelineQuery{Where: q.factFilter(2), By: []graph.Unit{graph.Years, graph.Months, graph.Days}[q.rng.IntN(3)], Kinds: q.chance(2)}
	byDate := map[graph.Date]graph.Bucket{}
	for _, x := range q.facts {
		if !x.Shown || x.Date() == "" || !q.factMatches(query.Where, x) {
			continue
		}
		date := x.Date()[:min(len(x.Date()), int(query.By))]
		b, known := byDate[date]
		if !known {
			b = graph.Bucket{Date: date, Predicates: map[graph.Predicate]int{}, Kinds: map[graph.Kind]int{}}
		}
		b.Count++
		b.Predicates[x.Predicate]++
		for _, k := range graph.Kinds {
			if query.Kinds && (x.Subject.Kind() == k || x.Object.Kind() == k) {
				b.Kinds[k]++
			}
		}
		byDate[date] = b
	}
	want := showMap(byDate)
	return prepared{empty: len(want) == 0, put: func() {
		got, complete, err := graph.Timeline(q.ctx, q.store, query)
		lines := showAll(got, func(b graph.Bucket) string { return string(b.Date) + ": " + shown(b) })
		q.same("Timeline", query, append(lines, shown(complete)), append(want, "true"), err)
	}}
}

func (q *inquiry) facets() prepared {
	by := []graph.FacetBy{graph.FacetYear, graph.FacetKind, graph.FacetAgreementKind, graph.FacetTopic, graph.FacetParty}
	query := graph.FacetQuery{Where: q.entityFilter(2), By: by[q.rng.IntN(len(by))], Limit: 1 + q.rng.IntN(12)}
	counts := map[string]int{}
	for _, e := range q.entities {
		if e.Documents > 0 && q.entityMatches(query.Where, e) {
			for value := range q.facetsOf(query.By, e) {
				counts[value]++
			}
		}
	}
	var all []graph.Facet
	for value, n := range counts {
		all = append(all, graph.Facet{Value: value, Entity: q.entities[graph.EntityID(value)], Count: n})
	}
	slices.SortFunc(all, func(a, b graph.Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(graph.Fold(a.Entity.Name), graph.Fold(b.Entity.Name)), cmp.Compare(a.Value, b.Value))
	})
	want := showAll(all[:min(len(all), query.Limit)], func(f graph.Facet) string { return shown(f) })
	return prepared{empty: len(want) == 0, put: func() {
		got, err := q.store.Facets(q.ctx, query)
		q.same("Facets", query, showAll(got, func(f graph.Facet) string { return shown(f) }), want, err)
	}}
}

// facetsOf are the values under which an entity is counted.
func (q *inquiry) facetsOf(by graph.FacetBy, e graph.Entity) map[string]bool {
	values := map[string]bool{}
	switch by {
	case graph.FacetYear:
		values[e.Date.Year()] = true
	case graph.FacetKind:
		values[string(e.Kind())] = true
	case graph.FacetAgreementKind:
		if e.Kind() == graph.Agreement {
			values[string(graph.AgreementKindOf(e.Name))] = true
		}
	case graph.FacetTopic:
		for _, x := range q.edges(e.ID, graph.FactFilter{}) {
			if x.SubjectID == e.ID && (x.Predicate == graph.Covers || x.Predicate == graph.Discussed) {
				values[string(x.ObjectID)] = true
			}
		}
	case graph.FacetParty:
		for _, x := range q.edges(e.ID, graph.FactFilter{Kinds: []graph.Kind{graph.Organisation, graph.Country}}) {
			if x.ObjectID == e.ID && (x.Predicate == graph.Signed || x.Predicate == graph.PartyTo) {
				values[string(x.SubjectID)] = true
			}
		}
	}
	maps.DeleteFunc(values, func(v string, _ bool) bool { return v == "" })
	return values
}
