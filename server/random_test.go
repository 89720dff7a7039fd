package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema/generated"
	"github.com/entente-kg/entente/server"
)

// questions makes random queries that are valid by the schema: every field, argument
// and input may come up, with values that are mostly there.
type questions struct {
	rng     *rand.Rand
	schema  *ast.Schema
	pools   map[string][]string // of values, by the name of a scalar or of an argument
	aliases int
	fields  int
}

const (
	deepest     = 6  // fields within fields
	mostAliased = 45 // below the server's limit
	mostAsked   = 70
)

func (q *questions) chance(n int) bool { return q.rng.IntN(n) == 0 }

func pick[T any](q *questions, of []T) T { return of[q.rng.IntN(len(of))] }

// query is one question.
func (q *questions) query() string {
	q.aliases, q.fields = 0, 0
	for {
		if text := q.selection(q.schema.Query, 1, true); text != "" {
			return text
		}
	}
}

// selection selects some fields of a type; "" if there is none to select.
func (q *questions) selection(on *ast.Definition, depth int, root bool) string {
	var parts []string
	most := 4
	if root {
		most = 2
	}
	for range 1 + q.rng.IntN(most) {
		if len(on.Fields) == 0 {
			break
		}
		if text := q.field(pick(q, []*ast.FieldDefinition(on.Fields)), depth); text != "" {
			parts = append(parts, text)
		}
	}
	if on.IsAbstractType() {
		parts = append(parts, "__typename")
		if to := pick(q, q.schema.GetPossibleTypes(on)); !q.chance(3) {
			if inner := q.selection(to, depth, false); inner != "" {
				parts = append(parts, "... on "+to.Name+" "+inner)
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// field is one field under an alias of its own, so that no two get into each other's way.
func (q *questions) field(f *ast.FieldDefinition, depth int) string {
	to := q.schema.Types[f.Type.Name()]
	if strings.HasPrefix(f.Name, "__") || f.Name == "ingestedAt" || q.aliases >= mostAliased || q.fields >= mostAsked {
		return "" // ingestedAt is when it ran, which no two stores have in common
	}
	composite := to.IsCompositeType()
	if composite && depth >= deepest {
		return ""
	}
	q.aliases++
	q.fields++
	name := fmt.Sprintf("a%d: %s", q.aliases, f.Name)
	args := q.arguments(f)
	if !composite {
		return name + args
	}
	inner := q.selection(to, depth+1, false)
	if inner == "" {
		return ""
	}
	return name + args + " " + inner
}

func (q *questions) arguments(f *ast.FieldDefinition) string {
	var args []string
	backward := q.chance(4) && f.Arguments.ForName("last") != nil
	for _, a := range f.Arguments {
		switch a.Name {
		case "after", "before":
			continue // cursors are of one list
		case "first", "last":
			if backward == (a.Name == "last") {
				args = append(args, fmt.Sprintf("%s: %d", a.Name, 1+q.rng.IntN(3)))
			}
			continue
		}
		if required := a.Type.NonNull && a.DefaultValue == nil; required || q.chance(3) {
			args = append(args, a.Name+": "+q.value(a.Name, a.Type, 3))
		}
	}
	if len(args) == 0 {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// bounds are the ranges of numbers that are not refused.
var bounds = map[string]int{"depth": 3, "maxLength": 5, "maxEntities": 30, "perEntity": 8, "maxPaths": 4, "minSources": 3}

// value is a literal of a type, for an argument or input field of that name.
func (q *questions) value(name string, t *ast.Type, depth int) string {
	if t.Elem != nil {
		items := []string{}
		for range 1 + q.rng.IntN(2) {
			items = append(items, q.value(name, t.Elem, depth))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	def := q.schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		return pick(q, []*ast.EnumValueDefinition(def.EnumValues)).Name
	case ast.InputObject:
		return q.object(def, depth)
	}
	switch t.NamedType {
	case "Boolean":
		return strconv.FormatBool(q.chance(2))
	case "Float":
		return strconv.FormatFloat(float64(q.rng.IntN(101))/100, 'f', -1, 64)
	case "Int":
		return strconv.Itoa(1 + q.rng.IntN(max(1, bounds[name])))
	}
	pool := q.pools[name]
	if pool == nil || q.chance(30) {
		pool = q.pools[t.NamedType]
	}
	return string(quoted(pick(q, pool)))
}

// object is an input with some of its fields, or with exactly one where that is the rule.
func (q *questions) object(def *ast.Definition, depth int) string {
	var fields []string
	one := ""
	if def.Directives.ForName("oneOf") != nil {
		one = pick(q, []*ast.FieldDefinition(def.Fields)).Name
		if q.chance(2) {
			one = "name"
		}
	}
	for _, f := range def.Fields {
		nested := q.schema.Types[f.Type.Name()].Kind == ast.InputObject
		required := f.Type.NonNull && f.DefaultValue == nil || f.Name == one
		if one != "" && f.Name != one || !required && (!q.chance(4) || nested && depth == 0) {
			continue
		}
		name := f.Name
		if one == "id" {
			name = "ID"
		}
		fields = append(fields, f.Name+": "+q.value(name, f.Type, max(0, depth-1)))
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// newQuestions takes its values from what a server has.
func newQuestions(c client, rng *rand.Rand) *questions {
	data := c.data(`{ entities(first: 100, orderBy: {by: SOURCES, direction: DESC}) { nodes { id name } } facts(first: 60) { nodes { id date evidence(first: 1) { nodes { id } } } } documents(first: 40) { nodes { id source } } decisions { nodes { id } } }`, nil)
	entities, facts, documents := at(data, "entities", "nodes"), at(data, "facts", "nodes"), at(data, "documents", "nodes")
	names := append(texts(entities, "name"), "narcotics", "Secretary-General", "ASEAN", "nobody at all")
	ids := slices.Concat(texts(entities, "id"), texts(facts, "id"), texts(documents, "id"), texts(at(data, "decisions", "nodes"), "id"))
	var words []string
	for _, n := range names {
		words = append(words, strings.Fields(n)[0])
	}
	return &questions{rng: rng, schema: generated.NewExecutableSchema(generated.Config{}).Schema(), pools: map[string][]string{
		"String": names, "text": append(words, "signed memorandum", "terorism"), "contains": words, "startsWith": words, "name": names,
		"scheme": {"Wikidata", "ISO 3166-1 alpha-3"}, "value": {"Q1", "KEN", "IDN"}, "languages": {"en", "fr"}, "sources": texts(documents, "source"),
		"ID": texts(entities, "id"), "id": ids, "ids": ids, "documents": texts(documents, "id"), "mentions": texts(documents, "id"),
		"PartialDate": {"2019", "2019-09", "2005", "2021-03-04", "1999-12", "2024-02-29"}}}
}

// patient is a client of a server that gives a store five minutes, which on a busy
// machine may take long to plan a question that it has not heard, and tells the test of its faults.
func patient(tb testing.TB, c client) client {
	faults := slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	c.handler = server.New(c.store, extractor(tb), server.Options{Log: faults, Timeout: 5 * time.Minute})
	return c
}

// knowing is a server over the sample on which people have decided a few things.
func knowing(tb testing.TB, store graph.Store) client {
	c := patient(tb, sampled(tb, store))
	pages, err := store.ListEntities(tb.Context(), graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Person}}, Order: graph.Order{By: graph.BySources, Desc: true}, Window: graph.Window{Limit: 3}})
	if err != nil || len(pages[0].Items) < 3 {
		tb.Fatal(err)
	}
	people := pages[0].Items
	decided := []graph.Decision{
		{Kind: graph.Same, Key: people[0].Key, Other: people[1].Key, Reason: "a test"},
		{Kind: graph.Alias, Key: people[2].Key, Text: "The Chair"},
		{Kind: graph.Alias, Key: graph.Key{Kind: graph.Person, Text: "nobody"}, Text: "No One"},
	}
	for i := range decided {
		decided[i].Author, decided[i].At = "Zoë", time.Date(2024, 5, 1, 10, i, 0, 0, time.UTC)
		decided[i].ID = graph.NewDecisionID(decided[i])
	}
	if err := store.Decide(tb.Context(), decided...); err != nil {
		tb.Fatal(err)
	}
	return c
}

// randomRun is the seed, and how many questions are put.
func randomRun(t *testing.T, ordinary int) (seed uint64, n int) {
	seed = 1
	if s, err := strconv.ParseUint(os.Getenv("ENTENTE_SEED"), 10, 64); err == nil {
		seed = s
	}
	if os.Getenv("ENTENTE_LONG") != "" {
		ordinary *= 25
	}
	t.Logf("ENTENTE_SEED=%d, %d queries", seed, ordinary)
	return seed, ordinary
}

// settled is an answer with its errors in one order: fields are resolved side by side.
func settled(t *testing.T, a answer) string {
	t.Helper()
	var whole map[string]any
	if err := json.Unmarshal(a.Body, &whole); err != nil {
		t.Fatal(err)
	}
	if errors, some := whole["errors"].([]any); some {
		slices.SortFunc(errors, func(a, b any) int { return bytes.Compare(encoded(a), encoded(b)) })
	}
	return string(encoded(whole))
}

func encoded(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // it came from JSON
	}
	return data
}

// check puts a question and refuses what only a fault of the server or of the test gives.
func (c client) check(t *testing.T, query string) string {
	t.Helper()
	a := c.ask(query, nil)
	for _, e := range a.Errors {
		switch e.Extensions["code"] {
		case "INTERNAL", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "TIMEOUT", nil:
			t.Fatalf("%s\nanswers %.2000s", query, a.Body)
		}
	}
	return settled(t, a)
}

// Random questions get an answer or a reason, and the same one twice.
func TestRandomQueries(t *testing.T) {
	c := knowing(t, openSQLite(t))
	seed, n := randomRun(t, 200)
	q := newQuestions(c, rand.New(rand.NewPCG(seed, 1)))
	answered := 0
	for range n {
		query := q.query()
		first := c.check(t, query)
		if again := c.check(t, query); again != first {
			t.Fatalf("%s\nonce  %.2000s\ntwice %.2000s", query, first, again)
		}
		if !strings.Contains(first, `"errors"`) {
			answered++
		}
	}
	if t.Logf("%d of %d without an error", answered, n); answered*3 < n {
		t.Errorf("only %d of %d were answered without an error", answered, n)
	}
}

// Both stores give random questions the same answers.
func TestRandomQueriesOverBothStores(t *testing.T) {
	one, other := knowing(t, openSQLite(t)), knowing(t, openNeo4j(t))
	seed, n := randomRun(t, 20)
	q := newQuestions(one, rand.New(rand.NewPCG(seed, 2)))
	for range n {
		query := q.query()
		if a, b := one.check(t, query), other.check(t, query); a != b {
			t.Errorf("%s\nSQLite: %.2000s\nNeo4j:  %.2000s", query, a, b)
		}
	}
}
