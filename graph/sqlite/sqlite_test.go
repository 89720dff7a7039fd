package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/sqlite"
)

func TestStore(t *testing.T) { graphtest.Run(t, open) }

func open(tb testing.TB, v graph.Vocabulary) graph.Store {
	return openAt(tb, filepath.Join(tb.TempDir(), "graph with space & ?.db"), v)
}

func openAt(tb testing.TB, path string, v graph.Vocabulary) graph.Store {
	tb.Helper()
	store, err := sqlite.Open(tb.Context(), path, sqlite.Options{Vocabulary: v})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close() })
	return store
}

func TestReprocess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	graphtest.Reprocess(t, func(tb testing.TB, v graph.Vocabulary) graph.Store { return openAt(tb, path, v) }, open)
}
