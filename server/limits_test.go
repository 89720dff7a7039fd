package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// attacks are queries that were seen to take seconds or minutes of unguarded
// servers; each is refused, and soon.
var attacks = []struct {
	name, query, limit string
}{
	{"a fragment bomb of 2^28 fields", bomb(28), "selections of one response key in one place"},
	{"a fragment bomb of fields in fields", "{ ...F0 } " + numbered("fragment F%[1]d on Query { a%[1]d: nodes { ...G%[1]d } b%[1]d: nodes { ...G%[1]d } } ", 1) + nestedBomb(26), "fields"},
	{"60 kB of one field", "{" + strings.Repeat(" statistics { documents }", 2500) + "}", "tokens in the query"},
	{"one field as often as tokens allow", "{" + strings.Repeat("statistics{documents}", 900) + "}", "selections of one response key in one place"},
	{"5,000 aliases", "{" + numbered("a%d: facts(first: 100) { nodes { id } } ", 5000) + "}", "tokens in the query"},
	{"60 aliases", "{ entity(ref: {name: \"x\"}) {" + numbered("a%d: name ", 60) + "} }", "aliases"},
	{"30 fields at the root", "{" + numbered("a%d: __typename ", 30) + "}", "fields at the root"},
	{"20 aliases of 10,000 rows", "{" + numbered("a%d: facts(first: 100) { nodes { evidence(first: 100) { nodes { id } } } } ", 20) + "}", "rows"},
	{"a deep query", "{ agreements { nodes " + strings.Repeat("{ succeeds ", 30) + "{ id }" + strings.Repeat("}", 30) + "} }", "levels of nesting"},
	{"a wide query of a product of pages", `{ agreements(first: 100) { nodes { facts(first: 100) { nodes { evidence(first: 100) { nodes { id } } } } } } }`, "rows"},
	{"a product of default pages", `{ agreements { nodes { facts { nodes { subject { facts { nodes { subject { facts { nodes { id } } } } } } } } } } }`, "rows"},
	{"a product of last pages", `{ agreements(last: 100) { nodes { facts(last: 100) { nodes { evidence(last: 100) { nodes { id } } } } } } }`, "rows"},
	{"a product in a fragment", `{ agreements(first: 100) { nodes { ...F } } } fragment F on Agreement { facts(first: 100) { nodes { ...G } } } fragment G on Fact { evidence(first: 100) { nodes { id } } }`, "rows"},
	{"texts of documents", `{ documents(first: 100) { nodes { entities(first: 100) { nodes { mentions(first: 1) { nodes { document { text } } } } } } } }`, "rows"},
	{"introspection in circles", `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`, "rows"},
	{"many fragments", `{ statistics { ...F0 } }` + numbered("fragment F%d on Statistics { documents } ", 100), "fragments"},
	{"fragments that spread one field", `{ ` + numbered("...F%d ", 50) + `}` + numbered("fragment F%d on Query { statistics { documents } } ", 50), "selections of one response key in one place"},
	{"bombs that nothing spreads", `{ __typename } ` + strings.Replace(bomb(28), "{ ...F0 }", "", 1), "selections of one response key in one place"},
}

func bomb(depth int) string {
	var b strings.Builder
	b.WriteString("{ ...F0 } ")
	for i := range depth {
		fmt.Fprintf(&b, "fragment F%d on Query { ...F%d ...F%d } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on Query { __typename }", depth)
	return b.String()
}

// nestedBomb doubles with every level, under keys that differ.
func nestedBomb(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "fragment G%d on Agreement { x: facts { nodes { id } } y: facts { totalCount } ... on Agreement { z: succeeds { ...G%d } w: succeeds { ...G%d } } } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment G%d on Agreement { id }", depth)
	return b.String()
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestAttacksAreRefusedSoon(t *testing.T) {
	c := handMade(t)
	for _, tc := range attacks {
		t.Run(tc.name, func(t *testing.T) {
			c.TB = t
			start := time.Now()
			a := c.ask(tc.query, nil)
			if took := time.Since(start); took > 500*time.Millisecond {
				t.Errorf("took %v", took)
			}
			if a.code() != "LIMIT_EXCEEDED" || a.Errors[0].Extensions["limit"] != tc.limit {
				t.Fatalf("%.300s, expected the limit %q", a.Body, tc.limit)
			}
			asked, allowed := a.Errors[0].Extensions["asked"].(float64), a.Errors[0].Extensions["allowed"].(float64)
			if asked <= allowed || !strings.Contains(a.Errors[0].Message, fmt.Sprint(int(allowed))) {
				t.Errorf("%s: it has to name what was asked and what is allowed", a.Body)
			}
		})
	}
}

// What just passes the limits must not take long either.
func TestTheCostliestQueriesThatPass(t *testing.T) {
	c := handMade(t)
	field := numbered("a%d: statistics { documents facts { count } entities { count } } ", 20)
	for name, query := range map[string]string{
		"unknown fields":     "{" + numbered("unknown%d ", 20) + "entities { nodes {" + numbered("unknown%d ", 900) + "} } }",
		"one field often":    "{ entities { nodes {" + strings.Repeat("facts { nodes { "+strings.Repeat("id ", 20)+"} } ", 20) + "} } }",
		"aliases":            "{" + field + "}",
		"a cycle":            `{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }`,
		"nested fragments":   `{ ...F0 }` + numbered("fragment F%d on Query { statistics { documents } } ", 1),
		"every row there is": `{ agreements(first: 24) { nodes { facts(first: 20) { nodes { evidence(first: 100) { nodes { sentence } } } } } } }`,
		"a deep filter":      `{ entities(where: ` + strings.Repeat("{not: ", 300) + "{}" + strings.Repeat("}", 300) + `) { nodes { id } } }`,
		"a wide filter":      `{ entities(where: {or: [` + strings.Repeat("{kinds: [PERSON]} ", 500) + `]}) { nodes { id } } }`,
	} {
		t.Run(name, func(t *testing.T) {
			c.TB = t
			start := time.Now()
			a := c.ask(query, nil)
			if took := time.Since(start); took > time.Second || a.code() == "INTERNAL" {
				t.Errorf("took %v, answers %.200s", took, a.Body)
			}
			if len(a.Errors) > 21 {
				t.Errorf("%d errors", len(a.Errors))
			}
		})
	}
}

func TestVariablesCountLikeLiterals(t *testing.T) {
	c := handMade(t)
	const query = `query ($n: Int = 100) { agreements(first: $n) { nodes { facts(first: $n) { nodes { evidence(first: $n) { nodes { id } } } } } } }`
	if a := c.ask(query, nil); a.code() != "LIMIT_EXCEEDED" {
		t.Errorf("with the default: %s", a.Body)
	}
	if a := c.ask(query, map[string]any{"n": 90}); a.code() != "LIMIT_EXCEEDED" {
		t.Errorf("with 90: %s", a.Body)
	}
	if a := c.ask(query, map[string]any{"n": 10}); a.code() != "" {
		t.Errorf("with 10: %s", a.Body)
	}
	many := make([]any, 101)
	for i := range many {
		many[i] = map[string]any{"name": fmt.Sprint("topic ", i)}
	}
	if a := c.ask(`query ($refs: [EntityRef!]) { agreements(where: {covers: {any: $refs}}) { nodes { id } } }`, map[string]any{"refs": many}); a.code() != "LIMIT_EXCEEDED" {
		t.Errorf("101 references: %s", a.Body)
	}
	values := make([]string, 501)
	if a := c.ask(`query ($in: [String!]) { agreements(where: {name: {in: $in}}) { nodes { id } } }`, map[string]any{"in": values}); a.code() != "LIMIT_EXCEEDED" {
		t.Errorf("501 values: %s", a.Body)
	}
}
