package graph

import (
	"cmp"
	"context"
	"maps"
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

// Paths searches from both ends at once, one statement a hop and always at the
// end that has fewer entities to look at, so that a hub is rarely walked
// through. Two statements give the records; where Kinds or Other filter, one more looks
// for facts between the ends themselves. An id that was merged away stands for
// what it became, one that is not there is NotFound, and an entity is joined to
// itself by the path of no facts.
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
	s := pathSearch{store: store, query: q, from: newReach(from.ID), to: newReach(to.ID)}
	met, err := s.meetWithin(ctx)
	if err != nil {
		return PathResult{}, err
	}
	routes := s.routes(met)
	result := PathResult{Truncated: q.Mode == AllShortest && len(routes) > q.Limit, Exhausted: !s.cut}
	result.Paths, err = s.records(ctx, from, routes[:min(len(routes), q.Limit)])
	return result, err
}

type pathSearch struct {
	store    Reader
	query    PathQuery
	from, to *reach
	cut      bool // a hop was not seen whole
}

// reach is what one end has reached, hop by hop.
type reach struct {
	end   EntityID
	steps map[EntityID][]step // from each entity one hop back, towards the end
	outer []EntityID          // whom the last hop reached
	hops  int
}

// step is a fact that leads to an entity.
type step struct {
	fact FactID
	to   EntityID
}

func newReach(end EntityID) *reach {
	return &reach{end: end, steps: map[EntityID][]step{end: nil}, outer: []EntityID{end}}
}

// meetWithin is meet, in the time that the query allows.
func (s *pathSearch) meetWithin(ctx context.Context) ([]EntityID, error) {
	if s.query.Within <= 0 {
		return s.meet(ctx)
	}
	limited, cancel := context.WithTimeout(ctx, s.query.Within)
	defer cancel()
	met, err := s.meet(limited)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		s.cut = true
		return nil, nil // nothing is known; the result says that not all was looked at
	}
	return met, err
}

// meet lets both ends reach out in turn until they share entities. These are then
// the outermost of both, or the ends would have met before; so all shortest paths
// lead through one of them.
func (s *pathSearch) meet(ctx context.Context) ([]EntityID, error) {
	if s.query.Where.Kinds != nil || s.query.Where.Other != nil {
		if met, err := s.direct(ctx); err != nil || len(met) > 0 {
			return met, err
		}
	}
	for s.from.hops+s.to.hops < s.query.MaxLength && !s.cut && len(s.from.outer) > 0 && len(s.to.outer) > 0 {
		near, far := s.from, s.to
		if cmp.Or(cmp.Compare(len(far.outer), len(near.outer)), cmp.Compare(far.hops, near.hops)) < 0 {
			near, far = far, near
		}
		if err := s.hop(ctx, near, s.query.Where); err != nil {
			return nil, err
		}
		met := slices.DeleteFunc(slices.Clone(near.outer), func(id EntityID) bool { _, here := far.steps[id]; return !here })
		if len(met) > 0 {
			return met, nil
		}
	}
	return nil, nil
}

// direct looks for facts between the ends, whatever their own kinds. Where there
// are none, each end reaches out once before they meet (the second hop is that of
// To, which is one entity and has come less far), so that whoever they meet at
// has been looked at by the filter.
func (s *pathSearch) direct(ctx context.Context) ([]EntityID, error) {
	where, to := s.query.Where, s.to.end
	where.Kinds, where.Other = nil, nil
	alone := newReach(s.from.end)
	if err := s.hop(ctx, alone, FactFilter{And: []FactFilter{where, {Either: []EntityID{to}}}}); err != nil || len(alone.outer) == 0 {
		return nil, err
	}
	s.from = alone
	return []EntityID{to}, nil
}

// hop goes one hop on from the outermost entities. Of the facts that it sees, it
// keeps those that lead to somebody new.
func (s *pathSearch) hop(ctx context.Context, r *reach, where FactFilter) error {
	edges, complete, err := s.store.Frontier(ctx, r.outer, where)
	if err != nil {
		return err
	}
	s.cut = s.cut || !complete
	next := map[EntityID][]step{}
	for _, e := range edges {
		for _, end := range [][2]EntityID{{e.SubjectID, e.ObjectID}, {e.ObjectID, e.SubjectID}} {
			if _, known := r.steps[end[1]]; !known { // then the first is one of the outermost
				next[end[1]] = append(next[end[1]], step{e.ID, end[0]})
			}
		}
	}
	maps.Copy(r.steps, next)
	r.outer = slices.Sorted(maps.Keys(next))
	r.hops++
	return nil
}

// routes are the shortest ways through the entities at which the ends have met,
// in order, at most one more than are wanted.
func (s *pathSearch) routes(met []EntityID) [][]FactID {
	onward := s.onward(met)
	var all [][]FactID
	var walk func(at EntityID, route []FactID)
	walk = func(at EntityID, route []FactID) {
		if len(onward[at]) == 0 && len(route) > 0 {
			all = append(all, slices.Clone(route))
		}
		for _, next := range onward[at] {
			if len(all) > s.query.Limit {
				return
			}
			walk(next.to, append(route, next.fact))
		}
	}
	walk(s.from.end, nil)
	return all
}

// onward are the steps of all shortest paths, from From towards To, by fact id:
// every one of them leads to To, so that walking them costs no more than the
// paths that come out.
func (s *pathSearch) onward(met []EntityID) map[EntityID][]step {
	onward := map[EntityID][]step{}
	for layer := met; len(layer) > 0; {
		before := map[EntityID]bool{}
		for _, id := range layer {
			for _, back := range s.from.steps[id] {
				onward[back.to] = append(onward[back.to], step{back.fact, id})
				before[back.to] = true
			}
		}
		layer = slices.Collect(maps.Keys(before))
	}
	for layer := met; len(layer) > 0; {
		after := map[EntityID]bool{}
		for _, id := range layer {
			onward[id] = s.to.steps[id]
			for _, on := range onward[id] {
				after[on.to] = true
			}
		}
		layer = slices.Collect(maps.Keys(after))
	}
	for _, steps := range onward {
		slices.SortFunc(steps, func(a, b step) int { return cmp.Compare(a.fact, b.fact) })
	}
	return onward
}

// records makes paths of routes; facts come with both their ends.
func (s *pathSearch) records(ctx context.Context, from Entity, routes [][]FactID) ([]Path, error) {
	if len(routes) == 0 {
		return nil, nil
	}
	ids := slices.Sorted(slices.Values(slices.Concat(routes...)))
	facts, err := s.store.Facts(ctx, slices.Compact(ids))
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
