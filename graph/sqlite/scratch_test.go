package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

// SCRATCH: never committed
func TestScratch(t *testing.T) {
	dir := os.Getenv("SCRATCH_DIR")
	in := databases
	in.Fresh = func(tb testing.TB) string { return filepath.Join(dir, "graph.db") }
	in.Open = func(tb testing.TB, path string, v graph.Vocabulary) graph.Store { return openAt(tb, path, v) }
	graphtest.Scale(t, in)
}
