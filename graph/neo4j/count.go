package neo4j

import (
	"context"
	"strconv"

	"github.com/entente-kg/entente/graph"
)

// Tally implements [graph.Reader].
func (s *Store) Tally(ctx context.Context, q graph.TimelineQuery) (tallies []graph.Tally, complete bool, err error) {
	if tallies, complete, ok, err := s.atlas.Tally(ctx, q); ok || err != nil {
		return tallies, complete, err
	}
	kinds := "'' AS from, '' AS to"
	if q.Kinds {
		kinds = "s.kind AS from, o.kind AS to"
	}
	st := newStatement()
	text := st.facts(q.Where) + " WHERE r.shown AND r.date IS NOT NULL AND " + st.fact(q.Where) + " WITH left(r.date, " + strconv.Itoa(int(q.By)) + ") AS date, type(r) AS predicate, " + kinds +
		", count(*) AS n ORDER BY date, predicate, from, to LIMIT " + st.param(graph.MaxTallies+1) + " RETURN date, predicate, from, to, n"
	records, err := s.query(ctx, "timeline", text, st.params)
	for _, r := range records {
		v := values(r.AsMap())
		tallies = append(tallies, graph.Tally{Date: graph.Date(v.text("date")), Predicate: graph.Predicate(v.text("predicate")),
			From: graph.Kind(v.text("from")), To: graph.Kind(v.text("to")), Count: v.number("n")})
	}
	if len(tallies) > graph.MaxTallies {
		return tallies[:graph.MaxTallies], false, err
	}
	return tallies, true, err
}

// Facets implements [graph.Reader].
func (s *Store) Facets(ctx context.Context, q graph.FacetQuery) ([]graph.Facet, error) {
	if facets, ok, err := s.atlas.Facets(ctx, q); ok || err != nil {
		return facets, err
	}
	st := newStatement()
	l := listing[graph.Entity]{sort: sortKey{text: "n.sort"}}
	match := l.anchor(st, &q.Where) + " WHERE n.documents > 0 AND " + st.entity(q.Where, "n")
	switch q.By {
	case graph.FacetYear:
		match += " AND n.date IS NOT NULL WITH left(n.date, 4) AS value, count(*) AS n ORDER BY n DESC, value"
	case graph.FacetKind:
		match += " WITH n.kind AS value, count(*) AS n ORDER BY n DESC, value"
	case graph.FacetAgreementKind:
		match += " AND n.agreementKind IS NOT NULL WITH n.agreementKind AS value, count(*) AS n ORDER BY n DESC, value"
	default:
		predicates, d, kinds := graph.FacetEdges(q.By)
		pattern, directed := edge(d, predicates, "(n)", "n", "x", "(k:Entity)")
		match += " MATCH " + pattern + " WHERE " + directed + " AND x.shown AND k.kind IN " + st.param(texts(kinds)) +
			" WITH k, count(DISTINCT n) AS n ORDER BY n DESC, k.sort, k.id"
	}
	item := "value, NULL AS k"
	if q.By == graph.FacetTopic || q.By == graph.FacetParty {
		item = "k.id AS value, properties(k) AS k"
	}
	records, err := s.query(ctx, "facets", match+" LIMIT "+st.param(q.Limit)+" RETURN "+item+", n", st.params)
	facets := make([]graph.Facet, len(records))
	for i, r := range records {
		v := values(r.AsMap())
		facets[i] = graph.Facet{Value: v.text("value"), Count: v.number("n")}
		if v["k"] != nil {
			facets[i].Entity = entityOf(valuesOf(v["k"]))
		}
	}
	return facets, err
}
