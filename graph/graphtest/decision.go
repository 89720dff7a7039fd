package graphtest

import (
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

var decisionCases = []testCase{
	{"same and undo", "a merge holds across re-ingesting, old ids resolve, and undoing it gives the dump before", func(h *harness) {
		twin := person("a lindqvist")
		h.apply(handMade()...)
		h.apply(NewDraft("twin", "2022-01-01").State(twin, graph.Met, bruno, nil, 900).State(twin, graph.Met, ada, nil, 900).Revision(1))
		before := h.dump()
		same := decide(graph.Decision{Kind: graph.Same, Key: ada, Other: twin})
		h.decide(same)
		merged, err := h.store.Entities(h.ctx, []graph.EntityID{ada.ID(), twin.ID()})
		if err != nil || merged[ada.ID()].ID != merged[twin.ID()].ID || merged[ada.ID()].Documents != 2 {
			h.Fatalf("merged: %+v, %v", merged, err)
		}
		old := ada.ID()
		if merged[ada.ID()].ID == old {
			old = twin.ID()
		}
		byID, err := h.store.Resolve(h.ctx, []graph.Ref{{ID: old}, {ID: old, Kinds: []graph.Kind{graph.Country}}})
		if err != nil || len(byID[0]) != 1 || byID[0][0].ID != merged[old].ID || len(byID[1]) != 0 {
			h.Errorf("a reference by the id that was merged away: %+v, %v", byID, err)
		}
		for _, f := range h.facts(graph.FactFilter{}) {
			if f.SubjectID == f.ObjectID {
				h.Error("an edge to itself is left")
			}
		}
		h.apply(NewDraft("later", "2023-01-01").State(twin, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Adviser"}, 900).Revision(1))
		if n := len(h.facts(graph.FactFilter{Subjects: []graph.EntityID{merged[ada.ID()].ID}, Predicates: []graph.Predicate{graph.HoldsOffice}})); n != 2 {
			h.Errorf("%d offices of the merged person, want two", n)
		}
		h.dump()
		h.withdraw("later", 1)
		h.undo(same)
		sameDump(h, "undone", withoutTombstone(h.dump()), before)
	}},
	{"merge two records of the vocabulary", "a name's class follows the vocabulary's records of its entity, and each of them counts once, whenever the decisions come", func(h *harness) {
		spoken := NewDraft("spoken", "2022-01-01").Mention(council, "Union of Plateau States", graph.FullName).Revision(1)
		moved := NewDraft("moved", "2022-01-01").Mention(org("the union"), "Union of Plateau States", graph.FullName).Revision(1)
		split := decide(graph.Decision{Kind: graph.Reassign, Key: org("the union"), Other: council, Documents: []graph.DocumentID{moved.Document.ID}})
		decisions := []graph.Decision{
			decide(graph.Decision{Kind: graph.Same, Key: council, Other: union}),
			decide(graph.Decision{Kind: graph.Alias, Key: union, Text: "The Plateau"}),
			decide(graph.Decision{Kind: graph.Alias, Key: union, Text: "The States"}),
		}
		h.apply(spoken, moved)
		h.decide(split)
		before := h.dump()
		h.decide(decisions...)
		late := h.dump()
		for _, d := range decisions {
			h.undo(d)
		}
		sameDump(h, "undone", h.dump(), before)
		early := h.open(h, Vocabulary)
		if err := early.Decide(h.ctx, append(decisions, split)...); err != nil {
			h.Fatal(err)
		}
		if _, err := early.Apply(h.ctx, spoken, moved); err != nil {
			h.Fatal(err)
		}
		sameDump(h, "decided before", dumpOf(h, early), late)
	}},
	{"decisions before documents", "decisions fold in any order with documents", func(h *harness) {
		decisions := []graph.Decision{
			decide(graph.Decision{Kind: graph.Same, Key: ada, Other: bruno}),
			decide(graph.Decision{Kind: graph.Alias, Key: council, Text: "The Keepers"}),
			decide(graph.Decision{Kind: graph.Alias, Key: treaty, Text: "Blue Treaty"}),
			decide(graph.Decision{Kind: graph.ReviewFact, Review: graph.Rejected, Fact: graph.FactKey{Predicate: graph.Covers, Subject: memo, Object: traffic}}),
			decide(graph.Decision{Kind: graph.Reassign, Key: arland, Other: bergonia, Documents: []graph.DocumentID{graph.NewDocumentID("treaty")}}),
			decide(graph.Decision{Kind: graph.Same, Key: council, Other: union}),
		}
		h.decide(decisions...)
		h.apply(handMade()...)
		early := h.dump()
		late := h.open(h, Vocabulary)
		if _, err := late.Apply(h.ctx, handMade()...); err != nil {
			h.Fatal(err)
		}
		for i := range decisions {
			if err := late.Decide(h.ctx, decisions[len(decisions)-1-i]); err != nil {
				h.Fatal(err)
			}
		}
		sameDump(h, "documents first", dumpOf(h, late), early)
		h.store = late
		for _, d := range decisions {
			h.undo(d)
		}
		undone := h.dump()
		plain := h.open(h, Vocabulary)
		if _, err := plain.Apply(h.ctx, handMade()...); err != nil {
			h.Fatal(err)
		}
		sameDump(h, "all undone", undone, dumpOf(h, plain))
	}},
	{"reject and confirm", "a rejected fact stays in the dump and is absent from all else", func(h *harness) {
		h.apply(handMade()...)
		key := graph.FactKey{Predicate: graph.Covers, Subject: memo, Object: traffic}
		reject := decide(graph.Decision{Kind: graph.ReviewFact, Review: graph.Rejected, Fact: key})
		h.decide(reject)
		if n := len(h.facts(graph.FactFilter{Subjects: []graph.EntityID{memo.ID()}})); n != 0 {
			h.Errorf("%d facts of the memorandum, want none", n)
		}
		if !strings.Contains(h.dump(), `"review":"rejected"`) {
			h.Error("the dump has lost the rejected fact")
		}
		h.undo(reject)
		h.decide(decide(graph.Decision{Kind: graph.ReviewFact, Review: graph.Confirmed, Fact: key}))
		if f := h.fact(graph.FactFilter{Subjects: []graph.EntityID{memo.ID()}}); f.Review != graph.Confirmed {
			h.Errorf("review %q", f.Review)
		}
	}},
	{"one decision written twice", "of two spellings of one decision it does not show which came first", func(h *harness) {
		d := decide(graph.Decision{Kind: graph.Reassign, Key: ada, Other: bruno, Documents: []graph.DocumentID{graph.NewDocumentID("a"), graph.NewDocumentID("b")}})
		again := d
		again.At, again.Documents = d.At.In(time.FixedZone("", 3600)), []graph.DocumentID{d.Documents[1], d.Documents[0]}
		h.decide(d)
		h.decide(again)
		want := h.dump()
		other := h.open(h, Vocabulary)
		for _, d := range []graph.Decision{again, d} {
			if err := other.Decide(h.ctx, d); err != nil {
				h.Fatal(err)
			}
		}
		sameDump(h, "the other one first", dumpOf(h, other), want)
	}},
	{"incomplete decisions", "a decision that says nothing is refused", func(h *harness) {
		for _, d := range []graph.Decision{{}, {Kind: graph.Same, Key: ada, Other: ada}, {Kind: graph.Same, Key: ada, Other: council}, {Kind: graph.Alias, Key: ada},
			{Kind: graph.Alias, Key: ada, Text: "x", Witness: graph.Witness{Hash: "\xff"}}, {Kind: graph.Alias, Key: ada, Text: "x", Review: "\xff"},
			{Kind: graph.Reassign, Key: ada, Other: bruno, Documents: []graph.DocumentID{"\xff"}}} {
			h.wantKind(string(d.Kind), h.store.Decide(h.ctx, decide(d)), graph.Invalid)
		}
		late := decide(graph.Decision{Kind: graph.Alias, Key: ada, Text: "x"})
		late.At = time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)
		h.wantKind("in a year that no JSON holds", h.store.Decide(h.ctx, late), graph.Invalid)
		h.wantKind("undo", h.store.Undo(h.ctx, "cnothing"), graph.NotFound)
	}},
}

// decide gives a decision an author and a time.
func decide(d graph.Decision) graph.Decision {
	d.Author, d.At, d.Reason = "analyst", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), "seen in the text"
	d.ID = graph.NewDecisionID(d)
	return d
}

func (h *harness) decide(decisions ...graph.Decision) {
	h.Helper()
	if err := h.store.Decide(h.ctx, decisions...); err != nil {
		h.Fatalf("Decide: %v", err)
	}
}

func (h *harness) undo(d graph.Decision) {
	h.Helper()
	if err := h.store.Undo(h.ctx, d.ID); err != nil {
		h.Fatalf("Undo %s: %v", d.Kind, err)
	}
}

// withoutTombstone leaves withdrawn documents out of a dump.
func withoutTombstone(dump string) string {
	var kept []string
	for _, l := range strings.Split(dump, "\n") {
		if !strings.Contains(l, `"withdrawn":true`) {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}
