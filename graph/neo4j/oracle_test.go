package neo4j_test

import (
	"os"
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
)

func TestOracle(t *testing.T) { graphtest.Oracle(t, opener(t)) }

func TestWarmOracle(t *testing.T) {
	atLength(t)
	graphtest.Oracle(t, graphtest.Warm(opener(t)))
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
