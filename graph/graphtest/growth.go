package graphtest

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
)

// Growth measures what a document costs whose entities and facts many others
// share: it applies, revises and withdraws one at a fact with 1, 10, … sentences
// between entities of as many documents. The curve must be flat.
//
// ENTENTE_BENCH_HUB is the largest (default 10,000; docs/performance.md has 100,000).
func Growth(b *testing.B, open Open) {
	largest := 10000
	if n, err := strconv.Atoi(os.Getenv("ENTENTE_BENCH_HUB")); err == nil {
		largest = n
	}
	store, number := open(b, Vocabulary), int64(1)
	for at, size := 0, 1; size <= largest; size *= 10 {
		var hub []graph.Change
		for ; at < size; at++ {
			hub = append(hub, atHub(at).Revision(1))
		}
		for i := 0; i < len(hub); i += 500 {
			if _, err := store.Apply(b.Context(), hub[i:min(i+500, len(hub))]...); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("sentences=%d", size), func(b *testing.B) { benchAtHub(b, store, &number) })
	}
}

// atHub is a document that says what all others say: its date, name and title
// win some seats of the fact and its ends and lose others.
func atHub(i int) *Draft {
	return NewDraft(fmt.Sprintf("hub-%d", i), graph.Date(fmt.Sprintf("20%02d-01-01", i%25))).
		Mention(ada, []string{"Ada Lindqvist", "A. Lindqvist", "Ms Lindqvist"}[i%3], graph.NameClass(1+i%3)).
		State(ada, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Chair", graph.OnDate: fmt.Sprintf("20%02d-01", i%25)}, 500+i%500)
}

func benchAtHub(b *testing.B, store graph.Store, number *int64) {
	for b.Loop() {
		for i, best := range []int{999, 400} { // it wins every seat, then leaves them
			c := NewDraft("visitor", "1999-01-01").Mention(ada, "Aaa", graph.FullName).
				State(ada, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Chair", graph.OnDate: "1999-01-01"}, best).Revision(*number + int64(i))
			if _, err := store.Apply(b.Context(), c); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := store.Withdraw(b.Context(), graph.Withdrawal{Document: graph.NewDocumentID("visitor"), Number: *number + 1}); err != nil {
			b.Fatal(err)
		}
		*number += 2
	}
}

// What eight writers must reach of the rate of one: goroutines of one process, and
// as many stores on one database, each of which has to read again what the others
// wrote.
const (
	leastTogether = 0.8
	leastApart    = 0.3
)

// The rounds in which one writer and eight take turns. The fastest of each are
// compared, since what else the machine does only ever makes them slower; further
// rounds are for a machine that was busy through the first.
const (
	fewestRounds = 3
	mostRounds   = 12
)

// Writers proves that eight writers of documents that all name the same people
// hardly stand in each other's way, and that nobody fails.
func Writers(t *testing.T, in Databases) {
	documents := 160
	if testing.Short() || os.Getenv("ENTENTE_LONG") == "" {
		documents = 32
	}
	const writers = 8
	address := in.Fresh(t)
	stores := make([]graph.Store, writers)
	for i := range stores {
		stores[i] = in.Open(t, address, Vocabulary)
		defer stores[i].Close()
	}
	written := 0
	rate := func(of ...graph.Store) float64 {
		began := time.Now()
		if err := writeShares(t, of, written, documents); err != nil {
			t.Fatal(err)
		}
		written += documents
		return float64(documents) / time.Since(began).Seconds()
	}
	same := slices.Repeat(stores[:1], writers)
	rate(stores...) // connections and statements are made
	var one, together, apart float64
	enough := func() bool { return together >= leastTogether*one && apart >= leastApart*one }
	for round := 0; round < fewestRounds || round < mostRounds && !enough(); round++ {
		a, b, c := rate(stores[0]), rate(same...), rate(stores...)
		one, together, apart = max(one, a), max(together, b), max(apart, c)
		t.Logf("documents/s: one writer %.0f, eight goroutines %.0f (%.2f), eight stores %.0f (%.2f)", a, b, b/a, c, c/a)
	}
	if head, err := stores[0].Statistics(t.Context()); err != nil || head.Documents != written {
		t.Fatalf("%d documents, want %d: %v", head.Documents, written, err)
	}
	t.Logf("the fastest: one writer %.0f, eight goroutines %.0f (%.2f), eight stores %.0f (%.2f)", one, together, together/one, apart, apart/one)
	if !enough() {
		t.Errorf("eight writers reach %.2f (goroutines) and %.2f (stores) of one writer's rate, want %.2f and %.2f", together/one, apart/one, leastTogether, leastApart)
	}
}

// writeShares writes the documents from one number on, each store its share, one at a time.
func writeShares(t *testing.T, stores []graph.Store, from, documents int) error {
	var failed []error
	var mutex sync.Mutex
	var running sync.WaitGroup
	for share, store := range stores {
		running.Go(func() {
			for i := share; i < documents; i += len(stores) {
				if _, err := store.Apply(t.Context(), atHub(from+i).Revision(1)); err != nil {
					mutex.Lock()
					failed = append(failed, err)
					mutex.Unlock()
					return
				}
			}
		})
	}
	running.Wait()
	if len(failed) > 0 {
		return failed[0]
	}
	return nil
}
