package graphtest

import (
	"fmt"
	"slices"

	"github.com/entente-kg/entente/graph"
)

var entityCases = []testCase{
	{"names", "an entity is called by the gazetteer's name, else by its best form, whichever document comes first", func(h *harness) {
		short := NewDraft("short", "2020-01-01").Mention(person("ada l"), "Lindqvist", graph.ShortName).Mention(council, "RKC", graph.AcronymName).Revision(1)
		short.Entities[0].Names = []graph.NameForm{{Text: "Lindqvist", Class: graph.ShortName}}
		long := NewDraft("long", "2021-01-01").Mention(person("ada l"), "Ada Lindqvist", graph.FullName).Revision(1)
		long.Entities[0].Names = []graph.NameForm{{Text: "Ada Lindqvist", Class: graph.FullName}}
		h.apply(short, long)
		if e := h.entity(person("ada l")); e.Name != "Ada Lindqvist" || e.FirstSeen != "2020-01-01" || e.LastSeen != "2021-01-01" || e.Documents != 2 {
			h.Errorf("%+v", e)
		}
		if e := h.entity(council); e.Name != "River Keepers' Council" || e.Acronym != "RKC" {
			h.Errorf("the gazetteer's name and acronym: %+v", e)
		}
		h.withdraw("long", 1)
		if e := h.entity(person("ada l")); e.Name != "Lindqvist" || e.LastSeen != "2020-01-01" {
			h.Errorf("after the withdrawal the next best form: %+v", e)
		}
		h.dump()
	}},
	{"vocabulary in sight", "vocabulary shows once it is mentioned, and its edges once both ends are", func(h *harness) {
		h.apply(NewDraft("one", "").Mention(traffic, "drug trafficking", graph.ShortName).Revision(1))
		if n := len(h.facts(graph.FactFilter{Predicates: []graph.Predicate{graph.Broader}})); n != 0 {
			h.Errorf("%d BROADER edges with one end mentioned", n)
		}
		h.apply(NewDraft("two", "").Mention(drugs, "narcotics", graph.ShortName).Revision(1))
		if f := h.fact(graph.FactFilter{Predicates: []graph.Predicate{graph.Broader}}); f.Origin() != graph.Thesaurus || f.Object.Key != drugs {
			h.Errorf("BROADER: %+v", f)
		}
		h.withdraw("one", 1)
		if n := len(h.facts(graph.FactFilter{Predicates: []graph.Predicate{graph.Broader}})); n != 0 {
			h.Errorf("%d BROADER edges after one end left", n)
		}
		h.dump()
	}},
	{"resolve", "a reference finds by id, by any name however written, by identifier; what a document mentions first", func(h *harness) {
		h.apply(handMade()...)
		refs := []graph.Ref{{ID: memo.ID()}, {Name: "river  keepers council"}, {Name: "rkc"}, {Identifier: &graph.Identifier{Scheme: "Wikidata", Value: "Q1000001"}},
			{Name: "NARCOTICS"}, {Name: "nobody"}, {Name: "ada lindqvist", Kinds: []graph.Kind{graph.Country}}}
		found, err := h.store.Resolve(h.ctx, refs)
		if err != nil || len(found) != len(refs) {
			h.Fatalf("Resolve: %d answers, %v", len(found), err)
		}
		want := []graph.Key{memo, council, council, council, drugs, {}, {}}
		for i, k := range want {
			switch {
			case k == (graph.Key{}) && len(found[i]) > 0:
				h.Errorf("%s found %d", refs[i], len(found[i]))
			case k != (graph.Key{}) && (len(found[i]) != 1 || found[i][0].Key != k):
				h.Errorf("%s found %v, want %v", refs[i], found[i], k)
			}
		}
	}},
	{"narrower", "a question for drugs reaches everything that is narrower, mentioned or not", func(h *harness) {
		closed, err := h.store.Narrower(h.ctx, []graph.EntityID{drugs.ID(), traffic.ID()})
		if err != nil || len(closed[drugs.ID()]) != 4 || len(closed[traffic.ID()]) != 1 {
			h.Errorf("Narrower = %v, %v", closed, err)
		}
	}},
	{"the mission's question", "which agreements cover narcotics: by a narrower topic, with parties and date", func(h *harness) {
		h.apply(handMade()...)
		closed, err := h.store.Narrower(h.ctx, []graph.EntityID{drugs.ID()})
		if err != nil {
			h.Fatal(err)
		}
		where := graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: []graph.Related{
			{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: closed[drugs.ID()]},
			{Predicates: []graph.Predicate{graph.Signed, graph.PartyTo}, Direction: graph.In, To: []graph.EntityID{council.ID()}}}}
		pages, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Where: where, Window: graph.Window{Limit: 10, Total: true}})
		if err != nil || pages[0].Total != 1 || pages[0].Items[0].Key != memo || pages[0].Items[0].Date != "2005" {
			h.Errorf("agreements: %+v, %v", pages, err)
		}
		for name, none := range map[string]graph.EntityFilter{
			"empty ids": {IDs: []graph.EntityID{}}, "date": {Kinds: where.Kinds, Date: graph.DateRange{From: "2012"}}, "not": {Not: &graph.EntityFilter{}}} {
			if pages, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Where: none, Window: graph.Window{Limit: 10}}); err != nil || len(pages[0].Items) > 0 {
				h.Errorf("%s: %d entities, %v", name, len(pages[0].Items), err)
			}
		}
	}},
	{"date of an agreement", "SIGNED dates it before PARTY_TO, the more precise before the vaguer, and it follows withdrawals", func(h *harness) {
		for i, s := range []struct {
			p    graph.Predicate
			date string
			want graph.Date
		}{{graph.PartyTo, "2001-01-01", "2001-01-01"}, {graph.Signed, "2003", "2003"}, {graph.Signed, "2004-05", "2004-05"}} {
			subject := []graph.Key{arland, bergonia, council}[i]
			h.apply(NewDraft(fmt.Sprint("d", i), "").State(subject, s.p, treaty, graph.Qualifiers{graph.OnDate: s.date}, 900).Revision(1))
			if e := h.entity(treaty); e.Date != s.want {
				h.Errorf("after %s %s the date is %q", s.p, s.date, e.Date)
			}
		}
		h.withdraw("d2", 1)
		if e := h.entity(treaty); e.Date != "2003" {
			h.Errorf("after the withdrawal the date is %q", e.Date)
		}
		h.dump()
	}},
	{"duplicates are proposed, not merged", "names that may be one are shown to a person, who may say that they are not", func(h *harness) {
		called := func(source string, k graph.Key, names ...string) graph.Change {
			d := NewDraft(source, "")
			for _, n := range names {
				d.Mention(k, n, graph.FullName)
			}
			return d.Revision(1)
		}
		jose, plain, sergei, sergey := person("josé núñez"), person("jose nunez"), person("sergei baranov"), person("sergey baranov")
		h.apply(called("a", jose, "José Núñez"), called("b", plain, "Jose Nunez"), called("c", sergei, "Sergei Baranov"), called("d", sergey, "Baranov Sergey"),
			called("e", person("josefina nunes"), "Josefina Nunes"), called("f", person("local:x/kim/0"), "Kim"), called("g", person("local:y/kim/0"), "Kim"),
			called("h", agreement("local:x/memorandum/0"), "memorandum of understanding"), called("i", agreement("local:y/memorandum/0"), "memorandum of understanding"), called("k", agreement("memorandum/gaz rkc+gaz upa/2005"), "Memorandum of Understanding"),
			called("j", jose, "J. Núñez"))
		proposed := func() (all []string) {
			found, err := graph.Duplicates(h.ctx, h.store, nil, graph.Window{Limit: 10})
			if err != nil {
				h.Fatal(err)
			}
			for _, d := range found.Items {
				all = append(all, fmt.Sprint(d.Reason, " ", d.Entity.Key.Text, " ", d.Other.Key.Text))
			}
			return all
		}
		first, second := sergei, sergey // as often mentioned: the smaller id first
		if second.ID() < first.ID() {
			first, second = second, first
		}
		want := []string{"DIACRITICS josé núñez jose nunez", "TRANSLITERATION " + first.Text + " " + second.Text}
		if got := proposed(); !slices.Equal(got, want) {
			h.Errorf("proposed %q, want %q", got, want)
		}
		h.decide(decide(graph.Decision{Kind: graph.Distinct, Key: jose, Other: plain}))
		h.decide(decide(graph.Decision{Kind: graph.Same, Key: sergei, Other: sergey}))
		if got := proposed(); len(got) != 0 {
			h.Errorf("proposed %q once decided", got)
		}
	}},
}
