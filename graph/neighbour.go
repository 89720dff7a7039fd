package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
)

// NeighbourQuery asks who stands at the other ends of facts at entities: one page for each of At.
type NeighbourQuery struct {
	At     []EntityID
	Where  FactFilter // of the facts; Kinds and Other are about the neighbours
	Window Window
}

// Neighbour is an entity at the other end of some facts.
type Neighbour struct {
	Entity  Entity
	Facts   []Fact // between the two, those of most sources first, at most so many as are asked for
	Count   int    // of the facts that match, whether among Facts or not
	Sources int    // of all of them
}

// mostBetween is how many facts are shown between two neighbours.
const mostBetween = 20

// Neighbours are ordered by the number of sources that tie them to the entity, the
// most first, then by id downwards. It takes two statements, and one more where facts
// join the entities to each other and Kinds or Other filter. complete is false if all
// entities together have more than MaxFrontier facts; then the neighbours are those of the first.
func Neighbours(ctx context.Context, store Reader, q NeighbourQuery) (pages []Page[Neighbour], complete bool, err error) {
	edges, complete, err := store.Frontier(ctx, q.At, q.Where)
	if err != nil {
		return nil, false, err
	}
	unfit, err := unfitNeighbours(ctx, store, q, edges)
	if err != nil {
		return nil, false, err
	}
	between := tied(q.At, edges, unfit)
	var shown []FactID
	for _, at := range q.At {
		var all []Placed[Neighbour]
		for id, n := range between[at] {
			all = append(all, Placed[Neighbour]{*n, Position{Sort: strconv.Itoa(n.Sources), ID: string(id)}})
		}
		page := Pick(all, q.Window, Order{Desc: true}, true)
		for _, n := range page.Items {
			for _, f := range n.Facts {
				shown = append(shown, f.ID)
			}
		}
		pages = append(pages, page)
	}
	return pages, complete, fillNeighbours(ctx, store, pages, shown)
}

// unfitNeighbours are those of the entities that the filter does not let through as
// neighbours of the others: a fact that joins two of them is an edge of the frontier if it
// lets through either.
func unfitNeighbours(ctx context.Context, store Reader, q NeighbourQuery, edges []Edge) (map[EntityID]bool, error) {
	if q.Where.Kinds == nil && q.Where.Other == nil {
		return nil, nil
	}
	at, joined := map[EntityID]bool{}, map[EntityID]bool{}
	for _, id := range q.At {
		at[id] = true
	}
	for _, e := range edges {
		if at[e.SubjectID] && at[e.ObjectID] {
			joined[e.SubjectID], joined[e.ObjectID] = true, true
		}
	}
	if len(joined) == 0 {
		return nil, nil
	}
	where := EntityFilter{IDs: slices.Sorted(maps.Keys(joined)), Kinds: q.Where.Kinds}
	if q.Where.Other != nil {
		where.And = []EntityFilter{*q.Where.Other}
	}
	pages, err := store.ListEntities(ctx, EntityQuery{Where: where, Window: Window{Limit: len(joined)}})
	if err != nil {
		return nil, err
	}
	for _, e := range pages[0].Items {
		delete(joined, e.ID)
	}
	return joined, nil
}

// tied groups edges by the entity that they are at and the one at their other end,
// unless that one is unfit.
func tied(at []EntityID, edges []Edge, unfit map[EntityID]bool) map[EntityID]map[EntityID]*Neighbour {
	between := make(map[EntityID]map[EntityID]*Neighbour, len(at))
	for _, id := range at {
		between[id] = map[EntityID]*Neighbour{}
	}
	slices.SortFunc(edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(b.Sources, a.Sources), cmp.Compare(a.ID, b.ID)) })
	for _, e := range edges {
		for _, end := range [][2]EntityID{{e.SubjectID, e.ObjectID}, {e.ObjectID, e.SubjectID}} {
			neighbours, here := between[end[0]]
			if !here || unfit[end[1]] {
				continue
			}
			n := neighbours[end[1]]
			if n == nil {
				n = &Neighbour{Entity: Entity{ID: end[1]}}
				neighbours[end[1]] = n
			}
			n.Count++
			n.Sources += e.Sources
			if len(n.Facts) < mostBetween {
				n.Facts = append(n.Facts, Fact{ID: e.ID})
			}
		}
	}
	return between
}

// fillNeighbours reads the records; an entity's comes with its facts.
func fillNeighbours(ctx context.Context, store Reader, pages []Page[Neighbour], shown []FactID) error {
	slices.Sort(shown)
	records, err := store.Facts(ctx, slices.Compact(shown))
	if err != nil {
		return err
	}
	for _, page := range pages {
		for i := range page.Items {
			n := &page.Items[i]
			for j, e := range n.Facts {
				f, here := records[e.ID]
				if !here {
					return Errorf(Conflict, "fact %s left the graph while neighbours were read", e.ID).WithHint("ask again")
				}
				n.Facts[j] = f
				if n.Entity.ID == f.SubjectID {
					n.Entity = *f.Subject
				} else {
					n.Entity = *f.Object
				}
			}
		}
	}
	return nil
}
