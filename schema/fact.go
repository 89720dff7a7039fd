package schema

import (
	"strings"
	"sync"
	"time"

	"github.com/entente-kg/entente/graph"
)

// Fact is a fact of the graph among those that were loaded with it.
type Fact struct {
	*graph.Fact
	Batch *Batch[*Fact]
	ends  func() (subjects, objects []*Record) // of the batch
	place int                                  // in the batch
}

func (f *Fact) isNode() {}

// NewFacts makes one batch of facts; their subjects are a batch too, and so are
// their objects.
func NewFacts(facts []graph.Fact) []*Fact {
	return newFacts(len(facts), func(i int) *graph.Fact { return &facts[i] })
}

// FactsOf makes one batch of facts, as NewFacts.
func FactsOf(facts []*graph.Fact) []*Fact {
	return newFacts(len(facts), func(i int) *graph.Fact { return facts[i] })
}

func newFacts(n int, fact func(i int) *graph.Fact) []*Fact {
	batch, members := &Batch[*Fact]{members: make([]*Fact, n)}, make([]Fact, n)
	ends := sync.OnceValues(func() (subjects, objects []*Record) {
		return newRecords(n, func(i int) *graph.Entity { return fact(i).Subject }), newRecords(n, func(i int) *graph.Entity { return fact(i).Object })
	})
	for i := range members {
		members[i] = Fact{Fact: fact(i), Batch: batch, ends: ends, place: i}
		batch.members[i] = &members[i]
	}
	return batch.members
}

// Subject is of whom the fact says something.
func (f *Fact) Subject() Entity {
	subjects, _ := f.ends()
	return subjects[f.place].As()
}

// Object is what stands at the other end.
func (f *Fact) Object() Entity {
	_, objects := f.ends()
	return objects[f.place].As()
}

// Confidence runs from 0 to 1.
func (f *Fact) Confidence() float64 { return float64(f.Fact.Confidence) / 1000 }

// Title is what the office is called, if the fact is one.
func (f *Fact) Title() *string { return optional(f.Qualifiers[graph.WithTitle]) }

// Mode is how the two met, if they did.
func (f *Fact) Mode() *string { return optional(strings.ToUpper(f.Qualifiers[graph.InMode])) }

// Status is how the party stands to the agreement, if it is one.
func (f *Fact) Status() *string { return optional(strings.ToUpper(f.Qualifiers[graph.WithStatus])) }

// Role is in which role somebody took part, if anybody did.
func (f *Fact) Role() *string { return optional(f.Qualifiers[graph.InRole]) }

// FactReview is what a person said of a fact: the decision that gives it its review.
type FactReview struct{ Decision *Decision }

// Verdict is what was said.
func (r *FactReview) Verdict() graph.Review { return r.Decision.Decision.Review }

// Author is who said it.
func (r *FactReview) Author() string { return r.Decision.Author }

// At is when it was said.
func (r *FactReview) At() time.Time { return r.Decision.At }

// Reason is why, if that was said.
func (r *FactReview) Reason() *string { return r.Decision.Reason() }

// Link is a fact as seen from one of its ends.
type Link struct {
	Fact  *Fact
	Other *Record // what stands at the other end
}

// Evidence is an evidence among those that were loaded with it.
type Evidence struct {
	graph.Cited
	Batch    *Batch[*Evidence]
	Supports *Fact // the fact that it was reached from, if it was
	cites    *Document
}

func (e *Evidence) isNode() {}

// NewEvidence makes one batch of evidence; their documents are one too.
func NewEvidence(cited []graph.Cited) []*Evidence {
	batch := &Batch[*Evidence]{members: make([]*Evidence, len(cited))}
	documents := make([]graph.Document, len(cited))
	for i, c := range cited {
		documents[i] = c.Cites
	}
	from := NewDocuments(documents)
	for i, c := range cited {
		batch.members[i] = &Evidence{Cited: c, Batch: batch, cites: from[i]}
	}
	return batch.members
}

// Document is where the evidence stands.
func (e *Evidence) Document() *Document { return e.cites }

// Confidence runs from 0 to 1.
func (e *Evidence) Confidence() float64 { return float64(e.Cited.Confidence) / 1000 }

// Before is the sentence before, if there is one.
func (e *Evidence) Before() *string { return optional(e.Cited.Before) }

// After is the sentence after, if there is one.
func (e *Evidence) After() *string { return optional(e.Cited.After) }

// Span is a stretch of a text with its words.
type Span struct {
	graph.Span
	Text string
}
