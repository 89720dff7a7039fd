package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

const documentColumns = "d.id, d.source, d.title, d.language, d.published, d.revision, d.revision_published, d.hash, d.withdrawn, d.ingested_at"

func documentScan(d *graph.Document) []any {
	return []any{&d.ID, &d.Source, &d.Title, &d.Language, &d.Published, &d.Revision.Number, &d.Revision.Published, &d.Revision.Hash, &d.Withdrawn, (*unixTime)(&d.IngestedAt)}
}

// unixTime reads a time from its seconds since 1970.
type unixTime time.Time

func (t *unixTime) Scan(v any) error {
	seconds, _ := v.(int64)
	*t = unixTime(time.Unix(seconds, 0).UTC())
	return nil
}

func (l *ledger) Documents(ctx context.Context, ids []graph.DocumentID) (map[graph.DocumentID]graph.Document, error) {
	return documentsByID(ctx, l.conn, ids, false)
}

// Documents implements [graph.Reader].
func (s *Store) Documents(ctx context.Context, ids []graph.DocumentID, text bool) (map[graph.DocumentID]graph.Document, error) {
	found, err := documentsByID(ctx, s.readers, ids, text)
	return found, s.explain(ctx, "documents", err)
}

func documentsByID(ctx context.Context, db querier, ids []graph.DocumentID, text bool) (map[graph.DocumentID]graph.Document, error) {
	found := make(map[graph.DocumentID]graph.Document, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	column := "''"
	if text {
		column = "d.text"
	}
	query := `SELECT ` + documentColumns + `, ` + column + ` FROM json_each(?) p CROSS JOIN document d ON d.id = p.value`
	err := eachRow(ctx, db, query, []any{array(ids)}, func(r *sql.Rows) error {
		var d graph.Document
		err := r.Scan(append(documentScan(&d), &d.Text)...)
		found[d.ID] = d
		return err
	})
	return found, err
}

func (l *ledger) DocumentsAfter(ctx context.Context, after graph.DocumentID, limit int) (documents []graph.Document, err error) {
	text := `SELECT ` + documentColumns + `, d.text FROM document d WHERE d.id > ? ORDER BY d.id LIMIT ?`
	err = l.each(ctx, text, []any{after, limit}, func(r *sql.Rows) error {
		var d graph.Document
		err := r.Scan(append(documentScan(&d), &d.Text)...)
		documents = append(documents, d)
		return err
	})
	return documents, err
}

func (l *ledger) Mentioning(ctx context.Context, raw []graph.EntityID, after graph.DocumentID, limit int) (ids []graph.DocumentID, err error) {
	if len(raw) == 0 {
		return nil, nil
	}
	text := `SELECT DISTINCT document FROM mention WHERE raw IN (SELECT value FROM json_each(?)) AND document > ? ORDER BY document LIMIT ?`
	err = l.each(ctx, text, []any{array(raw), after, limit}, func(r *sql.Rows) error {
		var id graph.DocumentID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func (l *ledger) Mentioned(ctx context.Context, refs []graph.MentionRef) (map[graph.MentionRef]bool, error) {
	return mentioned(ctx, l.conn, refs)
}

// Mentioned implements [graph.Reader].
func (s *Store) Mentioned(ctx context.Context, refs []graph.MentionRef) (map[graph.MentionRef]bool, error) {
	found, err := mentioned(ctx, s.readers, refs)
	return found, s.explain(ctx, "mentioned", err)
}

func mentioned(ctx context.Context, db querier, refs []graph.MentionRef) (map[graph.MentionRef]bool, error) {
	found := map[graph.MentionRef]bool{}
	if len(refs) == 0 {
		return found, nil
	}
	text := `SELECT value FROM json_each(?) WHERE CASE value ->> 'Document'
		WHEN '' THEN EXISTS (SELECT 1 FROM mention WHERE raw = value ->> 'Key')
		ELSE EXISTS (SELECT 1 FROM mention WHERE raw = value ->> 'Key' AND document = value ->> 'Document') END`
	err := eachRow(ctx, db, text, []any{encode(refs)}, func(r *sql.Rows) error {
		var ref graph.MentionRef
		err := scanJSON(r, &ref)
		found[ref] = true
		return err
	})
	return found, err
}

func (l *ledger) Rows(ctx context.Context, ids []graph.DocumentID) ([]graph.Rows, error) {
	return rowsOf(ctx, l.conn, ids)
}

// rowsOf reads all rows of documents, with one statement a table.
func rowsOf(ctx context.Context, db querier, ids []graph.DocumentID) ([]graph.Rows, error) {
	documents, err := documentsByID(ctx, db, ids, true)
	if err != nil || len(documents) == 0 {
		return nil, err
	}
	rows := make([]graph.Rows, 0, len(documents))
	at := map[graph.DocumentID]int{}
	for _, id := range ids {
		if d, here := documents[id]; here {
			at[id] = len(rows)
			rows = append(rows, graph.Rows{Document: d})
		}
	}
	set := []any{array(ids)}
	err = eachRow(ctx, db, `SELECT document, ordinal, start, end, text FROM sentence WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, ordinal`, set, func(r *sql.Rows) error {
		var s graph.Sentence
		err := r.Scan(&s.Document, &s.Ordinal, &s.Start, &s.End, &s.Text)
		rows[at[s.Document]].Sentences = append(rows[at[s.Document]].Sentences, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, db, `SELECT document, entity, kind, key, names, acronym, spans, seen FROM mention WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, kind, key`, set, func(r *sql.Rows) error {
		m, err := scanMentionRow(r)
		rows[at[m.Document]].Mentions = append(rows[at[m.Document]].Mentions, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, db, `SELECT row FROM evidence WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, ordinal`, set, func(r *sql.Rows) error {
		var e graph.EvidenceRow
		err := scanJSON(r, &e)
		rows[at[e.Document]].Evidence = append(rows[at[e.Document]].Evidence, e)
		return err
	})
	return rows, err
}

func scanMentionRow(r *sql.Rows, more ...any) (m graph.MentionRow, err error) {
	var names, spans sql.RawBytes
	if err := r.Scan(append([]any{&m.Document, &m.Entity, &m.Raw.Kind, &m.Raw.Text, &names, &m.Acronym, &spans, &m.Seen}, more...)...); err != nil {
		return m, err
	}
	m.ID = graph.NewMentionID(m.Raw.ID(), m.Document)
	if err := json.Unmarshal(names, &m.Names); err != nil {
		return m, err
	}
	return m, json.Unmarshal(spans, &m.Spans)
}

func (l *ledger) RemoveRows(ctx context.Context, ids []graph.DocumentID) error {
	if len(ids) == 0 {
		return nil
	}
	set := array(ids)
	const those = ` WHERE document IN (SELECT value FROM json_each(?))`
	for _, text := range []string{
		`DELETE FROM sentence_terms WHERE rowid IN (SELECT n FROM sentence` + those + `)`,
		`DELETE FROM sentence` + those,
		`DELETE FROM mention` + those,
		`DELETE FROM evidence` + those,
		`DELETE FROM document WHERE id IN (SELECT value FROM json_each(?))`,
	} {
		if err := l.exec(ctx, text, set); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) PutRows(ctx context.Context, all []graph.Rows) error {
	now := time.Now().Unix()
	for _, rows := range all {
		d := rows.Document
		if err := l.exec(ctx, `INSERT INTO document (id, source, title, title_sort, language, published, revision, revision_published, hash, withdrawn, ingested_at, text)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.ID, d.Source, d.Title, graph.Fold(d.Title), d.Language, d.Published,
			d.Revision.Number, d.Revision.Published, d.Revision.Hash, d.Withdrawn, now, d.Text); err != nil {
			return err
		}
		if err := l.putSentences(ctx, rows.Sentences); err != nil {
			return err
		}
		for _, m := range rows.Mentions {
			if err := l.exec(ctx, `INSERT INTO mention (document, id, entity, kind, key, raw, names, acronym, spans, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				m.Document, m.ID, m.Entity, m.Raw.Kind, m.Raw.Text, m.Raw.ID(), encode(m.Names), m.Acronym, encode(m.Spans), m.Seen); err != nil {
				return err
			}
		}
		for _, e := range rows.Evidence {
			if err := l.putEvidence(ctx, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *ledger) putSentences(ctx context.Context, sentences []graph.Sentence) error {
	for _, s := range sentences {
		if err := l.exec(ctx, `INSERT INTO sentence (document, ordinal, start, end, text) VALUES (?, ?, ?, ?, ?)`, s.Document, s.Ordinal, s.Start, s.End, s.Text); err != nil {
			return err
		}
		if err := l.exec(ctx, `INSERT INTO sentence_terms (rowid, terms) VALUES (last_insert_rowid(), ?)`, strings.Join(graph.SentenceTerms(s.Text), " ")); err != nil {
			return err
		}
	}
	return nil
}

// ListDocuments implements [graph.Reader].
func (s *Store) ListDocuments(ctx context.Context, q graph.DocumentQuery) (graph.Page[graph.Document], error) {
	key := dateKey("d.published", q.Order.Desc)
	if q.Order.By == graph.ByTitle {
		key = sortKey{text: "d.title_sort"}
	}
	mention, err := s.mention(ctx, &q.Where)
	if err != nil {
		return graph.Page[graph.Document]{}, err
	}
	pages, err := listing[graph.Document]{
		doing: "list documents", table: "document", alias: "d", columns: documentColumns, id: "d.id", order: q.Order, window: q.Window, during: q.Where.Published,
		sort: key, where: allOf(fragment{text: "NOT d.withdrawn"}, mention, documentWhere(q.Where)),
		scan: func(r *sql.Rows, more ...any) (graph.Document, string, error) {
			var d graph.Document
			err := r.Scan(append(more, documentScan(&d)...)...)
			return d, string(d.ID), err
		},
	}.run(ctx, s)
	if err != nil {
		return graph.Page[graph.Document]{}, err
	}
	return pages[0], nil
}

// fewMentions is where reading every document that mentions something costs what looking at the
// documents of the list does, until a page is full: for each that mentions it there are as many others as
// this times its mentions.
const fewMentions = 5

// mention takes the mentions that a list asks for out of its filter. Those of a few documents are read; what
// many mention is looked for in each document of the list, in its order.
func (s *Store) mention(ctx context.Context, where *graph.DocumentFilter) (fragment, error) {
	if where.Mentions == nil {
		return allOf(), nil
	}
	ids, many := array(where.Mentions), false
	const text = `SELECT coalesce(sum(e.documents) * sum(e.documents) > ? * (SELECT data ->> 'documents' FROM head), false) FROM json_each(?) p CROSS JOIN entity e ON e.id = p.value`
	err := s.query(ctx, "list documents", text, []any{fewMentions, ids}, func(r *sql.Rows) error { return r.Scan(&many) })
	if err != nil || !many {
		return allOf(), err
	}
	where.Mentions = nil
	return fragment{"EXISTS (SELECT 1 FROM json_each(?) p CROSS JOIN mention m ON m.entity = p.value AND m.document = d.id)", []any{ids}}, nil
}

// ListMentions implements [graph.Reader].
func (s *Store) ListMentions(ctx context.Context, q graph.MentionQuery) ([]graph.Page[graph.Mention], error) {
	l := listing[graph.Mention]{
		doing: "list mentions", table: "mention", alias: "m", columns: "m.id, m.document, m.entity, m.spans", id: "m.id", window: q.Window,
		sort: sortKey{text: "m.document"}, where: allOf(), parents: texts(q.Entities), halves: []fragment{{text: "m.entity = p.value"}},
		scan: func(r *sql.Rows, more ...any) (m graph.Mention, id string, err error) {
			var spans sql.RawBytes
			if err := r.Scan(append(more, &m.ID, &m.Document, &m.Entity, &spans)...); err != nil {
				return m, "", err
			}
			return m, string(m.ID), json.Unmarshal(spans, &m.Spans)
		},
	}
	if q.Documents != nil {
		l.parents, l.halves, l.sort = texts(q.Documents), []fragment{{text: "m.document = p.value"}}, sortKey{text: "m.entity"}
	}
	return l.run(ctx, s)
}

// MatchSentences implements [graph.Reader].
func (s *Store) MatchSentences(ctx context.Context, q graph.Terms, limit int) (found []graph.SentenceMatch, truncated bool, err error) {
	text := `SELECT x.document, x.ordinal, x.start, x.end, x.text, ` + documentColumns + ` FROM sentence_terms t CROSS JOIN sentence x ON x.n = t.rowid
		CROSS JOIN document d ON d.id = x.document WHERE t.sentence_terms MATCH ? ORDER BY d.published DESC, x.document, x.ordinal LIMIT ?`
	err = s.query(ctx, "search sentences", text, []any{stemsOf(q), limit + 1}, func(r *sql.Rows) error {
		var m graph.SentenceMatch
		err := r.Scan(append([]any{&m.Sentence.Document, &m.Sentence.Ordinal, &m.Sentence.Start, &m.Sentence.End, &m.Sentence.Text}, documentScan(&m.Document)...)...)
		found = append(found, m)
		return err
	})
	if len(found) > limit {
		return found[:limit], true, err
	}
	return found, false, err
}

// stemsOf asks FTS5 for all of these stems.
func stemsOf(q graph.Terms) string { return `"` + strings.Join(q, `" AND "`) + `"` }
