package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/sqlite"
)

func TestStore(t *testing.T) { graphtest.Run(t, open) }

func TestWarmStore(t *testing.T) { graphtest.Run(t, graphtest.Warm(open)) }

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

var databases = graphtest.Databases{
	Fresh: func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "graph.db") },
	Open:  func(tb testing.TB, path string, v graph.Vocabulary) graph.Store { return openAt(tb, path, v) },
	Child: "TestOrderChild",
}

func TestOrder(t *testing.T)      { graphtest.Order(t, databases, nil) }
func TestOrderChild(t *testing.T) { graphtest.OrderChild(t, databases) }

func TestOracle(t *testing.T) { graphtest.Oracle(t, open) }

func TestWarmOracle(t *testing.T) { graphtest.Oracle(t, graphtest.Warm(open)) }

func TestAtlas(t *testing.T) { graphtest.Atlas(t, databases) }
