package layout

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// clusters is a graph of so many groups, each joined within and by one edge to the next.
func clusters(groups, size int) Graph {
	rng := rand.New(rand.NewPCG(1, 2))
	g := Graph{Nodes: groups * size}
	for c := range groups {
		for i := 1; i < size; i++ {
			g.Edges = append(g.Edges, [2]int{c*size + i, c*size + rng.IntN(i)})
		}
		if c > 0 {
			g.Edges = append(g.Edges, [2]int{c * size, (c - 1) * size})
		}
	}
	return g
}

func place(t testing.TB, g Graph) []Point {
	t.Helper()
	at, err := Place(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func distance(a, b Point) float64 { return length(a.X-b.X, a.Y-b.Y) }

// A star of four and a pair: the same places on every machine, to the hundredth.
func TestPlacesAreTheSameEverywhere(t *testing.T) {
	g := Graph{Nodes: 6, Edges: [][2]int{{0, 1}, {0, 2}, {0, 3}, {4, 5}}}
	const want = "[{2.2 14.74} {-8.11 12.37} {10.34 8.04} {4.81 24.73} {-8.54 -36.7} {-2.33 -37.58}]"
	if got := fmt.Sprint(place(t, g)); got != want {
		t.Errorf("the places are\n%s, expected\n%s", got, want)
	}
}

func TestJoinedNodesStandTogether(t *testing.T) {
	const groups, size = 6, 20
	at := place(t, clusters(groups, size))
	var within, between []float64
	for i := range at {
		for j := range i {
			if d := distance(at[i], at[j]); i/size == j/size {
				within = append(within, d)
			} else {
				between = append(between, d)
			}
		}
	}
	slices.Sort(within)
	slices.Sort(between)
	if in, out := within[len(within)/2], between[len(between)/2]; in*2 > out {
		t.Errorf("half of the pairs within a group are up to %.1f apart, of the others %.1f", in, out)
	}
}

func TestPinnedNodesStay(t *testing.T) {
	g := clusters(3, 20)
	first := place(t, g)
	g.Pinned = map[int]Point{}
	for i := range 50 {
		g.Pinned[i] = Point{first[i].X + 0.123456, first[i].Y}
	}
	again := place(t, g)
	for i, p := range g.Pinned {
		if again[i] != p {
			t.Errorf("node %d was pinned at %v and stands at %v", i, p, again[i])
		}
	}
	for i := 50; i < len(again); i++ {
		if far := length(again[i].X, again[i].Y); math.IsNaN(far) || far > 1000 {
			t.Errorf("node %d, which is free, went to %v", i, again[i])
		}
	}
}

func TestOddGraphs(t *testing.T) {
	here := Point{5, 5}
	for name, g := range map[string]Graph{
		"nothing":             {},
		"one node":            {Nodes: 1},
		"no edges":            {Nodes: 30},
		"all in one place":    {Nodes: 3, Pinned: map[int]Point{0: here, 1: here, 2: here}},
		"joined in one place": {Nodes: 3, Edges: [][2]int{{0, 1}, {1, 2}}, Pinned: map[int]Point{0: here, 1: here}},
		"far away":            {Nodes: 2, Edges: [][2]int{{0, 1}}, Pinned: map[int]Point{0: {1e6, -1e6}}},
	} {
		for i, p := range place(t, g) {
			if math.IsNaN(p.X+p.Y) || math.IsInf(p.X+p.Y, 0) {
				t.Errorf("%s: node %d stands at %v", name, i, p)
			}
		}
	}
}

func TestPlaceEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Place(ctx, clusters(2, 10)); err == nil {
		t.Error("no error")
	}
}

func BenchmarkPlace500(b *testing.B) {
	g := clusters(10, 50)
	for b.Loop() {
		place(b, g)
	}
}
