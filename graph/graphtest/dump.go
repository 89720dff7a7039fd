package graphtest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

var dumpCases = []testCase{
	{"load a dump", "a dump holds everything: loaded into an empty store it gives the same dump", func(h *harness) {
		h.apply(Corpus(7, 15, 8)...)
		h.apply(handMade()...)
		h.decide(decide(graph.Decision{Kind: graph.Alias, Key: council, Text: "The Keepers"}))
		h.withdraw("treaty", 5)
		want := h.dump()
		other := h.open(h, Vocabulary)
		documents, err := graph.Load(h.ctx, strings.NewReader(want), other, nil)
		if err != nil || documents != 18 {
			h.Fatalf("Load: %d documents, %v", documents, err)
		}
		sameDump(h, "loaded", dumpOf(h, other), want)
	}},
	{"load whatever there is", "an empty store is filled in bulk, and is the same as one that was written to; so is one that is loaded piece by piece", func(h *harness) {
		if err := writeAll(h.ctx, h.store, shuffled(history(3), 1)); err != nil {
			h.Fatal(err)
		}
		want := h.dump()
		filled := h.open(h, Vocabulary)
		h.load(filled, want)
		sameDump(h, "in bulk", dumpOf(h, filled), want)
		h.load(filled, want)
		sameDump(h, "again", dumpOf(h, filled), want)
		lines := strings.SplitAfter(want, "\n")
		slices.Reverse(lines[1:])
		piecewise := h.open(h, Vocabulary)
		h.load(piecewise, strings.Join(lines, ""))
		sameDump(h, "out of order", dumpOf(h, piecewise), want)
	}},
	{"filling that is cut off", "of an import in bulk all is in or nothing is used", func(h *harness) {
		corpus := Corpus(7, 15, 8)
		h.apply(corpus...)
		want := h.dump()
		other := h.open(h, Vocabulary)
		slices.SortFunc(corpus, func(a, b graph.Change) int { return strings.Compare(string(a.Document.ID), string(b.Document.ID)) })
		filler, err := other.Fill(h.ctx, []graph.Decision{decide(graph.Decision{Kind: graph.Alias, Key: council, Text: "The Keepers"})})
		if err != nil {
			h.Fatal(err)
		}
		if err := filler.Add(h.ctx, corpus[:5]); err != nil {
			h.Fatal(err)
		}
		h.wantKind("a document out of order", filler.Add(h.ctx, corpus[:1]), graph.Invalid)
		filler.Abort()
		filler.Abort()
		if head, err := other.Statistics(h.ctx); err != nil || !head.Empty() {
			h.Errorf("%+v, %v: not empty", head, err)
		} else if head.Filling { // it says so, and nothing may be built on it
			_, err := other.Apply(h.ctx, corpus[0])
			h.wantKind("Apply to what was cut off", err, graph.Conflict)
		}
		h.load(other, want)
		sameDump(h, "imported again", dumpOf(h, other), want)
		_, err = other.Fill(h.ctx, nil)
		h.wantKind("Fill what is full", err, graph.Conflict)
		h.store = other
		h.apply(corpus[0])
	}},
	{"a broken line in a dump", "what stood before it is in, and the rest can follow", func(h *harness) {
		h.apply(Corpus(7, 80, 2)...)
		want := h.dump()
		lines := strings.SplitAfter(want, "\n")
		other := h.open(h, Vocabulary)
		_, err := graph.Load(h.ctx, strings.NewReader(strings.Join(lines[:70], "")+"{\"change\":"), other, nil)
		h.wantKind("broken", err, graph.Invalid)
		if head, err := other.Statistics(h.ctx); err != nil || head.Documents != 64 {
			h.Errorf("%d documents are in, want those of the first batch: %v", head.Documents, err)
		}
		h.load(other, want)
		sameDump(h, "imported again", dumpOf(h, other), want)
	}},
	{"broken dumps", "a dump that cannot be read says at which line, and why", func(h *harness) {
		for name, text := range map[string]string{"empty": "", "no header": `{"change":{}}`, "not JSON": "hello", "other format": `{"entente":{"format":99}}`,
			"torn": `{"entente":{"format":1,"version":"test-1"}}` + "\n{\"change\":"} {
			_, err := graph.Load(h.ctx, strings.NewReader(text), h.store, nil)
			h.wantKind(name, err, graph.Invalid)
		}
		_, err := graph.Load(h.ctx, strings.NewReader(`{"entente":{"format":1,"version":"other"}}`), h.store, nil)
		h.wantKind("other version", err, graph.Conflict)
	}},
}

func (h *harness) load(store graph.Store, dump string) {
	h.Helper()
	if _, err := graph.Load(h.ctx, strings.NewReader(dump), store, nil); err != nil {
		h.Fatalf("Load: %v", err)
	}
}

// Compare applies one corpus to two stores and expects the same dump, and the
// same answers in the same order to many questions.
func Compare(t *testing.T, a, b graph.Store) {
	corpus := append(Corpus(11, 30, 10), handMade()...)
	for _, store := range []graph.Store{a, b} {
		if _, err := store.Apply(t.Context(), corpus...); err != nil {
			t.Fatal(err)
		}
	}
	sameDump(t, "after Apply", dumpOf(t, b), dumpOf(t, a))
	for _, q := range questions(t, a) {
		t.Run(strings.ReplaceAll(q.name, " ", "_"), func(t *testing.T) {
			want, err := q.ask(a)
			if err != nil {
				t.Fatalf("first store: %v", err)
			}
			got, err := q.ask(b)
			if err != nil {
				t.Fatalf("second store: %v", err)
			}
			if x, y := text(want), text(got); x != y {
				t.Errorf("first store\n%.1500s\nsecond store\n%.1500s", x, y)
			}
		})
	}
}

// text is an answer in full, internal ranks included, without the time of ingestion.
func text(answer any) string {
	data, err := json.MarshalIndent(answer, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(data)
}

type question struct {
	name string
	ask  func(graph.Store) (any, error)
}

// questions asks everything that a Reader answers.
func questions(t *testing.T, store graph.Store) []question {
	ctx := t.Context()
	var ids []graph.EntityID
	pages, err := store.ListEntities(ctx, graph.EntityQuery{Window: graph.Window{Limit: 100}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range pages[0].Items {
		ids = append(ids, e.ID)
	}
	slices.Sort(ids)
	var all []question
	ask := func(name string, q func(graph.Store) (any, error)) { all = append(all, question{name, q}) }
	for _, by := range []graph.OrderBy{graph.ByName, graph.ByDate, graph.ByLastSeen, graph.BySources} {
		ask("entities by "+string(by), func(s graph.Store) (any, error) {
			return s.ListEntities(ctx, graph.EntityQuery{Order: graph.Order{By: by, Desc: by == graph.ByDate}, Window: graph.Window{Limit: 50, Total: true}})
		})
	}
	related := graph.EntityFilter{Or: []graph.EntityFilter{
		{Related: []graph.Related{{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: []graph.EntityID{traffic.ID()}}}},
		{Related: []graph.Related{{Direction: graph.In, ToKinds: []graph.Kind{graph.Organisation}, During: graph.DateRange{From: "2010"}, MinConfidence: 700}}},
		{Name: &graph.StringFilter{StartsWith: "Person 1"}}, {Name: &graph.StringFilter{Contains: "DY 2"}}},
		Not: &graph.EntityFilter{Kinds: []graph.Kind{graph.Event}}}
	ask("entities by filter", func(s graph.Store) (any, error) {
		return s.ListEntities(ctx, graph.EntityQuery{Where: related, Window: graph.Window{Limit: 100, Total: true}})
	})
	some := graph.EntityFilter{Related: []graph.Related{{Some: &graph.EntityFilter{Related: []graph.Related{{Predicates: []graph.Predicate{graph.Met}}}}}}, Seen: graph.DateRange{From: "2004", To: "2018-06"}}
	ask("entities by what is related to what", func(s graph.Store) (any, error) {
		return s.ListEntities(ctx, graph.EntityQuery{Where: some, Window: graph.Window{Limit: 100, Total: true}})
	})
	for _, d := range []graph.Direction{graph.Both, graph.Out, graph.In} {
		ask("facts at entities "+string(d), func(s graph.Store) (any, error) {
			return s.ListFacts(ctx, graph.FactQuery{At: ids, Direction: d, Order: graph.Order{By: graph.ByConfidence, Desc: true}, Window: graph.Window{Limit: 3, Total: true}})
		})
	}
	ask("facts by filter", func(s graph.Store) (any, error) {
		return s.ListFacts(ctx, graph.FactQuery{Where: graph.FactFilter{During: graph.DateRange{From: "2003-02", To: "2015"}, MinConfidence: 600,
			Not: &graph.FactFilter{Objects: ids[:20]}}, Window: graph.Window{Limit: 100, Total: true}})
	})
	ask("facts of documents", func(s graph.Store) (any, error) {
		return s.ListFacts(ctx, graph.FactQuery{Documents: []graph.DocumentID{graph.NewDocumentID("doc-000003"), graph.NewDocumentID("signing")}, Window: graph.Window{Limit: 100, Total: true}})
	})
	ask("documents", func(s graph.Store) (any, error) {
		page, err := s.ListDocuments(ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Mentions: ids[:10], Published: graph.DateRange{To: "2016"}}, Window: graph.Window{Limit: 100, Total: true}})
		for i := range page.Items {
			page.Items[i].IngestedAt = page.Items[i].IngestedAt.UTC()
		}
		return page, err
	})
	ask("mentions", func(s graph.Store) (any, error) {
		return s.ListMentions(ctx, graph.MentionQuery{Entities: ids, Window: graph.Window{Limit: 4, Total: true}})
	})
	ask("names", func(s graph.Store) (any, error) {
		return s.ListNames(ctx, graph.NameQuery{Entities: ids, Window: graph.Window{Limit: 3, Total: true}})
	})
	ask("evidence", func(s graph.Store) (any, error) {
		facts, err := s.ListFacts(ctx, graph.FactQuery{Window: graph.Window{Limit: 100}})
		if err != nil {
			return nil, err
		}
		var of []graph.FactID
		for _, f := range facts[0].Items {
			of = append(of, f.ID)
		}
		return s.ListEvidence(ctx, graph.EvidenceQuery{Facts: of, Window: graph.Window{Limit: 3, Total: true}})
	})
	ask("frontier", func(s graph.Store) (any, error) {
		edges, complete, err := s.Frontier(ctx, ids[:25], graph.FactFilter{MinConfidence: 600, Kinds: []graph.Kind{graph.Person, graph.Organisation}})
		return []any{edges, complete}, err
	})
	ask("degrees", func(s graph.Store) (any, error) {
		return s.Degrees(ctx, ids, []graph.Predicate{graph.Met, graph.Signed})
	})
	for _, by := range []graph.FacetBy{graph.FacetYear, graph.FacetKind, graph.FacetAgreementKind, graph.FacetTopic, graph.FacetParty} {
		for name, where := range map[string]graph.EntityFilter{"all": {}, "some": related} {
			ask("facets of "+name+" by "+string(by), func(s graph.Store) (any, error) {
				return s.Facets(ctx, graph.FacetQuery{Where: where, By: by, Limit: 8})
			})
		}
	}
	for name, where := range map[string]graph.FactFilter{"facts": {}, "some": {Either: ids[:20], MinConfidence: 600}, "facts from here to there": {Subjects: ids, Objects: ids[:40]}} {
		ask("a timeline of "+name, func(s graph.Store) (any, error) {
			tallies, complete, err := s.Tally(ctx, graph.TimelineQuery{Where: where, By: graph.Months, Kinds: true})
			return []any{tallies, complete}, err
		})
	}
	for _, words := range []string{"person 1", "bod", "tretay", "the envoy", "arland"} {
		ask("search "+words, func(s graph.Store) (any, error) {
			return graph.Search(ctx, s, graph.SearchQuery{Text: words, Entities: true, Sentences: true, Limit: 30})
		})
	}
	ask("neighbourhood", func(s graph.Store) (any, error) {
		return graph.Neighbourhood(ctx, s, graph.NeighbourhoodQuery{Of: []graph.EntityID{arland.ID()}, Depth: 2, MaxEntities: 30, PerEntity: 10})
	})
	ask("resolve", func(s graph.Store) (any, error) {
		return s.Resolve(ctx, []graph.Ref{{Name: "Person 1"}, {Name: "the envoy"}, {ID: arland.ID()}, {Name: "a. person"}})
	})
	ask("statistics", func(s graph.Store) (any, error) { return s.Statistics(ctx) })
	return all
}
