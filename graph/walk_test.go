package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// crowded is a graph with three hubs, which have more facts than a frontier shows.
// Some facts came after it was bound, and some have left.
type crowded struct {
	Reader // nothing else is asked
	facts  map[FactID]Fact
	atlas  *Atlas
}

func newCrowded(rng *rand.Rand, facts int) *crowded {
	c := &crowded{facts: map[FactID]Fact{}, atlas: NewAtlas(still{})}
	b := newBinder()
	person := func() EntityID {
		if rng.IntN(2) == 0 {
			return EntityID(fmt.Sprintf("e%d", rng.IntN(3)))
		}
		return EntityID(fmt.Sprintf("e%d", rng.IntN(facts/4)))
	}
	for i := range facts / 4 {
		b.Entity(Entity{ID: EntityID(fmt.Sprintf("e%d", i)), Key: Key{Kind: []Kind{Person, Organisation}[i%2]}, Documents: 1})
	}
	var late changes
	for i := range facts {
		f := Fact{Predicate: []Predicate{Met, HoldsOffice}[rng.IntN(2)], SubjectID: person(), ObjectID: person(), Tell: fmt.Sprint(i), Sources: 1 + rng.IntN(3), Confidence: 900, Shown: true}
		if f.SubjectID == f.ObjectID {
			continue
		}
		f.ID = NewFactID(f.Predicate, f.SubjectID, f.ObjectID, f.Tell)
		gone := i%50 == 0
		if i%20 == 1 {
			late.Fact(f)
		} else {
			b.Fact(f)
		}
		if gone {
			late.Fact(Fact{ID: f.ID})
			continue
		}
		c.facts[f.ID] = f
	}
	c.atlas.pages = b.bind()
	c.atlas.pages.change(late)
	return c
}

// still is a chart of what does not change.
type still struct{ Chart }

func (still) LastChange(context.Context) (int64, bool, error) { return 0, true, nil }

func (c *crowded) Atlas() *Atlas { return c.atlas }

func (c *crowded) Entities(_ context.Context, ids []EntityID) (map[EntityID]Entity, error) {
	found, _ := c.atlas.pages.recordsOf(ids)
	return found, nil
}

func (c *crowded) Facts(_ context.Context, ids []FactID) (map[FactID]Fact, error) {
	found, _ := c.atlas.pages.factsOf(ids)
	return found, nil
}

// told is the same graph for those who ask: it has no atlas.
type told struct{ *crowded }

func (told) Atlas() *Atlas { return NewAtlas(nil) }

func (c told) Frontier(_ context.Context, at []EntityID, where FactFilter) (edges []Edge, complete bool, err error) {
	for _, f := range c.facts {
		if (slices.Contains(at, f.SubjectID) || slices.Contains(at, f.ObjectID)) && (where.Predicates == nil || slices.Contains(where.Predicates, f.Predicate)) {
			edges = append(edges, Edge{ID: f.ID, Predicate: f.Predicate, SubjectID: f.SubjectID, ObjectID: f.ObjectID, Sources: f.Sources})
		}
	}
	slices.SortFunc(edges, func(a, b Edge) int { return cmp.Compare(a.ID, b.ID) })
	return edges[:min(len(edges), MaxFrontier)], len(edges) <= MaxFrontier, nil
}

type walking struct {
	name string
	ask  func(Reader) (any, error)
}

func walks(ctx context.Context) (all []walking) {
	ask := func(name string, f func(Reader) (any, error)) { all = append(all, walking{name, f}) }
	for _, where := range []FactFilter{{}, {Predicates: []Predicate{Met}}} {
		name := "all"
		if where.Predicates != nil {
			name = "meetings"
		}
		for _, ends := range [][2]EntityID{{"e0", "e1"}, {"e2", "e77"}, {"e78", "e4001"}} {
			ask(fmt.Sprintf("paths of %s from %s to %s", name, ends[0], ends[1]), func(s Reader) (any, error) {
				return Paths(ctx, s, PathQuery{From: ends[0], To: ends[1], Mode: AllShortest, MaxLength: 4, Limit: 50, Where: where})
			})
		}
		for depth := 1; depth <= 2; depth++ {
			ask(fmt.Sprintf("a neighbourhood of %s, %d hops", name, depth), func(s Reader) (any, error) {
				return Neighbourhood(ctx, s, NeighbourhoodQuery{Of: []EntityID{"e0", "e90"}, Depth: depth, MaxEntities: 300, PerEntity: 200, Where: where})
			})
		}
		ask("neighbours of "+name, func(s Reader) (any, error) {
			pages, complete, err := Neighbours(ctx, s, NeighbourQuery{At: []EntityID{"e1", "e91", "e1"}, Where: where, Window: Window{Limit: 20, Total: true}})
			return []any{pages, complete}, err
		})
	}
	return all
}

// Whoever walks in memory comes to the same, in the same order, as who asks for each hop,
// where a hop cannot be seen whole, too.
func TestWalksInMemory(t *testing.T) {
	c := newCrowded(rand.New(rand.NewPCG(1, 2)), 80_000)
	if _, complete, _ := c.atlas.pages.frontier(c.atlas.pages.numbers([]EntityID{"e0"}), FactFilter{}); complete {
		t.Fatal("no hub has more facts than a frontier shows")
	}
	for _, w := range walks(t.Context()) {
		want, err := w.ask(told{c})
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.ask(c)
		if a, b := text(t, got), text(t, want); err != nil || a != b {
			t.Errorf("%s: %v,\n%.600s\nwant\n%.600s", w.name, err, a, b)
		}
	}
}

func text(t *testing.T, answer any) string {
	data, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func BenchmarkWalks(b *testing.B) {
	c := newCrowded(rand.New(rand.NewPCG(1, 2)), 80_000)
	for _, w := range walks(b.Context()) {
		b.Run(w.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := w.ask(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
