package neo4j

import (
	"context"

	"github.com/entente-kg/entente/graph"
)

// evidenceValues are the properties of an (:Evidence) node. One whose ends were
// merged into one supports no fact and competes for nothing.
func evidenceValues(e graph.EvidenceRow) values {
	v := values{"id": string(e.ID), "document": string(e.Document), "predicate": string(e.Predicate), "subject": string(e.SubjectID), "object": string(e.ObjectID),
		"rawSubject": string(e.RawSubject), "rawObject": string(e.RawObject), "ordinal": e.Ordinal, "sentence": e.Sentence, "confidence": e.Confidence,
		"subjectAt": flat(e.Subject), "objectAt": flat(e.Object)}
	set(v, "tell", e.Tell)
	set(v, "rawPlace", e.RawPlace)
	set(v, "extractor", e.Extractor)
	roles, quotes := make([]string, len(e.Spans)), make([]string, len(e.Spans))
	spans := make([]graph.Span, len(e.Spans))
	for i, s := range e.Spans {
		spans[i], roles[i], quotes[i] = s.Span, string(s.Role), s.Text
	}
	v["spans"], v["roles"], v["texts"] = flat(spans...), roles, quotes
	for q, value := range e.Qualifiers {
		v[string(q)] = value
	}
	if e.Fact == "" {
		return v
	}
	v["fact"] = string(e.Fact)
	ranks := graph.RanksOf(e.Evidence)
	v["confidenceRank"] = owned(e.Fact, ranks.Confidence)
	for q, rank := range ranks.Of {
		v[string(q)+"Rank"] = owned(e.Fact, rank)
	}
	return v
}

func evidenceOf(v values) graph.EvidenceRow {
	e := graph.EvidenceRow{Predicate: graph.Predicate(v.text("predicate")), SubjectID: graph.EntityID(v.text("subject")), ObjectID: graph.EntityID(v.text("object")),
		Tell: v.text("tell"), RawSubject: graph.EntityID(v.text("rawSubject")), RawObject: graph.EntityID(v.text("rawObject")),
		RawPlace: graph.EntityID(v.text("rawPlace")), Ordinal: v.number("ordinal"), Sentence: v.number("sentence"),
		Evidence: graph.Evidence{ID: graph.EvidenceID(v.text("id")), Fact: graph.FactID(v.text("fact")), Document: graph.DocumentID(v.text("document")),
			Subject: v.span("subjectAt"), Object: v.span("objectAt"), Confidence: v.number("confidence"), Extractor: v.text("extractor"), Qualifiers: qualifiersOf(v)}}
	roles, quotes := v.texts("roles"), v.texts("texts")
	for i, s := range v.spans("spans") {
		e.Spans = append(e.Spans, graph.EvidenceSpan{Span: s, Role: graph.SpanRole(roles[i]), Text: quotes[i]})
	}
	return e
}

// qualifiersOf reads the qualifiers, each a property of its name; none is nil.
func qualifiersOf(v values) graph.Qualifiers {
	var all graph.Qualifiers
	for _, q := range graph.AllQualifiers {
		if text := v.text(string(q)); text != "" {
			if all == nil {
				all = graph.Qualifiers{}
			}
			all[q] = text
		}
	}
	return all
}

// citedItem is an evidence v with the words around it and its document.
const citedItem = `properties(v) AS v, COLLECT { MATCH (d:Document {id: v.document}) RETURN ` + documentMap + ` } AS documents,
	COLLECT { UNWIND range(-1, 1) AS step MATCH (s:Sentence {id: v.document + '#' + (v.sentence + step)}) RETURN {step: step, text: s.text} } AS around`

func citedOf(v values) graph.Cited {
	c := graph.Cited{Evidence: evidenceOf(valuesOf(v["v"])).Evidence}
	for _, d := range v.maps("documents") {
		c.Cites = documentOf(d)
	}
	for _, s := range v.maps("around") {
		*map[int]*string{-1: &c.Before, 0: &c.Sentence, 1: &c.After}[s.number("step")] = s.text("text")
	}
	return c
}

// Evidence implements [graph.Reader].
func (s *Store) Evidence(ctx context.Context, ids []graph.EvidenceID) (map[graph.EvidenceID]graph.Cited, error) {
	records, err := s.query(ctx, "evidence", `UNWIND $ids AS id MATCH (v:Evidence {id: id}) RETURN `+citedItem, map[string]any{"ids": texts(ids)})
	all := make(map[graph.EvidenceID]graph.Cited, len(records))
	for _, r := range records {
		c := citedOf(values(r.AsMap()))
		all[c.ID] = c
	}
	return all, err
}

// ListEvidence implements [graph.Reader].
func (s *Store) ListEvidence(ctx context.Context, q graph.EvidenceQuery) ([]graph.Page[graph.Cited], error) {
	return listing[graph.Cited]{
		doing: "list evidence", match: "MATCH (v:Evidence {fact: p})", where: "true", vars: "v", id: "v.id", item: citedItem,
		sort: sortKey{text: "substring(v.confidenceRank, size(p) + 1)"}, window: q.Window, perParent: true, parents: texts(q.Facts), scan: citedOf,
	}.run(ctx, s, newStatement())
}
