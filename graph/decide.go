package graph

import (
	"context"
	"errors"
	"maps"
	"slices"
)

// ErrPending is what a write fails with while decisions that were taken earlier
// have not reached every document: [Bookkeeper.CarryOn] comes first.
var ErrPending = errors.New("decisions that were taken earlier are still being carried out")

// Pending says how far decisions have reached that touch more documents than one
// transaction may rewrite. They are recorded and cannot be lost; until all
// documents are rewritten, some facts still stand under the entities of before.
type Pending struct {
	Was   []Decision   `json:"was,omitempty"` // that changed or were undone, as they were
	New   []DecisionID `json:"new,omitempty"` // that were not there
	After DocumentID   `json:"after"`         // the last document that was rewritten
}

// pendingDocuments bounds the documents that one transaction rewrites: some ten
// thousand rows.
const pendingDocuments = 64

// Decide changes the set of decisions and rewrites the documents that name the
// keys concerned, as many as go into a transaction: it is to be followed by
// [Bookkeeper.CarryOn].
func (b *Bookkeeper) Decide(ctx context.Context, ledger Ledger, add []Decision, remove []DecisionID) error {
	head, err := ledger.Head(ctx)
	if err != nil {
		return err
	}
	if err := b.ready(head); err != nil {
		return err
	}
	decisions, err := ledger.Decisions(ctx)
	if err != nil {
		return err
	}
	kept, fresh, err := amend(decisions, add, remove)
	if err != nil {
		return err
	}
	if fresh, err = b.bind(ctx, ledger, fresh); err != nil {
		return err
	}
	if err := ledger.RemoveDecisions(ctx, remove); err != nil {
		return err
	}
	if err := ledger.PutDecisions(ctx, fresh); err != nil {
		return err
	}
	became := slices.Concat(kept, fresh)
	head.Decisions = len(became)
	if err := ledger.PutHead(ctx, head); err != nil {
		return err
	}
	return b.carryOut(ctx, ledger, decisions, became)
}

// amend is what is left of the set of decisions, and what is new to it.
func amend(decisions, add []Decision, remove []DecisionID) (kept, fresh []Decision, err error) {
	known := map[DecisionID]bool{}
	for _, d := range decisions {
		known[d.ID] = true
	}
	for _, id := range remove {
		if !known[id] {
			return nil, nil, Errorf(NotFound, "there is no decision %s", clip(string(id)))
		}
	}
	for _, d := range add {
		if err := d.Validate(); err != nil {
			return nil, nil, err
		}
		d = d.written()
		if !known[d.ID] {
			known[d.ID] = true
			fresh = append(fresh, d)
		}
	}
	kept = slices.DeleteFunc(slices.Clone(decisions), func(d Decision) bool { return slices.Contains(remove, d.ID) })
	return kept, fresh, nil
}

// carryOut takes the first step from one set of decisions to another: what the
// vocabulary, aliases and reviews have to do with it, and the first documents.
func (b *Bookkeeper) carryOut(ctx context.Context, ledger Ledger, was, is []Decision) error {
	before, after := Resolve(was), Resolve(is)
	keys, documents := b.changed(before, after)
	first, more, err := nextMentioning(ctx, ledger, keys, documents, "")
	if err != nil {
		return err
	}
	var reviewed []FactRef
	for _, d := range slices.Concat(was, is) {
		switch d = d.standing(); d.Kind {
		case ReviewFact:
			for _, r := range []*Resolution{before, after} {
				reviewed = append(reviewed, FactRef{r.fact(d.Fact), d.Fact.Predicate})
			}
		case Alias:
			keys = append(keys, d.Key)
		}
	}
	if err := b.rewrite(ctx, ledger, before, after, first, keys, reviewed); err != nil || !more {
		return err
	}
	pending := difference(was, is)
	pending.After = first[len(first)-1]
	return b.putPending(ctx, ledger, &pending)
}

// Transact runs a work in a transaction of its own.
type Transact func(work func(Ledger) error) error

// Write runs a work in a transaction, after what decisions that were taken earlier
// still owe to documents, and before what those that it takes owe.
func (b *Bookkeeper) Write(ctx context.Context, transact Transact, work func(Ledger) error) error {
	for {
		owes := false
		err := transact(func(l Ledger) error {
			if err := work(l); err != nil {
				return err
			}
			head, err := l.Head(ctx)
			owes = head.Pending != nil
			return err
		})
		switch {
		case errors.Is(err, ErrPending):
			if err := b.CarryOn(ctx, transact); err != nil {
				return err
			}
		case err != nil || !owes:
			return err
		default:
			return b.CarryOn(ctx, transact)
		}
	}
}

// CarryOn takes the further steps of what [Bookkeeper.Decide] or a revised witness
// began, each in a transaction of its own. Whoever calls it next goes on from the
// last one that was committed.
func (b *Bookkeeper) CarryOn(ctx context.Context, transact Transact) error {
	for more := true; more; {
		err := transact(func(l Ledger) error {
			more = false
			head, err := l.Head(ctx)
			if err != nil || head.Pending == nil {
				return err
			}
			if err := head.Writable(b.version); err != nil {
				return err
			}
			more, err = b.carryFurther(ctx, l, *head.Pending)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// carryFurther rewrites the next documents.
func (b *Bookkeeper) carryFurther(ctx context.Context, ledger Ledger, pending Pending) (more bool, err error) {
	is, err := ledger.Decisions(ctx)
	if err != nil {
		return false, err
	}
	before, after := Resolve(pending.before(is)), Resolve(is)
	keys, documents := b.changed(before, after)
	next, more, err := nextMentioning(ctx, ledger, keys, documents, pending.After)
	if err != nil {
		return false, err
	}
	if err := b.rewrite(ctx, ledger, before, after, next, nil, nil); err != nil {
		return false, err
	}
	if !more {
		return false, b.putPending(ctx, ledger, nil)
	}
	pending.After = next[len(next)-1]
	return true, b.putPending(ctx, ledger, &pending)
}

func (b *Bookkeeper) putPending(ctx context.Context, ledger Ledger, p *Pending) error {
	head, err := ledger.Head(ctx)
	if err != nil {
		return err
	}
	head.Pending = p
	return ledger.PutHead(ctx, head)
}

// difference is what has to be remembered of the decisions before a change.
func difference(was, is []Decision) (p Pending) {
	old, now := byID(was), byID(is)
	for _, d := range was {
		if e, still := now[d.ID]; !still || e.Found != d.Found {
			p.Was = append(p.Was, d)
		}
	}
	for _, d := range is {
		if _, known := old[d.ID]; !known {
			p.New = append(p.New, d.ID)
		}
	}
	return p
}

// before are the decisions as they were, given what they are.
func (p Pending) before(is []Decision) []Decision {
	was := byID(is)
	for _, id := range p.New {
		delete(was, id)
	}
	maps.Copy(was, byID(p.Was))
	return slices.Collect(maps.Values(was))
}

func byID(decisions []Decision) map[DecisionID]Decision {
	m := make(map[DecisionID]Decision, len(decisions))
	for _, d := range decisions {
		m[d.ID] = d
	}
	return m
}

// nextMentioning are the next documents, by id, that are concerned: these, and
// those that mention the keys.
func nextMentioning(ctx context.Context, ledger Ledger, keys []Key, documents []DocumentID, after DocumentID) (next []DocumentID, more bool, err error) {
	raw := make([]EntityID, len(keys))
	for i, k := range keys {
		raw[i] = k.ID()
	}
	const limit = pendingDocuments + 1
	if next, err = ledger.Mentioning(ctx, raw, after, limit); err != nil {
		return nil, false, err
	}
	for _, id := range documents {
		if id > after {
			next = append(next, id)
		}
	}
	slices.Sort(next)
	next = slices.Compact(next)
	if len(next) > pendingDocuments {
		return next[:pendingDocuments], true, nil
	}
	return next, false, nil
}

// rewrite makes the rows of documents anew.
func (b *Bookkeeper) rewrite(ctx context.Context, ledger Ledger, before, after *Resolution, documents []DocumentID, moved []Key, reviewed []FactRef) error {
	removed, err := ledger.Rows(ctx, documents)
	if err != nil {
		return err
	}
	added := make([]Rows, len(removed))
	for i, rows := range removed {
		change, err := rows.Change()
		if err != nil {
			return Errorf(Conflict, "the store is damaged: %w", err).WithHint("entente doctor --repair mends it")
		}
		added[i] = after.Rows(change)
	}
	return newFolding(ledger, b.vocabulary, before, after).run(ctx, removed, added, moved, reviewed)
}

// changed lists the keys that two resolutions see differently wherever they
// stand, and the documents in which a key that either reassigns stands for another
// entity. An entity to which the vocabulary gives other names than before is
// different too, also where a key was reassigned to it: it decides the class of the
// forms that documents have for it.
func (b *Bookkeeper) changed(before, after *Resolution) ([]Key, []DocumentID) {
	keys, documents := changedKeys(before, after)
	renamed := map[EntityID]bool{}
	for _, r := range []*Resolution{before, after} {
		for id, group := range r.groups {
			if !maps.Equal(b.vocabulary.classes(before, id), b.vocabulary.classes(after, id)) {
				keys, renamed[id] = append(keys, group...), true
			}
		}
	}
	for doc, moves := range after.moved {
		for k := range moves {
			if renamed[after.Key(doc, k).ID()] {
				documents = append(documents, doc)
			}
		}
	}
	slices.SortFunc(keys, compareKeys)
	return slices.Compact(keys), documents
}
