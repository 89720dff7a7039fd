package graphtest

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/entente-kg/entente/graph"
)

var concurrentCases = []testCase{
	{"pages while others write", "what was there all along with an unchanged sort key is on exactly one page, in its order", func(h *harness) {
		f := newFlux(h)
		for _, by := range []graph.OrderBy{graph.ByName, graph.ByDate, graph.ByLastSeen, graph.BySources} {
			order := graph.Order{By: by, Desc: by == graph.ByLastSeen || by == graph.ByDate}
			steadily(f, "entities by "+string(by), func(w graph.Window) (graph.Page[graph.Entity], error) {
				pages, err := h.store.ListEntities(h.ctx, graph.EntityQuery{Order: order, Window: w})
				return first(pages), err
			}, func(e graph.Entity) string { return e.Name })
		}
		for _, by := range []graph.OrderBy{graph.ByDate, graph.ByConfidence, graph.BySources} {
			order := graph.Order{By: by, Desc: by == graph.ByConfidence}
			steadily(f, "facts by "+string(by), func(w graph.Window) (graph.Page[graph.Fact], error) {
				pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{Order: order, Window: w})
				return first(pages), err
			}, func(x graph.Fact) string { return x.Subject.Name })
		}
		for _, by := range []graph.OrderBy{graph.ByPublished, graph.ByTitle} {
			order := graph.Order{By: by, Desc: by == graph.ByTitle}
			steadily(f, "documents by "+string(by), func(w graph.Window) (graph.Page[graph.Document], error) {
				return h.store.ListDocuments(h.ctx, graph.DocumentQuery{Order: order, Window: w})
			}, func(d graph.Document) string { return d.Source })
		}
		steadily(f, "evidence", func(w graph.Window) (graph.Page[graph.Cited], error) {
			pages, err := h.store.ListEvidence(h.ctx, graph.EvidenceQuery{Facts: []graph.FactID{f.common}, Window: w})
			return first(pages), err
		}, func(c graph.Cited) string { return c.Cites.Source })
		steadily(f, "mentions", func(w graph.Window) (graph.Page[graph.Mention], error) {
			pages, err := h.store.ListMentions(h.ctx, graph.MentionQuery{Entities: []graph.EntityID{council.ID()}, Window: w})
			return first(pages), err
		}, func(m graph.Mention) string { return f.sources[m.Document] })
		if f.writes < 40 {
			h.Errorf("only %d writes between the pages", f.writes)
		}
	}},
	{"a dump while others write", "a dump is of one moment, whatever is written while it is made", func(h *harness) {
		corpus := Corpus(8, 16, 4)
		moments := []string{h.dump()}
		for _, c := range corpus {
			h.apply(c)
			moments = append(moments, h.dump())
		}
		h.store = h.open(h, Vocabulary)
		var writing sync.WaitGroup
		var done atomic.Bool
		writing.Go(func() {
			defer done.Store(true)
			for _, c := range corpus {
				if _, err := h.store.Apply(h.ctx, c); err != nil {
					h.Error(err)
					return
				}
			}
		})
		defer writing.Wait()
		last, midway := 0, 0
		for last < len(corpus) && !h.Failed() {
			over := done.Load()
			at := slices.Index(moments, h.dump())
			if at < last || over && at < len(corpus) {
				h.Fatalf("a dump of moment %d after one of moment %d (-1 is none)", at, last)
			}
			if last = at; at > 0 && at < len(corpus) {
				midway++
			}
		}
		h.Logf("%d dumps were made while somebody wrote", midway) // a store may let the writer go first
	}},
	{"a long read and a writer", "who reads for long stops no writer for longer than 50 ms", func(h *harness) {
		h.apply(Corpus(9, 60, 6)...)
		news := Corpus(10, 400, 3)
		write := func(n int) []time.Duration {
			return timed(h, n, 0, func(ctx context.Context) error {
				c := news[0]
				news = news[1:]
				c.Document.Revision.Number++ // what stands in the first corpus is revised
				_, err := h.store.Apply(ctx, c)
				return err
			})
		}
		write(10)
		unhindered(h, func() []time.Duration { return write(12) }, func() (stop func()) {
			next, stop := iter.Pull2(h.store.Dump(h.ctx))
			for range 20 { // the dump has begun, and is not taken further
				if _, err, more := next(); err != nil || !more {
					h.Fatalf("the dump ends early: %v", err)
				}
			}
			return stop
		})
	}},
	{"a long write and readers", "who writes for long stops no reader for longer than 50 ms", func(h *harness) {
		h.apply(Corpus(11, 60, 6)...)
		read := func() []time.Duration {
			return timed(h, 40, 5*time.Millisecond, func(ctx context.Context) error {
				_, err := h.store.ListEntities(ctx, graph.EntityQuery{Window: graph.Window{Limit: 20}})
				return err
			})
		}
		read()
		batch := 0
		unhindered(h, read, func() (stop func()) {
			batch++
			ctx, cancel := context.WithCancel(h.ctx)
			var writing sync.WaitGroup
			writing.Go(func() {
				large := Corpus(uint64(20+batch), 1500, 6)
				for i := range large {
					large[i].Document.Revision.Number = int64(1 + batch)
				}
				if _, err := h.store.Apply(ctx, large...); err != nil && ctx.Err() == nil {
					h.Error(err)
				}
			})
			time.Sleep(100 * time.Millisecond) // it is at work
			return func() { cancel(); writing.Wait() }
		})
	}},
}

// flux is a store in which some documents, and what only they speak of, stand
// still, while others come, change and go around them in every order.
type flux struct {
	*harness
	rng     *rand.Rand
	common  graph.FactID // that every document states
	sources map[graph.DocumentID]string
	numbers map[int]int64 // revisions of the documents that change
	writes  int
}

const steadyDocuments = 8

func newFlux(h *harness) *flux {
	f := &flux{harness: h, rng: rand.New(rand.NewPCG(1, 43)), sources: map[graph.DocumentID]string{}, numbers: map[int]int64{}}
	for i := range steadyDocuments {
		h.apply(f.document(i, "steady", 1))
	}
	facts := h.facts(graph.FactFilter{Subjects: []graph.EntityID{council.ID()}})
	if len(facts) != 1 {
		h.Fatalf("%d facts of the council", len(facts))
	}
	f.common = facts[0].ID
	for range 10 {
		if err := f.step(); err != nil {
			h.Fatal(err)
		}
	}
	return f
}

// document is one of those that stand still, or one of a like place in every order.
func (f *flux) document(i int, manner string, number int64) graph.Change {
	name := fmt.Sprintf("%02d %s", i, manner)
	date := fmt.Sprintf("20%02d-0%d-11", i, 1+number%9)
	if manner == "steady" {
		date = fmt.Sprintf("20%02d-05-11", i)
	}
	f.sources[graph.NewDocumentID(name)] = name
	confidence := 500 + 10*i + int(number%7)
	return NewDraft(name, graph.Date(date)).
		Mention(council, "River Keepers' Council", graph.FullName).
		State(person(name), graph.Signed, agreement(name+" accord"), graph.Qualifiers{graph.OnDate: date}, confidence).
		State(council, graph.Signed, treaty, graph.Qualifiers{graph.OnDate: date}, confidence).
		Revision(number)
}

// step adds, revises or withdraws one of the documents that change.
func (f *flux) step() error {
	i := f.rng.IntN(2 * steadyDocuments)
	f.numbers[i]++
	f.writes++
	if f.rng.IntN(3) == 0 {
		source := fmt.Sprintf("%02d flux", i)
		_, err := f.store.Withdraw(f.ctx, graph.Withdrawal{Document: graph.NewDocumentID(source), Number: f.numbers[i], Unseen: source})
		return err
	}
	_, err := f.store.Apply(f.ctx, f.document(i, "flux", f.numbers[i]))
	return err
}

// steadily pages through a list forwards and backwards; each page is read while
// something is written, and something is written before the next. What stands still is
// where it was: its names are expected in the order of the list without the others.
func steadily[T any](f *flux, what string, list func(graph.Window) (graph.Page[T], error), name func(T) string) {
	f.Helper()
	whole, err := list(graph.Window{Limit: 1000})
	if err != nil {
		f.Fatalf("%s: %v", what, err)
	}
	want := steady(whole.Items, name)
	if len(want) < steadyDocuments {
		f.Fatalf("%s: only %q stand still", what, want)
	}
	read := func(w graph.Window) graph.Page[T] {
		written := make(chan error, 1)
		go func() { written <- f.step() }()
		page, err := list(w)
		if wrote := <-written; err != nil || wrote != nil {
			f.Fatalf("%s: %v, %v", what, err, wrote)
		}
		return page
	}
	var forwards, backwards []T
	for w := (graph.Window{Limit: 4}); ; {
		page := read(w)
		forwards = append(forwards, page.Items...)
		if !page.HasNext {
			break
		}
		w.After = page.At[len(page.At)-1]
	}
	for w := (graph.Window{Limit: 4, Backward: true}); ; {
		page := read(w)
		backwards = slices.Concat(page.Items, backwards)
		if !page.HasPrevious {
			break
		}
		w.Before = page.At[0]
	}
	for way, items := range map[string][]T{"forwards": forwards, "backwards": backwards} {
		if got := steady(items, name); !slices.Equal(got, want) {
			f.Errorf("%s %s: %q, want %q", what, way, got, want)
		}
	}
}

// steady is the names of what stands still.
func steady[T any](items []T, name func(T) string) []string {
	var names []string
	for _, item := range items {
		if n := name(item); strings.HasSuffix(n, "steady") {
			names = append(names, n)
		}
	}
	return names
}

// timed does something n times, with a pause after each, and says how long each
// took. What takes ten seconds is stopped for good.
func timed(h *harness, n int, pause time.Duration, do func(context.Context) error) []time.Duration {
	h.Helper()
	took := make([]time.Duration, n)
	for i := range took {
		ctx, cancel := context.WithTimeout(h.ctx, 10*time.Second)
		begun := time.Now()
		err := do(ctx)
		took[i] = time.Since(begun)
		cancel()
		if err != nil {
			h.Fatalf("after %s: %v", took[i], err)
		}
		time.Sleep(pause)
	}
	return took
}

const (
	hindrance = 50 * time.Millisecond
	quietest  = 8 // tries, of which the quietest counts: other work on the machine hinders, too
)

// unhindered measures something alone, and while something else goes on.
func unhindered(h *harness, measure func() []time.Duration, begin func() (stop func())) {
	h.Helper()
	var seen []string
	for range quietest {
		alone := measure()
		stop := begin()
		beside := measure()
		stop()
		if h.Failed() {
			return
		}
		slices.Sort(alone)
		slices.Sort(beside)
		median := beside[len(beside)/2] - alone[len(alone)/2]
		longest := beside[len(beside)-1] - alone[len(alone)-1]
		seen = append(seen, fmt.Sprintf("median %s and longest %s more than %s and %s", median, longest, alone[len(alone)/2], alone[len(alone)-1]))
		if median <= hindrance && longest <= hindrance {
			h.Log(seen)
			return
		}
	}
	h.Errorf("it takes longer each time: %q", seen)
}
