package server_test

import (
	"fmt"
	"slices"
	"testing"
)

func TestPaths(t *testing.T) {
	c := handMade(t)
	const query = `{ paths(from: {name: "League 1"}, to: {name: "Land 1"}, %s) { truncated exhausted paths { length entities { name } facts { id subject { name } object { name } } } } }`
	all := at(c.data(fmt.Sprintf(query, "mode: ALL_SHORTEST"), nil), "paths")
	paths := at(all, "paths").([]any)
	if len(paths) == 0 || at(all, "truncated") != false || at(all, "exhausted") != true {
		t.Fatalf("paths are %v", all)
	}
	for _, p := range paths {
		entities := texts(at(p, "entities"), "name")
		if at(p, "length") != 2.0 || len(entities) != 3 || entities[0] != "League 1" || entities[2] != "Land 1" || len(at(p, "facts").([]any)) != 2 {
			t.Errorf("a path is %v", p)
		}
	}
	one := at(c.data(fmt.Sprintf(query, "mode: SHORTEST"), nil), "paths", "paths").([]any)
	if len(one) != 1 || !slices.Equal(texts(at(one, 0, "facts"), "id"), texts(at(paths, 0, "facts"), "id")) {
		t.Errorf("the shortest path is %v, the first of all %v", one, paths[0])
	}
	if none := at(c.data(fmt.Sprintf(query, "where: {kinds: [PERSON]}"), nil), "paths", "paths").([]any); len(none) != 0 {
		t.Errorf("through persons: %v", none)
	}
	for args, code := range map[string]string{"maxLength: 0": "INVALID", "maxLength: 7": "INVALID", "maxPaths: 0": "INVALID", "maxPaths: 1000000000": "LIMIT_EXCEEDED",
		`where: {minConfidence: 2}`: "INVALID", `where: {documents: ["x"]}`: "INVALID"} {
		if a := c.ask(fmt.Sprintf(query, args), nil); a.code() != code {
			t.Errorf("%s answers %s, expected %s", args, a.Body, code)
		}
	}
}

func TestLayout(t *testing.T) {
	c := handMade(t)
	const query = `query ($pinned: [PositionInput!]) { neighbourhood(of: [{name: "rivers"}], maxEntities: 12) { entities { id } layout(pinned: $pinned) { id x y } } }`
	first := at(c.data(query, nil), "neighbourhood")
	ids := texts(at(first, "entities"), "id")
	if got := texts(at(first, "layout"), "id"); len(ids) != 12 || !slices.Equal(got, ids) {
		t.Errorf("positions of %v for entities %v", got, ids)
	}
	if again := at(c.data(query, nil), "neighbourhood", "layout"); fmt.Sprint(again) != fmt.Sprint(at(first, "layout")) {
		t.Errorf("the same picture stands otherwise: %v", again)
	}
	pinned := []map[string]any{{"id": ids[3], "x": 12.345678, "y": -40.0}, {"id": "eaaaaaaaaaaaaaaaaaaaaaaaaaa", "x": 0.0, "y": 0.0}}
	moved := at(c.data(query, map[string]any{"pinned": pinned}), "neighbourhood", "layout", 3)
	if at(moved, "x") != 12.345678 || at(moved, "y") != -40.0 {
		t.Errorf("pinned, it stands at %v", moved)
	}
	for _, bad := range []map[string]any{{"id": "x", "x": 0.0, "y": 0.0}, {"id": ids[0], "x": 1e9, "y": 0.0}} {
		if a := c.ask(query, map[string]any{"pinned": []any{bad}}); a.code() != "INVALID" {
			t.Errorf("%v answers %s", bad, a.Body)
		}
	}
}

func TestTimelineAndFacets(t *testing.T) {
	c := handMade(t)
	years := at(c.data(`{ timeline(by: YEAR, where: {predicates: [SIGNED]}) { date count predicates { predicate count } kinds { kind count } } }`, nil), "timeline").([]any)
	if len(years) != 24 || at(years, 0, "date") != "1990" || at(years, 0, "count") != 2.0 || at(years, 0, "kinds", 0, "kind") != "ORGANISATION" || at(years, 0, "kinds", 1, "count") != 2.0 {
		t.Errorf("the timeline is %v", years)
	}
	facets := c.data(`{ agreements(where: {date: {from: "2000"}}) { totalCount year: facets(by: YEAR, first: 3) { value count entity { name } } kind: facets(by: KIND) { value count }
		topic: facets(by: TOPIC, first: 2) { value count entity { __typename name } } party: facets(by: PARTY, first: 100) { value count entity { __typename } } } }`, nil)
	if n := at(facets, "agreements", "totalCount"); n != 14.0 || at(facets, "agreements", "topic", 0, "count") != n || at(facets, "agreements", "topic", 0, "value") != "rivers" ||
		at(facets, "agreements", "kind", 0, "value") != "TREATY" || at(facets, "agreements", "kind", 0, "count") != n || at(facets, "agreements", "year", 0, "value") != "2000" ||
		len(at(facets, "agreements", "party").([]any)) != 15 {
		t.Errorf("the facets are %v", facets)
	}
	if kinds := texts(at(c.data(`{ entities { facets(by: KIND) { value } } }`, nil), "entities", "facets"), "value"); len(kinds) != 4 || kinds[0] != "AGREEMENT" {
		t.Errorf("the kinds are %v", kinds)
	}
}
