package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Bookkeeper is the one place where documents, vocabulary and decisions become a
// graph. Stores call it within a write transaction, with a [Ledger] of that
// transaction; what it does depends on the sets alone, never on order or time.
type Bookkeeper struct {
	version    string
	vocabulary *vocabularyIndex
}

// NewBookkeeper keeps the books with one vocabulary.
func NewBookkeeper(v Vocabulary) *Bookkeeper {
	return &Bookkeeper{version: v.Version, vocabulary: indexVocabulary(v)}
}

// Open writes the vocabulary into an empty store, and tells by Conflict when a
// store was written with another version: then it may only be read.
func (b *Bookkeeper) Open(ctx context.Context, ledger Ledger) error {
	head, err := ledger.Head(ctx)
	if err != nil {
		return err
	}
	if head.Version != "" {
		return head.Writable(b.version)
	}
	head.Version = b.version
	if err := ledger.PutHead(ctx, head); err != nil {
		return err
	}
	return b.writeVocabulary(ctx, ledger)
}

// ready tells why a store may not be written now, if so.
func (b *Bookkeeper) ready(head Statistics) error {
	if err := head.Writable(b.version); err != nil {
		return err
	}
	if head.Pending != nil {
		return ErrPending
	}
	return nil
}

// writeVocabulary writes the vocabulary into a store that has neither entities nor facts.
func (b *Bookkeeper) writeVocabulary(ctx context.Context, ledger Ledger) error {
	decisions, err := ledger.Decisions(ctx)
	if err != nil {
		return err
	}
	r := Resolve(decisions)
	work := newFolding(ledger, b.vocabulary, r, r)
	work.vouched = nil
	return work.run(ctx, nil, nil, b.vocabulary.keys(), nil)
}

// Writable tells why a program of this version may only read the store, if so.
func (head Statistics) Writable(version string) error {
	if head.Renewal != nil {
		return Errorf(Conflict, "the store is being read again with extractor and vocabulary %s, and shows a part of its graph only", head.Renewal.Version).
			WithHint("entente reprocess goes on where it ended")
	}
	if head.Filling {
		return Errorf(Conflict, "an import into this store was cut off, or is under way: it shows a part of its documents only").
			WithHint("entente import of the same file begins anew")
	}
	if head.Version == version {
		return nil
	}
	return Errorf(Conflict, "the store was written with extractor and vocabulary %s, this program has %s: it may only be read", head.Version, version).
		WithHint("entente reprocess reads its texts again")
}

// arrival is a document that arrives, or is withdrawn.
type arrival struct {
	change Change
	over   *int64
	known  bool // refuse it if the document is not there
}

// Apply is [Writer.Apply] within one transaction.
func (b *Bookkeeper) Apply(ctx context.Context, ledger Ledger, changes []Change) ([]Applied, error) {
	arrivals := make([]arrival, len(changes))
	for i, c := range changes {
		if err := c.Validate(); err != nil {
			return nil, err
		}
		arrivals[i] = arrival{change: c, over: c.Over}
	}
	return b.arrive(ctx, ledger, arrivals)
}

// Withdraw is [Writer.Withdraw] within one transaction.
func (b *Bookkeeper) Withdraw(ctx context.Context, ledger Ledger, withdrawals []Withdrawal) ([]Applied, error) {
	arrivals := make([]arrival, len(withdrawals))
	for i, w := range withdrawals {
		tombstone := Document{ID: w.Document, Source: w.Unseen, Withdrawn: true, Revision: Revision{Number: w.Number}}
		if w.Unseen != "" {
			if err := tombstone.validateState(); err != nil {
				return nil, fmt.Errorf("withdraw: %w", err)
			}
		}
		arrivals[i] = arrival{change: Change{Document: tombstone}, over: w.Over, known: w.Unseen == ""}
	}
	return b.arrive(ctx, ledger, arrivals)
}

func (b *Bookkeeper) arrive(ctx context.Context, ledger Ledger, arrivals []arrival) ([]Applied, error) {
	head, err := ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.ready(head); err != nil {
		return nil, err
	}
	decisions, err := ledger.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	resolution := Resolve(decisions)
	ids := make([]DocumentID, len(arrivals))
	for i, a := range arrivals {
		ids[i] = a.change.Document.ID
	}
	slices.Sort(ids)
	stored, err := ledger.Documents(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	applied, winners, err := compete(stored, arrivals, resolution)
	if err != nil || len(winners) == 0 {
		return applied, err
	}
	changed, err := b.replace(ctx, ledger, stored, winners, resolution)
	if err != nil {
		return nil, err
	}
	return applied, b.followWitnesses(ctx, ledger, decisions, changed)
}

// compete lets the arrivals compete with what is stored: winners are the rows
// that come in, by document id.
func compete(stored map[DocumentID]Document, arrivals []arrival, r *Resolution) ([]Applied, map[DocumentID]Rows, error) {
	winners := map[DocumentID]Rows{}
	current := maps.Clone(stored)
	applied := make([]Applied, len(arrivals))
	for i, a := range arrivals {
		doc := a.change.Document
		held, exists := current[doc.ID]
		same := exists && doc.Compare(held) == 0 // it is in: perhaps nobody heard of it
		switch {
		case a.known && !exists:
			return nil, nil, Errorf(NotFound, "there is no document %s", doc.ID)
		case !same && a.over != nil && *a.over != held.Revision.Number:
			return nil, nil, Errorf(Conflict, "document %s is at revision %d by now, not %d", clip(held.Source), held.Revision.Number, *a.over).
				WithHint("read it again and repeat")
		}
		if doc.Source == "" {
			doc.Source, a.change.Document.Source = held.Source, held.Source
		}
		applied[i] = Applied{Document: doc.ID, Outcome: outcome(held, exists, doc)}
		if applied[i].Outcome == Unchanged || applied[i].Outcome == Superseded {
			continue
		}
		rows := r.Rows(a.change)
		current[doc.ID], winners[doc.ID] = doc, rows
		applied[i].Facts = rows.facts()
	}
	return applied, winners, nil
}

func outcome(held Document, exists bool, doc Document) Outcome {
	order := doc.Compare(held)
	switch {
	case !exists && doc.Withdrawn:
		return Withdrawn
	case !exists:
		return Added
	case order == 0:
		return Unchanged
	case order < 0:
		return Superseded
	case doc.Withdrawn:
		return Withdrawn
	case held.Withdrawn:
		return Added
	}
	return Updated
}

// replace takes the stored rows of the winners' documents out and the winners in.
// It gives both.
func (b *Bookkeeper) replace(ctx context.Context, ledger Ledger, stored map[DocumentID]Document, winners map[DocumentID]Rows, r *Resolution) ([]Rows, error) {
	var old []DocumentID
	var added []Rows
	for _, id := range slices.Sorted(maps.Keys(winners)) {
		added = append(added, winners[id])
		if _, exists := stored[id]; exists {
			old = append(old, id)
		}
	}
	removed, err := ledger.Rows(ctx, old)
	if err != nil {
		return nil, err
	}
	return slices.Concat(removed, added), newFolding(ledger, b.vocabulary, r, r).run(ctx, removed, added, nil, nil)
}

// followWitnesses lets decisions stand for what their witnesses show, now that
// documents have changed.
func (b *Bookkeeper) followWitnesses(ctx context.Context, ledger Ledger, decisions []Decision, changed []Rows) error {
	became, rebound, err := b.rebind(ctx, ledger, decisions, changed)
	if err != nil || len(rebound) == 0 {
		return err
	}
	if err := ledger.PutDecisions(ctx, rebound); err != nil {
		return err
	}
	return b.carryOut(ctx, ledger, decisions, became)
}
