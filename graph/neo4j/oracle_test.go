package neo4j_test

import (
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
)

func TestOracle(t *testing.T) {
	url := fresh(t)
	graphtest.Oracle(t, func(tb testing.TB, v graph.Vocabulary) graph.Store {
		cypher(tb, url, "MATCH (n) DETACH DELETE n", nil)
		return openAt(tb, url, v)
	})
}
