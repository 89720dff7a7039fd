package schema

import (
	"github.com/entente-kg/entente/graph"
)

// Decision is a decision among those that were loaded with it.
type Decision struct {
	graph.Decision
	Batch   *Batch[*Decision]
	Entity  graph.EntityID // what it is about, by id; "" is nothing
	Other   graph.EntityID
	Reviews graph.FactID
}

func (d *Decision) isNode() {}

// NewDecisions makes one batch of some decisions, which all of them together resolve.
func NewDecisions(some []graph.Decision, all *graph.Resolution) []*Decision {
	batch := &Batch[*Decision]{members: make([]*Decision, len(some))}
	for i, d := range some {
		entity, other, fact := all.About(d)
		batch.members[i] = &Decision{Decision: d, Batch: batch, Entity: entity, Other: other, Reviews: fact}
	}
	return batch.members
}

// Reason is why the person decided so, if it was said.
func (d *Decision) Reason() *string { return optional(d.Decision.Reason) }

// Alias is the name that the decision gives, if it gives one.
func (d *Decision) Alias() *string { return optional(d.Text) }

// Quote is the words that made the person decide so, if they are known.
func (d *Decision) Quote() *string { return optional(d.Witness.Quote) }

// Review is what the decision says of a fact, if it is about one.
func (d *Decision) Review() *graph.Review {
	if d.Kind != graph.ReviewFact {
		return nil
	}
	return &d.Decision.Review
}
