package graphtest

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Warm opens stores that answer from memory what they can: see [graph.Atlas].
func Warm(open Open) Open {
	return func(tb testing.TB, v graph.Vocabulary) graph.Store {
		tb.Helper()
		store := open(tb, v)
		if err := store.Warm(tb.Context()); err != nil {
			tb.Fatalf("Warm: %v", err)
		}
		return store
	}
}
