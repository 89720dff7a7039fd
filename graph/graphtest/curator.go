package graphtest

import (
	"time"

	"github.com/entente-kg/entente/graph"
)

var curatorCases = []testCase{
	{"a person merges and keeps apart", "what an analyst points at becomes decisions on keys, which hold for later documents and can be taken back", func(h *harness) {
		twin := person("a lindqvist")
		h.apply(handMade()...)
		h.apply(NewDraft("twin", "2022-01-01").Mention(twin, "A. Lindqvist", graph.FullName).State(twin, graph.Met, bruno, nil, 900).Revision(1))
		before := h.dump()
		merged := h.taken(1)(h.curator().Merge(h.ctx, ada.ID(), twin.ID()))
		h.one(ada, twin)
		if w := merged[0].OtherWitness; w.Quote == "" || w.Document != graph.NewDocumentID("twin") {
			h.Errorf("the witness is %+v, want words of the document that speaks of the twin", w)
		}
		h.taken(0)(h.curator().Merge(h.ctx, twin.ID(), ada.ID()))
		apart := h.taken(1)(h.curator().Distinct(h.ctx, ada.ID(), twin.ID()))
		if h.id(ada) == h.id(twin) {
			h.Error("kept apart, and still one")
		}
		h.taken(0)(h.curator().Distinct(h.ctx, twin.ID(), ada.ID()))
		_, err := h.curator().Merge(h.ctx, ada.ID(), twin.ID())
		h.wantKind("merge of what is kept apart", err, graph.Conflict)
		h.undo(apart[0])
		h.one(ada, twin)
		h.undo(merged[0])
		sameDump(h, "undone", h.dump(), before)
	}},
	{"a person splits", "some documents speak of another one, under whichever of its keys they name the entity", func(h *harness) {
		twin := person("a lindqvist")
		h.apply(handMade()...)
		h.apply(NewDraft("twin", "2022-01-01").State(twin, graph.Met, bruno, nil, 900).Revision(1),
			NewDraft("other", "2022-01-02").State(ada, graph.HoldsOffice, union, graph.Qualifiers{graph.WithTitle: "Adviser"}, 900).Revision(1))
		h.taken(1)(h.curator().Merge(h.ctx, ada.ID(), twin.ID()))
		before := h.dump()
		documents := []graph.DocumentID{graph.NewDocumentID("twin"), graph.NewDocumentID("other")}
		split := h.taken(2)(h.curator().Split(h.ctx, twin.ID(), documents, ""))
		apart := h.entity(split[0].Other)
		if apart.Documents != 2 || h.entity(ada).Documents != 1 || split[0].Other != split[1].Other {
			h.Errorf("%d documents speak of the one, %d of the other; want 1 and 2", h.entity(ada).Documents, apart.Documents)
		}
		_, err := h.curator().Split(h.ctx, ada.ID(), documents, bruno.ID())
		h.wantKind("split of what was split", err, graph.Invalid)
		for _, d := range split {
			h.undo(d)
		}
		sameDump(h, "undone", h.dump(), before)
		h.taken(1)(h.curator().Split(h.ctx, ada.ID(), documents[1:], bruno.ID()))
		if n := len(h.facts(graph.FactFilter{Subjects: []graph.EntityID{bruno.ID()}, Predicates: []graph.Predicate{graph.HoldsOffice}})); n != 1 {
			h.Errorf("%d offices of the one that the document speaks of, want 1", n)
		}
	}},
	{"a person names", "a name that was given finds its entity, and giving it twice is giving it once", func(h *harness) {
		h.apply(handMade()...)
		alias := h.taken(1)(h.curator().Alias(h.ctx, memo.ID(), "  River \n Memorandum "))
		h.taken(0)(h.curator().Alias(h.ctx, memo.ID(), "River Memorandum"))
		found, err := h.store.Resolve(h.ctx, []graph.Ref{{Name: "river memorandum"}})
		if err != nil || len(found[0]) != 1 || found[0][0].ID != memo.ID() || alias[0].Witness.Quote == "" {
			h.Errorf("%+v, %v by the witness %+v", found, err, alias[0].Witness)
		}
	}},
	{"a person reviews", "the last word counts, whatever ids the decisions have", func(h *harness) {
		h.apply(handMade()...)
		before := h.dump()
		fact := h.fact(graph.FactFilter{Subjects: []graph.EntityID{memo.ID()}, Predicates: []graph.Predicate{graph.Covers}})
		var last []graph.Decision
		for _, review := range []graph.Review{graph.Rejected, graph.Confirmed, graph.Rejected, graph.Confirmed} {
			last = h.taken(1)(h.curator().Review(h.ctx, fact.ID, review))
			h.taken(0)(h.curator().Review(h.ctx, fact.ID, review))
			found, err := h.store.Facts(h.ctx, []graph.FactID{fact.ID})
			if err != nil || found[fact.ID].Review != review {
				h.Fatalf("%q, %v; want %q", found[fact.ID].Review, err, review)
			}
		}
		h.asleep()
		h.undo(last[0])
		sameDump(h, "undone", h.dump(), before)
	}},
	{"a person points at nothing", "what cannot be decided is refused, and decides nothing", func(h *harness) {
		h.apply(handMade()...)
		before := h.dump()
		c, nobody := h.curator(), person("nobody").ID()
		for name, try := range map[string]struct {
			kind graph.ErrorKind
			do   func() ([]graph.Decision, error)
		}{
			"merge of two kinds": {graph.Invalid, func() ([]graph.Decision, error) { return c.Merge(h.ctx, ada.ID(), council.ID()) }},
			"merge with nobody":  {graph.NotFound, func() ([]graph.Decision, error) { return c.Merge(h.ctx, ada.ID(), nobody) }},
			"distinct from self": {graph.Invalid, func() ([]graph.Decision, error) { return c.Distinct(h.ctx, ada.ID(), ada.ID()) }},
			"split of no mention": {graph.Invalid, func() ([]graph.Decision, error) {
				return c.Split(h.ctx, ada.ID(), []graph.DocumentID{graph.NewDocumentID("signing")}, "")
			}},
			"split of nothing": {graph.Invalid, func() ([]graph.Decision, error) { return c.Split(h.ctx, ada.ID(), nil, "") }},
			"split into itself": {graph.Invalid, func() ([]graph.Decision, error) {
				return c.Split(h.ctx, ada.ID(), []graph.DocumentID{graph.NewDocumentID("meeting")}, ada.ID())
			}},
			"no name":           {graph.Invalid, func() ([]graph.Decision, error) { return c.Alias(h.ctx, ada.ID(), " – ") }},
			"no review":         {graph.Invalid, func() ([]graph.Decision, error) { return c.Review(h.ctx, h.facts(graph.FactFilter{})[0].ID, "") }},
			"review of nothing": {graph.NotFound, func() ([]graph.Decision, error) { return c.Review(h.ctx, "fnothing", graph.Confirmed) }},
		} {
			_, err := try.do()
			h.wantKind(name, err, try.kind)
		}
		sameDump(h, "after the refusals", h.dump(), before)
	}},
}

// curator is a person whose every decision is a second after the one before.
func (h *harness) curator() graph.Curator {
	h.decided++
	return graph.Curator{Store: h.store, Author: "analyst", At: time.Date(2026, 1, 2, 3, 4, h.decided, 0, time.UTC), Reason: "seen in the text"}
}

// taken expects so many new decisions.
func (h *harness) taken(n int) func([]graph.Decision, error) []graph.Decision {
	return func(taken []graph.Decision, err error) []graph.Decision {
		h.Helper()
		if err != nil || len(taken) != n {
			h.Fatalf("%d decisions were taken, %v; want %d", len(taken), err, n)
		}
		return taken
	}
}
