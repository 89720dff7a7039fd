package server

import (
	"context"
	"slices"
	"sync"

	"github.com/entente-kg/entente/graph"
)

// feed tells subscribers what the worker has read.
type feed struct {
	store graph.Store

	mu          sync.Mutex
	subscribers map[chan news]bool
	before      map[graph.DocumentID][]graph.FactID // what the documents on the lease stated until now
}

// news is documents that were read, with what each stated before.
type news struct {
	documents []graph.DocumentID
	before    map[graph.DocumentID][]graph.FactID
}

const (
	mostUnread = 64   // news that a subscriber may leave unread: one that is slower loses the feed
	mostStated = 1000 // facts of one document that are told
)

func (f *feed) join() (told <-chan news, leave func()) {
	c := make(chan news, mostUnread)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subscribers == nil {
		f.subscribers = map[chan news]bool{}
	}
	f.subscribers[c] = true
	return c, func() { f.drop(c) }
}

func (f *feed) drop(c chan news) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subscribers[c] {
		delete(f.subscribers, c)
		close(c)
	}
}

// reading notes what documents state that are about to be read again.
func (f *feed) reading(ctx context.Context, documents []graph.DocumentID) {
	f.mu.Lock()
	idle := len(f.subscribers) == 0
	f.mu.Unlock()
	var before map[graph.DocumentID][]graph.FactID
	if !idle {
		before, _ = stated(ctx, f.store, documents, graph.FactFilter{}) // else all count as new
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before = before
}

// stated are the ids of the facts that documents state.
func stated(ctx context.Context, store graph.Store, documents []graph.DocumentID, where graph.FactFilter) (map[graph.DocumentID][]graph.FactID, error) {
	pages, err := store.ListFacts(ctx, graph.FactQuery{Documents: documents, Where: where, Window: graph.Window{Limit: mostStated}})
	if err != nil {
		return nil, err
	}
	facts := map[graph.DocumentID][]graph.FactID{}
	for i, page := range pages {
		for _, fact := range page.Items {
			facts[documents[i]] = append(facts[documents[i]], fact.ID)
		}
	}
	return facts, nil
}

// read tells which items were read.
func (f *feed) read(items []graph.JobItem) {
	n := news{}
	for _, i := range items {
		if i.Result.Outcome == graph.Added || i.Result.Outcome == graph.Updated {
			n.documents = append(n.documents, graph.NewDocumentID(i.Text.Source))
		}
	}
	slices.Sort(n.documents)
	n.documents = slices.Compact(n.documents)
	f.mu.Lock()
	defer f.mu.Unlock()
	n.before = f.before
	for c := range f.subscribers {
		select {
		case c <- n:
		default: // too slow
			delete(f.subscribers, c)
			close(c)
		}
	}
}

// added are the facts that match and were not in the graph before: those that no
// document states but these, none of which stated it before.
func (n news) added(ctx context.Context, store graph.Store, where graph.FactFilter) ([]graph.Fact, error) {
	if len(n.documents) == 0 {
		return nil, nil
	}
	pages, err := store.ListFacts(ctx, graph.FactQuery{Documents: n.documents, Where: where, Window: graph.Window{Limit: mostStated}})
	if err != nil {
		return nil, err
	}
	fresh := map[graph.FactID]int{} // how many of the documents state it for the first time
	var all []graph.Fact
	for i, page := range pages {
		for _, fact := range page.Items {
			if slices.Contains(n.before[n.documents[i]], fact.ID) {
				continue
			}
			if fresh[fact.ID]++; fresh[fact.ID] == 1 {
				all = append(all, fact)
			}
		}
	}
	return slices.DeleteFunc(all, func(f graph.Fact) bool { return f.Sources != fresh[f.ID] }), nil
}
