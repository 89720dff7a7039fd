package server_test

import (
	"bytes"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

// twins are two people whom two documents speak of, and whoever they met.
func twins() []graph.Change {
	key := func(name string) graph.Key { return graph.Key{Kind: graph.Person, Text: name} }
	return []graph.Change{
		graphtest.NewDraft("one", "2020-01-01").State(key("Ada Lind"), graph.Met, key("Bo Ek"), nil, 900).Revision(0),
		graphtest.NewDraft("two", "2020-01-02").State(key("A. Lind"), graph.Met, key("Cy Roth"), nil, 900).Revision(0),
	}
}

func decided(tb testing.TB) client {
	tb.Helper()
	store := openSQLite(tb)
	if _, err := store.Apply(tb.Context(), twins()...); err != nil {
		tb.Fatal(err)
	}
	return serve(tb, store)
}

// A person merges, names, keeps apart, splits and takes back; the log says who did.
func TestDecisions(t *testing.T) {
	c := decided(t)
	before := dumpOf(t, c.store)
	id := func(name string) any {
		return at(c.data(`query ($n: String!) { entity(ref: {name: $n}) { id } }`, map[string]any{"n": name}), "entity", "id")
	}
	ada, twin := id("Ada Lind"), id("A. Lind")
	one := map[string]any{"a": ada, "b": twin}
	done := func(p any, decisions int) []any {
		t.Helper()
		taken := at(p, "decisions").([]any)
		if len(at(p, "errors").([]any)) > 0 || len(taken) != decisions {
			t.Fatalf("%v; want %d decisions", p, decisions)
		}
		return taken
	}
	const merge = `mutation ($a: ID!, $b: ID!) { mergeEntities(input: {entities: [{id: $a}, {id: $b}], reason: "initials"}) {
		entity { name facts { totalCount } } decisions { id kind author } errors { code message } } }`
	body := []byte(`{"query": ` + string(quoted(merge)) + `, "variables": {"a": "` + ada.(string) + `", "b": "` + twin.(string) + `"}}`)
	merged := c.post(bytes.NewReader(body), "Entente-Author", "Zo%C3%AB").Data
	same := done(at(merged, "mergeEntities"), 1)
	if n := at(merged, "mergeEntities", "entity", "facts", "totalCount"); n != 2.0 {
		t.Errorf("%v facts of the merged person, want 2", n)
	}
	log, err := c.store.ListDecisions(t.Context())
	if err != nil || len(log) != 1 || log[0].Author != "Zoë" || log[0].Reason != "initials" || log[0].At.IsZero() || log[0].Witness.Quote == "" {
		t.Errorf("%+v %v", log, err)
	}
	named := at(c.data(`mutation { addAlias(input: {entity: {name: "Ada Lind"}, alias: "The Chair"}) { entity { id } decisions { id kind author } errors { code } } }`, nil), "addAlias")
	alias := done(named, 1)
	if id("the chair") != at(named, "entity", "id") {
		t.Error("the name does not find its entity")
	}
	apart := done(at(c.data(`mutation ($a: ID!, $b: ID!) { markDistinct(input: {entity: {id: $a}, other: {id: $b}}) { entity { id } other { id } decisions { id kind author } errors { code } } }`, one), "markDistinct"), 1)
	if refused := at(c.data(merge, one), "mergeEntities"); at(refused, "errors", 0, "code") != "CONFLICT" || at(refused, "entity") != nil {
		t.Errorf("%v", refused)
	}
	split := at(c.data(`mutation { splitEntity(input: {entity: {name: "Bo Ek"}, documents: [{source: "one"}], into: {name: "Cy Roth"}}) {
		entity { id } into { name facts { totalCount } } decisions { id kind author } errors { code message } } }`, nil), "splitEntity")
	moved := done(split, 1)
	if at(split, "entity") != nil || at(split, "into", "facts", "totalCount") != 2.0 {
		t.Errorf("%v", split)
	}
	for _, taken := range [][]any{same, alias, apart, moved} {
		decision := at(taken, 0, "id")
		if p := at(c.data(`mutation ($d: ID!) { undoDecision(input: {decision: $d}) { decision errors { code } } }`, map[string]any{"d": decision}), "undoDecision"); at(p, "decision") != decision {
			t.Errorf("%v", p)
		}
	}
	if dumpOf(t, c.store) != before {
		t.Error("all is taken back, and the graph is another")
	}
}

// A rejected fact is shown nowhere, and comes back when it is confirmed.
func TestReviewFact(t *testing.T) {
	c := decided(t)
	fact := at(c.data(`{ facts { nodes { id } } }`, nil), "facts", "nodes", 0, "id")
	const review = `mutation ($f: ID!, $r: Review!) { reviewFact(input: {fact: $f, review: $r}) { fact { id review { verdict } } decisions { id kind author } errors { code } } }`
	p := at(c.data(review, map[string]any{"f": fact, "r": "REJECTED"}), "reviewFact")
	if at(p, "fact") != nil || len(at(p, "decisions").([]any)) != 1 {
		t.Errorf("%v", p)
	}
	if n := at(c.data(`{ facts { totalCount } }`, nil), "facts", "totalCount"); n != 1.0 {
		t.Errorf("%v facts are shown, want 1", n)
	}
	if p = at(c.data(review, map[string]any{"f": fact, "r": "CONFIRMED"}), "reviewFact"); at(p, "fact", "review", "verdict") != "CONFIRMED" {
		t.Errorf("%v", p)
	}
	if log, err := c.store.ListDecisions(t.Context()); err != nil || len(log) != 1 || log[0].Author != "anonymous" {
		t.Errorf("%+v %v: want the last word alone", log, err)
	}
}

// What cannot be decided says which field is wrong, and what to do.
func TestDecisionsThatAreRefused(t *testing.T) {
	c := decided(t)
	ambiguous := `mutation { addAlias(input: {entity: {name: "The Delegate"}, alias: "x"}) { errors { code field candidates { name } } } }`
	for _, name := range []string{"Ada Lind", "Bo Ek"} {
		c.data(`mutation ($n: String!) { addAlias(input: {entity: {name: $n}, alias: "The Delegate"}) { errors { code } } }`, map[string]any{"n": name})
	}
	p := at(c.data(ambiguous, nil), "addAlias", "errors", 0)
	if at(p, "code") != "AMBIGUOUS" || len(at(p, "candidates").([]any)) != 2 || at(p, "field", 1) != "entity" {
		t.Errorf("%v", p)
	}
	for _, tc := range []struct{ mutation, input, code string }{
		{"mergeEntities", `{entities: [{name: "Ada Lind"}]}`, "INVALID"},
		{"mergeEntities", `{entities: [{name: "Ada Lind"}, {name: "nobody at all"}]}`, "NOT_FOUND"},
		{"mergeEntities", `{entities: [{name: "Ada Lind"}, {name: "Kenya"}]}`, "INVALID"},
		{"mergeEntities", `{entities: [` + numbered(`{name: "Ada Lind"} # %d`+"\n", 21) + `]}`, "LIMIT_EXCEEDED"},
		{"splitEntity", `{entity: {name: "Ada Lind"}, documents: []}`, "INVALID"},
		{"splitEntity", `{entity: {name: "Ada Lind"}, documents: [{id: "x"}]}`, "INVALID"},
		{"splitEntity", `{entity: {name: "Ada Lind"}, documents: [{source: "two"}]}`, "INVALID"},
		{"markDistinct", `{entity: {name: "Ada Lind"}, other: {name: "Ada Lind"}}`, "INVALID"},
		{"addAlias", `{entity: {name: "Ada Lind"}, alias: ""}`, "INVALID"},
		{"addAlias", `{entity: {id: "Ada Lind"}, alias: "x"}`, "INVALID"},
		{"reviewFact", `{fact: "x", review: CONFIRMED}`, "INVALID"},
		{"reviewFact", `{fact: "faaaaaaaaaaaaaaaaaaaaaaaaaa", review: CONFIRMED}`, "NOT_FOUND"},
		{"undoDecision", `{decision: "x"}`, "INVALID"},
		{"undoDecision", `{decision: "caaaaaaaaaaaaaaaaaaaaaaaaaa"}`, "NOT_FOUND"},
	} {
		p := at(c.data(`mutation { it: `+tc.mutation+`(input: `+tc.input+`) { errors { code field hint message } } }`, nil), "it", "errors", 0)
		if at(p, "code") != tc.code {
			t.Errorf("%s %s: %v, want %s", tc.mutation, tc.input, p, tc.code)
		}
	}
	body := `{"query": "mutation { addAlias(input: {entity: {name: \"Ada Lind\"}, alias: \"x\"}) { errors { code } } }"}`
	if a := c.post(bytes.NewReader([]byte(body)), "Entente-Author", "100%"); at(a.Data, "addAlias", "errors", 0, "code") != "INVALID" {
		t.Errorf("%s", a.Body)
	}
}

func dumpOf(tb testing.TB, store graph.Store) string {
	tb.Helper()
	var b bytes.Buffer
	if err := graph.WriteDump(tb.Context(), &b, store); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}
