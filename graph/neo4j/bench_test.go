package neo4j_test

import (
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
)

func BenchmarkStore(b *testing.B) { graphtest.Bench(b, opener(b)) }
