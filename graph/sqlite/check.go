package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// Check implements [graph.Reader]: SQLite's own check of the file, the schema,
// the write-ahead log and the room that is left.
func (s *Store) Check(ctx context.Context) ([]graph.Finding, error) {
	var found []graph.Finding
	for _, check := range []func(context.Context) (graph.Finding, error){s.checkFile, s.checkSchema, s.checkColumns, s.checkTerms, s.checkSize} {
		f, err := check(ctx)
		if err = s.explain(ctx, "check", err); damaged(err) {
			return append(found, graph.Finding{Check: "file", Fault: true, Message: err.Error()}), nil
		} else if err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return append(found, checkSpace(filepath.Dir(s.path))...), nil
}

// checkFile takes a connection of its own: the check of FTS5 believes what a
// connection remembers of an index that another has since begun anew.
func (s *Store) checkFile(ctx context.Context) (graph.Finding, error) {
	fresh, err := sql.Open("sqlite", s.reading)
	if err != nil {
		return graph.Finding{}, err
	}
	defer fresh.Close()
	var faults []string
	err = eachRow(ctx, fresh, `SELECT integrity_check FROM pragma_integrity_check`, nil, func(r *sql.Rows) error {
		var message string
		err := r.Scan(&message)
		faults = append(faults, message)
		return err
	})
	if err != nil {
		return graph.Finding{}, err
	}
	if len(faults) == 1 && faults[0] == "ok" {
		return graph.Finding{Check: "file", Message: "SQLite's integrity check finds nothing"}, nil
	}
	return graph.Finding{Check: "file", Fault: true, Repair: true, Message: fmt.Sprintf("SQLite's integrity check finds %d faults, the first: %s", len(faults), faults[0])}, nil
}

// schemaParts are the tables and indexes of a database with their definitions, but
// for the tables that FTS5 keeps for itself.
const schemaParts = `SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_terms_*'`

func (s *Store) checkSchema(ctx context.Context) (graph.Finding, error) {
	missing, changed, strange, err := s.compareSchema(ctx, s.readers)
	if err != nil {
		return graph.Finding{}, err
	}
	if len(missing)+len(changed)+len(strange) == 0 {
		return graph.Finding{Check: "indexes", Message: fmt.Sprintf("all tables and indexes of schema version %d are there", schemaVersion)}, nil
	}
	message := fmt.Sprintf("missing: %s; defined otherwise than by this program: %s", listed(missing), listed(changed))
	if len(strange) > 0 { // a trigger or a unique index can spoil what is written
		message += "; of another program, to be dropped: " + listed(strange)
	}
	return graph.Finding{Check: "indexes", Fault: true, Repair: len(missing)+len(changed) > 0, Message: message}, nil
}

func listed(parts map[string]string) string {
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(parts)), ", ")
}

// compareSchema gives what is missing and what is defined otherwise, by name, with our
// definitions, and what is there besides.
func (s *Store) compareSchema(ctx context.Context, db querier) (missing, changed, strange map[string]string, err error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, nil, nil, err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1) // each connection has a memory of its own
	if _, err := fresh.ExecContext(ctx, schema); err != nil {
		return nil, nil, nil, err
	}
	parts := func(db querier) (map[string]string, error) {
		of := map[string]string{}
		err := eachRow(ctx, db, schemaParts, nil, func(r *sql.Rows) error {
			var name, definition string
			err := r.Scan(&name, &definition)
			of[name] = definition
			return err
		})
		return of, err
	}
	have, err := parts(db)
	if err != nil {
		return nil, nil, nil, err
	}
	if _, jobs := have["job"]; jobs {
		if _, err := fresh.ExecContext(ctx, strings.Join(jobSchema, "; ")); err != nil {
			return nil, nil, nil, err
		}
	}
	want, err := parts(fresh)
	if err != nil {
		return nil, nil, nil, err
	}
	missing, changed, strange = map[string]string{}, map[string]string{}, map[string]string{}
	for name, definition := range have {
		if _, ours := want[name]; !ours {
			strange[name] = definition
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		definition := want[name]
		if is, here := have[name]; !here {
			missing[name] = definition
		} else if is != definition {
			changed[name] = definition
		}
	}
	return missing, changed, strange, nil
}

// told tells whether what a row keeps of itself a second time, for indexes to find,
// is what the rest of it says.
type told struct {
	table, text string
	scan        func(r *sql.Rows) (stands, should []any, err error)
}

var columnsTold = []told{
	{"document", `SELECT title, title_sort FROM document`, func(r *sql.Rows) ([]any, []any, error) {
		var title, sort string
		err := r.Scan(&title, &sort)
		return []any{sort}, []any{graph.Fold(title)}, err
	}},
	{"mention", `SELECT document, entity, kind, key, names, acronym, spans, seen, id, raw FROM mention`, func(r *sql.Rows) ([]any, []any, error) {
		var id, raw string
		m, err := scanMentionRow(r, &id, &raw)
		return []any{id, raw}, []any{m.ID, m.Raw.ID()}, err
	}},
	{"evidence", `SELECT row, ` + evidenceColumns + ` FROM evidence`, func(r *sql.Rows) ([]any, []any, error) {
		var e graph.EvidenceRow
		var data sql.RawBytes
		stands := make([]any, strings.Count(evidenceColumns, ",")+1)
		into := []any{&data}
		for i := range stands {
			into = append(into, &stands[i])
		}
		err := r.Scan(into...)
		if err == nil {
			err = json.Unmarshal(data, &e)
		}
		return stands, evidenceValues(e), err
	}},
	{"entity", `SELECT ` + entityColumns("e") + `, agreement_kind FROM entity e`, func(r *sql.Rows) ([]any, []any, error) {
		var kind string
		var e graph.Entity
		dest, finish := entityScan(&e)
		if err := r.Scan(append(dest, &kind)...); err != nil {
			return nil, nil, err
		}
		return []any{kind}, []any{agreementKindOf(e)}, finish()
	}},
	{"name", `SELECT id, sort, rank, ` + nameColumns + ` FROM name n`, func(r *sql.Rows) ([]any, []any, error) {
		var id, sort, rank string
		n, err := scanName(r, &id, &sort, &rank)
		return []any{id, sort, rank}, []any{n.ID(), graph.Fold(n.Text), n.Rank()}, err
	}},
	{"fact", `SELECT date, dated, dated_rank, ` + factColumns + ` FROM fact f`, func(r *sql.Rows) ([]any, []any, error) {
		var stands [3]any
		f, err := scanFact(r, &stands[0], &stands[1], &stands[2])
		should := datesOf(f)
		return stands[:], should[:], err
	}},
}

// checkColumns looks at what no dump shows.
func (s *Store) checkColumns(ctx context.Context) (graph.Finding, error) {
	faults := map[string]string{}
	for _, t := range columnsTold {
		n := 0
		err := eachRow(ctx, s.readers, t.text, nil, func(r *sql.Rows) error {
			stands, should, err := t.scan(r)
			if err != nil || fmt.Sprint(stands...) != fmt.Sprint(should...) {
				n++
			}
			return nil
		})
		if err != nil {
			return graph.Finding{}, err
		}
		if n > 0 {
			faults[fmt.Sprintf("%d of %s", n, t.table)] = ""
		}
	}
	if len(faults) == 0 {
		return graph.Finding{Check: "columns", Message: "what lists and folds look up is what its rows say"}, nil
	}
	return graph.Finding{Check: "columns", Fault: true, Repair: true, Message: "rows that are looked up by what they do not say: " + listed(faults)}, nil
}

// checkTerms looks whether each name and each sentence is in its search index.
func (s *Store) checkTerms(ctx context.Context) (graph.Finding, error) {
	var names, sentences int
	err := s.readers.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM name WHERE n NOT IN (SELECT id FROM name_terms_docsize)),
		(SELECT count(*) FROM sentence WHERE n NOT IN (SELECT id FROM sentence_terms_docsize))`).Scan(&names, &sentences)
	if err != nil || names+sentences == 0 {
		return graph.Finding{Check: "search", Message: "every name and every sentence can be searched"}, err
	}
	return graph.Finding{Check: "search", Fault: true, Repair: true, Message: fmt.Sprintf("%d names and %d sentences cannot be searched", names, sentences)}, nil
}

func (s *Store) checkSize(ctx context.Context) (graph.Finding, error) {
	var pages, free, size int64
	err := s.readers.QueryRowContext(ctx, `SELECT (SELECT page_count FROM pragma_page_count), (SELECT freelist_count FROM pragma_freelist_count), (SELECT page_size FROM pragma_page_size)`).Scan(&pages, &free, &size)
	return graph.Finding{Check: "size", Message: fmt.Sprintf("%d MB, of which %d MB are free for new rows", pages*size>>20, free*size>>20)}, err
}

// Repair implements [graph.Writer], in one transaction: if it fails nothing has changed.
func (s *Store) Repair(ctx context.Context, read graph.Reading, progress func(documents int)) error {
	return s.inTurn(ctx, "repair", func() error {
		err := s.transact(ctx, "repair", func(l *ledger) error {
			missing, changed, _, err := s.compareSchema(ctx, l.conn)
			if err != nil {
				return err
			}
			for name, definition := range changed {
				if !strings.HasPrefix(definition, "CREATE INDEX") {
					return graph.Errorf(graph.Conflict, "table %s is defined otherwise than by this program", name).WithHint("export what can be read, and import it into a new store")
				}
				if err := l.exec(ctx, `DROP INDEX `+name); err != nil {
					return err
				}
				missing[name] = definition
			}
			for _, definition := range slices.Backward(slices.Sorted(maps.Values(missing))) { // CREATE TABLE before CREATE INDEX
				if err := l.exec(ctx, definition); err != nil {
					return err
				}
			}
			if err := s.bookkeeper.Renew(ctx, l); err != nil {
				return err
			}
			if err := s.reprocess(ctx, l, read, progress); err != nil {
				return err
			}
			return l.exec(ctx, `REINDEX`)
		})
		if err == nil {
			s.frozen = nil
		}
		return err
	})
}
