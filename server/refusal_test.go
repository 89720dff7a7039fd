package server_test

import (
	"fmt"
	"strings"
	"testing"
)

// Whatever is wrong with a question, the answer says what: a code, never a fault of ours.
func TestBadInput(t *testing.T) {
	c := handMade(t)
	cursor := at(c.data(`{ agreements(first: 1) { pageInfo { endCursor } } }`, nil), "agreements", "pageInfo", "endCursor")
	const nobody = "eaaaaaaaaaaaaaaaaaaaaaaaaaa"
	long := strings.Repeat("treaty ", 1430)[:10_000]
	lists := map[string]string{ // every list, with a way to it; %s are its arguments
		"entities": `{ entities(%s) { totalCount } }`, "agreements": `{ agreements(%s) { totalCount } }`, "facts": `{ facts(%s) { totalCount } }`,
		"documents": `{ documents(%s) { totalCount } }`, "decisions": `{ decisions(%s) { totalCount } }`, "duplicates": `{ duplicates(%s) { totalCount } }`,
		"search": `{ search(text: "treaty", %s) { truncated } }`,
	}
	for name, kind := range map[string]string{"aliases": "", "mentions": "", "facts of an entity": "facts", "neighbours": ""} {
		lists[name] = `{ entity(ref: {name: "Union 1"}) { ` + strings.Fields(kind + " " + name)[0] + `(%s) { totalCount } } }`
	}
	for _, field := range []string{"Organisation members", "Organisation memberOf", "Organisation parts", "Organisation offices", "Organisation agreements"} {
		on, name, _ := strings.Cut(field, " ")
		lists[field] = `{ entity(ref: {name: "Union 1"}) { ... on ` + on + ` { ` + name + `(%s) { totalCount } } } }`
	}
	for name, query := range lists {
		for args, codes := range map[string]string{
			"first: 0": "INVALID", "first: -1": "INVALID", "first: 1000000000": "INVALID LIMIT_EXCEEDED", "last: 0": "INVALID", "last: -1": "INVALID", "last: 101": "INVALID",
			"first: 2, last: 2": "INVALID", `after: ""`: "INVALID", `before: "not a cursor"`: "INVALID", fmt.Sprintf(`first: 1, after: %q`, cursor): "INVALID",
			`first: "1"`: "GRAPHQL_VALIDATION_FAILED", `first: 1.5`: "GRAPHQL_VALIDATION_FAILED", `first: 1, wherever: 2`: "GRAPHQL_VALIDATION_FAILED",
		} {
			if name == "agreements" && strings.Contains(args, "after: \"W") {
				continue // its own
			}
			c.refuses(fmt.Sprintf(query, args), nil, codes)
		}
	}
	for query, codes := range map[string]string{
		`{ search(text: "") { truncated } }`:                                                                            "INVALID",
		`{ search(text: " – ") { truncated } }`:                                                                         "INVALID",
		`{ search(text: "` + long + `") { truncated } }`:                                                                "INVALID",
		`{ search(text: "x", kinds: [FISH]) { truncated } }`:                                                            "GRAPHQL_VALIDATION_FAILED",
		`{ search(text: 5) { truncated } }`:                                                                             "GRAPHQL_VALIDATION_FAILED",
		`{ entities(where: {text: ""}) { totalCount } }`:                                                                "INVALID",
		`{ entities(where: {text: "` + long + `"}) { totalCount } }`:                                                    "LIMIT_EXCEEDED",
		`{ entities(where: {name: {contains: "` + long + `"}}) { totalCount } }`:                                        "LIMIT_EXCEEDED",
		`{ documents(where: {text: "the of"}) { totalCount } }`:                                                         "INVALID",
		`{ documents(where: {text: "` + long + `"}) { totalCount } }`:                                                   "LIMIT_EXCEEDED",
		`{ entity(ref: {name: ""}) { id } }`:                                                                            "INVALID",
		`{ entity(ref: {name: "` + long + `"}) { id } }`:                                                                "INVALID",
		`{ entity(ref: {id: "` + nobody + `"}) { id } }`:                                                                "NOT_FOUND",
		`{ entity(ref: {id: "nonsense"}) { id } }`:                                                                      "INVALID",
		`{ entity(ref: {id: "a", name: "b"}) { id } }`:                                                                  "GRAPHQL_VALIDATION_FAILED",
		`{ entity(ref: {}) { id } }`:                                                                                    "GRAPHQL_VALIDATION_FAILED",
		`{ facts(where: {during: {from: "2019-02-30"}}) { totalCount } }`:                                               "INVALID",
		`{ facts(where: {during: {from: 2019}}) { totalCount } }`:                                                       "INVALID",
		`{ agreements(where: {date: {to: "0000"}}) { totalCount } }`:                                                    "INVALID",
		`{ facts(where: {minConfidence: 1.01}) { totalCount } }`:                                                        "INVALID",
		`{ facts(where: {minSources: -1}) { totalCount } }`:                                                             "INVALID",
		`{ facts(where: {minSources: 99999999999}) { totalCount } }`:                                                    "INVALID",
		`{ facts(where: {predicates: [LIKES]}) { totalCount } }`:                                                        "GRAPHQL_VALIDATION_FAILED",
		`{ facts(where: {documents: ["` + nobody + `"]}) { totalCount } }`:                                              "INVALID",
		`{ timeline(by: WEEK) { count } }`:                                                                              "GRAPHQL_VALIDATION_FAILED",
		`{ timeline(where: {either: {name: "nobody"}}) { count } }`:                                                     "NOT_FOUND",
		`{ agreements { facets(by: YEAR, first: 0) { count } } }`:                                                       "INVALID",
		`{ agreements { facets(by: YEAR, first: 1000000000) { count } } }`:                                              "INVALID LIMIT_EXCEEDED",
		`{ agreements { facets { count } } }`:                                                                           "GRAPHQL_VALIDATION_FAILED",
		`{ paths(from: {name: "nobody"}, to: {name: "rivers"}) { exhausted } }`:                                         "NOT_FOUND",
		`{ paths(from: {id: "` + nobody + `"}, to: {name: "rivers"}) { exhausted } }`:                                   "NOT_FOUND",
		`{ paths(from: {name: "rivers"}, to: {name: "rivers"}, maxLength: -1) { exhausted } }`:                          "INVALID",
		`{ neighbourhood(of: [{id: "` + nobody + `"}]) { omitted } }`:                                                   "NOT_FOUND",
		`{ neighbourhood(of: [{name: "rivers"}], depth: 0) { omitted } }`:                                               "INVALID",
		`{ neighbourhood(of: [{name: "rivers"}], maxEntities: 0) { omitted } }`:                                         "INVALID",
		`{ neighbourhood(of: [{name: "rivers"}], perEntity: -5) { omitted } }`:                                          "INVALID",
		`{ neighbourhood(of: [{name: "rivers"}], where: {minSources: -1}) { omitted } }`:                                "INVALID",
		`{ entity(ref: {name: "Union 1"}) { ... on Organisation { offices(at: "2019-13") { totalCount } } } }`:          "INVALID",
		`{ entity(ref: {name: "Union 1"}) { neighbours(where: {facts: {subject: {name: "nobody"}}}) { totalCount } } }`: "NOT_FOUND",
	} {
		c.refuses(query, nil, codes)
	}
	for _, tc := range []struct {
		variable, codes string
		value           any
	}{
		{"Int", "INVALID GRAPHQL_VALIDATION_FAILED", "one"}, {"Int", "INVALID GRAPHQL_VALIDATION_FAILED", 1.5}, {"Int", "INVALID LIMIT_EXCEEDED", 1e9}, {"Int", "INVALID", -1},
		{"Int", "INVALID GRAPHQL_VALIDATION_FAILED", map[string]any{}}, {"Int", "INVALID GRAPHQL_VALIDATION_FAILED", []any{"x"}},
	} {
		c.refuses(`query ($v: `+tc.variable+`) { facts(first: $v) { totalCount } }`, map[string]any{"v": tc.value}, tc.codes)
	}
	for _, ref := range []any{map[string]any{}, map[string]any{"id": nil}, map[string]any{"id": "x", "name": "y"}, map[string]any{"name": []any{"a", "b"}}, "rivers", map[string]any{"nom": "x"}} {
		c.refuses(`query ($r: EntityRef!) { entity(ref: $r) { id } }`, map[string]any{"r": ref}, "INVALID GRAPHQL_VALIDATION_FAILED")
	}
}

// refuses expects an error with one of some codes, and a message that is no fault of ours.
func (c client) refuses(query string, variables map[string]any, codes string) {
	c.Helper()
	a := c.ask(query, variables)
	if code := a.code(); code == "" || !strings.Contains(" "+codes+" ", " "+code+" ") || strings.Contains(string(a.Body), "internal error") {
		c.Errorf("%.200s %v\nanswers %.400s\nexpected %s", query, variables, a.Body, codes)
	}
}
