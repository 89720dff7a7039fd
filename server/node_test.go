package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Every id that an answer gives can be looked up again, and is of its type.
func TestNodes(t *testing.T) {
	c := handMade(t)
	data := c.data(`{
	  agreements(first: 1) { nodes { id parties(first: 2) { nodes { id __typename } } topics { nodes { id } edges { fact { id evidence { nodes { id document { id } } } } } } } }
	}`, nil)
	treaty := at(data, "agreements", "nodes", 0)
	edge := at(treaty, "topics", "edges", 0)
	ids := map[string]string{
		fmt.Sprint(at(treaty, "id")):                                           "Agreement",
		fmt.Sprint(at(treaty, "topics", "nodes", 0, "id")):                     "Topic",
		fmt.Sprint(at(edge, "fact", "id")):                                     "Fact",
		fmt.Sprint(at(edge, "fact", "evidence", "nodes", 0, "id")):             "Evidence",
		fmt.Sprint(at(edge, "fact", "evidence", "nodes", 0, "document", "id")): "Document",
		"faaaaaaaaaaaaaaaaaaaaaaaaaa":                                          "",
		"eaaaaaaaaaaaaaaaaaaaaaaaaaa":                                          "",
		"maaaaaaaaaaaaaaaaaaaaaaaaaa":                                          "",
	}
	var all []string
	for id := range ids {
		all = append(all, id)
	}
	nodes := at(c.data(`query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Evidence { fact { id subject { name } } } } }`, map[string]any{"ids": all}), "nodes").([]any)
	for i, id := range all {
		if want := ids[id]; want == "" && nodes[i] != nil || want != "" && (at(nodes[i], "__typename") != want || at(nodes[i], "id") != id) {
			t.Errorf("%s is %v, expected %s", id, nodes[i], want)
		}
		if one := at(c.data(`query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}), "node"); (one == nil) != (ids[id] == "") {
			t.Errorf("node(%s) is %v", id, one)
		}
	}
	for _, id := range []string{"", "x", "e1", strings.Repeat("e", 1000), "\u0000"} {
		if a := c.ask(`query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}); a.code() != "INVALID" {
			t.Errorf("node(%.20q) answers %s", id, a.Body)
		}
	}
	if a := c.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": slices.Repeat(all[:1], 101)}); a.code() != "LIMIT_EXCEEDED" {
		t.Errorf("101 ids: %s", a.Body)
	}
}

// Whatever stands in the schema can be asked for and resolves.
func TestEveryFieldOfEveryKind(t *testing.T) {
	c := sampled(t, openSQLite(t))
	const shared = `id kind name aliases { nodes { text class origin documents decisions { author } } } identifiers { scheme value } degree(predicates: [SIGNED]) firstSeen lastSeen
	  facts(first: 2, where: {minConfidence: 0.1}, orderBy: {by: SOURCES, direction: DESC}) { edges { cursor node { id } } nodes { id predicate subject { name } object { name } date until place { name } title mode status role confidence origin review { verdict author at reason decision { id } } sources } totalCount }
	  neighbours(first: 2, where: {facts: {minConfidence: 0.1}}) { edges { cursor node { name } count sources facts { predicate } } nodes { id } totalCount truncated }
	  mentions(first: 2) { nodes { id entity { name } document { title } spans { start end text } } }`
	for kind, own := range map[string]string{
		"Organisation": `acronym members { edges { node { name } fact { id } } totalCount } memberOf { nodes { name } } partOf { name } parts { nodes { name } } offices { edges { title from until node { name } fact { id } } } agreements(during: {from: "1900"}) { nodes { name } }`,
		"Country":      `isoCode memberOf { nodes { acronym } } offices { nodes { name } } agreements { edges { fact { predicate } } }`,
		"Person":       `offices(at: "2019-09", where: {kinds: [ORGANISATION]}) { nodes { name } } held: offices { edges { title node { name } } } meetings(during: {from: "1950"}) { edges { date mode node { name } fact { place { name } } } }`,
		"Agreement":    `agreementKind date parties(where: {kinds: [COUNTRY]}) { nodes { name } edges { withdrawal { date } } } topics { nodes { name } } succeeds { name } succeededBy { name }`,
		"Topic":        `broader { name } narrower { edges { node { name } fact { origin } } } agreements { nodes { name } }`,
		"Place":        `locatedIn { name }`,
		"Event":        `date heldIn { name } hosts { name } participants { edges { role node { name } } }`,
	} {
		t.Run(kind, func(t *testing.T) {
			c.TB = t
			data := c.data(fmt.Sprintf(`{ entities(first: 5, where: {kinds: [%s]}, orderBy: {by: SOURCES, direction: DESC}) { nodes { %s ... on %s { %s } } } }`, strings.ToUpper(kind), shared, kind, own), nil)
			if kind != "Event" && len(at(data, "entities", "nodes").([]any)) == 0 {
				t.Errorf("the sample has no %s", kind)
			}
		})
	}
	c.TB = t
	c.data(`{ documents(first: 3, orderBy: {by: TITLE}) { nodes { id title source language published revision ingestedAt sha256 text entities { nodes { name } } facts { nodes { predicate } } mentions { nodes { spans { text } } } } } }`, nil)
	c.data(`{ facts(first: 10) { nodes { evidence { nodes { fact { id } document { title } sentence before after spans { role start end text } subject { start end text } object { start end text } confidence extractor } } } } }`, nil)
	stats := at(c.data(`{ statistics { documents sentences evidence decisions version entities { kind count } facts { predicate count } } }`, nil), "statistics")
	if n := at(stats, "documents").(float64); n < 40 || at(stats, "version") == "" {
		t.Errorf("statistics are %v", stats)
	}
}

// The words of a span are the bytes of the text between its ends.
func TestSpansAreBytesOfTheText(t *testing.T) {
	c := sampled(t, openSQLite(t))
	data := c.data(`{ documents(first: 100) { nodes { id text mentions(first: 10) { nodes { spans { start end text } } } facts(first: 5) { nodes { evidence(first: 1) { nodes { sentence document { id } spans { start end text } subject { start end text } object { start end text } } } } } } } }`, nil)
	texts := map[any]any{}
	for _, d := range at(data, "documents", "nodes").([]any) {
		texts[at(d, "id")] = at(d, "text")
	}
	checked := 0
	check := func(text any, span any) {
		if span == nil {
			return
		}
		checked++
		start, end := int(at(span, "start").(float64)), int(at(span, "end").(float64))
		if got := text.(string)[start:end]; got != at(span, "text") {
			t.Errorf("[%d, %d) is %q, not %q", start, end, got, at(span, "text"))
		}
	}
	for _, d := range at(data, "documents", "nodes").([]any) {
		for _, m := range at(d, "mentions", "nodes").([]any) {
			for _, s := range at(m, "spans").([]any) {
				check(at(d, "text"), s)
			}
		}
		for _, f := range at(d, "facts", "nodes").([]any) {
			e := at(f, "evidence", "nodes", 0)
			for _, s := range append(at(e, "spans").([]any), at(e, "subject"), at(e, "object")) {
				check(texts[at(e, "document", "id")], s)
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d spans", checked)
	}
}

func TestNeighbourhood(t *testing.T) {
	c := handMade(t)
	data := c.data(`{ neighbourhood(of: [{name: "League 1"}], depth: 2, where: {predicates: [SIGNED]}) { entities { id name degree } facts { id subject { name } object { name } evidence(first: 1) { nodes { sentence } } } truncated omitted } }`, nil)
	entities := texts(at(data, "neighbourhood", "entities"), "name")
	if len(entities) < 5 || !slices.Contains(entities, "League 1") || at(data, "neighbourhood", "truncated") != false {
		t.Errorf("the picture is %v", at(data, "neighbourhood"))
	}
	small := c.data(`{ neighbourhood(of: [{name: "rivers"}], maxEntities: 5) { entities { id } truncated omitted } }`, nil)
	if n := len(at(small, "neighbourhood", "entities").([]any)); n != 5 || at(small, "neighbourhood", "truncated") != true || at(small, "neighbourhood", "omitted") != 20.0 {
		t.Errorf("five entities at most: %v", small)
	}
	for args, code := range map[string]string{`of: []`: "INVALID", `of: [{name: "rivers"}], depth: 9`: "INVALID", `of: [{name: "rivers"}], maxEntities: 5000`: "LIMIT_EXCEEDED", `of: [{name: "nobody"}]`: "NOT_FOUND"} {
		if a := c.ask(`{ neighbourhood(`+args+`) { omitted } }`, nil); a.code() != code {
			t.Errorf("%s answers %s, expected %s", args, a.Body, code)
		}
	}
}
