package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
	"github.com/entente-kg/entente/ingest/sample"
)

// TestTheStoresAgree reads the same documents into both stores with the program
// itself: the exports are equal, byte for byte, also after a withdrawal, and each store takes the other's.
func TestTheStoresAgree(t *testing.T) {
	url := neo4jtest.Start(t)
	neo4jtest.Empty(t, url)
	dir := t.TempDir()
	embedded := filepath.Join(dir, "entente.db")
	corpus := filepath.Join(dir, "sample.jsonl")
	if err := os.WriteFile(corpus, sample.JSONL, 0o666); err != nil {
		t.Fatal(err)
	}
	// The text that it all began with is no part of the repository.
	seeds, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "seeds", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, store := range []string{embedded, url} {
		entente(t, nil, append([]string{"ingest", "--store", store, corpus}, seeds...)...)
		entente(t, nil, "withdraw", "--store", store, "sample/1982-law-of-the-sea-convention")
	}
	dump := entente(t, nil, "export", "--store", embedded)
	same(t, dump, entente(t, nil, "export", "--store", url))

	copied := filepath.Join(dir, "copy.db")
	entente(t, entente(t, nil, "export", "--store", url), "import", "--store", copied)
	same(t, dump, entente(t, nil, "export", "--store", copied))
	neo4jtest.Empty(t, url)
	entente(t, dump, "import", "--store", url)
	same(t, dump, entente(t, nil, "export", "--store", url))

	for _, words := range []string{"narcotics", "law of the sea", "united nations"} {
		same(t, entente(t, nil, "search", "--json", "--store", embedded, words), entente(t, nil, "search", "--json", "--store", url, words))
	}
}

func entente(t *testing.T, stdin []byte, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("entente", args...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir())
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("entente %v: %v\n%s", args, err, stderr.String())
	}
	return out
}

func same(t *testing.T, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	w, g := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for i := range min(len(w), len(g)) {
		if !bytes.Equal(w[i], g[i]) {
			t.Fatalf("line %d\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	t.Fatalf("%d lines, want %d", len(g), len(w))
}
