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
