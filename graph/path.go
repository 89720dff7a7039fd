package graph

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Limits of a path search.
const (
	// MaxPathLength is how many facts a path may have.
	MaxPathLength = 6
	// MaxPaths is how many paths one answer may have: between two hubs there may
	// be more shortest paths than anybody can hold.
	MaxPaths = 1000
)

// PathMode says which of the shortest paths are wanted.
type PathMode string

// The modes.
const (
	Shortest    PathMode = ""             // the first one
	AllShortest PathMode = "ALL_SHORTEST" // every one
)

// PathQuery asks how two entities hang together. Facts are walked both ways.
type PathQuery struct {
	From, To  EntityID
	Mode      PathMode
	MaxLength int           // facts in a path, 1–MaxPathLength
	Limit     int           // paths in the answer, 1–MaxPaths; Shortest gives one whatever it says
	Where     FactFilter    // every fact of a path matches; Kinds and Other are about whoever stands between the two ends
	Within    time.Duration // how long to look for paths; 0 is as long as the context allows
}

// Path leads from one entity to another: Facts[i] joins Entities[i] and Entities[i+1].
type Path struct {
	Entities []Entity
	Facts    []Fact
}

// PathResult is all the paths of the least length, ordered by the ids of their
// facts, hop by hop; parallel facts make paths of their own.
type PathResult struct {
	Paths     []Path
	Truncated bool // there are more than Limit
	// Exhausted tells that all was looked at. If not, a hop had more than
	// MaxFrontier facts, or time ran out: paths that are here are of the least length, but there
	// may be others, and none may be here although there is one.
	Exhausted bool
}

// Paths searches from both ends at once, hop by hop and always at the end that has
// fewer entities to look at, so that a hub is rarely walked through: over the store's
// atlas, or with one statement a hop and one for the records of facts; where Kinds or Other
// filter, one more looks for facts between the ends themselves. An id that was merged
// away stands for what it became, one that is not there is NotFound, and an entity is
// joined to itself by the path of no facts.
func Paths(ctx context.Context, store Reader, q PathQuery) (PathResult, error) {
	if q.Mode == Shortest {
		q.Limit = 1
	}
	if q.MaxLength < 1 || q.MaxLength > MaxPathLength || q.Limit < 1 || q.Limit > MaxPaths || q.Mode != Shortest && q.Mode != AllShortest {
		return PathResult{}, Errorf(Invalid, "a path search has a length of 1 to %d and gives 1 to %d paths", MaxPathLength, MaxPaths)
	}
	ends, err := store.Entities(ctx, []EntityID{q.From, q.To})
	if err != nil {
		return PathResult{}, err
	}
	for _, id := range []EntityID{q.From, q.To} {
		if _, here := ends[id]; !here {
			return PathResult{}, Errorf(NotFound, "there is no entity %s", clip(string(id)))
		}
	}
	from, to := ends[q.From], ends[q.To]
	if from.ID == to.ID {
		return PathResult{Paths: []Path{{Entities: []Entity{from}}}, Exhausted: true}, nil
	}
	q.From, q.To = from.ID, to.ID
	var result PathResult
	err = walk(ctx, store, q.Where, func(w *walker) error {
		s := pathSearch{walker: w, query: q}
		routes, err := s.searchWithin(ctx)
		if err != nil {
			return err
		}
		result = PathResult{Truncated: q.Mode == AllShortest && len(routes) > q.Limit, Exhausted: !s.cut}
		result.Paths, err = s.paths(ctx, from, routes[:min(len(routes), q.Limit)])
		return err
	})
	return result, err
}

type pathSearch struct {
	*walker
	query    PathQuery
	from, to *reach
	cut      bool // a hop was not seen whole
}

// reach is what one end has reached, hop by hop.
type reach struct {
	end   uint32
	far   []uint8  // by entity: in how many hops it was reached, from 1, which is the end itself; 0 if not
	outer []uint32 // whom the last hop reached
	steps [][]step // that each hop made
}

// step is a fact that leads from one entity to another.
type step struct {
	fact, from, to uint32
}

func newReach(end uint32) *reach { return &reach{end: end, outer: []uint32{end}} }

// searchWithin is search, in the time that the query allows.
func (s *pathSearch) searchWithin(ctx context.Context) ([][]FactID, error) {
	if s.query.Within <= 0 {
		return s.search(ctx)
	}
	limited, cancel := context.WithTimeout(ctx, s.query.Within)
	defer cancel()
	routes, err := s.search(limited)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		s.cut = true
		return nil, nil // nothing is known; the result says that not all was looked at
	}
	return routes, err
}

// search finds the shortest routes, at most one more than are wanted.
func (s *pathSearch) search(ctx context.Context) ([][]FactID, error) {
	from, here := s.find(s.query.From)
	to, there := s.find(s.query.To)
	if !here || !there { // it has no facts
		return nil, nil
	}
	s.from, s.to = newReach(from), newReach(to)
	met, err := s.meet(ctx)
	if err != nil || len(met) == 0 {
		return nil, err
	}
	return s.routes(met), nil
}

// meet lets both ends reach out in turn until they share entities. These are then
// the outermost of both, or the ends would have met before; so all shortest paths
// lead through one of them.
func (s *pathSearch) meet(ctx context.Context) ([]uint32, error) {
	if s.query.Where.Kinds != nil || s.query.Where.Other != nil {
		if met, err := s.direct(ctx); err != nil || len(met) > 0 {
			return met, err
		}
	}
	for len(s.from.steps)+len(s.to.steps) < s.query.MaxLength && !s.cut && len(s.from.outer) > 0 && len(s.to.outer) > 0 {
		near, far := s.from, s.to
		if cmp.Or(cmp.Compare(len(far.outer), len(near.outer)), cmp.Compare(len(far.steps), len(near.steps))) < 0 {
			near, far = far, near
		}
		if err := s.hop(ctx, near, s.query.Where); err != nil {
			return nil, err
		}
		if met := slices.DeleteFunc(slices.Clone(near.outer), func(n uint32) bool { return !far.has(n) }); len(met) > 0 {
			return met, nil
		}
	}
	return nil, nil
}

func (r *reach) has(entity uint32) bool {
	return entity == r.end || int(entity) < len(r.far) && r.far[entity] > 0
}

// direct looks for facts between the ends, whatever their own kinds. Where there
// are none, each end reaches out once before they meet (the second hop is that of
// To, which is one entity and has come less far), so that whoever they meet at
// has been looked at by the filter.
func (s *pathSearch) direct(ctx context.Context) ([]uint32, error) {
	where := s.query.Where
	where.Kinds, where.Other = nil, nil
	alone := newReach(s.from.end)
	if err := s.hop(ctx, alone, FactFilter{And: []FactFilter{where, {Either: []EntityID{s.query.To}}}}); err != nil || len(alone.outer) == 0 {
		return nil, err
	}
	s.from = alone
	return alone.outer, nil
}

// hop goes one hop on from the outermost entities. Of the facts that it sees, it
// keeps those that lead to somebody new.
func (s *pathSearch) hop(ctx context.Context, r *reach, where FactFilter) error {
	facts, complete, err := s.frontier(ctx, r.outer, where)
	if err != nil {
		return err
	}
	s.cut = s.cut || !complete
	r.far = grown(r.far, len(s.entities))
	r.far[r.end] = 1
	hop, steps := uint8(len(r.steps)+2), make([]step, 0, len(facts))
	r.outer = nil
	for _, n := range facts {
		l := &s.facts[n]
		for _, x := range [2]step{{n, l.subject, l.object}, {n, l.object, l.subject}} {
			if far := r.far[x.to]; far == 0 { // then it leads there from one of the outermost
				r.far[x.to], r.outer, steps = hop, append(r.outer, x.to), append(steps, x)
			} else if far == hop {
				steps = append(steps, x)
			}
		}
	}
	r.steps = append(r.steps, steps)
	return nil
}

// routes are the shortest ways through the entities at which the ends have met,
// in order, at most one more than are wanted.
func (s *pathSearch) routes(met []uint32) [][]FactID {
	onward := s.onward(met)
	var all [][]FactID
	var route []FactID
	var walk func(at uint32)
	walk = func(at uint32) {
		if at == s.to.end {
			all = append(all, slices.Clone(route))
			return
		}
		i, _ := slices.BinarySearchFunc(onward, at, func(x step, at uint32) int { return cmp.Compare(x.from, at) })
		for ; i < len(onward) && onward[i].from == at && len(all) <= s.query.Limit; i++ {
			route = append(route, s.id(onward[i].fact))
			walk(onward[i].to)
			route = route[:len(route)-1]
		}
	}
	walk(s.from.end)
	return all
}

// onward are the steps of all shortest paths, by where they begin and then by fact id: every
// one of them leads to To, so that walking them costs no more than the paths that
// come out.
func (s *pathSearch) onward(met []uint32) (onward []step) {
	through := s.setOf(met)
	for _, steps := range slices.Backward(s.from.steps) {
		for _, x := range steps {
			if through.has(x.to) {
				through.add(x.from)
				onward = append(onward, x)
			}
		}
	}
	through = s.setOf(met)
	for _, steps := range slices.Backward(s.to.steps) {
		for _, x := range steps {
			if through.has(x.to) {
				through.add(x.from)
				onward = append(onward, step{x.fact, x.to, x.from})
			}
		}
	}
	slices.SortFunc(onward, func(a, b step) int { return cmp.Or(cmp.Compare(a.from, b.from), s.compare(a.fact, b.fact)) })
	return onward
}

// paths makes paths of routes; facts come with both their ends.
func (s *pathSearch) paths(ctx context.Context, from Entity, routes [][]FactID) ([]Path, error) {
	if len(routes) == 0 {
		return nil, nil
	}
	ids := slices.Sorted(slices.Values(slices.Concat(routes...)))
	facts, err := s.records(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	paths := make([]Path, len(routes))
	for i, route := range routes {
		p := Path{Entities: []Entity{from}}
		for _, id := range route {
			f, here := facts[id]
			if !here {
				return nil, Errorf(Conflict, "fact %s left the graph while paths were searched", id).WithHint("ask again")
			}
			next := f.Object
			if p.Entities[len(p.Entities)-1].ID == f.ObjectID {
				next = f.Subject
			}
			p.Entities, p.Facts = append(p.Entities, *next), append(p.Facts, f)
		}
		paths[i] = p
	}
	return paths, nil
}
