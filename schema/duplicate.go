package schema

import "github.com/entente-kg/entente/graph"

// Duplicate is a proposal: two entities that may be one.
type Duplicate struct {
	Entity, Other Entity
	Reason        graph.DuplicateReason
	Name          string
	OtherName     string
}

// NewDuplicates makes a list of proposals, all of whose entities are one batch.
func NewDuplicates(found []graph.Duplicate) []*Duplicate {
	var both []graph.Entity
	for _, d := range found {
		both = append(both, d.Entity, d.Other)
	}
	records := NewRecords(both)
	duplicates := make([]*Duplicate, len(found))
	for i, d := range found {
		duplicates[i] = &Duplicate{records[2*i].As(), records[2*i+1].As(), d.Reason, d.Name, d.Like}
	}
	return duplicates
}
