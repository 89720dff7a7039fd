package server_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// statements is how many statements the store sent for a query.
func (c client) statements(query string, variables map[string]any) int64 {
	c.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		c.Fatal(err)
	}
	ctx, n := graph.WithStatementCount(c.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "http://localhost/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if a := c.do(r); a.Status != http.StatusOK || len(a.Errors) > 0 {
		c.Fatalf("%s\nanswers %d %s", query, a.Status, a.Body)
	}
	return n.Load()
}

// What a query costs is fixed by its shape: each case says how many statements
// it takes, with one parent at every level and with many.
var statementCases = []struct {
	name  string
	query string
	want  int64
}{
	{"root list", `query ($n: Int) { agreements(first: $n) { nodes { name } } }`, 1},
	{"root list with references, closure and total", `query ($n: Int) { agreements(first: $n, where: {covers: {any: [{name: "rivers"}]}, parties: {kinds: [ORGANISATION]}}) { totalCount nodes { name } } }`, 4},
	{"three levels", `query ($n: Int) { agreements(first: $n) { nodes { parties(first: $n) { edges { node { name facts(first: $n) { nodes { predicate } } } fact { evidence(first: $n) { nodes { sentence document { title } } } } } } } } }`, 4},
	{"five levels over three nouns", `query ($n: Int) { agreements(first: $n) { nodes { topics(first: $n) { nodes { agreements(first: $n, includeNarrower: false) { nodes { parties(first: $n) { nodes { aliases(first: $n) { nodes { text } } degree } } } } } } } } }`, 6},
	{"narrower topics", `query ($n: Int) { agreements(first: $n) { nodes { topics(first: $n) { nodes { agreements(first: $n) { nodes { name } } } } } } }`, 4},
	{"totals", `query ($n: Int) { agreements(first: $n) { nodes { parties(first: $n) { totalCount nodes { name } } } } }`, 3},
	{"documents", `query ($n: Int) { documents(first: $n) { nodes { entities(first: $n) { nodes { mentions(first: $n) { nodes { document { title } } } } } facts(first: $n) { nodes { subject { degree } object { degree } } } } } }`, 7},
	{"aliases of a field", `query ($n: Int) { agreements(first: $n) { nodes { a: parties(first: $n) { nodes { name } } b: topics(first: $n) { nodes { name } } } } }`, 3},
	{"withdrawals", `query ($n: Int) { agreements(first: $n) { nodes { parties(first: $n) { edges { withdrawal { date } } } } } }`, 3},
	{"facets", `query ($n: Int) { agreements(first: $n, where: {covers: {any: [{name: "rivers"}]}}) { nodes { name } facets(by: TOPIC) { value } party: facets(by: PARTY, first: 5) { value entity { name } } } }`, 5},
	{"neighbours", `query ($n: Int) { agreements(first: $n) { nodes { neighbours(first: $n) { totalCount edges { node { degree } facts { evidence(first: 1) { nodes { sentence } } } } } } } }`, 5},
	{"a filter on parties", `query ($n: Int) { agreements(first: $n) { nodes { parties(first: $n, where: {related: {to: {name: "rivers"}, direction: OUT}}) { nodes { name } } topics(first: $n, where: {text: "riv"}) { nodes { name } } } } }`, 4},
	{"timeline", `query ($n: Int) { agreements(first: $n) { nodes { id } } timeline(by: YEAR, where: {either: {name: "rivers"}}) { date kinds { kind } } }`, 3},
	{"offices and aliases with who said so", `query ($n: Int) { entities(first: $n, where: {kinds: [ORGANISATION]}) { nodes { aliases(first: $n) { nodes { decisions { author } } } ... on Organisation { offices(at: "2001", first: $n) { nodes { name } } } } } }`, 3},
	{"references below the root", `query ($n: Int) { agreements(first: $n) { nodes { facts(first: $n, where: {either: {name: "rivers"}}) { nodes { predicate } } } } }`, 3},
}

func TestStatementsFollowTheQuerysShape(t *testing.T) {
	c := handMade(t)
	checkStatements(t, c)
}

func checkStatements(t *testing.T, c client) {
	for _, tc := range statementCases {
		t.Run(tc.name, func(t *testing.T) {
			c.TB = t
			one, many := c.statements(tc.query, map[string]any{"n": 1}), c.statements(tc.query, map[string]any{"n": manyOf(tc.query)})
			if one != many || one != tc.want {
				t.Errorf("%d statements with one parent, %d with many, expected %d", one, many, tc.want)
			}
		})
	}
	t.Run("search", func(t *testing.T) {
		c.TB = t
		if n := c.statements(`{ search(text: "league") { nodes { ... on Organisation { name } } } }`, nil); n > 3 {
			t.Errorf("a search took %d statements", n)
		}
		if n := c.statements(`{ search(text: "league") { edges { degree } } }`, nil); n > 4 {
			t.Errorf("a search with degrees took %d statements", n)
		}
	})
	t.Run("hops", func(t *testing.T) {
		c.TB = t
		if n := c.statements(`{ neighbourhood(of: [{name: "League 1"}], depth: 3) { entities { name } layout { x } } }`, nil); n != 1+3+2 {
			t.Errorf("three hops took %d statements, expected one for the reference, one a hop and two for records", n)
		}
		if n := c.statements(`{ paths(from: {name: "League 1"}, to: {name: "Land 1"}, mode: ALL_SHORTEST) { paths { entities { name } facts { predicate } } } }`, nil); n != 1+2+2 {
			t.Errorf("a path of two facts took %d statements, expected one for the references, one a hop and two for records", n)
		}
	})
}

// manyOf is 20 where that is within the row limit, fewer for deep queries.
func manyOf(query string) int {
	switch levels := strings.Count(query, "first: $n"); {
	case levels > 4:
		return 7
	case levels > 3:
		return 10
	}
	return 20
}
