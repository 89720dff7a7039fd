package graph

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Atlas holds in memory what walks and questions about edges look at: of every
// shown fact its ends, predicate, date, confidence and sources, of every entity
// what lists filter and order by. It takes some 75 bytes a fact and 150 an
// entity. Texts, evidence and whole records stay in the store.
//
// A store that was asked to [Store.Warm] answers Frontier, Degrees, Tally, Facets, lists
// of entities by their edges and of facts by their ends from it, with the same
// answers in the same order as its statements; one that was not, and one with
// more than MaxAtlas facts, uses statements. So one that answers one question
// does not read the whole graph for it.
//
// Every transaction of a store that changes entities or facts leaves the ids of
// what it changed in a log, under the next number. Before each answer the atlas
// asks for the last number, which is the one statement that a walk costs, and
// reads again what has changed since, whoever wrote it. A page of records comes
// with the number it was read at, so that it costs one statement, too: where the
// number is another than the atlas had, it begins again.
// The log forgets; an atlas that has missed too much is read anew, and until
// then statements answer.
type Atlas struct {
	source  Chart
	ctx     context.Context // ends when the store is closed
	cancel  context.CancelFunc
	working sync.WaitGroup

	catching sync.Mutex   // who holds it brings the pages up to date
	mu       sync.RWMutex // of what follows
	pages    *pages       // nil: not in memory
	at       int64        // the change up to which it is
	arrived  time.Time    // when the last change was first seen
}

// MaxAtlas is how many facts an atlas holds; of a larger graph there is none.
const MaxAtlas = 4_000_000

// Chart is what a store does for its atlas.
type Chart interface {
	// LastChange is the number of the last change, with one statement; known is false
	// if the store has no log of changes.
	LastChange(ctx context.Context) (at int64, known bool, err error)
	// Survey hands over every entity, name and shown fact, and gives the number of the
	// last change before it began.
	Survey(ctx context.Context, into Surveyor) (at int64, err error)
	// Changes hands over what changed after a change, as it is now: entities, each
	// before all of its names, and facts. What is gone has its id alone. whole is
	// false if the log does not go back so far.
	Changes(ctx context.Context, after int64, into Surveyor) (at int64, whole bool, err error)
	// Settling is how long after a change was seen it may still be seen in part.
	Settling() time.Duration
}

// Surveyor takes what a store hands over.
type Surveyor interface {
	Entity(ChartedEntity)
	Name(ChartedName)
	Fact(ChartedFact)
}

// ChartedName is what an atlas has of a name. Sort is its text folded.
type ChartedName struct {
	Entity     EntityID
	Class      NameClass
	Text, Sort string
}

// ChartedEntity is what an atlas has of an entity.
type ChartedEntity struct {
	ID                        EntityID
	Kind                      Kind
	AgreementKind             AgreementKind
	Sort                      string
	Date, FirstSeen, LastSeen Date
	Documents                 int
}

// ChartedFact is what an atlas has of a fact.
type ChartedFact struct {
	Edge
	Date       Date
	Confidence int
	Vocabulary int
	Shown      bool
}

// NewAtlas is the atlas of a store, with nothing in memory.
func NewAtlas(source Chart) *Atlas {
	ctx, cancel := context.WithCancel(context.Background())
	return &Atlas{source: source, ctx: ctx, cancel: cancel}
}

// keepUpEvery is how often an atlas that nobody asks looks for changes, so that
// the log does not forget them.
const keepUpEvery = time.Second

// Warm reads the graph into memory, and from then on follows its changes.
func (a *Atlas) Warm(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(a.ctx, cancel)()
	a.catching.Lock()
	defer a.catching.Unlock()
	if a.pages != nil || a.ctx.Err() != nil {
		return nil
	}
	if _, known, err := a.source.LastChange(ctx); !known || err != nil {
		return err
	}
	if err := a.survey(ctx); err != nil || a.pages == nil {
		return err
	}
	a.working.Go(a.keepUp)
	return nil
}

// Close lets the memory go.
func (a *Atlas) Close() {
	a.cancel()
	a.catching.Lock() // once whoever brings it up to date has noticed
	a.mu.Lock()
	a.pages = nil
	a.mu.Unlock()
	a.catching.Unlock()
	a.working.Wait()
}

func (a *Atlas) keepUp() {
	every := time.NewTicker(keepUpEvery)
	defer every.Stop()
	for {
		select {
		case <-every.C:
			a.catching.Lock()
			if a.pages == nil { // it has missed too much
				_ = a.survey(a.ctx) // statements answer until it succeeds
			}
			a.catching.Unlock()
			_, _ = a.current(a.ctx)
		case <-a.ctx.Done():
			return
		}
	}
}

// survey reads everything. The caller holds catching.
func (a *Atlas) survey(ctx context.Context) error {
	b := newBinder()
	at, err := a.source.Survey(ctx, b)
	if err != nil || len(b.loose) > MaxAtlas {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pages, a.at, a.arrived = b.bind(), at, time.Now()
	return nil
}

// warm tells whether there is an atlas, without asking the store.
func (a *Atlas) warm() bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.pages != nil
}

// current brings the atlas up to date, with one statement if nothing has changed.
// ok is false if there is none.
func (a *Atlas) current(ctx context.Context) (ok bool, err error) {
	if !a.warm() {
		return false, nil
	}
	last, _, err := a.source.LastChange(ctx)
	if err != nil {
		return false, err
	}
	return a.upTo(ctx, last)
}

// upTo brings the atlas up to a change.
func (a *Atlas) upTo(ctx context.Context, last int64) (ok bool, err error) {
	a.catching.Lock()
	defer a.catching.Unlock()
	after := a.at
	settling := time.Since(a.arrived) < a.source.Settling()
	if a.pages == nil || after >= last && !settling {
		return a.pages != nil, nil
	}
	if settling {
		after--
	}
	var news changes
	at, whole, err := a.source.Changes(uncounted(ctx), after, &news)
	if err != nil {
		return false, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !whole {
		a.pages = nil
		return false, nil
	}
	a.pages.change(news)
	if at > a.at {
		a.at, a.arrived = at, time.Now()
	}
	return true, nil
}

// uncounted keeps the count of statements to those that a question costs by its
// shape: what others wrote is read by whoever comes first.
func uncounted(ctx context.Context) context.Context {
	return context.WithValue(ctx, statementsKey{}, nil)
}

// Frontier is [Reader.Frontier]; ok is false if statements must answer.
func (a *Atlas) Frontier(ctx context.Context, at []EntityID, where FactFilter) (edges []Edge, complete, ok bool, err error) {
	if ok, err := a.current(ctx); !ok || err != nil {
		return nil, false, false, err
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.pages == nil {
		return nil, false, false, nil
	}
	edges, complete, ok = a.pages.frontier(at, where)
	return edges, complete, ok, nil
}

// Degrees is [Reader.Degrees]; ok is false if statements must answer.
func (a *Atlas) Degrees(ctx context.Context, ids []EntityID, predicates []Predicate) (degrees map[EntityID]int, ok bool, err error) {
	if ok, err := a.current(ctx); !ok || err != nil {
		return nil, false, err
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.pages == nil {
		return nil, false, nil
	}
	return a.pages.degrees(ids, predicates), true, nil
}

// OfPredicates tells which of the facts are of which predicate; what the atlas does
// not know of, all if there is none, may be of any.
func (a *Atlas) OfPredicates(ids []FactID) map[Predicate][]FactID {
	a.mu.RLock()
	defer a.mu.RUnlock()
	of := make(map[Predicate][]FactID, len(Predicates))
	for _, p := range Predicates {
		of[p] = nil
	}
	for _, id := range ids {
		if a.pages != nil {
			if n, here := a.pages.fact(id); here {
				p := Predicates[a.pages.facts[n].predicate]
				of[p] = append(of[p], id)
				continue
			}
		}
		for _, p := range Predicates {
			of[p] = append(of[p], id)
		}
	}
	return of
}

// MatchNames is [Reader.MatchNames]; ok is false if statements must answer, and read
// is as in ListEntities.
func (a *Atlas) MatchNames(ctx context.Context, q Terms, kinds []Kind, limit int, read func(context.Context, []EntityID) (map[EntityID]Entity, int64, error)) (hits []EntityHit, truncated, ok bool, err error) {
	pages, ok, err := leaf(ctx, a, func(p *pages) ([]Page[EntityID], bool) {
		hits, truncated = p.matchNames(q, kinds, limit)
		page := Page[EntityID]{}
		for _, h := range hits {
			page.Items = append(page.Items, h.Entity.ID)
		}
		return []Page[EntityID]{page}, true
	}, read)
	if !ok || err != nil {
		return nil, false, false, err
	}
	for i, e := range pages[0].Items {
		hits[i].Entity = e
	}
	return hits, truncated, true, nil
}

// ListEntities answers what asks for edges; read gives records by id, and the
// number of the last change at that moment.
func (a *Atlas) ListEntities(ctx context.Context, q EntityQuery, read func(context.Context, []EntityID) (map[EntityID]Entity, int64, error)) ([]Page[Entity], bool, error) {
	return leaf(ctx, a, func(p *pages) ([]Page[EntityID], bool) { return p.listEntities(q) }, read)
}

// ListFacts answers what asks for facts at entities; read is as in ListEntities.
func (a *Atlas) ListFacts(ctx context.Context, q FactQuery, read func(context.Context, []FactID) (map[FactID]Fact, int64, error)) ([]Page[Fact], bool, error) {
	return leaf(ctx, a, func(p *pages) ([]Page[FactID], bool) { return p.listFacts(q) }, read)
}

// mostTries is how often a page is begun again because others write.
const mostTries = 4

// leaf finds pages of ids and reads their records, which are of the same moment.
func leaf[ID ~string, T any](ctx context.Context, a *Atlas, find func(*pages) ([]Page[ID], bool), read func(context.Context, []ID) (map[ID]T, int64, error)) ([]Page[T], bool, error) {
	for range mostTries {
		if !a.settled() {
			if ok, err := a.current(uncounted(ctx)); !ok || err != nil {
				return nil, false, err
			}
		}
		found, at, ok := lookUp(a, find)
		if !ok {
			return nil, false, nil
		}
		ids := []ID{}
		for _, p := range found {
			ids = append(ids, p.Items...)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		var records map[ID]T
		now, err := at, error(nil)
		if len(ids) > 0 {
			records, now, err = read(ctx, ids)
		} else {
			now, _, err = a.source.LastChange(ctx)
		}
		if err != nil {
			return nil, false, err
		}
		if now == at && len(records) == len(ids) {
			return recorded(found, records), true, nil
		}
		if ok, err := a.upTo(ctx, now); !ok || err != nil {
			return nil, false, err
		}
	}
	return nil, false, nil
}

func (a *Atlas) settled() bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return time.Since(a.arrived) >= a.source.Settling()
}

func lookUp[ID any](a *Atlas, find func(*pages) ([]Page[ID], bool)) (found []Page[ID], at int64, ok bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.pages == nil {
		return nil, 0, false
	}
	found, ok = find(a.pages)
	return found, a.at, ok
}

// recorded are the pages with records in place of ids.
func recorded[ID ~string, T any](found []Page[ID], records map[ID]T) []Page[T] {
	all := make([]Page[T], len(found))
	for i, p := range found {
		all[i] = Page[T]{At: p.At, HasNext: p.HasNext, HasPrevious: p.HasPrevious, Total: p.Total}
		for _, id := range p.Items {
			all[i].Items = append(all[i].Items, records[id])
		}
	}
	return all
}
