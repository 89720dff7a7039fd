package graph

import (
	"context"
	"fmt"
	"slices"
)

// Reading extracts documents of a store again: one change a document, in order.
// Only sentences, entities and facts are taken from it; text, title, dates and
// revision stay as they are stored.
type Reading func(ctx context.Context, documents []Document) ([]Change, error)

// Renewal says how far [Writer.Reprocess] has come. While a store has one, what
// it shows is incomplete, and nobody may write but who goes on with it.
type Renewal struct {
	Version string     `json:"version"`         // that the store is to have
	Bare    bool       `json:"bare"`            // the old graph is gone, the new vocabulary stands
	After   DocumentID `json:"after,omitempty"` // the last document that was read again
}

// How much one step of a renewal takes into a transaction.
const (
	renewalRows      = 5000
	renewalDocuments = 16
)

// Reprocess takes one step towards the graph that this vocabulary and this
// reading make of the stored texts: the old graph is taken away, the vocabulary
// is written, then document after document is read. It is to be called, each
// time within a transaction, until more is false; whoever calls it next goes on
// from the last step that was committed. documents counts those of this step.
//
// What comes out is what the same documents and decisions would have made of an empty
// store, because every record is a fold over rows that the old version has no part in.
func (b *Bookkeeper) Reprocess(ctx context.Context, ledger Ledger, read Reading) (documents int, more bool, err error) {
	head, err := ledger.Head(ctx)
	if err != nil {
		return 0, false, err
	}
	switch r := head.Renewal; {
	case r == nil && head.Version == b.version:
		return 0, false, nil
	case r == nil || r.Version != b.version: // the first step, or another version began and did not end
		head.Renewal = &Renewal{Version: b.version}
		return 0, true, ledger.PutHead(ctx, head)
	case !r.Bare:
		return 0, true, b.strip(ctx, ledger, head)
	case head.Pending != nil:
		_, err := b.carryFurther(ctx, ledger, *head.Pending)
		return 0, true, err
	}
	documents, err = b.readAgain(ctx, ledger, head, read)
	return documents, documents > 0, err
}

// Renew begins the way to the graph that the stored texts make, whatever stands
// in the store: [Bookkeeper.Reprocess] goes on with it.
func (b *Bookkeeper) Renew(ctx context.Context, ledger Ledger) error {
	head, err := ledger.Head(ctx)
	if err != nil {
		return err
	}
	if head.Renewal == nil && head.Version != b.version {
		return head.Writable(b.version)
	}
	head.Renewal = &Renewal{Version: b.version}
	return ledger.PutHead(ctx, head)
}

// strip takes some of the old graph away; where none is left, it writes the vocabulary.
func (b *Bookkeeper) strip(ctx context.Context, ledger Ledger, head Statistics) error {
	if left, err := ledger.Strip(ctx, renewalRows); err != nil || left {
		return err
	}
	bare := Statistics{Version: head.Version, Renewal: &Renewal{Version: b.version, Bare: true}}
	decisions, err := ledger.Decisions(ctx)
	if err != nil {
		return err
	}
	bare.Decisions = len(decisions)
	if err := ledger.PutHead(ctx, bare); err != nil {
		return err
	}
	decisions = slices.Clone(decisions)
	for i := range decisions { // their witnesses are asked again as the documents are read
		decisions[i].Found = Found{}
	}
	if err := ledger.PutDecisions(ctx, decisions); err != nil {
		return err
	}
	return b.writeVocabulary(ctx, ledger)
}

// readAgain reads the next documents; where there are none, the renewal ends.
func (b *Bookkeeper) readAgain(ctx context.Context, ledger Ledger, head Statistics, read Reading) (int, error) {
	documents, err := ledger.DocumentsAfter(ctx, head.Renewal.After, renewalDocuments)
	if err != nil {
		return 0, err
	}
	if len(documents) == 0 {
		head.Version, head.Renewal = b.version, nil
		return 0, ledger.PutHead(ctx, head)
	}
	decisions, err := ledger.Decisions(ctx)
	if err != nil {
		return 0, err
	}
	r := Resolve(decisions)
	changes, err := read(ctx, documents)
	if err != nil {
		return 0, err
	}
	if len(changes) != len(documents) {
		return 0, fmt.Errorf("reading %d documents gave %d changes", len(documents), len(changes))
	}
	rows, ids := make([]Rows, len(documents)), make([]DocumentID, len(documents))
	for i, d := range documents {
		c := Change{Document: d}
		if c.Validate() == nil && !d.Withdrawn { // what is damaged beyond repair states nothing
			c.Sentences, c.Entities, c.Facts = changes[i].Sentences, changes[i].Entities, changes[i].Facts
			if err := c.Validate(); err != nil {
				return 0, err
			}
		}
		rows[i], ids[i] = r.Rows(c), d.ID
	}
	if err := ledger.RemoveRows(ctx, ids); err != nil {
		return 0, err
	}
	if err := newFolding(ledger, b.vocabulary, r, r).run(ctx, nil, rows, nil, nil); err != nil {
		return 0, err
	}
	if err := b.followWitnesses(ctx, ledger, decisions, rows); err != nil {
		return 0, err
	}
	if head, err = ledger.Head(ctx); err != nil {
		return 0, err
	}
	head.Renewal = &Renewal{Version: b.version, Bare: true, After: ids[len(ids)-1]}
	return len(documents), ledger.PutHead(ctx, head)
}
