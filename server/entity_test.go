package server_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

func TestReferences(t *testing.T) {
	c := handMade(t)
	same := graph.Key{Kind: graph.Person, Text: "the same name"}
	other := graph.Key{Kind: graph.Organisation, Text: "the same name too"}
	d := graphtest.NewDraft("namesakes", "").Mention(same, "Namesake", graph.FullName).Mention(other, "Namesake", graph.FullName)
	if _, err := c.store.Apply(t.Context(), d.Revision(0)); err != nil {
		t.Fatal(err)
	}
	const query = `query ($ref: EntityRef!) { entity(ref: $ref) { id name kind } }`
	id := fmt.Sprint(at(c.data(query, map[string]any{"ref": map[string]any{"name": "union 1"}}), "entity", "id"))
	for _, tc := range []struct {
		name string
		ref  map[string]any
		code string // "" finds something
	}{
		{"by id", map[string]any{"id": id}, ""},
		{"by a name in other letters", map[string]any{"name": "UNION  1."}, ""},
		{"by identifier", map[string]any{"identifier": map[string]any{"scheme": "ISO 3166-1 alpha-3", "value": "KEN"}}, ""},
		{"of the vocabulary, unmentioned", map[string]any{"name": "narcotics"}, ""},
		{"that nobody bears", map[string]any{"name": "Nobody At All"}, "NOT_FOUND"},
		{"that two bear", map[string]any{"name": "Namesake"}, "AMBIGUOUS"},
		{"an id of another noun", map[string]any{"id": string(graph.NewDocumentID("x"))}, "INVALID"},
		{"an id of nothing", map[string]any{"id": "e" + id[2:] + "a"}, "NOT_FOUND"},
		{"no id at all", map[string]any{"id": "1"}, "INVALID"},
		{"no name at all", map[string]any{"name": " - "}, "INVALID"},
		{"two fields in a variable", map[string]any{"id": id, "name": "x"}, "INVALID"},
		{"no field", map[string]any{}, "INVALID"},
		{"a null field", map[string]any{"id": nil}, "INVALID"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := c.ask(query, map[string]any{"ref": tc.ref})
			switch code := a.code(); {
			case tc.code == "" && at(a.Data, "entity", "id") == nil, tc.code != "" && code != tc.code && code != "GRAPHQL_VALIDATION_FAILED":
				t.Errorf("answers %s, expected %q", a.Body, tc.code)
			}
		})
	}
	a := c.ask(query, map[string]any{"ref": map[string]any{"name": "Namesake"}})
	if kinds := texts(a.Errors[0].Extensions["candidates"], "kind"); !slices.Equal(slices.Sorted(slices.Values(kinds)), []string{"ORGANISATION", "PERSON"}) {
		t.Errorf("candidates are %s", a.Body)
	}
	if a := c.ask(`{ entity(ref: {id: "x", name: "y"}) { id } }`, nil); a.code() == "" {
		t.Errorf("two fields in a literal: %s", a.Body)
	}
}

func TestFilters(t *testing.T) {
	c := handMade(t)
	for _, tc := range []struct {
		name, query string
		want        int
	}{
		{"all", `agreements`, 24},
		{"by a party", `agreements(where: {parties: {all: [{name: "League 0"}]}})`, 5},
		{"by two parties", `agreements(where: {parties: {all: [{name: "League 0"}, {name: "Union 0"}]}})`, 2},
		{"by either party", `agreements(where: {parties: {any: [{name: "League 0"}, {name: "League 1"}]}})`, 10},
		{"by who is no party", `agreements(where: {parties: {none: [{name: "Union 0"}, {name: "Union 1"}]}})`, 8},
		{"by a party's kind", `agreements(where: {parties: {kinds: [COUNTRY]}})`, 24},
		{"by topic", `agreements(where: {covers: {all: [{name: "rivers"}, {name: "topic 1"}]}})`, 6},
		{"by any topic", `agreements(where: {covers: {any: [{name: "topic 1"}, {name: "topic 2"}]}})`, 12},
		{"by date", `agreements(where: {date: {from: "1995", to: "1996-06"}})`, 2},
		{"by kind", `agreements(where: {kinds: [TREATY]})`, 24},
		{"by name", `agreements(where: {name: {startsWith: "treaty 1"}})`, 10},
		{"or", `agreements(where: {or: [{name: {eq: "Treaty 01"}}, {name: {in: ["Treaty 02", "Treaty 03"]}}]})`, 3},
		{"not", `agreements(where: {not: {parties: {any: [{name: "League 0"}]}}})`, 19},
		{"not and none", `agreements(where: {parties: {none: [{name: "League 0"}]}, not: {name: {contains: "2"}}})`, 14},
		{"entities by kind", `entities(where: {kinds: [ORGANISATION]})`, 8},
		{"entities by edge", `entities(where: {kinds: [ORGANISATION], related: {predicates: [SIGNED], direction: OUT, to: {name: "Treaty 07"}}})`, 2},
		{"entities by what stands at the other end", `entities(where: {related: {predicates: [SIGNED], some: {name: {eq: "Treaty 07"}}, minConfidence: 0.85}})`, 1},
		{"entities by time", `entities(where: {kinds: [AGREEMENT], during: {from: "2001-03", to: "2001-03"}})`, 2},
		{"facts by ends", `facts(where: {subject: {name: "Union 0"}, predicates: [SIGNED]})`, 8},
		{"facts by confidence", `facts(where: {minConfidence: 0.9, predicates: [SIGNED, COVERS]})`, 48},
		{"facts by document", fmt.Sprintf(`facts(where: {documents: [%q]})`, graph.NewDocumentID("treaty-01")), 5},
		{"facts by neither", `facts(where: {and: [{not: {predicates: [COVERS]}}, {not: {predicates: [SIGNED]}}]})`, 24},
		{"documents by mention", `documents(where: {mentions: {name: "League 0"}})`, 5},
		{"documents by date", `documents(where: {published: {to: "2001-02"}})`, 4},
		{"documents by title", `documents(where: {title: {contains: "treaty 1"}})`, 10},
		{"a topic of the vocabulary that nothing covers", `agreements(where: {covers: {any: [{name: "narcotics"}]}})`, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c.TB = t
			data := c.data(`{ list: `+tc.query+` { totalCount } }`, nil)
			if got := at(data, "list", "totalCount"); got != float64(tc.want) {
				t.Errorf("%v items, expected %d", got, tc.want)
			}
		})
	}
}

func TestReferencesInFilters(t *testing.T) {
	c := handMade(t)
	for query, code := range map[string]string{
		`{ agreements(where: {covers: {any: [{name: "quidditch"}]}}) { nodes { id } } }`:            "NOT_FOUND",
		`{ agreements(where: {parties: {all: [{name: "rivers"}]}}) { nodes { id } } }`:              "NOT_FOUND", // a topic is no party
		`{ facts(where: {minConfidence: 2}) { nodes { id } } }`:                                     "INVALID",
		`{ facts(where: {documents: ["x"]}) { nodes { id } } }`:                                     "INVALID",
		`{ facts(where: {during: {from: "yesterday"}}) { nodes { id } } }`:                          "INVALID",
		`{ entities(where: {name: {eq: 1}}) { nodes { id } } }`:                                     "GRAPHQL_VALIDATION_FAILED",
		`{ agreements { nodes { facts(where: {either: {name: "quidditch"}}) { nodes { id } } } } }`: "NOT_FOUND",
	} {
		if a := c.ask(query, nil); a.code() != code {
			t.Errorf("%s\nanswers %s, expected %s", query, a.Body, code)
		}
	}
	a := c.ask(`{ agreements(where: {covers: {any: [{name: "quidditch"}]}}) { nodes { id } } }`, nil)
	if hint := a.Errors[0].Extensions["hint"]; hint == nil || at(a.Data, "agreements") != nil {
		t.Errorf("without a hint: %s", a.Body)
	}
}
