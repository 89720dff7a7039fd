package schema

import "github.com/entente-kg/entente/graph"

// Neighbour is an entity with the facts between it and another.
type Neighbour struct {
	Node    Entity
	Count   int
	Sources int
	Facts   []*Fact
}

// NewNeighbours makes a list of neighbours: one batch of entities and one of facts.
func NewNeighbours(found []graph.Neighbour) []*Neighbour {
	entities := make([]graph.Entity, len(found))
	var between []graph.Fact
	for i, n := range found {
		entities[i] = n.Entity
		between = append(between, n.Facts...)
	}
	records, facts := NewRecords(entities), NewFacts(between)
	neighbours := make([]*Neighbour, len(found))
	for i, n := range found {
		neighbours[i] = &Neighbour{Node: records[i].As(), Count: n.Count, Sources: n.Sources, Facts: facts[:len(n.Facts):len(n.Facts)]}
		facts = facts[len(n.Facts):]
	}
	return neighbours
}

// NeighbourConnection is a page of neighbours.
type NeighbourConnection struct {
	List[*NeighbourEdge, Entity]
	Truncated bool
}

// NeighbourEdge is a neighbour in a list.
type NeighbourEdge struct {
	*Neighbour
	Cursor string
}
