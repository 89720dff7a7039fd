package graph

import (
	"context"
	"sync"
	"time"
)

// Atlas holds in memory the records of all entities and shown facts, with what
// walks and questions about edges look at beside them. It takes some 80 bytes a fact
// and 500 an entity with its names. Documents, texts and evidence stay in the store.
//
// A store that was asked to [Store.Warm] answers Frontier, Degrees, Tally, Facets, records by id, lists
// of entities by their edges and of facts by their ends from it, with the same
// answers in the same order as its statements; one that was not, and one with
// more than MaxAtlas facts, uses statements. So one that answers one question
// does not read the whole graph for it. Of other lists statements find the ids, or the records.
//
// Every transaction of a store that changes entities or facts leaves the ids of
// what it changed in a log, under the next number. Before each answer the atlas
// asks for the last number, which is the one statement that an answer costs, and
// reads again what has changed since, whoever wrote it. Where a statement finds a
// page of ids it tells the number of that moment with them, and the page is begun again
// if the atlas is already further.
// The log forgets; an atlas that has missed too much is read anew, and until
// then statements answer.
//
// Records are never changed, only replaced, so that answers may share them.
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
	settling bool         // it may have been seen in part, and is read once more
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
	// Mentions are the entities that each document mentions, with one statement, and the
	// number of the last change at that moment.
	Mentions(ctx context.Context, documents []DocumentID) (of [][]EntityID, at int64, err error)
	// Settling is how long after a change was seen it may still be seen in part.
	Settling() time.Duration
}

// Surveyor takes what a store hands over: entities and facts without their ranks, and
// facts without their ends' records.
type Surveyor interface {
	Entity(Entity)
	Name(ChartedName)
	Fact(Fact)
}

// ChartedName is what an atlas has of a name. Sort is its text folded.
type ChartedName struct {
	Entity     EntityID
	Class      NameClass
	Text, Sort string
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
	a.pages = b.bind()
	a.arrive(at)
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
	after, began := a.at, time.Now()
	if a.pages == nil || after >= last && !a.settling {
		return a.pages != nil, nil
	}
	if a.settling {
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
	switch {
	case at > a.at:
		a.arrive(at)
	case began.Sub(a.arrived) >= a.source.Settling():
		a.settling = false
	}
	return true, nil
}

// arrive notes a change that was not seen before.
func (a *Atlas) arrive(at int64) {
	a.at, a.arrived, a.settling = at, time.Now(), a.source.Settling() > 0
}

// uncounted keeps the count of statements to those that a question costs by its
// shape: what others wrote is read by whoever comes first.
func uncounted(ctx context.Context) context.Context {
	return context.WithValue(ctx, statementsKey{}, nil)
}

// lookUp gives what find says of the graph after its last change; ok is false if
// statements must answer, which costs none to find out.
func lookUp[T any](ctx context.Context, a *Atlas, find func(*pages) (T, bool)) (found T, ok bool, err error) {
	found, at, settled, ok := findNow(a, find)
	if !ok {
		return found, false, nil
	}
	last, _, err := a.source.LastChange(ctx)
	if err != nil || settled && last <= at {
		return found, err == nil, err
	}
	if ok, err := a.upTo(ctx, last); !ok || err != nil {
		return found, false, err
	}
	found, _, _, ok = findNow(a, find)
	return found, ok, nil
}

// findNow gives what find says of the graph as it is in memory, and after which change that is.
func findNow[T any](a *Atlas, find func(*pages) (T, bool)) (found T, at int64, settled, ok bool) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.pages == nil {
		return found, 0, false, false
	}
	found, ok = find(a.pages)
	return found, a.at, !a.settling, ok
}

// Frontier is [Reader.Frontier]; ok is false if statements must answer, as below.
func (a *Atlas) Frontier(ctx context.Context, at []EntityID, where FactFilter) (edges []Edge, complete, ok bool, err error) {
	edges, ok, err = lookUp(ctx, a, func(p *pages) (edges []Edge, ok bool) {
		facts, whole, ok := p.frontier(p.numbers(at), where)
		edges, complete = make([]Edge, len(facts)), whole
		for i, n := range facts {
			edges[i] = p.edge(n)
		}
		return edges, ok
	})
	return edges, complete, ok, err
}

// Degrees is [Reader.Degrees].
func (a *Atlas) Degrees(ctx context.Context, ids []EntityID, predicates []Predicate) (degrees map[EntityID]int, ok bool, err error) {
	return lookUp(ctx, a, func(p *pages) (map[EntityID]int, bool) { return p.degrees(ids, predicates), true })
}

// Entities is [Reader.Entities] where all of the ids are there.
func (a *Atlas) Entities(ctx context.Context, ids []EntityID) (map[EntityID]Entity, bool, error) {
	return lookUp(ctx, a, func(p *pages) (map[EntityID]Entity, bool) { return p.recordsOf(ids) })
}

// Facts is [Reader.Facts] where all of the ids are there and shown.
func (a *Atlas) Facts(ctx context.Context, ids []FactID) (map[FactID]Fact, bool, error) {
	return lookUp(ctx, a, func(p *pages) (map[FactID]Fact, bool) { return p.factsOf(ids) })
}

// MatchNames is [Reader.MatchNames].
func (a *Atlas) MatchNames(ctx context.Context, q Terms, kinds []Kind, limit int) (hits []EntityHit, truncated, ok bool, err error) {
	hits, ok, err = lookUp(ctx, a, func(p *pages) (hits []EntityHit, ok bool) {
		hits, truncated = p.matchNames(q, kinds, limit)
		return hits, true
	})
	return hits, truncated, ok, err
}
