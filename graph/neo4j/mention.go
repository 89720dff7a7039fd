package neo4j

import (
	"context"

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

func (l *ledger) Mentioning(ctx context.Context, raw []graph.EntityID) (ids []graph.DocumentID, err error) {
	records, err := l.unwind(ctx, `UNWIND $rows AS raw MATCH (d:Document)-[m:MENTIONS]->() WHERE m.raw = raw RETURN DISTINCT d.id AS id ORDER BY id`, texts(raw), len(raw))
	for _, r := range records {
		ids = append(ids, graph.DocumentID(get[string](r, "id")))
	}
	return ids, err
}

// ListMentions implements [graph.Reader].
func (s *Store) ListMentions(ctx context.Context, q graph.MentionQuery) ([]graph.Page[graph.Mention], error) {
	l := listing[graph.Mention]{
		doing: "list mentions", match: "MATCH (d:Document)-[m:MENTIONS]->(n:Entity {id: p})", where: "true", vars: "d, m, n", id: "m.id",
		item: "properties(m) AS m, d.id AS document, n.id AS entity", sort: sortKey{text: "d.id"}, window: q.Window,
		perParent: true, parents: texts(q.Entities),
		scan: func(v values) graph.Mention {
			return mentionOf(valuesOf(v["m"]), v.text("document"), v.text("entity")).Mention
		},
	}
	if q.Documents != nil {
		l.match, l.sort, l.parents = "MATCH (d:Document {id: p})-[m:MENTIONS]->(n:Entity)", sortKey{text: "n.id"}, texts(q.Documents)
	}
	return l.run(ctx, s, newStatement())
}
