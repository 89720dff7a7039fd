package graphtest

import (
	"fmt"
	"slices"

	"github.com/entente-kg/entente/graph"
)

var factCases = []testCase{
	{"evidence", "every edge leads to the sentence that says so, with its neighbours", func(h *harness) {
		h.apply(handMade()...)
		f := h.fact(graph.FactFilter{Predicates: []graph.Predicate{graph.Met}})
		pages, err := h.store.ListEvidence(h.ctx, graph.EvidenceQuery{Facts: []graph.FactID{f.ID}, Window: graph.Window{Limit: 5, Total: true}})
		if err != nil || len(pages) != 1 || len(pages[0].Items) != 1 || pages[0].Total != 1 {
			h.Fatalf("ListEvidence: %+v, %v", pages, err)
		}
		c := pages[0].Items[0]
		docs, err := h.store.Documents(h.ctx, []graph.DocumentID{c.Document}, true)
		text := docs[c.Document].Text
		if err != nil || text[c.Spans[0].Start:c.Spans[0].End] != c.Sentence || c.Spans[0].Text != c.Sentence || c.Before == "" || c.Cites.Source != "meeting" {
			h.Errorf("evidence %+v", c)
		}
		one, err := h.store.Evidence(h.ctx, []graph.EvidenceID{c.ID})
		if err != nil || one[c.ID].Sentence != c.Sentence {
			h.Errorf("Evidence by id: %+v, %v", one, err)
		}
	}},
	{"qualifiers", "an edge shows the most precise date, then the most confident, then the smallest; the next one after a withdrawal", func(h *harness) {
		say := func(source, date string, confidence int, title string) {
			q := graph.Qualifiers{graph.OnDate: date, graph.WithTitle: title}
			h.apply(NewDraft(source, "").State(ada, graph.HoldsOffice, council, q, confidence).Revision(1))
		}
		say("a", "2010", 990, "Chair")
		say("b", "2011-06", 700, "chair")
		say("c", "2011-05", 700, "CHAIR")
		f := h.fact(graph.FactFilter{Predicates: []graph.Predicate{graph.HoldsOffice}})
		if f.Date() != "2011-05" || f.Qualifiers[graph.WithTitle] != "Chair" || f.Confidence != 990 || f.Sources != 3 {
			h.Errorf("%+v", f)
		}
		h.withdraw("c", 1)
		h.withdraw("a", 1)
		if f := h.fact(graph.FactFilter{Predicates: []graph.Predicate{graph.HoldsOffice}}); f.Date() != "2011-06" || f.Confidence != 700 || f.Qualifiers[graph.WithTitle] != "chair" || f.Sources != 1 {
			h.Errorf("after the withdrawals: %+v", f)
		}
		h.dump()
	}},
	{"occurrences", "meetings of different days are different facts, a symmetric one is stored once", func(h *harness) {
		h.apply(NewDraft("a", "").
			State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: "2019"}, 900).
			State(bruno, graph.Met, ada, graph.Qualifiers{graph.OnDate: "2019"}, 900).
			State(bruno, graph.Met, ada, nil, 900).Revision(1))
		if facts := h.facts(graph.FactFilter{Predicates: []graph.Predicate{graph.Met}}); len(facts) != 2 {
			h.Errorf("%d meetings, want two", len(facts))
		}
		none, err := h.store.ListFacts(h.ctx, graph.FactQuery{At: []graph.EntityID{ada.ID()}, Where: graph.FactFilter{Predicates: []graph.Predicate{}}, Window: graph.Window{Limit: 9, Total: true}})
		if err != nil || len(none[0].Items) != 0 || none[0].Total != 0 {
			h.Errorf("facts of none of the predicates: %+v, %v", none, err)
		}
		for _, k := range []graph.Key{ada, bruno} {
			for _, d := range []graph.Direction{graph.Both, graph.Out, graph.In} {
				pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{At: []graph.EntityID{k.ID()}, Direction: d, Where: graph.FactFilter{Predicates: []graph.Predicate{graph.Met}}, Window: graph.Window{Limit: 9, Total: true}})
				if err != nil || len(pages[0].Items) != 2 || pages[0].Total != 2 {
					h.Errorf("meetings of %s, direction %q: %+v, %v", k.Text, d, pages, err)
				}
			}
		}
	}},
	{"filters", "a fact filter means the same in every store", func(h *harness) {
		h.apply(handMade()...)
		for _, c := range []struct {
			name  string
			where graph.FactFilter
			want  int
		}{
			{"all", graph.FactFilter{}, 8},
			{"predicate", graph.FactFilter{Predicates: []graph.Predicate{graph.Signed}}, 2},
			{"subject", graph.FactFilter{Subjects: []graph.EntityID{council.ID()}}, 1},
			{"either", graph.FactFilter{Either: []graph.EntityID{council.ID()}}, 2},
			{"none", graph.FactFilter{Either: []graph.EntityID{}}, 0},
			{"during a year", graph.FactFilter{During: graph.DateRange{From: "2005", To: "2005"}}, 2},
			{"a month within a year", graph.FactFilter{During: graph.DateRange{From: "2005-06", To: "2005-06"}}, 2},
			{"open end", graph.FactFilter{During: graph.DateRange{From: "2011-03-31"}}, 2},
			{"confidence", graph.FactFilter{MinConfidence: 950}, 3},
			{"sources", graph.FactFilter{MinSources: 2}, 0},
			{"document", graph.FactFilter{Documents: []graph.DocumentID{graph.NewDocumentID("treaty")}}, 2},
			{"origin", graph.FactFilter{Origins: []graph.Origin{graph.Thesaurus}}, 1},
			{"or", graph.FactFilter{Or: []graph.FactFilter{{Predicates: []graph.Predicate{graph.Met}}, {MinConfidence: 950}}}, 3},
			{"and not", graph.FactFilter{And: []graph.FactFilter{{MinConfidence: 800}}, Not: &graph.FactFilter{Predicates: []graph.Predicate{graph.Signed}}}, 5},
		} {
			if got := len(h.facts(c.where)); got != c.want {
				h.Errorf("%s: %d facts, want %d", c.name, got, c.want)
			}
		}
	}},
	{"facts at an entity, by a word of the other end", "what is in memory and what a statement knows make one answer, its number too", func(h *harness) {
		h.apply(handMade()...)
		for word, want := range map[string]int{"okafor": 1, "river": 1, "union": 0} {
			other := &graph.EntityFilter{Terms: graph.NameTerms(word)}
			pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{At: []graph.EntityID{ada.ID()}, Where: graph.FactFilter{Other: other}, Window: graph.Window{Limit: 5, Total: true}})
			if err != nil || len(pages[0].Items) != want || pages[0].Total != want {
				h.Errorf("%s: %+v, %v, want %d", word, pages, err, want)
			}
		}
	}},
	{"parallel facts in a picture", "heads of state meet each other hundreds of times, and a picture of one is to be drawn", func(h *harness) {
		d := NewDraft("meetings", "2019-01-01")
		for year := 2001; year < 2019; year++ {
			d.State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: fmt.Sprint(year)}, 900)
		}
		d.State(ada, graph.HoldsOffice, union, graph.Qualifiers{graph.WithTitle: "Chair"}, 900)
		h.apply(d.Revision(1), NewDraft("again", "2019-02-01").State(bruno, graph.Met, ada, graph.Qualifiers{graph.OnDate: "2007"}, 800).Revision(1))
		picture, err := graph.Neighbourhood(h.ctx, h.store, graph.NeighbourhoodQuery{Of: []graph.EntityID{ada.ID()}, Depth: 1, MaxEntities: 10, PerEntity: 10})
		if err != nil || len(picture.Facts) != graph.MaxParallel+1 || !picture.Truncated || picture.Omitted != 0 {
			h.Errorf("%d facts, truncated %v, omitted %d, %v", len(picture.Facts), picture.Truncated, picture.Omitted, err)
		}
		if !slices.ContainsFunc(picture.Facts, func(f graph.Fact) bool { return f.Date() == "2007" }) {
			h.Error("the meeting that two documents tell of is left out")
		}
	}},
	{"frontier and degrees", "paths and neighbourhoods walk over these", func(h *harness) {
		h.apply(handMade()...)
		edges, complete, err := h.store.Frontier(h.ctx, []graph.EntityID{memo.ID()}, graph.FactFilter{})
		if err != nil || !complete || len(edges) != 3 {
			h.Errorf("Frontier: %d edges, %v, %v", len(edges), complete, err)
		}
		edges, _, err = h.store.Frontier(h.ctx, []graph.EntityID{memo.ID()}, graph.FactFilter{Kinds: []graph.Kind{graph.Topic}})
		if err != nil || len(edges) != 1 {
			h.Errorf("Frontier to topics: %d edges, %v", len(edges), err)
		}
		degrees, err := h.store.Degrees(h.ctx, []graph.EntityID{memo.ID(), ada.ID(), union.ID()}, nil)
		if err != nil || fmt.Sprint(degrees[memo.ID()], degrees[ada.ID()], degrees[union.ID()]) != "3 2 1" {
			h.Errorf("Degrees = %v, %v", degrees, err)
		}
		picture, err := graph.Neighbourhood(h.ctx, h.store, graph.NeighbourhoodQuery{Of: []graph.EntityID{ada.ID()}, Depth: 2, MaxEntities: 100, PerEntity: 50})
		if err != nil || len(picture.Entities) != 4 || len(picture.Facts) != 3 || picture.Truncated {
			h.Errorf("Neighbourhood: %d entities, %d facts, %v", len(picture.Entities), len(picture.Facts), err)
		}
		began, err := graph.Neighbourhood(h.ctx, h.store, graph.NeighbourhoodQuery{Of: []graph.EntityID{ada.ID(), memo.ID()}, Depth: 2, MaxEntities: 1, PerEntity: 50})
		if err != nil || len(began.Entities) != 2 || !began.Truncated || began.Omitted != 4 {
			h.Errorf("a Neighbourhood smaller than what it begins with: %d entities, %d omitted, %v", len(began.Entities), began.Omitted, err)
		}
		h.decide(decide(graph.Decision{Kind: graph.Same, Key: council, Other: union}))
		for _, id := range []graph.EntityID{council.ID(), union.ID()} {
			picture, err := graph.Neighbourhood(h.ctx, h.store, graph.NeighbourhoodQuery{Of: []graph.EntityID{id}, Depth: 1, MaxEntities: 100, PerEntity: 50})
			if err != nil || len(picture.Entities) != 3 || len(picture.Facts) != 2 {
				h.Errorf("Neighbourhood of what was merged: %d entities, %d facts, %v", len(picture.Entities), len(picture.Facts), err)
			}
		}
	}},
}
