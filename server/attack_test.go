package server_test

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// furtherAttacks try other ways to cost more than a question is worth. Each is
// refused, with one of these codes.
var furtherAttacks = []struct {
	name, query string
	variables   map[string]any
	codes       string
}{
	{"directives on one field", "{ __typename " + strings.Repeat("@include(if: true) ", 600) + "}", nil, "LIMIT_EXCEEDED"},
	{"unknown directives", "{ __typename " + numbered("@a%d ", 1900) + "}", nil, "LIMIT_EXCEEDED GRAPHQL_PARSE_FAILED GRAPHQL_VALIDATION_FAILED"},
	{"unknown fields, each of which could be a misspelling", "{ agreements { nodes { " + numbered("topicz%d ", 950) + "} } }", nil, "LIMIT_EXCEEDED INVALID GRAPHQL_VALIDATION_FAILED"},
	{"unknown arguments", "{ agreements(" + numbered("firzt%d: 1 ", 990) + ") { totalCount } }", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED"},
	{"unknown types", "{ agreements { nodes { " + numbered("... on Agreemenz%d { id } ", 600) + "} } }", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED"},
	{"inline fragments in each other", "{ " + strings.Repeat("... { ", 1300) + "__typename" + strings.Repeat(" }", 1300) + " }", nil, "LIMIT_EXCEEDED GRAPHQL_PARSE_FAILED GRAPHQL_VALIDATION_FAILED"},
	{"lists in each other", "{ nodes(ids: " + strings.Repeat("[", 1900) + strings.Repeat("]", 1900) + ") { id } }", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED GRAPHQL_PARSE_FAILED"},
	{"objects in each other", "{ agreements(where: " + strings.Repeat("{not: ", 900) + "{}" + strings.Repeat("}", 900) + ") { totalCount } }", nil, "LIMIT_EXCEEDED INVALID"},
	{"types in each other", "query ($a: " + strings.Repeat("[", 1900) + "Int" + strings.Repeat("]", 1900) + ") { __typename }", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED GRAPHQL_PARSE_FAILED"},
	{"variables", "query (" + numbered("$a%d: Int ", 950) + ") { __typename }", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED"},
	{"operations", numbered("query A%d { __typename } ", 750), nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED"},
	{"operations without names", strings.Repeat("{ __typename } ", 1300), nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED"},
	{"fragments that all spread each other", "{ ...F0 } " + numbered("fragment F%d on Query { "+numbered("...F%d ", 30)+"} ", 30), nil, "LIMIT_EXCEEDED GRAPHQL_PARSE_FAILED GRAPHQL_VALIDATION_FAILED"},
	{"a text of 900 kB", `{ search(text: "` + strings.Repeat("ab ", 300_000) + `") { nodes { __typename } } }`, nil, "LIMIT_EXCEEDED INVALID"},
	{"a text of escapes", `{ entity(ref: {name: "` + strings.Repeat(`\u0301`, 100_000) + `"}) { id } }`, nil, "LIMIT_EXCEEDED INVALID"},
	{"a block of lines", `{ entity(ref: {name: """` + strings.Repeat("\n  x", 200_000) + `"""}) { id } }`, nil, "LIMIT_EXCEEDED INVALID"},
	{"comments alone", strings.Repeat("#\n", 400_000), nil, "LIMIT_EXCEEDED BAD_REQUEST GRAPHQL_PARSE_FAILED"},
	{"a number of 100,000 digits", "{ agreements(first: " + strings.Repeat("9", 100_000) + ") { totalCount } }", nil, "LIMIT_EXCEEDED INVALID GRAPHQL_VALIDATION_FAILED"},
	{"a name of 900 kB", "{ " + strings.Repeat("a", 900_000) + " }", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED"},
	{"a thousand ids", `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": make([]int, 100_000)}, "LIMIT_EXCEEDED"},
	{"a filter in a variable, 5,000 levels deep", `query ($w: AgreementFilter) { agreements(where: $w) { totalCount } }`, map[string]any{"w": nested(5000)}, "LIMIT_EXCEEDED INVALID"},
	{"a cursor of 900 kB", `query ($a: String) { agreements(after: $a) { totalCount } }`, map[string]any{"a": strings.Repeat("A", 900_000)}, "LIMIT_EXCEEDED INVALID"},
	{"a search for 10,000 words", `query ($t: String!) { search(text: $t) { nodes { __typename } } }`, map[string]any{"t": strings.Repeat("narcotics ", 10_000)}, "LIMIT_EXCEEDED INVALID"},
	{"a picture of everything", `{ neighbourhood(of: [{name: "rivers"}], depth: 1000000000, maxEntities: 1000000000) { entities { id } } }`, nil, "LIMIT_EXCEEDED INVALID"},
	{"twenty pictures", "{" + numbered(`p%d: neighbourhood(of: [{name: "rivers"}], maxEntities: 300) { facts { evidence(first: 100) { nodes { id } } } } `, 20) + "}", nil, "LIMIT_EXCEEDED"},
	{"twenty subscriptions in one", "subscription {" + numbered(`s%d: factAdded { id } `, 20) + "}", nil, "LIMIT_EXCEEDED GRAPHQL_VALIDATION_FAILED BAD_REQUEST"},
	{"a hundred changes in one", "mutation {" + numbered(`m%d: undoDecision(input: {decision: "x"}) { decision } `, 49) + "}", nil, "LIMIT_EXCEEDED"},
}

// nested is a filter that denies itself so often.
func nested(levels int) any {
	var filter any = map[string]any{}
	for range levels {
		filter = map[string]any{"not": filter}
	}
	return filter
}

// What an attack may cost before it is refused.
const (
	attackTime   = 50 * time.Millisecond * slowdown
	attackMemory = 64 << 20 * slowdown
)

func TestAttacks(t *testing.T) {
	c := handMade(t)
	c.data(`{ __typename }`, nil)
	all := furtherAttacks
	for _, a := range attacks {
		all = append(all, struct {
			name, query string
			variables   map[string]any
			codes       string
		}{a.name, a.query, nil, "LIMIT_EXCEEDED"})
	}
	for _, tc := range all {
		t.Run(tc.name, func(t *testing.T) {
			c.TB = t
			var code string
			took, memory := attackTime, uint64(0)
			for range 10 { // other tests may have the processor meanwhile
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				code = c.ask(tc.query, tc.variables).code()
				took = time.Since(start)
				runtime.ReadMemStats(&after)
				if memory = after.TotalAlloc - before.TotalAlloc; took < attackTime {
					break
				}
			}
			if took >= attackTime || memory > attackMemory {
				t.Errorf("took %v and %d kB", took, memory>>10)
			}
			if code == "" || !strings.Contains(tc.codes, code) {
				t.Errorf("code %q, want one of %s", code, tc.codes)
			}
		})
	}
}
