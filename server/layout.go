package server

import (
	"context"
	"math"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/layout"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type subgraphResolver struct{ *resolver }

const (
	mostPinned = mostInPicture
	farthest   = 1_000_000 // units from the middle, of what is pinned
)

// Layout finds where the entities of a picture stand.
func (r subgraphResolver) Layout(ctx context.Context, obj *generated.Subgraph, pinned []*generated.PositionInput) ([]*generated.Position, error) {
	if len(pinned) > mostPinned {
		return nil, tooMuch("pinned positions", len(pinned), mostPinned)
	}
	g := layout.Graph{Nodes: len(obj.Entities), Pinned: map[int]layout.Point{}}
	number := make(map[graph.EntityID]int, len(obj.Entities))
	for i, e := range obj.Entities {
		number[e.Of().ID] = i
	}
	for _, p := range pinned {
		if graph.IDKind(p.ID) != 'e' {
			return nil, graph.Errorf(graph.Invalid, "%q is not the id of an entity", clip(p.ID)).WithHint("take it from the field id of an entity")
		}
		if !(math.Abs(p.X) <= farthest && math.Abs(p.Y) <= farthest) {
			return nil, graph.Errorf(graph.Invalid, "position (%v, %v) of %s is too far off", p.X, p.Y, p.ID).WithHint("x and y are at most %d either way", farthest)
		}
		if i, here := number[graph.EntityID(p.ID)]; here {
			g.Pinned[i] = layout.Point{X: p.X, Y: p.Y}
		}
	}
	g.Edges = joined(obj.Facts, number)
	places, err := layout.Place(ctx, g)
	if err != nil {
		return nil, err
	}
	positions := make([]*generated.Position, len(places))
	for i, p := range places {
		positions[i] = &generated.Position{ID: string(obj.Entities[i].Of().ID), X: p.X, Y: p.Y}
	}
	return positions, nil
}

// joined are the pairs of entities with facts between them, each once, in order.
func joined(facts []*schema.Fact, number map[graph.EntityID]int) [][2]int {
	var pairs [][2]int
	for _, f := range facts {
		a, b := number[f.SubjectID], number[f.ObjectID]
		pairs = append(pairs, [2]int{min(a, b), max(a, b)})
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(pairs)
}
