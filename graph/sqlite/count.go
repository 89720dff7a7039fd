package sqlite

import (
	"context"
	"database/sql"

	"github.com/entente-kg/entente/graph"
)

// Tally implements [graph.Reader].
func (s *Store) Tally(ctx context.Context, q graph.TimelineQuery) (tallies []graph.Tally, complete bool, err error) {
	if tallies, complete, ok, err := s.atlas.Tally(ctx, q); ok || err != nil {
		return tallies, complete, s.explain(ctx, "timeline", err)
	}
	kinds, ends := "'', ''", ""
	if q.Kinds {
		kinds, ends = "s.kind, o.kind", factEnds
	}
	where := allOf(fragment{text: "f.shown AND f.date <> ''"}, dateKey("f.date", false).within(q.Where.During), factWhere(q.Where))
	text := `SELECT substr(f.date, 1, ?), f.predicate, ` + kinds + `, count(*) FROM fact f` + ends + ` WHERE ` + where.text + ` GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 LIMIT ?`
	args := append(append([]any{int(q.By)}, where.args...), graph.MaxTallies+1)
	err = s.query(ctx, "timeline", text, args, func(r *sql.Rows) error {
		var t graph.Tally
		err := r.Scan(&t.Date, &t.Predicate, &t.From, &t.To, &t.Count)
		tallies = append(tallies, t)
		return err
	})
	if len(tallies) > graph.MaxTallies {
		return tallies[:graph.MaxTallies], false, err
	}
	return tallies, true, err
}

// Facets implements [graph.Reader].
func (s *Store) Facets(ctx context.Context, q graph.FacetQuery) ([]graph.Facet, error) {
	if facets, ok, err := s.atlas.Facets(ctx, q); ok || err != nil {
		return facets, s.explain(ctx, "facets", err)
	}
	where := allOf(fragment{text: "e.documents > 0"}, entityWhere(q.Where, "e"))
	switch q.By {
	case graph.FacetYear:
		return s.facetValues(ctx, "substr(e.date, 1, 4)", allOf(where, fragment{text: "e.date <> ''"}), q.Limit)
	case graph.FacetKind:
		return s.facetValues(ctx, "e.kind", where, q.Limit)
	case graph.FacetAgreementKind:
		return s.facetValues(ctx, "e.agreement_kind", allOf(where, fragment{text: "e.agreement_kind <> ''"}), q.Limit)
	}
	return s.facetEntities(ctx, q.By, where, q.Limit)
}

func (s *Store) facetValues(ctx context.Context, value string, where fragment, limit int) (facets []graph.Facet, err error) {
	text := `SELECT ` + value + ` AS value, count(*) AS n FROM entity e WHERE ` + where.text + ` GROUP BY value ORDER BY n DESC, value LIMIT ?`
	err = s.query(ctx, "facets", text, append(where.args, limit), func(r *sql.Rows) error {
		var f graph.Facet
		err := r.Scan(&f.Value, &f.Count)
		facets = append(facets, f)
		return err
	})
	return facets, err
}

func (s *Store) facetEntities(ctx context.Context, by graph.FacetBy, where fragment, limit int) (facets []graph.Facet, err error) {
	predicates, d, kinds := graph.FacetEdges(by)
	end := edgeEnds(d, predicates)[0]
	edge, kind := allOf(isIn("x.predicate", end.predicates)...), allOf(isIn("k.kind", kinds)...)
	text := `WITH facet AS (SELECT x.` + end.there + ` AS id, count(DISTINCT e.id) AS n FROM entity e CROSS JOIN fact x ON x.` + end.here + ` = e.id AND x.shown
			WHERE ` + where.text + ` AND ` + edge.text + ` GROUP BY 1)
		SELECT facet.n, ` + entityColumns("k") + ` FROM facet CROSS JOIN entity k ON k.id = facet.id WHERE ` + kind.text + ` ORDER BY facet.n DESC, k.sort, k.id LIMIT ?`
	args := append(append(append(where.args, edge.args...), kind.args...), limit)
	err = s.query(ctx, "facets", text, args, func(r *sql.Rows) error {
		var f graph.Facet
		e, err := scanEntity(r, &f.Count)
		f.Value, f.Entity = string(e.ID), e
		facets = append(facets, f)
		return err
	})
	return facets, err
}
