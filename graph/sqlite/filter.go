package sqlite

import (
	"github.com/entente-kg/entente/graph"
)

// isIn compares a column with a set; nil does not filter, an empty set matches nothing.
func isIn[T ~string](column string, set []T) []fragment {
	if set == nil {
		return nil
	}
	return []fragment{{column + " IN (SELECT value FROM json_each(?))", []any{array(set)}}}
}

// overlaps compares a partial date with a range: a date is the beginning of its
// first day's text, and with '~' behind it stands after its last day's.
func overlaps(column string, r graph.DateRange) []fragment {
	return overlap(column, column, r)
}

func overlap(first, last string, r graph.DateRange) []fragment {
	if r.IsZero() {
		return nil
	}
	from, to := r.Bounds()
	return []fragment{{first + " <> '' AND " + first + " <= ? AND " + last + " || '~' >= ?", []any{to, from}}}
}

func stringIs(column string, f *graph.StringFilter) []fragment {
	if f == nil {
		return nil
	}
	folded := f.Folded()
	var parts []fragment
	if folded.Eq != "" {
		parts = append(parts, fragment{column + " = ?", []any{folded.Eq}})
	}
	if f.In != nil {
		parts = append(parts, isIn(column, folded.In)...)
	}
	if folded.StartsWith != "" {
		parts = append(parts, fragment{column + " >= ? AND " + column + " < ?", []any{folded.StartsWith, folded.StartsWith + "\U0010ffff"}})
	}
	if folded.Contains != "" {
		parts = append(parts, fragment{"instr(" + column + ", ?) > 0", []any{folded.Contains}})
	}
	return parts
}

// combine adds and, or and not to the parts of a filter.
func combine[F any](parts []fragment, and, or []F, not *F, compile func(F) fragment) fragment {
	for _, f := range and {
		parts = append(parts, compile(f))
	}
	if len(or) > 0 {
		var any []fragment
		for _, f := range or {
			any = append(any, compile(f))
		}
		parts = append(parts, anyOf(any...))
	}
	if not != nil {
		f := compile(*not)
		parts = append(parts, fragment{"NOT (" + f.text + ")", f.args})
	}
	return allOf(parts...)
}

// entityWhere compiles a filter on the entity of that alias. Aliases of inner
// tables are made longer with the depth, so that none hides another.
func entityWhere(f graph.EntityFilter, e string) fragment {
	var parts []fragment
	parts = append(parts, isIn(e+".id", f.IDs)...)
	parts = append(parts, isIn(e+".kind", f.Kinds)...)
	parts = append(parts, isIn(e+".agreement_kind", f.AgreementKinds)...)
	parts = append(parts, stringIs(e+".sort", f.Name)...)
	if f.Terms != nil {
		parts = append(parts, fragment{e + ".id IN (SELECT n.entity FROM name_terms t CROSS JOIN name n ON n.n = t.rowid WHERE t.name_terms MATCH ?)", []any{wholeTerms(f.Terms)}})
	}
	parts = append(parts, overlap(e+".first_seen", e+".last_seen", f.Seen)...)
	parts = append(parts, overlaps(e+".date", f.Date)...)
	for _, r := range f.Related {
		parts = append(parts, related(r, e))
	}
	return combine(parts, f.And, f.Or, f.Not, func(f graph.EntityFilter) fragment { return entityWhere(f, e) })
}

// related asks for an edge at the entity: a set of ids, found from the other end.
func related(r graph.Related, e string) fragment {
	var halves []fragment
	for _, end := range edgeEnds(r.Direction, r.Predicates) {
		f, other := "f"+e, "o"+e
		parts := []fragment{{text: f + ".shown"}}
		parts = append(parts, isIn(f+".predicate", end.predicates)...)
		parts = append(parts, isIn(f+"."+end.there, r.To)...)
		parts = append(parts, overlaps(f+".date", r.During)...)
		if r.MinConfidence > 0 {
			parts = append(parts, fragment{f + ".confidence >= ?", []any{r.MinConfidence}})
		}
		if r.ToKinds != nil || r.Some != nil {
			inner := isIn(other+".kind", r.ToKinds)
			if r.Some != nil {
				inner = append(inner, entityWhere(*r.Some, other))
			}
			where := allOf(inner...)
			parts = append(parts, fragment{f + "." + end.there + " IN (SELECT " + other + ".id FROM entity " + other + " WHERE " + where.text + ")", where.args})
		}
		where := allOf(parts...)
		halves = append(halves, fragment{e + ".id IN (SELECT " + f + "." + end.here + " FROM fact " + f + " WHERE " + where.text + ")", where.args})
	}
	return anyOf(halves...)
}

// edgeEnd is one way in which an entity can stand at an edge.
type edgeEnd struct {
	here, there string // columns
	predicates  []graph.Predicate
}

// edgeEnds are the ways to stand at an edge in a direction. Edges of symmetric
// predicates are stored one way and count in both.
func edgeEnds(d graph.Direction, predicates []graph.Predicate) []edgeEnd {
	symmetric := make([]graph.Predicate, 0, len(predicates))
	for _, p := range predicates {
		if p.Symmetric() {
			symmetric = append(symmetric, p)
		}
	}
	if predicates == nil {
		symmetric = []graph.Predicate{graph.Met, graph.CooperatesWith}
	}
	out, in := edgeEnd{"subject", "object", predicates}, edgeEnd{"object", "subject", predicates}
	switch d {
	case graph.Out:
		in.predicates = symmetric
	case graph.In:
		out.predicates = symmetric
	}
	ends := []edgeEnd{}
	for _, end := range []edgeEnd{out, in} {
		if end.predicates == nil || len(end.predicates) > 0 {
			ends = append(ends, end)
		}
	}
	return ends
}

// factWhere compiles a filter on the fact of alias f.
func factWhere(q graph.FactFilter) fragment {
	var parts []fragment
	parts = append(parts, isIn("f.predicate", q.Predicates)...)
	parts = append(parts, isIn("f.subject", q.Subjects)...)
	parts = append(parts, isIn("f.object", q.Objects)...)
	if q.Either != nil {
		set := array(q.Either) // an OR of the two would be asked of every fact
		parts = append(parts, fragment{`f.id IN (SELECT x.id FROM json_each(?) p CROSS JOIN fact x ON x.subject = p.value AND x.shown
			UNION SELECT x.id FROM json_each(?) p CROSS JOIN fact x ON x.object = p.value AND x.shown)`, []any{set, set}})
	}
	parts = append(parts, overlaps("f.date", q.During)...)
	parts = append(parts, lasting(q.Lasting)...)
	if q.MinConfidence > 0 {
		parts = append(parts, fragment{"f.confidence >= ?", []any{q.MinConfidence}})
	}
	if q.MinSources > 0 {
		parts = append(parts, fragment{"f.sources >= ?", []any{q.MinSources}})
	}
	if q.Documents != nil {
		parts = append(parts, fragment{"EXISTS (SELECT 1 FROM evidence v WHERE v.fact = f.id AND v.document IN (SELECT value FROM json_each(?)))", []any{array(q.Documents)}})
	}
	if q.Origins != nil {
		parts = append(parts, isIn("iif(f.sources = 0 AND f.vocabulary > 0, 'thesaurus', 'extracted')", q.Origins)...)
	}
	return combine(parts, q.And, q.Or, q.Not, factWhere)
}

// documentWhere compiles a filter on the document of alias d.
func documentWhere(f graph.DocumentFilter) fragment {
	var parts []fragment
	parts = append(parts, stringIs("d.title_sort", f.Title)...)
	if f.Terms != nil {
		parts = append(parts, fragment{"d.id IN (SELECT x.document FROM sentence_terms t CROSS JOIN sentence x ON x.n = t.rowid WHERE t.sentence_terms MATCH ?)", []any{stemsOf(f.Terms)}})
	}
	parts = append(parts, isIn("d.language", f.Languages)...)
	parts = append(parts, isIn("d.source", f.Sources)...)
	parts = append(parts, overlaps("d.published", f.Published)...)
	if f.Mentions != nil {
		parts = append(parts, fragment{"d.id IN (SELECT m.document FROM mention m WHERE m.entity IN (SELECT value FROM json_each(?)))", []any{array(f.Mentions)}})
	}
	return combine(parts, f.And, f.Or, f.Not, documentWhere)
}

// lasting compares the time from a fact's date to its until with a range; an end
// that is not told is open.
func lasting(r graph.DateRange) []fragment {
	if r.IsZero() {
		return nil
	}
	from, to := r.Bounds()
	const until = "coalesce(f.qualifiers ->> 'until', '')"
	return []fragment{{"f.date || " + until + " <> '' AND f.date <= ? AND (" + until + " = '' OR " + until + " || '~' >= ?)", []any{to, from}}}
}

// otherEnd keeps to facts whose other end is of the kinds asked for and matches.
func otherEnd(where graph.FactFilter, there string) fragment {
	if where.Kinds == nil && where.Other == nil {
		return allOf()
	}
	parts := isIn("k.kind", where.Kinds)
	if where.Other != nil {
		parts = append(parts, entityWhere(*where.Other, "k"))
	}
	end := allOf(parts...)
	return fragment{"EXISTS (SELECT 1 FROM entity k WHERE k.id = f." + there + " AND " + end.text + ")", end.args}
}
