package graph

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"reflect"
	"slices"
)

// Filler loads an empty store in bulk. Documents come in ascending order of
// their ids, each once, as in a dump. What it holds in memory are the records, a
// kilobyte or so for each fact.
type Filler interface {
	// Add takes the next documents, tombstones too.
	Add(ctx context.Context, changes []Change) error
	// Finish writes the records: from then on the store is as if the documents had
	// been applied. Without it, nothing of them may be used.
	Finish(ctx context.Context) error
	// Abort lets everything go that was not finished; after Finish it does nothing.
	Abort()
}

// Filling is a [Filler] but for transactions, which are the store's: each step
// takes the ledger of one. Every record is folded in memory and written once,
// and no record is read.
type Filling struct {
	bookkeeper *Bookkeeper
	stands     *memory // the vocabulary's records, which are in the store
	folded     *memory
	resolution *Resolution
	last       DocumentID
	entities   map[EntityID]bool // that are in the store, as they were when they came
}

// Empty tells whether a store has nothing but its vocabulary, or what is left of
// an import that was cut off.
func (s Statistics) Empty() bool {
	bare := s.Documents+s.Decisions+s.Sentences == 0 && len(s.Entities) == 0 && s.Pending == nil && s.Renewal == nil
	return bare || s.Filling
}

// Clear takes away what an import that was cut off has left, some of it or all;
// it is to be called, each time in a transaction, until more is false.
func (b *Bookkeeper) Clear(ctx context.Context, ledger Ledger) (more bool, err error) {
	head, err := ledger.Head(ctx)
	if err != nil || !head.Filling {
		return false, err
	}
	if left, err := ledger.Strip(ctx, renewalRows); err != nil || left {
		return true, err
	}
	documents, err := ledger.DocumentsAfter(ctx, "", loadDocuments)
	if err != nil {
		return false, err
	}
	ids := make([]DocumentID, len(documents))
	for i, d := range documents {
		ids[i] = d.ID
	}
	if err := ledger.RemoveRows(ctx, ids); err != nil || len(ids) > 0 {
		return true, err
	}
	decisions, err := ledger.Decisions(ctx)
	if err != nil {
		return false, err
	}
	if err := ledger.RemoveDecisions(ctx, slices.Collect(maps.Keys(byID(decisions)))); err != nil {
		return false, err
	}
	if err := ledger.PutHead(ctx, Statistics{Version: b.version}); err != nil {
		return false, err
	}
	return false, b.writeVocabulary(ctx, ledger)
}

// Fill begins to fill a store that has nothing but its vocabulary with these
// decisions. A store that is not empty is Conflict.
func (b *Bookkeeper) Fill(ctx context.Context, ledger Ledger, decisions []Decision) (*Filling, error) {
	head, err := ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.ready(head); err != nil {
		return nil, err
	}
	if !head.Empty() {
		return nil, Errorf(Conflict, "the store is not empty")
	}
	_, fresh, err := amend(nil, decisions, nil)
	if err != nil {
		return nil, err
	}
	for i := range fresh {
		fresh[i].Found = Found{}
	}
	f := &Filling{bookkeeper: b, stands: newMemory(), folded: newMemory(), resolution: Resolve(fresh), entities: map[EntityID]bool{}}
	f.folded.decisions = fresh
	for _, m := range []*memory{f.stands, f.folded} {
		if err := b.writeVocabulary(ctx, m); err != nil {
			return nil, err
		}
	}
	for id := range f.stands.entities {
		f.entities[id] = true
	}
	if err := ledger.PutDecisions(ctx, fresh); err != nil {
		return nil, err
	}
	return f, ledger.PutHead(ctx, Statistics{Version: b.version, Decisions: len(fresh), Filling: true})
}

// Step is what is to be written in one transaction; it may run again.
type Step func(ctx context.Context, ledger Ledger) error

// Add folds the next documents. The step puts their rows.
func (f *Filling) Add(ctx context.Context, changes []Change) (Step, error) {
	rows, last := make([]Rows, len(changes)), f.last
	for i, c := range changes {
		if err := c.Validate(); err != nil {
			return nil, err
		}
		if c.Document.ID <= last {
			return nil, Errorf(Invalid, "document %s stands out of order", c.Document.ID)
		}
		rows[i], last = f.resolution.Rows(c), c.Document.ID
	}
	if err := newFolding(f.folded, f.bookkeeper.vocabulary, f.resolution, f.resolution).run(ctx, nil, rows, nil, nil); err != nil {
		return nil, err
	}
	var fresh []Entity // mentions need them; they are written as they are so far
	for _, r := range rows {
		for _, m := range r.Mentions {
			if !f.entities[m.Entity] {
				f.entities[m.Entity] = true
				fresh = append(fresh, f.folded.entities[m.Entity])
			}
		}
	}
	f.last = last
	return func(ctx context.Context, ledger Ledger) error {
		if err := ledger.PutEntities(ctx, fresh); err != nil {
			return err
		}
		return ledger.PutRows(ctx, rows)
	}, nil
}

// Records hands out what is to be written once all documents are in, one
// transaction after the other, ending with the one that makes the store whole.
func (f *Filling) Records(limit int) iter.Seq[Step] {
	return func(yield func(Step) bool) {
		more := eachChunk(f.folded.entities, f.stands.entities, func(a, b Entity) bool { return reflect.DeepEqual(a, b) }, limit, func(chunk []Entity) bool {
			return yield(func(ctx context.Context, l Ledger) error { return l.PutEntities(ctx, chunk) })
		}) && eachChunk(f.folded.names, f.stands.names, func(a, b Name) bool { return a == b }, limit, func(chunk []Name) bool {
			return yield(func(ctx context.Context, l Ledger) error { return l.PutNames(ctx, chunk) })
		}) && eachChunk(f.folded.facts, f.stands.facts, sameFact, limit, func(chunk []Fact) bool {
			return yield(func(ctx context.Context, l Ledger) error { return l.PutFacts(ctx, chunk) })
		})
		if more {
			yield(f.end)
		}
	}
}

// eachChunk runs over the records that are not in the store as they should be, by id.
func eachChunk[ID cmp.Ordered, T any](folded, stand map[ID]T, same func(a, b T) bool, limit int, yield func([]T) bool) bool {
	var chunk []T
	for _, id := range slices.Sorted(maps.Keys(folded)) {
		if is, here := stand[id]; here && same(folded[id], is) {
			continue
		}
		if chunk = append(chunk, folded[id]); len(chunk) == limit {
			if !yield(chunk) {
				return false
			}
			chunk = nil
		}
	}
	return len(chunk) == 0 || yield(chunk)
}

// end takes away the vocabulary's records that decisions have merged into others,
// writes the counters, and lets decisions follow their witnesses.
func (f *Filling) end(ctx context.Context, ledger Ledger) error {
	var facts []FactRef
	for _, id := range slices.Sorted(maps.Keys(f.stands.facts)) {
		if _, still := f.folded.facts[id]; !still {
			facts = append(facts, FactRef{id, f.stands.facts[id].Predicate})
		}
	}
	if err := ledger.RemoveFacts(ctx, facts); err != nil {
		return err
	}
	if err := ledger.RemoveNames(ctx, without(f.stands.names, f.folded.names)); err != nil {
		return err
	}
	if err := ledger.RemoveEntities(ctx, without(f.stands.entities, f.folded.entities)); err != nil {
		return err
	}
	head := f.folded.head
	head.Version, head.Decisions = f.bookkeeper.version, len(f.folded.decisions)
	if err := ledger.PutHead(ctx, head); err != nil {
		return err
	}
	bound, err := f.bookkeeper.bind(ctx, ledger, f.folded.decisions)
	if err != nil {
		return err
	}
	rebound := slices.DeleteFunc(slices.Clone(bound), func(d Decision) bool { return d.Found == (Found{}) })
	if len(rebound) == 0 {
		return nil
	}
	if err := ledger.PutDecisions(ctx, rebound); err != nil {
		return err
	}
	return f.bookkeeper.carryOut(ctx, ledger, f.folded.decisions, bound)
}

func without[ID cmp.Ordered, T any](all, kept map[ID]T) (gone []ID) {
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if _, still := kept[id]; !still {
			gone = append(gone, id)
		}
	}
	return gone
}
