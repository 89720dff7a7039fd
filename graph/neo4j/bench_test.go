package neo4j_test

import (
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

func BenchmarkStore(b *testing.B) { graphtest.Bench(b, opener(b)) }

func BenchmarkGrowth(b *testing.B) { graphtest.Growth(b, opener(b)) }

func TestWriters(t *testing.T) {
	neo4jtest.Start(t)
	graphtest.Writers(t, databases)
}

func TestScale(t *testing.T) { graphtest.Scale(t, databases) }
