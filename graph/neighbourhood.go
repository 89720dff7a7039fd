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

// MaxParallel is how many facts of one predicate a picture shows between the same
// two entities, those with the most sources first, then by id: heads of state meet each
// other hundreds of times.
const MaxParallel = 3

// Subgraph is a picture: every entity and fact once, by id, and honestly what
// was left out: Truncated tells of neighbours and of parallel facts.
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
	w := walk{store: store, query: q, entities: map[EntityID]Entity{}, in: map[EntityID]bool{}, left: map[EntityID]bool{}}
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
	h := newHop(frontier, edges)
	for i, id := range h.ids {
		h.new[i] = !w.in[id]
	}
	chosen := map[int]bool{}
	for _, list := range h.neighbours(len(frontier)) {
		slices.SortFunc(list, h.higher)
		for _, n := range list[:min(len(list), w.query.PerEntity)] {
			chosen[n] = true
		}
	}
	best := slices.SortedFunc(maps.Keys(chosen), h.higher)
	best = best[:min(len(best), max(0, w.query.MaxEntities-len(w.in)))]
	next := make([]EntityID, len(best))
	for i, n := range best {
		next[i], w.in[h.ids[n]] = h.ids[n], true
	}
	for i, id := range h.ids {
		if h.new[i] && !w.in[id] {
			w.left[id] = true
		}
	}
	slices.Sort(next)
	return next, nil
}

// hop numbers the entities that the edges of one hop join, those of the frontier
// first: a hub has so many that each is looked up by its id only once.
type hop struct {
	ids     []EntityID
	new     []bool // not in the picture yet
	sources []int  // of the hop's edges at the entity
	ends    [][2]int
}

func newHop(frontier []EntityID, edges []Edge) *hop {
	h := &hop{ends: make([][2]int, len(edges))}
	numbers := make(map[EntityID]int, len(frontier)+len(edges))
	number := func(id EntityID) int {
		n, known := numbers[id]
		if !known {
			n, numbers[id] = len(h.ids), len(h.ids)
			h.ids = append(h.ids, id)
		}
		return n
	}
	for _, id := range frontier {
		number(id)
	}
	for i, e := range edges {
		h.ends[i] = [2]int{number(e.SubjectID), number(e.ObjectID)}
	}
	h.new, h.sources = make([]bool, len(h.ids)), make([]int, len(h.ids))
	for i, e := range edges {
		h.sources[h.ends[i][0]] += e.Sources
		h.sources[h.ends[i][1]] += e.Sources
	}
	return h
}

// higher orders entities by their sources, then by id.
func (h *hop) higher(a, b int) int {
	return cmp.Or(cmp.Compare(h.sources[b], h.sources[a]), cmp.Compare(h.ids[a], h.ids[b]))
}

// neighbours lists, for each entity of the frontier, who is not in the picture yet.
func (h *hop) neighbours(frontier int) [][]int {
	lists := make([][]int, frontier)
	for _, ends := range h.ends {
		for _, pair := range [2][2]int{ends, {ends[1], ends[0]}} {
			if here, there := pair[0], pair[1]; here < frontier && h.new[there] {
				lists[here] = append(lists[here], there)
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
	facts, parallel := w.chooseFacts()
	for id := range w.left {
		if w.in[id] {
			delete(w.left, id)
		}
	}
	records, err := w.store.Facts(ctx, facts)
	if err != nil {
		return Subgraph{}, err
	}
	s := Subgraph{Truncated: w.truncated || parallel || len(w.left) > 0, Omitted: len(w.left)}
	for _, id := range slices.Sorted(maps.Keys(records)) {
		f := records[id]
		s.Facts = append(s.Facts, f)
		w.entities[f.SubjectID], w.entities[f.ObjectID] = *f.Subject, *f.Object
	}
	for _, id := range slices.Sorted(maps.Keys(w.entities)) {
		s.Entities = append(s.Entities, w.entities[id])
	}
	return s, nil
}

// chooseFacts are the facts between the entities of the picture; parallel tells
// whether any was left out because MaxParallel others join the same two entities by
// the same predicate.
func (w *walk) chooseFacts() (facts []FactID, parallel bool) {
	type bundle struct {
		a, b EntityID
		of   Predicate
	}
	bundles, seen := map[bundle][]Edge{}, map[FactID]bool{}
	for _, e := range w.edges {
		if w.in[e.SubjectID] && w.in[e.ObjectID] && !seen[e.ID] {
			seen[e.ID] = true
			k := bundle{e.SubjectID, e.ObjectID, e.Predicate}
			bundles[k] = append(bundles[k], e)
		}
	}
	for _, edges := range bundles {
		slices.SortFunc(edges, func(x, y Edge) int { return cmp.Or(cmp.Compare(y.Sources, x.Sources), cmp.Compare(x.ID, y.ID)) })
		for _, e := range edges[:min(len(edges), MaxParallel)] {
			facts = append(facts, e.ID)
		}
		parallel = parallel || len(edges) > MaxParallel
	}
	slices.Sort(facts)
	return facts, parallel
}
