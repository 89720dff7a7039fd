package graph

import (
	"cmp"
	"context"
	"slices"
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
// most first, then by id downwards. They are found in the store's atlas, or by one statement, and
// one more where facts join the entities to each other and Kinds or Other filter; one
// gives the records. complete is false if all entities together have more than
// MaxFrontier facts; then the neighbours are those of the first.
func Neighbours(ctx context.Context, store Reader, q NeighbourQuery) (pages []Page[Neighbour], complete bool, err error) {
	err = walk(ctx, store, q.Where, func(w *walker) (err error) {
		if pages, complete, err = w.neighbours(ctx, q); err == nil {
			err = w.fillNeighbours(ctx, pages)
		}
		return err
	})
	return pages, complete, err
}

// neighbours have the ids of their records only.
func (w *walker) neighbours(ctx context.Context, q NeighbourQuery) (pages []Page[Neighbour], complete bool, err error) {
	var at []uint32
	place := map[uint32]int{}
	for _, id := range q.At {
		if n, known := w.find(id); known {
			if _, again := place[n]; !again {
				place[n], at = len(at), append(at, n)
			}
		}
	}
	facts, complete, err := w.frontier(ctx, at, q.Where)
	if err != nil {
		return nil, false, err
	}
	unfit, err := w.unfit(ctx, q.Where, w.setOf(at), facts)
	if err != nil {
		return nil, false, err
	}
	edges := make([][]halfEdge, len(at))
	for _, n := range facts {
		l := &w.facts[n]
		subject, object := l.halves(n)
		if i, here := place[l.subject]; here && !unfit.has(l.object) {
			edges[i] = append(edges[i], subject)
		}
		if i, here := place[l.object]; here && !unfit.has(l.subject) {
			edges[i] = append(edges[i], object)
		}
	}
	var t ties
	for _, id := range q.At {
		var here []halfEdge
		if n, known := w.find(id); known {
			here = edges[place[n]]
		}
		t.clear(len(w.entities))
		pages = append(pages, w.tied(here, q.Window, &t))
	}
	return pages, complete, nil
}

// unfit are those of the entities that the filter does not let through as neighbours of
// the others: a fact that joins two of them is in the frontier if it lets through either.
func (w *walker) unfit(ctx context.Context, where FactFilter, at bits, facts []uint32) (bits, error) {
	unfit := newBits(len(w.entities))
	if where.Kinds == nil && where.Other == nil {
		return unfit, nil
	}
	at = grown(at, len(unfit))
	for _, n := range facts {
		if l := &w.facts[n]; at.has(l.subject) && at.has(l.object) {
			unfit.add(l.subject)
			unfit.add(l.object)
		}
	}
	joined := slices.Collect(unfit.each)
	if len(joined) == 0 {
		return unfit, nil
	}
	fit, err := w.fit(ctx, where, joined)
	for _, n := range fit {
		unfit.remove(n)
	}
	return unfit, err
}

// tied are the neighbours at the other ends of an entity's edges.
func (w *walker) tied(edges []halfEdge, window Window, t *ties) (page Page[Neighbour]) {
	for _, h := range edges {
		t.add(h.other, w.facts[h.fact].sources)
	}
	by := byNumbers[EntityID](func(n uint32) int64 { return int64(t.of[n].sources) })
	by.id, by.byID = func(n uint32) EntityID { return w.entities[n].id }, w.compareEntities
	s := newSelection(window, Order{Desc: true}, by)
	for _, n := range t.touched {
		s.add(n)
	}
	found := s.page()
	between := make(map[uint32][]uint32, len(found.Items))
	for _, n := range found.Items {
		between[n] = nil
	}
	for _, h := range edges {
		if facts, shown := between[h.other]; shown {
			between[h.other] = append(facts, h.fact)
		}
	}
	page = Page[Neighbour]{At: found.At, HasNext: found.HasNext, HasPrevious: found.HasPrevious, Total: found.Total}
	for _, n := range found.Items {
		x := Neighbour{Entity: Entity{ID: w.entities[n].id}, Count: int(t.of[n].facts), Sources: int(t.of[n].sources)}
		facts := between[n]
		slices.SortFunc(facts, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(w.facts[b].sources, w.facts[a].sources), w.compare(a, b))
		})
		for _, f := range facts[:min(len(facts), mostBetween)] {
			x.Facts = append(x.Facts, Fact{ID: w.id(f)})
		}
		page.Items = append(page.Items, x)
	}
	return page
}

// fillNeighbours reads the records; an entity's comes with its facts.
func (w *walker) fillNeighbours(ctx context.Context, pages []Page[Neighbour]) error {
	var shown []FactID
	for _, page := range pages {
		for _, n := range page.Items {
			for _, f := range n.Facts {
				shown = append(shown, f.ID)
			}
		}
	}
	slices.Sort(shown)
	records, err := w.records(ctx, slices.Compact(shown))
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
