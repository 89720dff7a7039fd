package graphtest

import (
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

// The oracle's reading of every filter: each part that is set must match.

func within[T comparable](x T, set []T) bool { return set == nil || slices.Contains(set, x) }

func (m *model) entityMatches(f graph.EntityFilter, e graph.Entity) bool {
	for _, g := range f.And {
		if !m.entityMatches(g, e) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(g graph.EntityFilter) bool { return m.entityMatches(g, e) }) {
		return false
	}
	if f.Not != nil && m.entityMatches(*f.Not, e) {
		return false
	}
	for _, r := range f.Related {
		if !slices.ContainsFunc(m.facts, func(x graph.Fact) bool { return m.relates(r, e.ID, x) }) {
			return false
		}
	}
	if f.Terms != nil && !slices.ContainsFunc(m.names, func(n graph.Name) bool { return n.Entity == e.ID && hasTerms(n.Text, f.Terms) }) {
		return false
	}
	kind := graph.AgreementKind("")
	if e.Kind() == graph.Agreement {
		kind = graph.AgreementKindOf(e.Name)
	}
	return within(e.ID, f.IDs) && within(e.Kind(), f.Kinds) && within(kind, f.AgreementKinds) && textMatches(f.Name, e.Name) &&
		spanned(e.FirstSeen, e.LastSeen, f.Seen) && spanned(e.Date, e.Date, f.Date)
}

// relates tells whether a fact at the entity is what is asked for.
func (m *model) relates(r graph.Related, id graph.EntityID, x graph.Fact) bool {
	other, here := standsAt(x, id, r.Direction)
	return here && x.Shown && within(x.Predicate, r.Predicates) && within(other.ID, r.To) && within(other.Kind(), r.ToKinds) &&
		x.Confidence >= r.MinConfidence && spanned(x.Date(), x.Date(), r.During) && (r.Some == nil || m.entityMatches(*r.Some, other))
}

// standsAt tells whether an entity stands at a fact in a direction, and who is at the other end.
func standsAt(x graph.Fact, id graph.EntityID, d graph.Direction) (other graph.Entity, here bool) {
	symmetric := x.Predicate == graph.Met || x.Predicate == graph.CooperatesWith
	switch {
	case x.SubjectID == id && (d != graph.In || symmetric):
		return *x.Object, true
	case x.ObjectID == id && (d != graph.Out || symmetric):
		return *x.Subject, true
	}
	return other, false
}

// hasTerms tells whether a name has all these words, the last one perhaps unfinished.
func hasTerms(name string, terms graph.Terms) bool {
	have := graph.NameTerms(name)
	for i, t := range terms {
		last := i == len(terms)-1
		if !slices.ContainsFunc(have, func(w string) bool { return w == t || last && strings.HasPrefix(w, t) }) {
			return false
		}
	}
	return true
}

// lasts tells whether a fact holds at some time of a range, as far as its ends are known.
func lasts(x graph.Fact, r graph.DateRange) bool {
	if r == (graph.DateRange{}) {
		return true
	}
	if x.Date() == "" && x.Until() == "" {
		return false
	}
	begin, end := x.Date(), x.Until()
	if begin == "" {
		begin = "0001"
	}
	if end == "" {
		end = "9999"
	}
	return spanned(begin, end, r)
}

// otherMatches tells whether the other end of a fact is what a filter asks for.
func (m *model) otherMatches(f graph.FactFilter, other graph.Entity) bool {
	return within(other.Kind(), f.Kinds) && (f.Other == nil || m.entityMatches(*f.Other, other))
}

// factMatches leaves out the kinds of the other end, for which an end must be known.
func (m *model) factMatches(f graph.FactFilter, x graph.Fact) bool {
	for _, g := range f.And {
		if !m.factMatches(g, x) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(g graph.FactFilter) bool { return m.factMatches(g, x) }) {
		return false
	}
	if f.Not != nil && m.factMatches(*f.Not, x) {
		return false
	}
	origin := graph.Extracted
	if x.Sources == 0 {
		origin = graph.Thesaurus
	}
	return within(x.Predicate, f.Predicates) && within(x.SubjectID, f.Subjects) && within(x.ObjectID, f.Objects) &&
		lasts(x, f.Lasting) && (within(x.SubjectID, f.Either) || within(x.ObjectID, f.Either)) && spanned(x.Date(), x.Date(), f.During) &&
		x.Confidence >= f.MinConfidence && x.Sources >= f.MinSources && within(origin, f.Origins) &&
		(f.Documents == nil || slices.ContainsFunc(f.Documents, func(id graph.DocumentID) bool { return m.states(id, x.ID) }))
}

// states tells whether a document states a fact.
func (m *model) states(doc graph.DocumentID, id graph.FactID) bool {
	return slices.ContainsFunc(m.evidence, func(v graph.Cited) bool { return v.Document == doc && v.Fact == id })
}

// mentioned tells whether a document mentions any of these.
func (m *model) mentioned(doc graph.DocumentID, ids []graph.EntityID) bool {
	return slices.ContainsFunc(m.mentions, func(x graph.Mention) bool { return x.Document == doc && slices.Contains(ids, x.Entity) })
}

func (m *model) documentMatches(f graph.DocumentFilter, d graph.Document) bool {
	for _, g := range f.And {
		if !m.documentMatches(g, d) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(g graph.DocumentFilter) bool { return m.documentMatches(g, d) }) {
		return false
	}
	if f.Not != nil && m.documentMatches(*f.Not, d) {
		return false
	}
	if f.Terms != nil && !slices.ContainsFunc(m.changes[d.ID].Sentences, func(s graph.Span) bool {
		have := graph.SentenceTerms(m.changes[d.ID].Document.Text[s.Start:s.End])
		return !slices.ContainsFunc(f.Terms, func(t string) bool { return !slices.Contains(have, t) })
	}) {
		return false
	}
	return textMatches(f.Title, d.Title) && within(d.Language, f.Languages) && within(d.Source, f.Sources) &&
		spanned(d.Published, d.Published, f.Published) && (f.Mentions == nil || m.mentioned(d.ID, f.Mentions))
}

func textMatches(f *graph.StringFilter, text string) bool {
	if f == nil {
		return true
	}
	folded := graph.Fold(text)
	if f.In != nil && !slices.ContainsFunc(f.In, func(s string) bool { return graph.Fold(s) == folded }) {
		return false
	}
	eq := graph.Fold(f.Eq)
	return (eq == "" || eq == folded) && strings.HasPrefix(folded, graph.Fold(f.StartsWith)) && strings.Contains(folded, graph.Fold(f.Contains))
}

// spanned tells whether the days from the first of one date to the last of
// another meet a range. No date never does, unless the range is no range.
func spanned(first, last graph.Date, r graph.DateRange) bool {
	if r.From == "" && r.To == "" {
		return true
	}
	if first == "" {
		return false
	}
	begin, _ := days(first)
	_, end := days(last)
	from, _ := days(r.From)
	_, to := days(r.To)
	return (r.From == "" || !end.Before(from)) && (r.To == "" || !begin.After(to))
}

// days are the first and the last day of a partial date.
func days(d graph.Date) (first, last time.Time) {
	switch len(d) {
	case 4:
		first, _ = time.Parse("2006", string(d))
		return first, first.AddDate(1, 0, -1)
	case 7:
		first, _ = time.Parse("2006-01", string(d))
		return first, first.AddDate(0, 1, -1)
	}
	first, _ = time.Parse(time.DateOnly, string(d))
	return first, first
}
