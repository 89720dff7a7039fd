package sqlite_test

import (
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
)

func BenchmarkStore(b *testing.B) { graphtest.Bench(b, open) }

func BenchmarkGrowth(b *testing.B) { graphtest.Growth(b, open) }

func TestWriters(t *testing.T) { graphtest.Writers(t, databases) }

func TestScale(t *testing.T) { graphtest.Scale(t, databases) }
