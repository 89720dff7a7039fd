package graph

import (
	"context"
	"slices"
)

// walker goes from entities to facts and on to other entities, by number: over the pages of
// an atlas, or over empty ones that fill with what statements show it on the way.
type walker struct {
	*pages
	store Reader // whose statements are asked; nil: the pages have it all
}

// walk lets f walk: over the store's atlas as it is now, which stays as it is until f
// returns, or hop by hop by statements if that does not have what the filter asks for. f
// may be called twice; then the second time counts.
func walk(ctx context.Context, store Reader, where FactFilter, f func(*walker) error) error {
	failed, walked, err := lookUp(ctx, store.Atlas(), func(p *pages) (failed error, ok bool) {
		_, tests := p.factTest(where)
		_, others := p.otherTest(where)
		if !tests || !others {
			return nil, false
		}
		return f(&walker{pages: p}), true
	})
	switch {
	case err != nil:
		return err
	case walked:
		return failed
	}
	return f(&walker{pages: &pages{number: map[EntityID]uint32{}, found: map[FactID]uint32{}}, store: store})
}

// find is an entity's number. One that no fact is known of may have none.
func (w *walker) find(id EntityID) (n uint32, known bool) {
	if w.store != nil {
		return w.numberOf(id), true
	}
	n, known = w.number[id]
	return n, known
}

// records are the facts of these ids, of the same moment if the walk is over an atlas.
func (w *walker) records(ctx context.Context, ids []FactID) (map[FactID]Fact, error) {
	if w.store != nil {
		return w.store.Facts(ctx, ids)
	}
	found, _ := w.factsOf(ids)
	return found, nil
}

// frontier is [Reader.Frontier]. With statements, there may be more entities than before.
func (w *walker) frontier(ctx context.Context, at []uint32, where FactFilter) (facts []uint32, complete bool, err error) {
	if w.store == nil {
		facts, complete, _ = w.pages.frontier(at, where)
		return facts, complete, ctx.Err()
	}
	edges, complete, err := w.store.Frontier(ctx, w.ids(at), where)
	for _, e := range edges {
		n, here := w.found[e.ID]
		if !here {
			n = uint32(len(w.facts))
			w.facts, w.later, w.found[e.ID] = append(w.facts, w.line(Fact{Predicate: e.Predicate, SubjectID: e.SubjectID, ObjectID: e.ObjectID, Sources: e.Sources, Shown: true})), append(w.later, e.ID), n
		}
		facts = append(facts, n)
	}
	return facts, complete, err
}

// ids are the ids of entities, in order.
func (w *walker) ids(entities []uint32) []EntityID {
	ids := make([]EntityID, len(entities))
	for i, n := range entities {
		ids[i] = w.entities[n].id
	}
	slices.Sort(ids)
	return ids
}

// fit are those of some entities that a filter lets through at the other end of a fact.
func (w *walker) fit(ctx context.Context, where FactFilter, entities []uint32) (fit []uint32, err error) {
	if w.store == nil {
		test, _ := w.otherTest(where)
		return slices.DeleteFunc(slices.Clone(entities), func(n uint32) bool { return !test(n) }), nil
	}
	of := EntityFilter{IDs: w.ids(entities), Kinds: where.Kinds}
	if where.Other != nil {
		of.And = []EntityFilter{*where.Other}
	}
	pages, err := w.store.ListEntities(ctx, EntityQuery{Where: of, Window: Window{Limit: len(entities)}})
	if err != nil {
		return nil, err
	}
	for _, e := range pages[0].Items {
		fit = append(fit, w.number[e.ID])
	}
	return fit, nil
}

// ties are how many facts and sources tie entities to where a walk stands.
type ties struct {
	of      []tie // by entity
	touched []uint32
}

type tie struct{ facts, sources uint32 }

// add takes in a fact at an entity.
func (t *ties) add(entity, sources uint32) {
	x := &t.of[entity]
	if x.facts == 0 {
		t.touched = append(t.touched, entity)
	}
	x.facts++
	x.sources += sources
}

// clear makes room for so many entities and forgets the facts.
func (t *ties) clear(entities int) {
	for _, n := range t.touched {
		t.of[n] = tie{}
	}
	t.of, t.touched = grown(t.of, entities), t.touched[:0]
}

// grown is a list with so many items at least, the new ones zero.
func grown[T any](list []T, n int) []T {
	return append(list, make([]T, max(0, n-len(list)))...)
}
