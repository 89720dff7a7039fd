package neo4j_test

import (
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

func TestOracle(t *testing.T) { graphtest.Oracle(t, emptied(t)) }

func TestWarmOracle(t *testing.T) { graphtest.Oracle(t, graphtest.Warm(emptied(t))) }

func TestAtlas(t *testing.T) { graphtest.Atlas(t, databases) }

// emptied opens one database again and again.
func emptied(t *testing.T) graphtest.Open {
	url := fresh(t)
	return func(tb testing.TB, v graph.Vocabulary) graph.Store {
		cypher(tb, url, "MATCH (n) DETACH DELETE n", nil)
		return openAt(tb, url, v)
	}
}
