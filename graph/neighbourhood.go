package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// NeighbourhoodQuery asks for the picture around some entities.
type NeighbourhoodQuery struct {
	Of          []EntityID
	Depth       int // hops, 1–4
	MaxEntities int // in all, 1–5,000
	PerEntity   int // neighbours that one entity brings in
	Where       FactFilter
}

// Subgraph is a picture: every entity and fact once, by id, and honestly what
// was left out.
type Subgraph struct {
	Entities  []Entity
	Facts     []Fact
	Truncated bool
	Omitted   int // neighbours that were seen and left out
}

// Neighbourhood walks from the entities outwards: one statement a hop, two for the
// records. Where more neighbours stand than fit, those come in whom most sources tie
// to the entities of the hop, then by id; those that were asked for are
// in whatever fits, and an id that was merged away stands for what it became.
func Neighbourhood(ctx context.Context, store Reader, q NeighbourhoodQuery) (Subgraph, error) {
	if q.Depth < 1 || q.Depth > 4 || q.MaxEntities < 1 || q.MaxEntities > 5000 || q.PerEntity < 1 {
		return Subgraph{}, Errorf(Invalid, "a neighbourhood has a depth of 1 to 4, 1 to 5000 entities and at least one neighbour an entity")
	}
	begin, err := store.Entities(ctx, slices.Compact(slices.Sorted(slices.Values(q.Of))))
	if err != nil {
		return Subgraph{}, err
	}
	w := walk{store: store, query: q, entities: map[EntityID]Entity{}, in: map[EntityID]bool{}, left: map[EntityID]bool{}, facts: map[FactID]bool{}}
	for _, e := range begin {
		w.entities[e.ID], w.in[e.ID] = e, true
	}
	frontier := slices.Sorted(maps.Keys(w.in))
	for range q.Depth {
		next, err := w.hop(ctx, frontier)
		if err != nil {
			return Subgraph{}, err
		}
		if frontier = next; len(frontier) == 0 {
			break
		}
	}
	return w.picture(ctx)
}

type walk struct {
	store     Reader
	query     NeighbourhoodQuery
	entities  map[EntityID]Entity // those that the walk began with
	in        map[EntityID]bool
	left      map[EntityID]bool // seen and left out
	edges     []Edge
	facts     map[FactID]bool
	truncated bool
}

// hop looks at the edges of the frontier and chooses who comes in.
func (w *walk) hop(ctx context.Context, frontier []EntityID) ([]EntityID, error) {
	edges, complete, err := w.store.Frontier(ctx, frontier, w.query.Where)
	if err != nil {
		return nil, err
	}
	w.truncated = w.truncated || !complete
	w.edges = append(w.edges, edges...)
	neighbours := w.neighbours(frontier, edges)
	ids := map[EntityID]bool{}
	for _, list := range neighbours {
		for _, id := range list {
			ids[id] = true
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	sources := map[EntityID]int{}
	for _, e := range edges {
		sources[e.SubjectID] += e.Sources
		sources[e.ObjectID] += e.Sources
	}
	higher := func(a, b EntityID) int { return cmp.Or(cmp.Compare(sources[b], sources[a]), cmp.Compare(a, b)) }
	chosen := map[EntityID]bool{}
	for _, list := range neighbours {
		slices.SortFunc(list, higher)
		for _, id := range list[:min(len(list), w.query.PerEntity)] {
			chosen[id] = true
		}
	}
	next := slices.SortedFunc(maps.Keys(chosen), higher)
	next = next[:min(len(next), max(0, w.query.MaxEntities-len(w.in)))]
	for _, id := range next {
		w.in[id] = true
	}
	for id := range ids {
		if !w.in[id] {
			w.left[id] = true
		}
	}
	slices.Sort(next)
	return next, nil
}

// neighbours lists, for each entity of the frontier, who is not in the picture yet.
func (w *walk) neighbours(frontier []EntityID, edges []Edge) [][]EntityID {
	at := make(map[EntityID]int, len(frontier))
	for i, id := range frontier {
		at[id] = i
	}
	lists := make([][]EntityID, len(frontier))
	for _, e := range edges {
		for _, pair := range [][2]EntityID{{e.SubjectID, e.ObjectID}, {e.ObjectID, e.SubjectID}} {
			if i, here := at[pair[0]]; here && !w.in[pair[1]] {
				lists[i] = append(lists[i], pair[1])
			}
		}
	}
	for i := range lists {
		slices.Sort(lists[i])
		lists[i] = slices.Compact(lists[i])
	}
	return lists
}

// picture loads the records of what is in: whoever came in stands at a fact that
// did, and facts come with both their ends. Facts between two entities of the last
// hop, which no hop looked at, are not in the picture.
func (w *walk) picture(ctx context.Context) (Subgraph, error) {
	var facts []FactID
	for _, e := range w.edges {
		if w.in[e.SubjectID] && w.in[e.ObjectID] && !w.facts[e.ID] {
			w.facts[e.ID] = true
			facts = append(facts, e.ID)
		}
	}
	for id := range w.left {
		if w.in[id] {
			delete(w.left, id)
		}
	}
	records, err := w.store.Facts(ctx, facts)
	if err != nil {
		return Subgraph{}, err
	}
	s := Subgraph{Truncated: w.truncated || len(w.left) > 0, Omitted: len(w.left)}
	for _, id := range slices.Sorted(maps.Keys(records)) {
		f := records[id]
		s.Facts = append(s.Facts, f)
		w.entities[f.SubjectID], w.entities[f.ObjectID] = f.Subject, f.Object
	}
	for _, id := range slices.Sorted(maps.Keys(w.entities)) {
		s.Entities = append(s.Entities, w.entities[id])
	}
	return s, nil
}
