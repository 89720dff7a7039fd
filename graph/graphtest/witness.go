package graphtest

import (
	"context"
	"fmt"
	"slices"

	"github.com/entente-kg/entente/graph"
)

var witnessCases = []testCase{
	{"a witness finds what is gone", "a decision outlives the key that it was taken on, if its text still says so", func(h *harness) {
		h.apply(handMade()...)
		h.apply(renamed(1, "x old"))
		old, fresh := person("x old"), person("x new")
		at := graph.Witness{Document: graph.NewDocumentID("renamed"), Quote: "the Chair of the River Board"}
		same := decide(graph.Decision{Kind: graph.Same, Key: old, Other: ada, Witness: at})
		h.decide(same)
		h.one(old, ada)
		h.apply(renamed(2, "x new"))
		h.one(fresh, ada)
		h.asleep()
		h.apply(NewDraft("elsewhere", "").Mention(old, "X. Old", graph.FullName).Revision(1))
		if h.one(old, ada); h.id(fresh) == h.id(ada) {
			h.Error("the decision holds for the key that was found in its place although its own has come back")
		}
		h.withdraw("elsewhere", 1)
		h.one(fresh, ada)
		h.undo(same)
		if h.id(fresh) == h.id(ada) {
			h.Error("undone, and still one")
		}
	}},
	{"a witness that no longer speaks", "a decision sleeps where its quote stands no more or more than once, is listed, and wakes", func(h *harness) {
		h.apply(handMade()...)
		at := graph.Witness{Document: graph.NewDocumentID("renamed"), Quote: "the Chair of the River Board"}
		same := decide(graph.Decision{Kind: graph.Same, Key: person("x old"), Other: ada, Witness: at})
		review := decide(graph.Decision{Kind: graph.ReviewFact, Review: graph.Rejected, Witness: graph.Witness{Document: at.Document, Quote: "met " + bruno.Text},
			Fact: graph.FactKey{Predicate: graph.Met, Subject: person("x old"), Object: bruno, Tell: "2020-02-01"}})
		h.decide(same, review)
		h.asleep(same, review)
		h.apply(renamed(1, "x new"))
		h.asleep()
		h.one(person("x new"), ada)
		if n := len(h.facts(graph.FactFilter{Predicates: []graph.Predicate{graph.Met}})); n != 1 {
			h.Errorf("%d meetings, want one: the other is rejected", n)
		}
		h.apply(NewDraft("renamed", "2020-02-02").Mention(person("x new"), at.Quote, graph.Description).Mention(person("y"), at.Quote, graph.Description).Revision(2))
		h.asleep(same, review)
		h.withdraw("renamed", 3)
		h.asleep(same, review)
		h.apply(renamed(4, "x old"))
		h.asleep()
		h.one(person("x old"), ada)
	}},
	{"what sleeps is listed", "an analyst sees which decisions are about nothing", func(h *harness) {
		h.apply(handMade()...)
		nobody := person("nobody")
		waking := decide(graph.Decision{Kind: graph.Alias, Key: council, Text: "Keepers"})
		sleeping := []graph.Decision{
			decide(graph.Decision{Kind: graph.Alias, Key: nobody, Text: "No One"}),
			decide(graph.Decision{Kind: graph.Same, Key: ada, Other: nobody}),
			decide(graph.Decision{Kind: graph.Reassign, Key: ada, Other: bruno, Documents: []graph.DocumentID{graph.NewDocumentID("signing")}}),
			decide(graph.Decision{Kind: graph.ReviewFact, Review: graph.Confirmed, Fact: graph.FactKey{Predicate: graph.Met, Subject: ada, Object: bruno, Tell: "1999"}}),
		}
		h.decide(append(sleeping, waking)...)
		h.asleep(sleeping...)
		h.apply(NewDraft("nobody", "").Mention(nobody, "Nobody", graph.FullName).State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: "1999"}, 500).Revision(1))
		h.asleep(sleeping[2])
	}},
	{"vocabulary records that are one", "what the vocabulary calls an entity decides the class of a document's form, merged or not", func(h *harness) {
		text := "UPS" // the union's acronym; of the council it is a short form
		said := NewDraft("said", "").Mention(council, text, graph.ShortName).State(ada, graph.Met, bruno, nil, 500).Revision(1)
		h.apply(said)
		before := h.dump()
		same := decide(graph.Decision{Kind: graph.Same, Key: union, Other: council})
		h.decide(same)
		late := h.dump()
		h.undo(same)
		sameDump(h, "undone", h.dump(), before)
		early := h.open(h, Vocabulary)
		if err := early.Decide(h.ctx, same); err != nil {
			h.Fatal(err)
		}
		if _, err := early.Apply(h.ctx, said); err != nil {
			h.Fatal(err)
		}
		sameDump(h, "decided first", dumpOf(h, early), late)
	}},
	{"decisions that touch many documents", "a merge of hubs takes many transactions; cut off between any two of them it is not lost", func(h *harness) {
		var hub []graph.Change
		for i := range 300 {
			hub = append(hub, NewDraft(fmt.Sprintf("hub-%d", i), "2020-01-01").State([]graph.Key{ada, person("twin")}[i%2], graph.Met, bruno, nil, 500+i).Revision(1))
		}
		h.apply(hub...)
		plain := h.dump()
		same := decide(graph.Decision{Kind: graph.Same, Key: person("twin"), Other: ada})
		alias := decide(graph.Decision{Kind: graph.Alias, Key: person("twin"), Text: "The Twin"})
		h.decide(same, alias)
		merged := h.dump()
		pending := 0
		for statements := int64(20); ; statements += 25 {
			h.undo(same)
			h.undo(alias)
			sameDump(h, "undone", h.dump(), plain)
			err := h.store.Decide(cutting(h.ctx, statements), same, alias)
			head, statErr := h.store.Statistics(h.ctx)
			if statErr != nil {
				h.Fatal(statErr)
			}
			if head.Pending != nil {
				pending++
			}
			if err == nil {
				break
			}
			if head.Decisions == 0 { // cut before anything was recorded
				h.decide(same, alias)
			}
			h.apply(hub[0]) // changes nothing, but writes
			sameDump(h, fmt.Sprintf("cut after %d statements", statements), h.dump(), merged)
		}
		if pending < 2 {
			h.Errorf("Decide was cut off between two steps %d times, want several", pending)
		}
	}},
}

// cutContext is cancelled after so many statements; see [graph.CountStatement].
type cutContext struct {
	context.Context
	cancel context.CancelFunc
	left   int64
}

func cutting(ctx context.Context, statements int64) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	return &cutContext{Context: ctx, cancel: cancel, left: statements}
}

// Value is asked once a statement.
func (c *cutContext) Value(key any) any {
	if graph.CountsStatements(key) {
		if c.left--; c.left == 0 {
			c.cancel()
		}
	}
	return c.Context.Value(key)
}

// id is the id of the entity that a key stands for now.
func (h *harness) id(k graph.Key) graph.EntityID {
	h.Helper()
	return h.entity(k).ID
}

func (h *harness) one(a, b graph.Key) {
	h.Helper()
	if h.id(a) != h.id(b) {
		h.Errorf("%s and %s are two entities", a.Text, b.Text)
	}
}

// asleep expects just these decisions to sleep.
func (h *harness) asleep(want ...graph.Decision) {
	h.Helper()
	all, err := h.store.ListDecisions(h.ctx)
	if err != nil {
		h.Fatal(err)
	}
	for _, d := range all {
		expected := slices.ContainsFunc(want, func(w graph.Decision) bool { return w.ID == d.ID })
		if d.Asleep != expected {
			h.Errorf("%s of %q: asleep is %t", d.Kind, d.Key.Text+d.Fact.Subject.Text, d.Asleep)
		}
	}
}
