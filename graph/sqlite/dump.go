package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"github.com/entente-kg/entente/graph"
)

// Statistics implements [graph.Reader].
func (s *Store) Statistics(ctx context.Context) (head graph.Statistics, err error) {
	err = s.query(ctx, "statistics", `SELECT data FROM head`, nil, func(r *sql.Rows) error { return scanJSON(r, &head) })
	return head, err
}

// Dump implements [graph.Reader]: one read transaction, so one moment, holding
// a few documents at a time.
func (s *Store) Dump(ctx context.Context) iter.Seq2[graph.DumpLine, error] {
	return func(yield func(graph.DumpLine, error) bool) {
		tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			yield(graph.DumpLine{}, s.explain(ctx, "dump", err))
			return
		}
		defer tx.Rollback()
		d := dumping{tx: tx, yield: yield, counts: map[string]int{}}
		if err := d.run(ctx); err != nil && err != errStopped {
			yield(graph.DumpLine{}, s.explain(ctx, "dump", err))
		}
	}
}

// errStopped says that the reader of a dump wants no more.
var errStopped = graph.Errorf(graph.Invalid, "stopped")

type dumping struct {
	tx     *sql.Tx
	yield  func(graph.DumpLine, error) bool
	counts map[string]int
}

func (d *dumping) put(table string, line graph.DumpLine) error {
	d.counts[table]++
	if !d.yield(line, nil) {
		return errStopped
	}
	return nil
}

func (d *dumping) run(ctx context.Context) error {
	var head graph.Statistics
	if err := eachRow(ctx, d.tx, `SELECT data FROM head`, nil, func(r *sql.Rows) error { return scanJSON(r, &head) }); err != nil {
		return err
	}
	if err := d.put("head", graph.DumpLine{Header: &graph.Header{Format: graph.DumpFormat, Version: head.Version}}); err != nil {
		return err
	}
	all, err := decisions(ctx, d.tx)
	if err != nil {
		return err
	}
	for i := range all {
		if err := d.put("decision", graph.DumpLine{Decision: &all[i]}); err != nil {
			return err
		}
	}
	for _, part := range []func(context.Context) error{d.documents, d.entities, d.names, d.facts} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	if !d.yield(graph.DumpLine{Count: &head}, nil) {
		return errStopped
	}
	return d.account(ctx)
}

// dumpBatch is how many documents are held at once.
const dumpBatch = 64

func (d *dumping) documents(ctx context.Context) error {
	for last := ""; ; {
		var ids []graph.DocumentID
		err := eachRow(ctx, d.tx, `SELECT id FROM document WHERE id > ? ORDER BY id LIMIT ?`, []any{last, dumpBatch}, func(r *sql.Rows) error {
			var id graph.DocumentID
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		last = string(ids[len(ids)-1])
		all, err := rowsOf(ctx, d.tx, ids)
		if err != nil {
			return err
		}
		for _, rows := range all {
			change, err := rows.Change()
			if err != nil {
				return err
			}
			d.counts["sentence"] += len(rows.Sentences)
			d.counts["mention"] += len(rows.Mentions)
			d.counts["evidence"] += len(rows.Evidence)
			if err := d.put("document", graph.DumpLine{Document: &change, Stands: rows.Digest}); err != nil {
				return err
			}
		}
	}
}

func (d *dumping) entities(ctx context.Context) error {
	return eachRow(ctx, d.tx, `SELECT `+rankedEntity+` FROM entity e ORDER BY e.id`, nil, func(r *sql.Rows) error {
		e, err := scanRankedEntity(r)
		if err != nil {
			return err
		}
		return d.put("entity", graph.DumpLine{Entity: &e})
	})
}

func (d *dumping) names(ctx context.Context) error {
	return eachRow(ctx, d.tx, `SELECT `+nameColumns+` FROM name n ORDER BY n.entity, n.rank`, nil, func(r *sql.Rows) error {
		n, err := scanName(r)
		if err != nil {
			return err
		}
		return d.put("name", graph.DumpLine{Name: &n})
	})
}

func (d *dumping) facts(ctx context.Context) error {
	return eachRow(ctx, d.tx, `SELECT `+rankedFact+` FROM fact f ORDER BY f.id`, nil, func(r *sql.Rows) error {
		f, err := scanRankedFact(r)
		if err != nil {
			return err
		}
		return d.put("fact", graph.DumpLine{Fact: &f})
	})
}

// account compares what was dumped with every row of every table, those of the
// search indexes included.
func (d *dumping) account(ctx context.Context) error {
	d.counts["name_terms_docsize"], d.counts["sentence_terms_docsize"] = d.counts["name"], d.counts["sentence"]
	var tables []string
	err := eachRow(ctx, d.tx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`, nil, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		tables = append(tables, name)
		return err
	})
	if err != nil {
		return err
	}
	raw := map[string]int{}
	for _, table := range tables {
		if noRows[table] {
			continue
		}
		var n int
		if err := d.tx.QueryRowContext(ctx, `SELECT count(*) FROM "`+table+`"`).Scan(&n); err != nil {
			return err
		}
		raw[table] = n
	}
	return graph.Account(d.counts, raw)
}

// noRows are the tables whose rows stand for no row of the graph: jobs, the log of changes, and
// those of FTS5 but for its docsize tables, which have one for each.
var noRows = map[string]bool{"change": true, "job": true, "job_item": true, "name_terms": true, "name_terms_data": true, "name_terms_idx": true, "name_terms_config": true,
	"sentence_terms": true, "sentence_terms_data": true, "sentence_terms_idx": true, "sentence_terms_config": true}
