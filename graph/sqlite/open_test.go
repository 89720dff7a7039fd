package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/sqlite"
)

// What is not ours, or newer than we know, is refused and left as it was.
func TestOpenRefuses(t *testing.T) {
	for name, make := range map[string]func(t *testing.T, path string){
		"another program's database": func(t *testing.T, path string) { execute(t, path, `CREATE TABLE invoice (n INTEGER)`) },
		"a newer schema": func(t *testing.T, path string) {
			openAt(t, path, graphtest.Vocabulary).Close()
			execute(t, path, `PRAGMA user_version = 99`)
		},
		"no database at all": func(t *testing.T, path string) { write(t, path, strings.Repeat("not a database. ", 100)) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			make(t, path)
			_, err := sqlite.Open(t.Context(), path, sqlite.Options{Vocabulary: graphtest.Vocabulary})
			if graph.KindOf(err) != graph.Conflict || graph.HintOf(err) == "" {
				t.Errorf("error %v of kind %q with hint %q, want a Conflict that says what to do", err, graph.KindOf(err), graph.HintOf(err))
			}
		})
	}
}

// A file of schema version 1 is given a log of changes, and loses nothing.
func TestOpenUpgrades(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	old := openAt(t, path, graphtest.Vocabulary)
	if _, err := old.Apply(t.Context(), graphtest.Corpus(1, 3, 4)...); err != nil {
		t.Fatal(err)
	}
	want := dump(t, old)
	old.Close()
	execute(t, path, `DROP TABLE change; PRAGMA user_version = 1`)
	store := openAt(t, path, graphtest.Vocabulary)
	if dump(t, store) != want {
		t.Error("the dump is another one")
	}
	if err := store.Warm(t.Context()); err != nil {
		t.Error(err)
	}
	findings, err := store.Check(t.Context())
	if err != nil || slices.ContainsFunc(findings, func(f graph.Finding) bool { return f.Fault }) {
		t.Errorf("Check = %+v, %v", findings, err)
	}
}

func TestOpenFolder(t *testing.T) {
	_, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{})
	if graph.KindOf(err) != graph.Invalid {
		t.Errorf("opening a folder: %v", err)
	}
	_, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "missing", "x.db"), sqlite.Options{})
	if graph.KindOf(err) != graph.Unavailable {
		t.Errorf("opening in a folder that is not there: %v", err)
	}
}

// A store that another extractor and vocabulary wrote answers, and refuses to be written.
func TestAnotherVersionMayOnlyRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	corpus := graphtest.Corpus(1, 3, 4)
	if _, err := openAt(t, path, graphtest.Vocabulary).Apply(t.Context(), corpus...); err != nil {
		t.Fatal(err)
	}
	newer := graphtest.Vocabulary
	newer.Version = "test-2"
	store := openAt(t, path, newer)
	if stats, err := store.Statistics(t.Context()); err != nil || stats.Documents != 3 {
		t.Errorf("Statistics = %+v, %v", stats, err)
	}
	if _, err := store.Apply(t.Context(), corpus...); graph.KindOf(err) != graph.Conflict {
		t.Errorf("Apply: %v, want Conflict", err)
	}
}

// A row that nothing accounts for fails the dump: an export would lose it.
func TestDumpAccountsForEveryRow(t *testing.T) {
	for _, stray := range []string{
		`INSERT INTO sentence (document, ordinal, start, end, text) VALUES ('dgone', 0, 0, 1, 'x')`,
		`INSERT INTO mention SELECT 'dgone', 'e', 'm', entity, kind, key, names, acronym, spans, seen FROM mention LIMIT 1`,
		`CREATE TABLE extra (n INTEGER) ; INSERT INTO extra VALUES (1)`,
		`INSERT INTO name_terms (rowid, terms, variants) VALUES (99999, 'x', 'x')`,
	} {
		path := filepath.Join(t.TempDir(), "x.db")
		store := openAt(t, path, graphtest.Vocabulary)
		if _, err := store.Apply(t.Context(), graphtest.Corpus(1, 2, 4)...); err != nil {
			t.Fatal(err)
		}
		execute(t, path, stray)
		if err := graph.WriteDump(t.Context(), new(strings.Builder), store); err == nil {
			t.Errorf("the dump does not notice: %s", stray)
		}
	}
}

// Two stores on one file, as serve and ingest are, both read and write.
func TestTwoStoresOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	a, b := openAt(t, path, graphtest.Vocabulary), openAt(t, path, graphtest.Vocabulary)
	corpus := graphtest.Corpus(1, 40, 5)
	errs := make(chan error)
	for i, store := range []graph.Store{a, b} {
		go func() {
			for j := i; j < len(corpus); j += 2 {
				if _, err := store.Apply(t.Context(), corpus[j]); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	if stats, err := a.Statistics(t.Context()); err != nil || stats.Documents != 40 {
		t.Errorf("Statistics = %+v, %v", stats, err)
	}
}

func execute(t *testing.T, path, script string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
