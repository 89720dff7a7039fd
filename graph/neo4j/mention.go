package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// mentionValues are the properties of a [:MENTIONS] relationship: what the
// document calls the key, and where.
func mentionValues(m graph.MentionRow) values {
	v := values{"id": string(m.ID), "kind": string(m.Raw.Kind), "key": m.Raw.Text, "raw": string(m.Raw.ID())}
	set(v, "acronym", m.Acronym)
	set(v, "seen", m.Seen)
	if m.Seen != "" {
		v["entitySeen"] = owned(m.Entity, string(m.Seen))
	}
	if len(m.Spans) > 0 {
		v["spans"] = flat(m.Spans...)
	}
	if len(m.Names) > 0 {
		names, classes := make([]string, len(m.Names)), make([]int, len(m.Names))
		for i, n := range m.Names {
			names[i], classes[i] = n.Text, int(n.Class)
		}
		v["names"], v["classes"] = names, classes
	}
	return v
}

// mentionOf reads a mention with its ends.
func mentionOf(v values, document, entity string) graph.MentionRow {
	m := graph.MentionRow{Mention: graph.Mention{ID: graph.MentionID(v.text("id")), Entity: graph.EntityID(entity), Document: graph.DocumentID(document), Spans: v.spans("spans")},
		Raw: graph.Key{Kind: graph.Kind(v.text("kind")), Text: v.text("key")}, Acronym: v.text("acronym"), Seen: graph.Date(v.text("seen"))}
	classes, _ := v["classes"].([]any)
	for i, text := range v.texts("names") {
		class, _ := classes[i].(int64)
		m.Names = append(m.Names, graph.NameForm{Text: text, Class: graph.NameClass(class)})
	}
	return m
}

func (l *ledger) Mentioning(ctx context.Context, raw []graph.EntityID, after graph.DocumentID, limit int) (ids []graph.DocumentID, err error) {
	if len(raw) == 0 {
		return nil, nil
	}
	records, err := l.run(ctx, `UNWIND $raw AS raw MATCH (d:Document)-[m:MENTIONS]->() WHERE m.raw = raw AND d.id > $after RETURN DISTINCT d.id AS id ORDER BY id LIMIT $limit`,
		map[string]any{"raw": texts(raw), "after": string(after), "limit": limit})
	for _, r := range records {
		ids = append(ids, graph.DocumentID(get[string](r, "id")))
	}
	return ids, err
}

// mentionedText answers which of $refs, pairs of key and document or "", there are. IN keeps the
// server from the index of keys, where it would read all mentions of a hub to find that of one document.
const mentionedText = `UNWIND $refs AS ref WITH ref WHERE (ref[1] = '' AND EXISTS { MATCH ()-[m:MENTIONS]->() WHERE m.raw = ref[0] })
	OR EXISTS { MATCH (d:Document {id: ref[1]})-[m:MENTIONS]->() WHERE ref[0] IN [m.raw] } RETURN ref`

func mentionRefs(refs []graph.MentionRef) map[string]any {
	pairs := make([][]string, len(refs))
	for i, ref := range refs {
		pairs[i] = []string{string(ref.Key), string(ref.Document)}
	}
	return map[string]any{"refs": pairs}
}

func mentionedOf(records []*neo4j.Record) map[graph.MentionRef]bool {
	found := map[graph.MentionRef]bool{}
	for _, r := range records {
		pair := get[[]any](r, "ref")
		found[graph.MentionRef{Key: graph.EntityID(pair[0].(string)), Document: graph.DocumentID(pair[1].(string))}] = true
	}
	return found
}

func (l *ledger) Mentioned(ctx context.Context, refs []graph.MentionRef) (map[graph.MentionRef]bool, error) {
	if len(refs) == 0 {
		return map[graph.MentionRef]bool{}, nil
	}
	records, err := l.run(ctx, mentionedText, mentionRefs(refs))
	return mentionedOf(records), err
}

// Mentioned implements [graph.Reader].
func (s *Store) Mentioned(ctx context.Context, refs []graph.MentionRef) (map[graph.MentionRef]bool, error) {
	if len(refs) == 0 {
		return map[graph.MentionRef]bool{}, nil
	}
	records, err := s.query(ctx, "mentioned", mentionedText, mentionRefs(refs))
	return mentionedOf(records), err
}

// ListMentions implements [graph.Reader].
func (s *Store) ListMentions(ctx context.Context, q graph.MentionQuery) ([]graph.Page[graph.Mention], error) {
	l := listing[graph.Mention]{
		doing: "list mentions", match: "MATCH (d:Document)-[m:MENTIONS]->(n:Entity {id: p})", where: "true", vars: "d, m", id: "m.id",
		item: "properties(m) AS m, d.id AS document, p AS entity", sort: sortKey{text: "d.id"}, window: q.Window,
		perParent: true, parents: texts(q.Entities),
		hub: &hub{
			mentioned: "MATCH (n:Entity {id: p}) WITH n, " + degree("n") + " AS degree",
			few:       "MATCH (d:Document)-[m:MENTIONS]->(n)",
			many:      "MATCH (d:Document) USING INDEX d:Document(id) WHERE d.id > '' MATCH (d)-[m:MENTIONS]->(n)",
			meets:     "true",
		},
		scan: func(v values) graph.Mention {
			return mentionOf(valuesOf(v["m"]), v.text("document"), v.text("entity")).Mention
		},
	}
	if q.Documents != nil {
		l.hub, l.vars, l.item = nil, "m, n", "properties(m) AS m, p AS document, n.id AS entity"
		l.match, l.sort, l.parents = "MATCH (:Document {id: p})-[m:MENTIONS]->(n:Entity)", sortKey{text: "n.id"}, texts(q.Documents)
	}
	return l.run(ctx, s, newStatement())
}
