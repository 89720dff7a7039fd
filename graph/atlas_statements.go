package graph

import (
	"context"
	"slices"
)

// What an atlas and the statements of a store answer together.

// ListEntities is [Reader.ListEntities]. What asks for edges is listed from memory, and what
// documents mention is put in order there; of all else that is one page its total is counted. The rest is
// for the store's statements.
func (a *Atlas) ListEntities(ctx context.Context, q EntityQuery, statements func(context.Context, EntityQuery) ([]Page[Entity], error)) ([]Page[Entity], error) {
	if q.Documents != nil && a.tests(q.Where) {
		pages, ok, err := atOneMoment(ctx, a, func(ctx context.Context) ([][]EntityID, int64, error) { return a.source.Mentions(ctx, q.Documents) },
			func(p *pages, ids [][]EntityID) ([]Page[Entity], bool) { return p.listAmong(q, ids) })
		if ok || err != nil {
			return pages, err
		}
	}
	return listed(ctx, a, func(p *pages) (part[Entity], bool) {
		if pages, ok := p.listEntities(q); ok || q.Documents != nil || !q.Window.Total {
			return part[Entity]{pages: pages, whole: true}, ok
		}
		total, ok := p.countEntities(q.Where)
		return part[Entity]{total: total}, ok
	}, &q.Window, func() ([]Page[Entity], error) { return statements(ctx, q) })
}

// ListFacts is [Reader.ListFacts], as ListEntities: from memory comes what asks for facts at entities.
func (a *Atlas) ListFacts(ctx context.Context, q FactQuery, statements func(context.Context, FactQuery) ([]Page[Fact], error)) ([]Page[Fact], error) {
	return listed(ctx, a, func(p *pages) (part[Fact], bool) {
		if pages, ok := p.listFacts(q); ok || q.At != nil || q.Documents != nil || !q.Window.Total {
			return part[Fact]{pages: pages, whole: true}, ok
		}
		total, ok := p.countFacts(q.Where)
		return part[Fact]{total: total}, ok
	}, &q.Window, func() ([]Page[Fact], error) { return statements(ctx, q) })
}

// part is what of a list is in memory: all of it, or the total of its one page.
type part[T any] struct {
	pages []Page[T]
	total int
	whole bool
}

// listed is a list with what find has of it in memory. Where that is the total, the window
// does not ask the statements for it any more.
func listed[T any](ctx context.Context, a *Atlas, find func(*pages) (part[T], bool), w *Window, statements func() ([]Page[T], error)) ([]Page[T], error) {
	found, ok, err := lookUp(ctx, a, find)
	if err != nil {
		return nil, err
	}
	if !ok {
		return statements()
	}
	if found.whole {
		return found.pages, nil
	}
	w.Total = false
	pages, err := statements()
	if err == nil {
		pages[0].Total = found.total
	}
	return pages, err
}

// tests tells whether there is an atlas, and whether it has what a filter asks for.
func (a *Atlas) tests(where EntityFilter) bool {
	_, _, _, ok := findNow(a, func(p *pages) (entityTest, bool) { return p.entityTest(where) })
	return ok
}

// EntityPages are pages of records whose ids list finds with a statement; it tells the
// number of the last change at that moment, [Nothing] if it found none. ok is false if statements must read the records.
func (a *Atlas) EntityPages(ctx context.Context, list func(context.Context) ([]Page[EntityID], int64, error)) (all []Page[Entity], ok bool, err error) {
	return atOneMoment(ctx, a, list, func(p *pages, found []Page[EntityID]) ([]Page[Entity], bool) { return recordedPages(found, p.entity) })
}

// FactPages are pages of records, as EntityPages.
func (a *Atlas) FactPages(ctx context.Context, list func(context.Context) ([]Page[FactID], int64, error)) (all []Page[Fact], ok bool, err error) {
	return atOneMoment(ctx, a, list, func(p *pages, found []Page[FactID]) ([]Page[Fact], bool) { return recordedPages(found, p.shownFact) })
}

// Nothing is in place of the number of a change where a statement found nothing, which is
// of any moment.
const Nothing int64 = -1

// mostTries is how often a page is begun again because others write.
const mostTries = 4

// atOneMoment makes something of what a statement found and of the atlas at the same moment; ok is
// false if there is none, or if make cannot.
func atOneMoment[F, T any](ctx context.Context, a *Atlas, find func(context.Context) (F, int64, error), make func(*pages, F) (T, bool)) (made T, ok bool, err error) {
	for range mostTries {
		if !a.warm() {
			break
		}
		found, at, err := find(ctx)
		if err != nil {
			return made, false, err
		}
		if ok, err := a.upTo(ctx, at); !ok || err != nil {
			return made, false, err
		}
		made, now, _, ok := findNow(a, func(p *pages) (T, bool) { return make(p, found) })
		if ok && (now == at || at == Nothing) {
			return made, true, nil
		}
		ctx = uncounted(ctx)
	}
	return made, false, nil
}

// recordedPages are pages with records in place of ids; ok is false if one is not there.
func recordedPages[ID, T any](found []Page[ID], record func(ID) (T, bool)) (all []Page[T], ok bool) {
	for _, p := range found {
		page := placedAs[T](p)
		for _, id := range p.Items {
			item, here := record(id)
			if !here {
				return nil, false
			}
			page.Items = append(page.Items, item)
		}
		all = append(all, page)
	}
	return all, true
}

// placedAs is a page of other items at the same places, still without them.
func placedAs[T, S any](p Page[S]) Page[T] {
	return Page[T]{Items: slices.Grow([]T(nil), len(p.Items)), At: p.At, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total}
}
