package graphtest

import (
	"slices"

	"github.com/entente-kg/entente/graph"
)

var pageCases = []testCase{
	{"pages of entities", "every order pages forwards and backwards without a gap or a repeat", func(h *harness) {
		h.apply(Corpus(3, 10, 8)...)
		for _, by := range []graph.OrderBy{graph.ByName, graph.ByDate, graph.ByLastSeen, graph.BySources} {
			for _, desc := range []bool{false, true} {
				order := graph.Order{By: by, Desc: desc}
				walk(h, order, func(w graph.Window) (graph.Page[graph.Entity], error) {
					pages, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Order: order, Window: w})
					return first(pages), err
				}, func(e graph.Entity) string { return string(e.ID) })
			}
		}
	}},
	{"pages of facts", "the same for facts, at one entity and of all", func(h *harness) {
		h.apply(Corpus(4, 10, 8)...)
		for _, by := range []graph.OrderBy{graph.ByDate, graph.ByConfidence, graph.BySources} {
			for _, at := range [][]graph.EntityID{nil, {arland.ID()}} {
				order := graph.Order{By: by, Desc: at != nil}
				walk(h, order, func(w graph.Window) (graph.Page[graph.Fact], error) {
					pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{At: at, Order: order, Window: w})
					return first(pages), err
				}, func(f graph.Fact) string { return string(f.ID) })
			}
		}
	}},
	{"pages of documents", "the same for documents", func(h *harness) {
		h.apply(Corpus(5, 11, 3)...)
		for _, by := range []graph.OrderBy{graph.ByPublished, graph.ByTitle} {
			for _, desc := range []bool{false, true} {
				order := graph.Order{By: by, Desc: desc}
				walk(h, order, func(w graph.Window) (graph.Page[graph.Document], error) {
					return h.store.ListDocuments(h.ctx, graph.DocumentQuery{Order: order, Window: w})
				}, func(d graph.Document) string { return string(d.ID) })
			}
		}
	}},
	{"pages of what nearly all documents mention", "a store finds the documents of a hub another way than those of others", func(h *harness) {
		h.apply(Corpus(5, 11, 3)...)
		pages, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Order: graph.Order{By: graph.BySources, Desc: true}, Window: graph.Window{Limit: 1}})
		if err != nil {
			h.Fatal(err)
		}
		hub := pages[0].Items[0]
		all := walk(h, graph.Order{}, func(w graph.Window) (graph.Page[graph.Document], error) {
			return h.store.ListDocuments(h.ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Mentions: []graph.EntityID{hub.ID}}, Window: w})
		}, func(d graph.Document) string { return string(d.ID) })
		if len(all) != hub.Documents || len(all) < 8 {
			h.Errorf("%d documents mention %s, which %d mention", len(all), hub.Name, hub.Documents)
		}
	}},
	{"what matches always and never", "a filter without conditions matches everything, its opposite nothing, however deep and in every order", func(h *harness) {
		h.apply(handMade()...)
		every, none := graph.EntityFilter{}, graph.EntityFilter{Not: &graph.EntityFilter{}}
		unrelated := graph.EntityFilter{Related: []graph.Related{{Predicates: []graph.Predicate{}}}}
		all := graph.EntityQuery{Window: graph.Window{Limit: 100, Total: true}}
		pages, err := h.store.ListEntities(h.ctx, all)
		if err != nil || pages[0].Total < 5 {
			h.Fatal(len(pages), err)
		}
		total := pages[0].Total
		for i, c := range []struct {
			where graph.EntityFilter
			want  int
		}{{every, total}, {none, 0}, {graph.EntityFilter{Not: &none}, total}, {graph.EntityFilter{And: []graph.EntityFilter{every, none}}, 0}, {graph.EntityFilter{Or: []graph.EntityFilter{none, every}}, total},
			{graph.EntityFilter{Not: &graph.EntityFilter{Or: []graph.EntityFilter{none, every}}}, 0}, {graph.EntityFilter{Not: &graph.EntityFilter{And: []graph.EntityFilter{every}}}, 0},
			{graph.EntityFilter{Or: []graph.EntityFilter{none, {And: []graph.EntityFilter{none}}}}, 0}, {unrelated, 0}, {graph.EntityFilter{Not: &unrelated}, total},
			{graph.EntityFilter{Not: &none, And: []graph.EntityFilter{{Not: &unrelated}}}, total}} {
			for _, by := range []graph.OrderBy{graph.ByName, graph.ByDate, graph.ByLastSeen, graph.BySources} {
				all.Where, all.Order = c.where, graph.Order{By: by}
				if pages, err := h.store.ListEntities(h.ctx, all); err != nil || pages[0].Total != c.want || len(pages[0].Items) != c.want {
					h.Errorf("filter %d by %s: %v, want %d", i, by, err, c.want)
				}
			}
		}
		for _, where := range []graph.FactFilter{{Not: &graph.FactFilter{}}, {Not: &graph.FactFilter{Or: []graph.FactFilter{{}}}}} {
			if facts := h.facts(where); len(facts) != 0 {
				h.Errorf("facts that match never: %v", facts)
			}
		}
		page, err := h.store.ListDocuments(h.ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Not: &graph.DocumentFilter{}}, Window: graph.Window{Limit: 5}})
		if err != nil || len(page.Items) != 0 {
			h.Errorf("documents that match never: %v, %v", page.Items, err)
		}
	}},
	{"empty sets", "a set that names nothing matches nothing, one that is not given does not filter; who states a fact of the vocabulary is its origin", func(h *harness) {
		h.apply(handMade()...)
		h.apply(NewDraft("port", "").State(portAr, graph.LocatedIn, arland, nil, 900).Revision(1))
		none, nobody, noKind := []graph.DocumentID{}, []graph.EntityID{}, []graph.Kind{}
		for i, f := range []graph.EntityFilter{{IDs: nobody}, {Kinds: noKind}, {AgreementKinds: []graph.AgreementKind{}}, {Name: &graph.StringFilter{In: []string{}}},
			{Related: []graph.Related{{To: nobody}}}, {Related: []graph.Related{{ToKinds: noKind}}}, {Related: []graph.Related{{Predicates: []graph.Predicate{}}}}} {
			if pages, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Where: f, Window: graph.Window{Limit: 5, Total: true}}); err != nil || pages[0].Total != 0 || len(pages[0].Items) != 0 {
				h.Errorf("filter %d of entities: %+v, %v", i, pages, err)
			}
		}
		for i, f := range []graph.FactFilter{{Predicates: []graph.Predicate{}}, {Subjects: nobody}, {Objects: nobody}, {Either: nobody}, {Documents: none},
			{Origins: []graph.Origin{}}, {Origins: []graph.Origin{graph.Thesaurus}}} {
			if facts := h.facts(f); len(facts) != 0 {
				h.Errorf("filter %d of facts: %+v", i, facts)
			}
		}
		if facts := h.facts(graph.FactFilter{Predicates: []graph.Predicate{graph.LocatedIn}, Origins: []graph.Origin{graph.Extracted}}); len(facts) != 1 || facts[0].Vocabulary != 1 {
			h.Errorf("a fact of text and vocabulary: %+v", facts)
		}
		for i, f := range []graph.DocumentFilter{{Mentions: nobody}, {Languages: []string{}}, {Sources: []string{}}, {Title: &graph.StringFilter{In: []string{}}}} {
			if page, err := h.store.ListDocuments(h.ctx, graph.DocumentQuery{Where: f, Window: graph.Window{Limit: 5, Total: true}}); err != nil || page.Total != 0 || len(page.Items) != 0 {
				h.Errorf("filter %d of documents: %+v, %v", i, page, err)
			}
		}
	}},
	{"undated last", "what has no date comes last, whichever way the list runs", func(h *harness) {
		h.apply(Corpus(6, 8, 8)...)
		for _, desc := range []bool{false, true} {
			pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{Order: graph.Order{Desc: desc}, Window: graph.Window{Limit: 1000}})
			if err != nil {
				h.Fatal(err)
			}
			dates := make([]string, len(pages[0].Items))
			for i, f := range pages[0].Items {
				dates[i] = graph.DateSort(f.Date(), desc)
			}
			if desc {
				slices.Reverse(dates)
			}
			if !slices.IsSorted(dates) {
				h.Errorf("descending %v: %v", desc, dates)
			}
		}
	}},
	{"a page for each parent", "lists of many parents come in one statement each, in the parents' order", func(h *harness) {
		h.apply(handMade()...)
		parents := []graph.EntityID{union.ID(), graph.EntityID("enobody"), memo.ID(), ada.ID()}
		pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{At: parents, Window: graph.Window{Limit: 2, Total: true}})
		if err != nil || len(pages) != 4 {
			h.Fatalf("%d pages, %v", len(pages), err)
		}
		for i, want := range [][2]int{{1, 1}, {0, 0}, {2, 3}, {2, 2}} {
			if got := [2]int{len(pages[i].Items), pages[i].Total}; got != want {
				h.Errorf("parent %d: %v facts and total, want %v", i, got, want)
			}
		}
		names, err := h.store.ListNames(h.ctx, graph.NameQuery{Entities: []graph.EntityID{council.ID(), ada.ID()}, Window: graph.Window{Limit: 10}})
		if err != nil || len(names) != 2 || names[0].Items[0].Text != "River Keepers' Council" || len(names[0].Items) != 3 {
			h.Errorf("names: %+v, %v", names, err)
		}
		mentions, err := h.store.ListMentions(h.ctx, graph.MentionQuery{Entities: []graph.EntityID{ada.ID()}, Window: graph.Window{Limit: 10}})
		if err != nil || len(mentions[0].Items) != 1 || len(mentions[0].Items[0].Spans) != 3 {
			h.Errorf("mentions: %+v, %v", mentions, err)
		}
		of, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Documents: []graph.DocumentID{graph.NewDocumentID("treaty"), graph.NewDocumentID("signing")}, Window: graph.Window{Limit: 10, Total: true}})
		if err != nil || len(of) != 2 || of[0].Total != 3 || of[1].Total != 4 {
			h.Errorf("entities of documents: %+v, %v", of, err)
		}
	}},
}

func first[T any](pages []graph.Page[T]) graph.Page[T] {
	if len(pages) == 0 {
		return graph.Page[T]{}
	}
	return pages[0]
}

// walk pages through a list both ways and compares with the whole.
func walk[T any](h *harness, order graph.Order, list func(graph.Window) (graph.Page[T], error), id func(T) string) (ids []string) {
	h.Helper()
	whole, err := list(graph.Window{Limit: 1000, Total: true})
	if err != nil || whole.Total != len(whole.Items) || whole.HasNext || len(whole.Items) < 5 {
		h.Fatalf("%+v: %d items, total %d, next %v, %v", order, len(whole.Items), whole.Total, whole.HasNext, err)
	}
	var want, forwards, backwards []string
	for _, item := range whole.Items {
		want = append(want, id(item))
	}
	for w := (graph.Window{Limit: 3}); ; {
		page, err := list(w)
		if err != nil {
			h.Fatal(err)
		}
		for _, item := range page.Items {
			forwards = append(forwards, id(item))
		}
		if !page.HasNext {
			break
		}
		w.After = page.At[len(page.At)-1]
	}
	for w := (graph.Window{Limit: 3, Backward: true}); ; {
		page, err := list(w)
		if err != nil {
			h.Fatal(err)
		}
		for _, item := range slices.Backward(page.Items) {
			backwards = append(backwards, id(item))
		}
		if !page.HasPrevious {
			break
		}
		w.Before = page.At[0]
	}
	slices.Reverse(backwards)
	if !slices.Equal(forwards, want) || !slices.Equal(backwards, want) {
		h.Errorf("%+v: %d items at once, %d forwards, %d backwards", order, len(want), len(forwards), len(backwards))
	}
	return want
}
