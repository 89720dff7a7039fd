package sqlite_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

func TestDoctor(t *testing.T) {
	damages := map[string]func(*testing.T, string){}
	for name, statement := range map[string]string{
		"an index is missing":                 `DROP INDEX fact_subject`,
		"an index of another version":         `DROP INDEX fact_date; CREATE INDEX fact_date ON fact (date)`,
		"an index of names is missing":        `DROP INDEX name_sort`,
		"a count that is too high":            `UPDATE fact SET sources = sources + 1 WHERE id = (SELECT min(id) FROM fact WHERE sources > 0)`,
		"an entity that nothing supports":     `INSERT INTO entity SELECT 'eaaaaaaaaaaaaaaaaaaaaaaaaaa', kind, key, name, sort, acronym, agreement_kind, date, first_seen, last_seen, documents, vocabulary, identifiers, name_rank, acronym_rank, dated_rank FROM entity LIMIT 1`,
		"an entity that is gone":              `DELETE FROM entity WHERE id = (SELECT max(id) FROM entity WHERE documents > 0)`,
		"a name that is gone":                 `DELETE FROM name WHERE n = (SELECT max(n) FROM name)`,
		"a fact that is gone":                 `DELETE FROM fact WHERE id = (SELECT max(id) FROM fact WHERE shown)`,
		"a wrong sort key":                    `UPDATE entity SET sort = 'zzz' WHERE id = (SELECT max(id) FROM entity WHERE documents > 0)`,
		"a wrong rank":                        `UPDATE fact SET confidence_rank = '0000' WHERE id = (SELECT max(id) FROM fact WHERE sources > 0)`,
		"evidence of a document that is gone": `INSERT INTO evidence SELECT 'dnowhere', ordinal, 'vnowhere', fact, sentence, row, confidence, date, until, place, title, mode, status, role FROM evidence LIMIT 1`,
		"a mention that is gone":              `DELETE FROM mention WHERE id = (SELECT max(id) FROM mention)`,
		"evidence that is gone":               `DELETE FROM evidence WHERE id = (SELECT max(id) FROM evidence)`,
		"a sentence that is gone":             `DELETE FROM sentence WHERE n = (SELECT max(n) FROM sentence)`,
		"terms that are gone":                 `DELETE FROM name_terms WHERE rowid = (SELECT max(n) FROM name)`,
		"a mention of somebody else":          `UPDATE mention SET entity = (SELECT min(entity) FROM mention) WHERE id = (SELECT max(id) FROM mention)`,
		"a mention of another day":            `UPDATE mention SET seen = '1000' WHERE id = (SELECT max(id) FROM mention)`,
		"a mention under another key":         `UPDATE mention SET raw = 'enobody' WHERE id = (SELECT max(id) FROM mention)`,
		"evidence of another fact":            `UPDATE evidence SET fact = (SELECT min(fact) FROM evidence) WHERE id = (SELECT max(id) FROM evidence)`,
		"evidence with another rank":          `UPDATE evidence SET confidence = '0001' WHERE id = (SELECT max(id) FROM evidence)`,
		"evidence with another end":           `UPDATE evidence SET row = json_set(row, '$.SubjectID', 'enobody') WHERE id = (SELECT max(id) FROM evidence)`,
		"a sentence that says something else": `UPDATE sentence SET text = 'lies' WHERE n = (SELECT max(n) FROM sentence)`,
		"a sentence beyond its document":      `UPDATE sentence SET "end" = 1000000 WHERE n = (SELECT max(n) FROM sentence)`,
		"a title that is sorted otherwise":    `UPDATE document SET title_sort = 'zzz' WHERE n = (SELECT max(n) FROM document)`,
		"a name that is found by another":     `UPDATE name SET sort = 'zzz' WHERE n = (SELECT max(n) FROM name)`,
		"terms of no name":                    `DELETE FROM name_terms WHERE rowid = (SELECT max(n) FROM name); INSERT INTO name_terms (rowid, terms) VALUES (1000000, 'x')`,
		"a fact of another day":               `UPDATE fact SET date = '1000' WHERE id = (SELECT max(id) FROM fact WHERE shown)`,
		"a fact that dates nothing":           `UPDATE fact SET dated = NULL WHERE id = (SELECT max(id) FROM fact WHERE dated IS NOT NULL)`,
		"another kind of agreement":           `UPDATE entity SET agreement_kind = 'pact' WHERE id = (SELECT max(id) FROM entity WHERE kind = 'Agreement')`,
		"a witness that shows nobody":         `UPDATE decision SET data = json_remove(data, '$.found') WHERE id = (SELECT min(id) FROM decision WHERE data -> '$.found' IS NOT NULL)`,
		"counters that are wrong":             `UPDATE head SET data = json_set(data, '$.sentences', 7)`,
		"decisions that were not counted":     `UPDATE head SET data = json_set(data, '$.decisions', 1)`,
	} {
		damages[name] = func(t *testing.T, path string) { execute(t, path, statement) }
	}
	graphtest.Doctor(t, databases, damages)
}

// TestBeyondRepair says of what no repair can bring back that it is damaged, and repairs the rest.
func TestBeyondRepair(t *testing.T) {
	damages := map[string]func(*testing.T, string){}
	for name, statement := range map[string]string{
		"a text that was altered":        `UPDATE document SET text = 'x' || substr(text, 2) WHERE n = (SELECT max(n) FROM document WHERE NOT withdrawn)`,
		"a text that was cut":            `UPDATE document SET text = 'x' WHERE n = (SELECT max(n) FROM document WHERE NOT withdrawn)`,
		"a document of another source":   `UPDATE document SET source = 'x' WHERE n = (SELECT max(n) FROM document)`,
		"a decision of somebody else":    `UPDATE decision SET data = json_set(data, '$.author', 'x') WHERE id = (SELECT min(id) FROM decision)`,
		"a trigger of another program":   `CREATE TRIGGER x AFTER INSERT ON change BEGIN DELETE FROM change; END`,
		"a rule that we know nothing of": `CREATE UNIQUE INDEX x ON document (n, withdrawn)`,
	} {
		damages[name] = func(t *testing.T, path string) { execute(t, path, statement) }
	}
	graphtest.BeyondRepair(t, databases, damages)
}

// TestTorn tells of a file with a page of noise that it is damaged and that no repair mends it.
func TestTorn(t *testing.T) {
	for _, part := range []string{"name_sort", "fact", "evidence"} {
		path := filepath.Join(t.TempDir(), "torn.db")
		store := openAt(t, path, graphtest.Vocabulary)
		if _, err := store.Apply(t.Context(), graphtest.Corpus(1, 10, 5)...); err != nil {
			t.Fatal(err)
		}
		store.Close()
		var page, size int64
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow(`SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = ?`, part).Scan(&page, &size); err != nil {
			t.Fatal(err)
		}
		db.Close()
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt(bytes.Repeat([]byte("noise"), int(size)/5), (page-1)*size); err != nil {
			t.Fatal(err)
		}
		f.Close()
		store = openAt(t, path, graphtest.Vocabulary)
		findings, err := graph.Examine(t.Context(), store, graphtest.Vocabulary)
		if err != nil {
			t.Errorf("%s: %v", part, err)
		}
		torn := slices.ContainsFunc(findings, func(f graph.Finding) bool { return f.Check == "file" && f.Fault })
		if !torn || slices.ContainsFunc(findings, func(f graph.Finding) bool { return f.Repair }) {
			t.Errorf("%s: %+v", part, findings)
		}
	}
}
