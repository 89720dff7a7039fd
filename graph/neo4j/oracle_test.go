package neo4j_test

import (
	"os"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

func TestOracle(t *testing.T) { graphtest.Oracle(t, emptied(t)) }

func TestWarmOracle(t *testing.T) {
	atLength(t)
	graphtest.Oracle(t, graphtest.Warm(emptied(t)))
}

// atLength skips what the ordinary run leaves to SQLite, whose warm store answers by
// the same code.
func atLength(t *testing.T) {
	t.Helper()
	if os.Getenv("ENTENTE_LONG") != "1" {
		t.Skip("takes minutes, and what is warm is the same code for both stores: is run with ENTENTE_LONG=1")
	}
}

func TestAtlas(t *testing.T) { graphtest.Atlas(t, databases) }

// emptied opens one database again and again.
func emptied(t *testing.T) graphtest.Open {
	url := fresh(t)
	return func(tb testing.TB, v graph.Vocabulary) graph.Store {
		cypher(tb, url, "MATCH (n) DETACH DELETE n", nil)
		return openAt(tb, url, v)
	}
}
