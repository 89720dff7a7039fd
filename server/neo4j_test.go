package server_test

import (
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

// openNeo4j gives an empty store on a real Neo4j.
func openNeo4j(tb testing.TB) graph.Store {
	tb.Helper()
	url := neo4jtest.Start(tb)
	neo4jtest.Empty(tb, url)
	store, err := neo4j.Open(tb.Context(), url, neo4j.Options{Vocabulary: extractor(tb).Vocabulary()})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close() })
	return store
}

// The same questions over Neo4j: the mission's, and what every shape costs.
func TestOverNeo4j(t *testing.T) {
	t.Run("the mission's question", func(t *testing.T) { askMission(t, sampled(t, openNeo4j(t))) })
	t.Run("statements", func(t *testing.T) { checkStatements(t, filled(t, openNeo4j(t))) })
}

// Both stores give the same answers, byte for byte.
func TestBothStoresAnswerAlike(t *testing.T) {
	one, other := patient(t, sampled(t, openSQLite(t))), patient(t, sampled(t, openNeo4j(t)))
	for _, query := range []string{
		`{ agreements(first: 100, where: {covers: {any: [{name: "narcotics"}]}}) { totalCount edges { cursor node { id name date parties { edges { cursor node { id name } fact { id date evidence { nodes { id sentence } } } } } } } } }`,
		`{ entities(first: 100, orderBy: {by: SOURCES, direction: DESC}) { totalCount pageInfo { endCursor } nodes { id name degree firstSeen lastSeen aliases { nodes { text origin documents } } } } }`,
		`{ facts(last: 100, where: {minConfidence: 0.5}) { totalCount edges { cursor node { id predicate date subject { name } object { name } confidence sources } } } }`,
		`{ documents(first: 50, orderBy: {by: TITLE}) { totalCount nodes { id title sha256 entities { nodes { name } } facts { nodes { id } } } } }`,
		`{ search(text: "drug traffiking", first: 30) { truncated edges { cursor match matched degree node { __typename ... on Sentence { text } ... on Topic { name } } } } }`,
		`{ neighbourhood(of: [{name: "ASEAN"}], depth: 2) { truncated omitted entities { id } facts { id } } }`,
		`{ neighbourhood(of: [{name: "ASEAN"}], depth: 2, maxEntities: 40) { truncated omitted layout { id x y } } }`,
		`{ paths(from: {name: "António Guterres"}, to: {name: "United States"}, mode: ALL_SHORTEST) { truncated exhausted paths { length entities { id } facts { id } } } }`,
		`{ agreements { totalCount year: facets(by: YEAR) { value count } kind: facets(by: KIND) { value count } topic: facets(by: TOPIC) { value count entity { id } } party: facets(by: PARTY) { value count entity { id } } } }`,
		`{ timeline(by: MONTH) { date count predicates { predicate count } kinds { kind count } } }`,
		`{ entity(ref: {name: "United Nations"}) { neighbours(first: 10) { totalCount truncated edges { cursor count sources node { id } facts { id } } } ... on Organisation { agreements(where: {date: {from: "2000"}}) { nodes { id } } } } }`,
		`{ search(text: "joint statement", kinds: [DOCUMENT, SENTENCE]) { edges { score snippet { text spans { start end } } } } documents(where: {text: "climate"}) { nodes { id } } entities(where: {text: "united"}) { nodes { id } } duplicates { edges { cursor } totalCount } }`,
		`{ statistics { documents sentences evidence version entities { kind count } facts { predicate count } } }`,
	} {
		if a, b := one.ask(query, nil), other.ask(query, nil); string(a.Body) != string(b.Body) || a.code() != "" {
			t.Errorf("%s\nSQLite: %.2000s\nNeo4j:  %.2000s", query, a.Body, b.Body)
		}
	}
}
