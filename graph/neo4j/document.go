package neo4j

import (
	"context"
	"time"

	"github.com/entente-kg/entente/graph"
)

// documentValues are the properties of a (:Document) node. publishedUp and
// publishedDown are what lists are ordered by; a tombstone is in none.
func documentValues(d graph.Document, now time.Time) values {
	v := values{"id": string(d.ID), "source": d.Source, "titleSort": graph.Fold(d.Title), "revision": d.Revision.Number, "withdrawn": d.Withdrawn, "ingestedAt": now}
	set(v, "title", d.Title)
	set(v, "language", d.Language)
	set(v, "published", d.Published)
	set(v, "revisionPublished", d.Revision.Published)
	set(v, "hash", d.Revision.Hash)
	set(v, "text", d.Text)
	if !d.Withdrawn {
		v["publishedUp"], v["publishedDown"] = graph.DateSort(d.Published, false), graph.DateSort(d.Published, true)
	}
	return v
}

// documentMap is a document d without its text.
const documentMap = `d {.id, .source, .title, .language, .published, .revision, .revisionPublished, .hash, .withdrawn, .ingestedAt}`

func documentOf(v values) graph.Document {
	number, _ := v["revision"].(int64)
	at, _ := v["ingestedAt"].(time.Time)
	return graph.Document{ID: graph.DocumentID(v.text("id")), Source: v.text("source"), Title: v.text("title"), Language: v.text("language"),
		Published: graph.Date(v.text("published")), Withdrawn: v.flag("withdrawn"), Text: v.text("text"), IngestedAt: at.UTC(),
		Revision: graph.Revision{Number: number, Published: graph.Date(v.text("revisionPublished")), Hash: v.text("hash")}}
}

func (l *ledger) Documents(ctx context.Context, ids []graph.DocumentID) (map[graph.DocumentID]graph.Document, error) {
	records, err := l.unwind(ctx, `UNWIND $rows AS id MATCH (d:Document {id: id}) RETURN `+documentMap+` AS d`, texts(ids), len(ids))
	all := make(map[graph.DocumentID]graph.Document, len(records))
	for _, r := range records {
		d := documentOf(valuesOf(get[any](r, "d")))
		all[d.ID] = d
	}
	return all, err
}

// Documents implements [graph.Reader].
func (s *Store) Documents(ctx context.Context, ids []graph.DocumentID, text bool) (map[graph.DocumentID]graph.Document, error) {
	item := documentMap
	if text {
		item = "properties(d)"
	}
	records, err := s.query(ctx, "documents", `UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN `+item+` AS d`, map[string]any{"ids": texts(ids)})
	all := make(map[graph.DocumentID]graph.Document, len(records))
	for _, r := range records {
		d := documentOf(valuesOf(get[any](r, "d")))
		all[d.ID] = d
	}
	return all, err
}

func (l *ledger) DocumentsAfter(ctx context.Context, after graph.DocumentID, limit int) ([]graph.Document, error) {
	records, err := l.run(ctx, `MATCH (d:Document) WHERE d.id > $after RETURN properties(d) AS d ORDER BY d.id LIMIT $limit`,
		map[string]any{"after": string(after), "limit": limit})
	documents := make([]graph.Document, len(records))
	for i, r := range records {
		documents[i] = documentOf(valuesOf(get[any](r, "d")))
	}
	return documents, err
}

const rowsText = `UNWIND $rows AS id MATCH (d:Document {id: id})
	RETURN properties(d) AS document,
		COLLECT { MATCH (s:Sentence)-[:IN]->(d) RETURN properties(s) ORDER BY s.ordinal } AS sentences,
		COLLECT { MATCH (d)-[m:MENTIONS]->(n:Entity) RETURN {mention: properties(m), entity: n.id} ORDER BY m.kind, m.key } AS mentions,
		COLLECT { MATCH (v:Evidence)-[:FROM]->(d) RETURN properties(v) ORDER BY v.ordinal } AS evidence
	ORDER BY d.id`

func (l *ledger) Rows(ctx context.Context, ids []graph.DocumentID) ([]graph.Rows, error) {
	records, err := l.unwind(ctx, rowsText, texts(ids), len(ids))
	all := make([]graph.Rows, len(records))
	for i, r := range records {
		all[i] = rowsOf(r.AsMap())
	}
	return all, err
}

func rowsOf(v values) graph.Rows {
	rows := graph.Rows{Document: documentOf(valuesOf(v["document"]))}
	for _, s := range v.maps("sentences") {
		rows.Sentences = append(rows.Sentences, sentenceOf(s))
	}
	for _, m := range v.maps("mentions") {
		rows.Mentions = append(rows.Mentions, mentionOf(valuesOf(m["mention"]), string(rows.Document.ID), m.text("entity")))
	}
	for _, e := range v.maps("evidence") {
		rows.Evidence = append(rows.Evidence, evidenceOf(e))
	}
	return rows
}

func (l *ledger) RemoveRows(ctx context.Context, ids []graph.DocumentID) error {
	for _, text := range []string{
		`UNWIND $rows AS id MATCH (:Document {id: id})<-[:IN]-(s:Sentence) DETACH DELETE s`,
		`UNWIND $rows AS id MATCH (:Document {id: id})<-[:FROM]-(v:Evidence) DETACH DELETE v`,
		`UNWIND $rows AS id MATCH (d:Document {id: id}) DETACH DELETE d`, // with its mentions
	} {
		if _, err := l.unwind(ctx, text, texts(ids), len(ids)); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) PutRows(ctx context.Context, all []graph.Rows) error {
	var documents, sentences, mentions, evidence []map[string]any
	now, counts := time.Now().UTC().Truncate(time.Second), [3]int{}
	for _, rows := range all {
		id := string(rows.Document.ID)
		documents = append(documents, documentValues(rows.Document, now))
		sentences = append(sentences, of(id, rows.Sentences, func(s graph.Sentence) any { return sentenceValues(s, rows.Document.Published).plain() }))
		mentions = append(mentions, of(id, rows.Mentions, func(m graph.MentionRow) any {
			return map[string]any{"entity": string(m.Entity), "mention": mentionValues(m).plain()}
		}))
		evidence = append(evidence, of(id, rows.Evidence, func(e graph.EvidenceRow) any { return evidenceValues(e).plain() }))
		for i, n := range []int{len(rows.Sentences), len(rows.Mentions), len(rows.Evidence)} {
			counts[i] += n
		}
	}
	if err := l.create(ctx, `UNWIND $rows AS row CREATE (d:Document) SET d = row`, documents, len(documents)); err != nil {
		return err
	}
	const each = `UNWIND $rows AS d MATCH (doc:Document {id: d.id}) UNWIND d.rows AS row `
	if err := l.create(ctx, each+`CREATE (s:Sentence)-[:IN]->(doc) SET s = row`, sentences, counts[0]); err != nil {
		return err
	}
	if err := l.create(ctx, each+`MATCH (n:Entity {id: row.entity}) CREATE (doc)-[m:MENTIONS]->(n) SET m = row.mention`, mentions, counts[1]); err != nil {
		return err
	}
	return l.create(ctx, each+`CREATE (v:Evidence)-[:FROM]->(doc) SET v = row`, evidence, counts[2])
}

// of are the rows of one document.
func of[T any](id string, rows []T, value func(T) any) map[string]any {
	list := make([]any, len(rows))
	for i, r := range rows {
		list[i] = value(r)
	}
	return map[string]any{"id": id, "rows": list}
}

// ListDocuments implements [graph.Reader].
func (s *Store) ListDocuments(ctx context.Context, q graph.DocumentQuery) (graph.Page[graph.Document], error) {
	key := sortKey{text: "d.publishedUp"}
	switch {
	case q.Order.By == graph.ByTitle:
		key.text = "d.titleSort"
	case q.Order.Desc:
		key.text = "d.publishedDown"
	}
	st, l := newStatement(), listing[graph.Document]{
		doing: "list documents", match: "MATCH (d:Document)", vars: "d", id: "d.id",
		item: documentMap + " AS d", sort: key, order: q.Order, window: q.Window,
		scan: func(v values) graph.Document { return documentOf(valuesOf(v["d"])) },
	}
	switch where := &q.Where; {
	case where.Terms != nil:
		l.match = "CALL db.index.fulltext.queryNodes('sentence_words', " + st.param(allStems(where.Terms)) + ") YIELD node AS x MATCH (d:Document {id: x.document}) WITH DISTINCT d"
	case where.Mentions != nil:
		entities := "MATCH (e:Entity) WHERE e.id IN " + st.param(texts(where.Mentions))
		where.Mentions = nil // l.match and l.hub have answered it
		l.match = entities + " MATCH (d:Document)-[:MENTIONS]->(e) WITH DISTINCT d"
		l.hub = &hub{
			mentioned: entities + " WITH collect(e) AS n, sum(" + degree("e") + ") AS degree",
			few:       "UNWIND n AS e MATCH (d:Document)-[:MENTIONS]->(e) WITH DISTINCT d",
			many:      "MATCH (d:Document)",
			meets:     "EXISTS { MATCH (d)-[:MENTIONS]->(e) WHERE e IN n }",
		}
	}
	l.where = "NOT d.withdrawn AND " + key.text + " IS NOT NULL AND d.id IS NOT NULL AND " + st.document(q.Where)
	pages, err := l.run(ctx, s, st)
	if err != nil {
		return graph.Page[graph.Document]{}, err
	}
	return pages[0], nil
}
