package graphtest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/entente-kg/entente/graph"
)

// The oracle's way through the graph: every fact is looked at for every step.

// edges are the shown facts at an entity that a filter lets through, by id.
func (m *model) edges(id graph.EntityID, where graph.FactFilter) []graph.Fact {
	var all []graph.Fact
	for _, x := range m.facts {
		if other, here := standsAt(x, id, graph.Both); here && x.Shown && m.otherMatches(where, other) && m.factMatches(where, x) {
			all = append(all, x)
		}
	}
	return all
}

func (m *model) fact(id graph.FactID) graph.Fact {
	i := slices.IndexFunc(m.facts, func(x graph.Fact) bool { return x.ID == id })
	return m.facts[i]
}

func (m *model) frontier(at []graph.EntityID, where graph.FactFilter) []graph.Fact {
	byID := map[graph.FactID]graph.Fact{}
	for _, id := range at {
		for _, x := range m.edges(id, where) {
			byID[x.ID] = x
		}
	}
	return slices.SortedFunc(maps.Values(byID), func(a, b graph.Fact) int { return cmp.Compare(a.ID, b.ID) })
}

// narrower are the topics below one, itself included, by what the thesaurus says.
func (m *model) narrower(topic graph.EntityID) []graph.EntityID {
	below := map[graph.EntityID]bool{topic: true}
	for grown := true; grown; {
		grown = false
		for _, x := range m.facts {
			if x.Predicate == graph.Broader && x.Vocabulary > 0 && x.Review != graph.Rejected && below[x.ObjectID] && !below[x.SubjectID] {
				below[x.SubjectID], grown = true, true
			}
		}
	}
	return slices.Sorted(maps.Keys(below))
}

// paths are the ways from one entity to another by so many facts, at most one
// more than are wanted, by trying every fact at every step.
func (m *model) paths(at, to graph.EntityID, length int, far map[graph.EntityID]int, q graph.PathQuery) (all [][]graph.FactID) {
	if length == 0 {
		return [][]graph.FactID{{}}
	}
	where := q.Where
	where.Kinds, where.Other = nil, nil
	for _, x := range m.edges(at, where) {
		other, _ := standsAt(x, at, graph.Both)
		if n, reached := far[other.ID]; !reached || n != length-1 || other.ID != to && !m.otherMatches(q.Where, other) {
			continue
		}
		for _, rest := range m.paths(other.ID, to, length-1, far, q) {
			if all = append(all, append([]graph.FactID{x.ID}, rest...)); len(all) > q.Limit {
				return all
			}
		}
	}
	return all
}

// distances are how many facts lead from an entity to others, at most so many,
// through entities that the filter lets through.
func (m *model) distances(from graph.EntityID, most int, where graph.FactFilter) map[graph.EntityID]int {
	far, between := map[graph.EntityID]int{from: 0}, where
	where.Kinds, where.Other = nil, nil
	for n := range most {
		for _, id := range slices.Collect(maps.Keys(far)) {
			if far[id] != n || id != from && !m.otherMatches(between, m.entities[id]) {
				continue
			}
			for _, x := range m.edges(id, where) {
				other, _ := standsAt(x, id, graph.Both)
				if _, known := far[other.ID]; !known {
					far[other.ID] = n + 1
				}
			}
		}
	}
	return far
}

// picture is a neighbourhood by its definition: hop by hop, the neighbours that
// most sources tie to the hop before.
func (m *model) picture(q graph.NeighbourhoodQuery) (in map[graph.EntityID]bool, facts map[graph.FactID]bool, truncated bool, omitted int) {
	in, facts, seen := map[graph.EntityID]bool{}, map[graph.FactID]bool{}, map[graph.EntityID]bool{}
	for _, id := range q.Of {
		if e, here := m.entity(id); here {
			in[e.ID] = true
		}
	}
	looked := map[graph.FactID]graph.Fact{}
	hop := maps.Clone(in)
	for range q.Depth {
		tied := map[graph.EntityID]int{}
		for id := range hop {
			for _, x := range m.edges(id, q.Where) {
				other, _ := standsAt(x, id, graph.Both)
				tied[other.ID] += x.Sources
			}
		}
		higher := func(a, b graph.EntityID) int { return cmp.Or(cmp.Compare(tied[b], tied[a]), cmp.Compare(a, b)) }
		chosen := map[graph.EntityID]bool{}
		for id := range hop {
			fresh := map[graph.EntityID]bool{}
			for _, x := range m.edges(id, q.Where) {
				looked[x.ID] = x
				if other, _ := standsAt(x, id, graph.Both); !in[other.ID] {
					fresh[other.ID], seen[other.ID] = true, true
				}
			}
			best := slices.SortedFunc(maps.Keys(fresh), higher)
			for _, other := range best[:min(len(best), q.PerEntity)] {
				chosen[other] = true
			}
		}
		best := slices.SortedFunc(maps.Keys(chosen), higher)
		hop = map[graph.EntityID]bool{}
		for _, id := range best[:min(len(best), max(0, q.MaxEntities-len(in)))] {
			hop[id] = true
		}
		maps.Copy(in, hop)
	}
	for id, x := range looked {
		better := 0 // facts that say the same with more behind them
		for _, y := range looked {
			same := x.Predicate == y.Predicate && x.SubjectID == y.SubjectID && x.ObjectID == y.ObjectID
			if same && (y.Sources > x.Sources || y.Sources == x.Sources && y.ID < x.ID) {
				better++
			}
		}
		if in[x.SubjectID] && in[x.ObjectID] {
			if better < 3 {
				facts[id] = true
			} else {
				truncated = true
			}
		}
	}
	for id := range seen {
		if !in[id] {
			omitted++
		}
	}
	return in, facts, truncated || omitted > 0, omitted
}
