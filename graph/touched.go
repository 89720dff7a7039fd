package graph

import "slices"

// Touched collects what a transaction changes, for the log that an [Atlas] follows;
// a store writes it there before it commits.
type Touched struct {
	entities []EntityID
	facts    []FactID
	all      bool
}

// What the log of changes holds: the last so many transactions, each with so many
// ids at most; one that changes more changes everything.
const (
	LoggedChanges = 256
	maxTouched    = 20000
)

// Entities tells that these were put or removed.
func (t *Touched) Entities(ids ...EntityID) {
	if t.entities = append(t.entities, ids...); len(t.entities) > 2*maxTouched {
		t.Everything()
	}
}

// Facts tells that these were put or removed.
func (t *Touched) Facts(ids ...FactID) {
	if t.facts = append(t.facts, ids...); len(t.facts) > 2*maxTouched {
		t.Everything()
	}
}

// Everything tells that a list would be as long as the graph.
func (t *Touched) Everything() { t.all, t.entities, t.facts = true, nil, nil }

// Ids are what was touched, each once, or all.
func (t *Touched) Ids() (entities []EntityID, facts []FactID, all bool) {
	slices.Sort(t.entities)
	slices.Sort(t.facts)
	t.entities, t.facts = slices.Compact(t.entities), slices.Compact(t.facts)
	if t.all || len(t.entities)+len(t.facts) > maxTouched {
		return nil, nil, true
	}
	return t.entities, t.facts, false
}
