package server_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every query of the explorer fits the schema and passes the limits, with as
// much in its variables as the page ever gives. What asks for something that is
// not there may say so; what the schema or the limits refuse may not be.
func TestTheExplorersQueries(t *testing.T) {
	c := sampled(t, openSQLite(t))
	entities := c.data(`{ entities(first: 100, orderBy: {by: SOURCES, direction: DESC}) { nodes { id } } }`, nil)
	facts := c.data(`{ facts(first: 100) { nodes { id } } documents(first: 1) { nodes { id } } }`, nil)
	ids, factIDs := texts(at(entities, "entities", "nodes"), "id"), texts(at(facts, "facts", "nodes"), "id")
	refs := []any{}
	for _, id := range ids[:20] {
		refs = append(refs, map[string]any{"id": id})
	}
	pinned := []any{}
	for _, id := range ids {
		pinned = append(pinned, map[string]any{"id": id, "x": 1, "y": 2})
	}
	variables := map[string]map[string]any{
		"start":         {},
		"search":        {"text": "drug traf", "kinds": nil, "first": 24},
		"agreements":    {"where": map[string]any{"covers": map[string]any{"any": refs[:1], "includeNarrower": true}, "parties": map[string]any{"all": refs[:2]}, "date": map[string]any{"from": "1990"}}},
		"topics":        {"topics": ids[:1], "topic": refs[0]},
		"neighbourhood": {"of": refs, "maxEntities": 301, "perEntity": 300, "where": map[string]any{"predicates": []string{"SIGNED"}, "kinds": []string{"AGREEMENT"}, "minConfidence": 0.5}, "pinned": pinned},
		"restore":       {"ids": factIDs},
		"entity":        {"id": ids[0]},
		"neighbours":    {"id": ids[0], "kinds": []string{"PERSON"}, "facts": map[string]any{"minConfidence": 0.5}},
		"evidence":      {"facts": factIDs[:20]},
		"document":      {"id": at(facts, "documents", "nodes", 0, "id")},
		"paths":         {"from": ids[0], "to": ids[1]},
		"review":        {"fact": factIDs[0], "review": "CONFIRMED"},
		"undo":          {"decision": "caaaaaaaaaaaaaaaaaaaaaaaaaa"},
		"ingest":        {"files": []any{}},
		"job":           {"id": "none"},
	}
	files, err := filepath.Glob("explorer/queries/*.graphql")
	if err != nil || len(files) != len(variables) {
		t.Fatalf("%d queries, known are %v (%v)", len(files), slices.Sorted(maps.Keys(variables)), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".graphql")
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := c.ask(string(query), variables[name])
		if name == "job" { // a subscription: what a stream would be refused for comes before its kind
			a = c.post(strings.NewReader(fmt.Sprintf(`{"query": %s, "variables": {"id": "none"}}`, quoted(string(query)))), "Accept", "text/event-stream")
		}
		if code := a.code(); code != "" && code != "NOT_FOUND" {
			t.Errorf("%s: %s", file, a.Body)
		}
	}
}
