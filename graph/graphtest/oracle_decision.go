package graphtest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// What decisions stand for, by reading every document for every decision.

// listDecisions holds the store to what each decision has found in the place of
// what is gone, and to whether it is asleep.
func (q *inquiry) listDecisions() {
	show := func(d graph.Decision) string {
		return shown(map[string]any{"decision": d, "asleep": d.Asleep})
	}
	want := slices.SortedFunc(slices.Values(q.decisions), func(a, b graph.Decision) int { return cmp.Compare(a.ID, b.ID) })
	for i, d := range want {
		want[i].Found = q.found(d)
	}
	for i, d := range want {
		want[i].Asleep = q.asleep(d)
	}
	got, err := q.store.ListDecisions(q.ctx)
	q.same("ListDecisions", nil, showAll(got, show), showAll(want, show), err)
}

// spokenOf tells whether a key is there: in some document, or in the vocabulary.
func (m *model) spokenOf(k graph.Key) bool {
	for id := range m.changes {
		if m.spokenOfIn(id, k) {
			return true
		}
	}
	return slices.ContainsFunc(m.vocabulary.Entities, func(e graph.VocabularyEntity) bool { return e.Key == k })
}

func (m *model) spokenOfIn(doc graph.DocumentID, k graph.Key) bool {
	return slices.ContainsFunc(m.changes[doc].Entities, func(e graph.Contributed) bool { return e.Key == k })
}

// splits tells whether a document that a REASSIGN names mentions the key.
func (m *model) splits(d graph.Decision, k graph.Key) bool {
	return slices.ContainsFunc(d.Documents, func(id graph.DocumentID) bool { return m.spokenOfIn(id, k) })
}

func (m *model) found(d graph.Decision) (f graph.Found) {
	switch d.Kind {
	case graph.ReviewFact:
		if !m.spokenOf(d.Fact.Subject) || !m.spokenOf(d.Fact.Object) {
			f.Fact = m.statedAt(d.Witness, d.Fact.Predicate)
		}
		return f
	case graph.Reassign:
		if !m.splits(d, d.Key) {
			f.Key = m.mentionedAt(d.Witness, d.Key.Kind)
		}
		return f
	case graph.Same, graph.Distinct:
		if !m.spokenOf(d.Other) {
			f.Other = m.mentionedAt(d.OtherWitness, d.Other.Kind)
		}
	}
	if !m.spokenOf(d.Key) {
		f.Key = m.mentionedAt(d.Witness, d.Key.Kind)
	}
	return f
}

// asleep tells whether a decision, with what it has found, is about nothing.
func (m *model) asleep(d graph.Decision) bool {
	key, other, fact := cmp.Or(d.Found.Key, d.Key), cmp.Or(d.Found.Other, d.Other), cmp.Or(d.Found.Fact, d.Fact)
	switch d.Kind {
	case graph.ReviewFact:
		id := graph.NewFactID(fact.Predicate, m.resolution.Key("", fact.Subject).ID(), m.resolution.Key("", fact.Object).ID(), fact.Tell)
		return !slices.ContainsFunc(m.facts, func(x graph.Fact) bool { return x.ID == id })
	case graph.Reassign:
		return !m.splits(d, key)
	case graph.Alias:
		return !m.spokenOf(key)
	}
	return !m.spokenOf(key) || !m.spokenOf(other)
}

// quoted is where the quote of a witness stands in its document, if it stands there exactly once.
func (m *model) quoted(w graph.Witness) (at graph.Span, once bool) {
	text, n := m.changes[w.Document].Document.Text, 0
	for i := range text {
		if w.Quote != "" && strings.HasPrefix(text[i:], w.Quote) {
			at, n = graph.Span{Start: i, End: i + len(w.Quote)}, n+1
		}
	}
	return at, n == 1
}

// mentionedAt is the only key of a kind that is mentioned where a quote stands.
func (m *model) mentionedAt(w graph.Witness, k graph.Kind) (only graph.Key) {
	quote, once := m.quoted(w)
	keys := map[graph.Key]bool{}
	for _, e := range m.changes[w.Document].Entities {
		for _, s := range e.Spans {
			if once && e.Key.Kind == k && s.Start < quote.End && quote.Start < s.End {
				keys[e.Key] = true
			}
		}
	}
	for k := range keys {
		only = k
	}
	if len(keys) != 1 {
		return graph.Key{}
	}
	return only
}

// statedAt is the only fact of a predicate that is stated where a quote stands.
func (m *model) statedAt(w graph.Witness, p graph.Predicate) graph.FactKey {
	quote, once := m.quoted(w)
	facts, c := map[graph.FactKey]bool{}, m.changes[w.Document]
	for _, f := range c.Facts {
		if s := f.Spans[0]; once && f.Predicate == p && s.Start < quote.End && quote.Start < s.End {
			facts[graph.FactKey{Predicate: p, Subject: c.Entities[f.Subject].Key, Object: c.Entities[f.Object].Key, Tell: graph.Tell(p, f.Qualifiers)}] = true
		}
	}
	if len(facts) != 1 {
		return graph.FactKey{}
	}
	return slices.Collect(maps.Keys(facts))[0]
}
