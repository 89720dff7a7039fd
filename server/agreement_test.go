package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The question that Entente is for: the text says "drug trafficking", the
// analyst says "narcotics".
const missionQuery = `query ($topic: String!) {
  agreements(where: {covers: {any: [{name: $topic}]}}, first: 50) {
    totalCount
    nodes {
      name date agreementKind
      parties { nodes { name kind ... on Organisation { acronym } } edges { fact { predicate date evidence { nodes { sentence document { title source } } } } withdrawal { id } } }
      topics { edges { node { name } fact { confidence evidence { nodes { sentence spans { role text start end } subject { text } object { text } } } } } }
    }
  }
}`

func TestMissionsQuestion(t *testing.T) {
	c := sampled(t, openSQLite(t))
	askMission(t, c)
}

func askMission(t *testing.T, c client) {
	t.Helper()
	data := c.data(missionQuery, map[string]any{"topic": "narcotics"})
	nodes := at(data, "agreements", "nodes").([]any)
	if n := len(nodes); n < 2 || float64(n) != at(data, "agreements", "totalCount") {
		t.Errorf("%d agreements, totalCount %v", n, at(data, "agreements", "totalCount"))
	}
	i := slices.IndexFunc(nodes, func(n any) bool { return at(n, "date") == "2005" })
	if i < 0 {
		t.Fatalf("no agreement of 2005 among %v", texts(nodes, "name"))
	}
	memo := nodes[i]
	if kind := at(memo, "agreementKind"); kind != "MEMORANDUM" {
		t.Errorf("the memorandum is a %v", kind)
	}
	parties := texts(at(memo, "parties", "nodes"), "name")
	for _, want := range []string{"Shanghai Cooperation Organisation", "Association of Southeast Asian Nations"} {
		if !slices.ContainsFunc(parties, func(p string) bool { return strings.Contains(p, want) }) {
			t.Errorf("parties are %v, without %s", parties, want)
		}
	}
	if s := at(memo, "parties", "edges", 0, "fact", "evidence", "nodes", 0, "sentence"); !strings.HasPrefix(fmt.Sprint(s), "In 2005, the SCO and ASEAN") {
		t.Errorf("the sentence that says who signed is %q", s)
	}
	topics := at(memo, "topics", "edges").([]any)
	i = slices.IndexFunc(topics, func(e any) bool { return strings.Contains(fmt.Sprint(at(e, "node", "name")), "drug") })
	if i < 0 {
		t.Fatalf("topics are %v", topics)
	}
	if s := at(topics[i], "fact", "evidence", "nodes", 0, "sentence"); !strings.Contains(fmt.Sprint(s), "illegal drug trafficking") {
		t.Errorf("the sentence that says what it covers is %q", s)
	}
	if s := at(topics[i], "fact", "evidence", "nodes", 0, "object", "text"); !strings.Contains(fmt.Sprint(s), "drug trafficking") {
		t.Errorf("the topic stands in it as %q", s)
	}
}
