package main

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/ingest/sample"
)

// TestReprocess makes a store look as if an older version had written it: it may
// be read and not written, and once reprocessed it is what a fresh ingest gives.
func TestReprocess(t *testing.T) {
	dir := t.TempDir()
	store, corpus := filepath.Join(dir, "entente.db"), filepath.Join(dir, "sample.jsonl")
	if err := os.WriteFile(corpus, sample.JSONL, 0o666); err != nil {
		t.Fatal(err)
	}
	entente(t, nil, "ingest", "--store", store, corpus)
	want := entente(t, nil, "export", "--store", store)
	age(t, store)

	entente(t, nil, "search", "--store", store, "narcotics")
	refused := exec.Command("entente", "ingest", "--store", store, corpus)
	if out, err := refused.CombinedOutput(); err == nil || !bytes.Contains(out, []byte("entente reprocess")) {
		t.Errorf("ingest into an older store: %v %s", err, out)
	}
	server := startServer(t, nil, "--store", store)
	if said := server.said.String(); !strings.Contains(said, "it may only be read") || !strings.Contains(said, "entente reprocess") {
		t.Errorf("serve over an older store says\n%s", said)
	}
	server.stop(t)
	if out := entente(t, nil, "reprocess", "--store", store); !bytes.Contains(out, []byte("44 documents read again")) {
		t.Errorf("%s", out)
	}
	same(t, want, entente(t, nil, "export", "--store", store))
	if out := entente(t, nil, "reprocess", "--store", store); !bytes.Contains(out, []byte("nothing to do")) {
		t.Errorf("%s", out)
	}
}

// age changes the version that the store says it was written with, and loses a
// part of its graph, as an older extractor would have.
func age(t *testing.T, store string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+store)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, text := range []string{
		`UPDATE head SET data = json_set(data, '$.version', '1-older')`,
		`DELETE FROM evidence WHERE ordinal > 3`, `DELETE FROM fact WHERE predicate = 'MET'`,
	} {
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
}
