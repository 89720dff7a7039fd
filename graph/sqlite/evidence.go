package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/entente-kg/entente/graph"
)

const evidenceColumns = "id, fact, document, sentence, ordinal, confidence, date, until, place, title, mode, status, role"

// evidenceValues are the columns that are searched; the whole is kept as JSON.
func evidenceValues(e graph.EvidenceRow) []any {
	ranks := graph.RanksOf(e.Evidence)
	values := []any{e.ID, e.Fact, e.Document, e.Sentence, e.Ordinal, ranks.Confidence}
	for _, q := range graph.AllQualifiers {
		if rank, given := ranks.Of[q]; given {
			values = append(values, rank)
		} else {
			values = append(values, nil)
		}
	}
	return values
}

func (l *ledger) putEvidence(ctx context.Context, e graph.EvidenceRow) error {
	const text = `INSERT INTO evidence (row, ` + evidenceColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	return l.exec(ctx, text, append([]any{encode(e)}, evidenceValues(e)...)...)
}

const citedColumns = `v.row, coalesce((SELECT x.text FROM sentence x WHERE x.document = v.document AND x.ordinal = v.sentence), ''),
	coalesce((SELECT x.text FROM sentence x WHERE x.document = v.document AND x.ordinal = v.sentence - 1), ''),
	coalesce((SELECT x.text FROM sentence x WHERE x.document = v.document AND x.ordinal = v.sentence + 1), ''), ` + documentColumns

func scanCited(r *sql.Rows, more ...any) (c graph.Cited, err error) {
	var data sql.RawBytes
	dest := append(append(more, &data, &c.Sentence, &c.Before, &c.After), documentScan(&c.Cites)...)
	if err := r.Scan(dest...); err != nil {
		return c, err
	}
	var row graph.EvidenceRow
	err = json.Unmarshal(data, &row)
	c.Evidence = row.Evidence
	return c, err
}

const evidenceDocument = " CROSS JOIN document d ON d.id = v.document"

// Evidence implements [graph.Reader].
func (s *Store) Evidence(ctx context.Context, ids []graph.EvidenceID) (map[graph.EvidenceID]graph.Cited, error) {
	found := make(map[graph.EvidenceID]graph.Cited, len(ids))
	text := `SELECT ` + citedColumns + ` FROM json_each(?) p CROSS JOIN evidence v ON v.id = p.value` + evidenceDocument
	err := s.query(ctx, "evidence", text, []any{array(ids)}, func(r *sql.Rows) error {
		c, err := scanCited(r)
		found[c.ID] = c
		return err
	})
	return found, err
}

// ListEvidence implements [graph.Reader].
func (s *Store) ListEvidence(ctx context.Context, q graph.EvidenceQuery) ([]graph.Page[graph.Cited], error) {
	return listing[graph.Cited]{
		doing: "list evidence", table: "evidence", alias: "v", columns: citedColumns, joins: evidenceDocument, id: "v.id", window: q.Window,
		sort: sortKey{text: "v.confidence"}, where: allOf(), parents: texts(q.Facts), halves: []fragment{{text: "v.fact = p.value"}},
		scan: func(r *sql.Rows, more ...any) (graph.Cited, string, error) {
			c, err := scanCited(r, more...)
			return c, string(c.ID), err
		},
	}.run(ctx, s)
}
