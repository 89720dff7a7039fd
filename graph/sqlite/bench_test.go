package sqlite_test

import (
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
)

func BenchmarkStore(b *testing.B) { graphtest.Bench(b, open) }
