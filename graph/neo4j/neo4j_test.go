package neo4j_test

import (
	"context"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

func TestStore(t *testing.T) { graphtest.Run(t, opener(t)) }

// opener hands out empty stores. A case that opens a second one has the first
// still in use, so they lie on two servers in turn.
func opener(tb testing.TB) graphtest.Open {
	servers := []string{neo4jtest.Start(tb), neo4jtest.Launch(tb, tb.TempDir()).URL()}
	neo4jtest.Wipe(tb, servers[0])
	opened := map[string]int{}
	return func(tb testing.TB, v graph.Vocabulary) graph.Store {
		url := servers[opened[tb.Name()]%2]
		opened[tb.Name()]++
		cypher(tb, url, "MATCH (n) DETACH DELETE n", nil)
		return openAt(tb, url, v)
	}
}

func openAt(tb testing.TB, url string, v graph.Vocabulary) *neo4j.Store {
	tb.Helper()
	store, err := neo4j.Open(tb.Context(), url, neo4j.Options{Vocabulary: v})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close() })
	return store
}

// cypher runs a statement as an analyst would, in Neo4j Browser.
func cypher(tb testing.TB, url, text string, params map[string]any) []*driver.Record {
	tb.Helper()
	ctx := context.Background()
	d, err := driver.NewDriverWithContext(url, driver.NoAuth())
	if err != nil {
		tb.Fatal(err)
	}
	defer d.Close(ctx)
	result, err := driver.ExecuteQuery(ctx, d, text, params, driver.EagerResultTransformer, driver.ExecuteQueryWithDatabase("neo4j"))
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return result.Records
}
