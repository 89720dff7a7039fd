package server_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

// What people decided is told where it shows: at the name, at the fact, in the log.
func TestDecisionsAreTold(t *testing.T) {
	c := decided(t)
	entity := func(name string) map[string]any {
		return at(c.data(`query ($n: String!) { entity(ref: {name: $n}) { id facts { nodes { id } } } }`, map[string]any{"n": name}), "entity").(map[string]any)
	}
	ada := entity("Ada Lind")
	fact := at(ada, "facts", "nodes", 0, "id")
	alias := at(c.data(`mutation { addAlias(input: {entity: {name: "Ada Lind"}, alias: "The Chair", reason: "in her letters"}) { decisions { id } } }`, nil), "addAlias", "decisions", 0, "id")
	review := at(c.data(`mutation ($f: ID!) { reviewFact(input: {fact: $f, review: CONFIRMED}) { decisions { id } errors { message } } }`, map[string]any{"f": fact}), "reviewFact", "decisions", 0, "id")
	if alias == nil || review == nil {
		t.Fatalf("alias %v, review %v", alias, review)
	}

	told := c.data(`query ($f: ID!) { entity(ref: {name: "the chair"}) { aliases { nodes { text origin decisions { id author reason alias entity { name } } } } }
		node(id: $f) { ... on Fact { review { verdict author at reason decision { id fact { id } } } } } }`, map[string]any{"f": fact})
	names := at(told, "entity", "aliases", "nodes").([]any)
	i := slices.IndexFunc(names, func(n any) bool { return at(n, "text") == "The Chair" })
	if i < 0 || at(names[i], "origin") != "CURATED" || at(names[i], "decisions", 0, "id") != alias || at(names[i], "decisions", 0, "reason") != "in her letters" ||
		at(names[i], "decisions", 0, "entity", "name") != "Ada Lind" || len(at(names[1-i], "decisions").([]any)) != 0 {
		t.Errorf("the names are %v", names)
	}
	if said := at(told, "node", "review"); at(said, "verdict") != "CONFIRMED" || at(said, "author") == "" || at(said, "decision", "id") != review || at(said, "decision", "fact", "id") != fact {
		t.Errorf("the review is %v", said)
	}

	const log = `{ list: decisions(%s) { nodes { id kind author at reason entity { name } other { name } documents alias fact { id } review quote asleep } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`
	whole := at(c.data(fmt.Sprintf(log, "first: 10"), nil), "list")
	ids := texts(at(whole, "nodes"), "id")
	if !slices.Equal(ids, []string{review.(string), alias.(string)}) || at(whole, "totalCount") != 2.0 || at(whole, "nodes", 0, "review") != "CONFIRMED" || at(whole, "nodes", 1, "alias") != "The Chair" {
		t.Errorf("the log is %v", whole)
	}
	pages := c.walk(log, []any{"list"}, "id", "last: 1", "before", "hasPreviousPage", "startCursor")
	slices.Reverse(pages)
	if got := slices.Concat(pages...); !slices.Equal(got, ids) {
		t.Errorf("backwards the log is %v", got)
	}
	if node := at(c.data(`query ($id: ID!) { node(id: $id) { __typename ... on Decision { kind } } }`, map[string]any{"id": alias}), "node"); at(node, "kind") != "ALIAS" {
		t.Errorf("the decision is %v", node)
	}
}

func TestDuplicatesOverGraphQL(t *testing.T) {
	store := openSQLite(t)
	d := graphtest.NewDraft("names", "2020")
	for _, name := range []string{"José Núñez", "Jose Nunez", "Sergei Baranov", "Baranov Sergey"} {
		d.Mention(graph.Key{Kind: graph.Person, Text: name}, name, graph.FullName)
	}
	if _, err := store.Apply(t.Context(), d.Revision(0)); err != nil {
		t.Fatal(err)
	}
	c := serve(t, store)
	const query = `{ list: duplicates(kinds: [PERSON], %s) { nodes { reason name otherName entity { id name } other { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`
	whole := at(c.data(fmt.Sprintf(query, "first: 10"), nil), "list")
	if got := texts(at(whole, "nodes"), "reason"); !slices.Equal(got, []string{"DIACRITICS", "TRANSLITERATION"}) || at(whole, "totalCount") != 2.0 {
		t.Errorf("the proposals are %v", whole)
	}
	if got := slices.Concat(c.walk(query, []any{"list"}, "reason", "first: 1", "after", "hasNextPage", "endCursor")...); !slices.Equal(got, []string{"DIACRITICS", "TRANSLITERATION"}) {
		t.Errorf("page by page %v", got)
	}
}

// offices is a person with offices whose times are told more and less.
func offices() graph.Change {
	key := func(kind graph.Kind, text string) graph.Key { return graph.Key{Kind: kind, Text: text} }
	ada := key(graph.Person, "Ada Lind")
	held := func(title, date, until string) graph.Qualifiers {
		q := graph.Qualifiers{graph.WithTitle: title}
		if date != "" {
			q[graph.OnDate] = date
		}
		if until != "" {
			q[graph.UntilDate] = until
		}
		return q
	}
	return graphtest.NewDraft("offices", "2020").
		State(ada, graph.HoldsOffice, key(graph.Organisation, "League"), held("Clerk", "2001", "2003-06"), 900).
		State(ada, graph.HoldsOffice, key(graph.Organisation, "Union"), held("Envoy", "2003-05-10", ""), 900).
		State(ada, graph.HoldsOffice, key(graph.Country, "Land"), held("Minister", "", "1999"), 900).
		State(ada, graph.HoldsOffice, key(graph.Country, "Isle"), held("Judge", "", ""), 900).
		State(ada, graph.Met, key(graph.Person, "Bo Ek"), graph.Qualifiers{graph.OnDate: "2004-03"}, 900).
		State(ada, graph.Met, key(graph.Person, "Bo Ek"), graph.Qualifiers{graph.OnDate: "2005"}, 900).
		State(ada, graph.Met, key(graph.Person, "Cy Roth"), graph.Qualifiers{graph.OnDate: "2004-03-02"}, 900).Revision(0)
}

func TestOfficesAndMeetings(t *testing.T) {
	store := openSQLite(t)
	if _, err := store.Apply(t.Context(), offices()); err != nil {
		t.Fatal(err)
	}
	c := serve(t, store)
	person := func(field string) any {
		return at(c.data(`{ entity(ref: {name: "Ada Lind"}) { ... on Person { list: `+field+` } } }`, nil), "entity", "list")
	}
	for when, want := range map[string][]string{"1998": {"Minister"}, "2000": {}, "2001-12": {"Clerk"}, "2003": {"Clerk", "Envoy"}, "2003-06-30": {"Clerk", "Envoy"}, "2003-07": {"Envoy"}, "2024-02-29": {"Envoy"}} {
		got := texts(at(person(fmt.Sprintf(`offices(at: %q) { edges { title } }`, when)), "edges"), "title")
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("in %s she is %v, expected %v", when, got, want)
		}
	}
	if got := texts(at(person(`offices(where: {kinds: [COUNTRY]}) { edges { title } }`), "edges"), "title"); len(got) != 2 {
		t.Errorf("for countries she is %v", got)
	}
	for args, want := range map[string]int{`with: {name: "Bo Ek"}`: 2, `during: {from: "2004-03", to: "2004-03"}`: 2, `with: {name: "Bo Ek"}, during: {to: "2004"}`: 1, `where: {name: {startsWith: "cy"}}`: 1} {
		if got := at(person(`meetings(`+args+`) { totalCount nodes { name } }`), "totalCount"); got != float64(want) {
			t.Errorf("meetings(%s): %v, expected %d", args, got, want)
		}
	}
	around := person(`neighbours(where: {facts: {predicates: [MET]}}) { totalCount truncated edges { count sources node { name } facts { date } } }`)
	if at(around, "totalCount") != 2.0 || at(around, "edges", 0, "count") != 2.0 || at(around, "edges", 0, "node", "name") != "Bo Ek" || len(at(around, "edges", 0, "facts").([]any)) != 2 || at(around, "truncated") != false {
		t.Errorf("whom she met: %v", around)
	}
	if got := at(person(`neighbours(where: {entities: {kinds: [ORGANISATION]}}) { nodes { name } }`), "nodes").([]any); len(got) != 2 {
		t.Errorf("organisations around her: %v", got)
	}
}

// The lists below an entity take the filters of the lists at the root.
func TestFiltersBelowTheRoot(t *testing.T) {
	c := handMade(t)
	for query, want := range map[string]int{
		`{ entity(ref: {name: "Union 1"}) { ... on Organisation { list: agreements { totalCount } } } }`:                                                                  8,
		`{ entity(ref: {name: "Union 1"}) { ... on Organisation { list: agreements(where: {covers: {any: [{name: "topic 1"}]}}) { totalCount } } } }`:                     2,
		`{ entity(ref: {name: "rivers"}) { ... on Topic { list: agreements(where: {parties: {all: [{name: "Union 1"}]}, not: {date: {to: "2000"}}}) { totalCount } } } }`: 4,
		`{ entity(ref: {name: "Treaty 03"}) { ... on Agreement { list: parties(where: {or: [{kinds: [COUNTRY]}, {name: {startsWith: "union"}}]}) { totalCount } } } }`:    2,
		`{ entity(ref: {name: "Treaty 03"}) { ... on Agreement { list: topics(where: {text: "riv"}) { totalCount } } } }`:                                                 1,
		`{ entity(ref: {name: "Land 1"}) { ... on Country { list: agreements(where: {name: {in: ["treaty 01", "treaty 02"]}}) { totalCount } } } }`:                       1,
		`{ entity(ref: {name: "Treaty 03"}) { list: neighbours(where: {entities: {related: {predicates: [SIGNED], to: {name: "Treaty 08"}}}}) { totalCount } } }`:         1,
	} {
		if got := at(c.data(query, nil), "entity", "list", "totalCount"); got != float64(want) {
			t.Errorf("%s\nis %v, expected %d", query, got, want)
		}
	}
	for query, want := range map[string]int{`entities(where: {text: "leag 1"})`: 0, `entities(where: {text: "1 leag"})`: 1, `entities(where: {text: "LEAGUE"})`: 5,
		`documents(where: {text: "treaty 03"})`: 1, `documents(where: {not: {text: "treaty 03"}})`: 23} {
		if got := at(c.data(`{ list: `+query+` { totalCount } }`, nil), "list", "totalCount"); got != float64(want) {
			t.Errorf("%s has %v, expected %d", query, got, want)
		}
	}
}
