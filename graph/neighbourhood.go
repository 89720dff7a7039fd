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

// Neighbourhood walks from the entities outwards, over the store's atlas or with one
// statement a hop and one for the records of facts. Where more neighbours stand than fit,
// those come in whom most sources tie to the entities of the hop, then by id; those that
// were asked for are in whatever fits, and an id that was merged away stands for what
// it became.
func Neighbourhood(ctx context.Context, store Reader, q NeighbourhoodQuery) (Subgraph, error) {
	if q.Depth < 1 || q.Depth > 4 || q.MaxEntities < 1 || q.MaxEntities > 5000 || q.PerEntity < 1 {
		return Subgraph{}, Errorf(Invalid, "a neighbourhood has a depth of 1 to 4, 1 to 5000 entities and at least one neighbour an entity")
	}
	begin, err := store.Entities(ctx, slices.Compact(slices.Sorted(slices.Values(q.Of))))
	if err != nil {
		return Subgraph{}, err
	}
	entities := make(map[EntityID]Entity, q.MaxEntities)
	for _, e := range begin {
		entities[e.ID] = e
	}
	var s Subgraph
	err = walk(ctx, store, q.Where, func(w *walker) (err error) {
		o := outing{walker: w, query: q, count: len(entities)}
		if err := o.from(ctx, slices.Sorted(maps.Keys(entities))); err != nil {
			return err
		}
		s, err = o.picture(ctx, maps.Clone(entities))
		return err
	})
	return s, err
}

// outing is a walk for a picture. Whoever comes in stands at a fact that does.
type outing struct {
	*walker
	query    NeighbourhoodQuery
	count    int      // entities that are in
	in, seen bits     // entities
	looked   []uint32 // facts, hop by hop
	cut      bool     // a hop was not seen whole
	ties     ties     // of the entities of a hop
}

func (o *outing) from(ctx context.Context, ids []EntityID) error {
	var outer []uint32
	for _, id := range ids {
		if n, known := o.find(id); known {
			outer = append(outer, n)
		}
	}
	o.in = o.setOf(outer)
	for hop := 0; hop < o.query.Depth && len(outer) > 0; hop++ {
		facts, complete, err := o.frontier(ctx, outer, o.query.Where)
		if err != nil {
			return err
		}
		o.looked, o.cut = append(o.looked, facts...), o.cut || !complete
		words := len(newBits(len(o.entities)))
		o.in, o.seen = grown(o.in, words), grown(o.seen, words)
		outer = o.hop(outer, facts)
	}
	return nil
}

// hop chooses who comes in, by the facts at the outermost entities.
func (o *outing) hop(outer, facts []uint32) (next []uint32) {
	o.ties.clear(len(o.entities))
	place := make(map[uint32]int, len(outer))
	for i, n := range outer {
		place[n] = i
	}
	fresh := make([][]uint32, len(outer)) // neighbours of each that are not in the picture yet
	for _, n := range facts {
		l := &o.facts[n]
		for _, ends := range [2][2]uint32{{l.subject, l.object}, {l.object, l.subject}} {
			here, there := ends[0], ends[1]
			o.ties.add(here, l.sources)
			if i, outermost := place[here]; outermost && !o.in.has(there) {
				fresh[i] = append(fresh[i], there)
				o.seen.add(there)
			}
		}
	}
	var chosen []uint32
	for _, list := range fresh {
		chosen = append(chosen, o.best(list, o.query.PerEntity)...)
	}
	next = o.best(chosen, max(0, o.query.MaxEntities-o.count))
	for _, n := range next {
		o.in.add(n)
	}
	o.count += len(next)
	return next
}

// best are those whom most sources tie to the hop, then by id.
func (o *outing) best(of []uint32, most int) []uint32 {
	slices.Sort(of)
	by := byNumbers[EntityID](func(n uint32) int64 { return -int64(o.ties.of[n].sources) })
	by.id, by.byID = func(n uint32) EntityID { return o.entities[n].id }, o.compareEntities
	s := newSelection(Window{Limit: most}, Order{}, by)
	for _, n := range slices.Compact(of) {
		s.add(n)
	}
	return s.page().Items
}

// picture has the records of what is in.
func (o *outing) picture(ctx context.Context, entities map[EntityID]Entity) (s Subgraph, err error) {
	between, parallel := o.between()
	for n := range o.seen.each {
		if !o.in.has(n) {
			s.Omitted++
		}
	}
	s.Truncated = o.cut || parallel || s.Omitted > 0
	records, err := o.records(ctx, between)
	for _, id := range between {
		f, here := records[id]
		if !here {
			continue
		}
		s.Facts = append(s.Facts, f)
		entities[f.SubjectID], entities[f.ObjectID] = *f.Subject, *f.Object
	}
	for _, id := range slices.Sorted(maps.Keys(entities)) {
		s.Entities = append(s.Entities, entities[id])
	}
	return s, err
}

// between are the facts between the entities that are in, by id, without those that
// MaxParallel others say better; parallel tells whether there are such. Facts between two
// entities of the last hop, which no hop looked at, are not among them.
func (o *outing) between() (ids []FactID, parallel bool) {
	type bundle struct {
		subject, object uint32
		predicate       uint8
	}
	bundles := map[bundle][]uint32{}
	better := func(a, b uint32) int {
		return cmp.Or(cmp.Compare(o.facts[b].sources, o.facts[a].sources), o.compare(a, b))
	}
	for _, n := range o.looked {
		l := &o.facts[n]
		if !o.in.has(l.subject) || !o.in.has(l.object) {
			continue
		}
		of := bundle{l.subject, l.object, l.predicate}
		best := bundles[of]
		at, again := slices.BinarySearchFunc(best, n, better)
		switch {
		case again:
		case len(best) < MaxParallel:
			bundles[of] = slices.Insert(best, at, n)
		default:
			parallel = true
			if at < MaxParallel {
				copy(best[at+1:], best[at:])
				best[at] = n
			}
		}
	}
	for _, best := range bundles {
		for _, n := range best {
			ids = append(ids, o.id(n))
		}
	}
	slices.Sort(ids)
	return ids, parallel
}
