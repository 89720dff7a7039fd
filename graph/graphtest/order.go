package graphtest

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Databases are where the proofs of order keep their graphs: several processes
// open one by its address.
type Databases struct {
	// Fresh gives the address of an empty database.
	Fresh func(tb testing.TB) string
	// Open opens the database at an address until the test ends.
	Open func(tb testing.TB, address string, v graph.Vocabulary) graph.Store
	// Child is the name of a test that does nothing but call [OrderChild].
	Child string
}

// Order proves that a graph is a function of the set of documents, revisions,
// withdrawals and decisions: written in random orders, one by one, by eight
// goroutines and by two processes at once, and with further decisions that are
// undone in the end, they give the same dump, byte for byte.
//
// The set comes from ENTENTE_SEED (default 1); with ENTENTE_LONG there are twenty
// orders, else two. other, if not nil, is an empty store of another kind, whose
// dump must be the same.
func Order(t *testing.T, in Databases, other graph.Store) {
	p := proofOfOrder{Databases: in, seed: seedOf()}
	orders, dump := uint64(2), ""
	if os.Getenv("ENTENTE_LONG") != "" {
		orders = 20
	}
	if other != nil {
		if err := writeAll(t.Context(), other, history(p.seed)); err != nil {
			t.Fatal(err)
		}
		dump = dumpOf(t, other)
	}
	for p.order = range orders {
		for _, way := range []struct {
			name  string
			write func(t *testing.T, address string) error
		}{
			{"one by one", p.oneByOne}, {"eight goroutines", p.together}, {"decided and undone", p.undone}, {"two processes", p.twoProcesses},
		} {
			t.Run(fmt.Sprintf("seed %d order %d %s", p.seed, p.order, way.name), func(t *testing.T) {
				address := in.Fresh(t)
				if err := way.write(t, address); err != nil {
					t.Fatal(err)
				}
				got := dumpOf(t, in.Open(t, address, Vocabulary))
				dump = cmp.Or(dump, got)
				sameDump(t, "in another order", got, dump)
			})
		}
	}
}

// seedOf is the seed of the random proofs.
func seedOf() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("ENTENTE_SEED"), 10, 64); err == nil {
		return n
	}
	return 1
}

// proofOfOrder is one order of one set.
type proofOfOrder struct {
	Databases
	seed, order uint64
}

func (p *proofOfOrder) oneByOne(t *testing.T, address string) error {
	return writeAll(t.Context(), p.Open(t, address, Vocabulary), shuffled(history(p.seed), p.order))
}

func (p *proofOfOrder) together(t *testing.T, address string) error {
	return writeTogether(t.Context(), p.Open(t, address, Vocabulary), shuffled(history(p.seed), p.order), 8)
}

func (p *proofOfOrder) undone(t *testing.T, address string) error {
	writes, decisions := history(p.seed), passing(p.seed)
	for _, d := range decisions {
		writes = append(writes, func(ctx context.Context, store graph.Store) error { return store.Decide(ctx, d) })
	}
	writes = shuffled(writes, p.order)
	for _, i := range rand.New(rand.NewPCG(p.order, 19)).Perm(len(decisions)) {
		writes = append(writes, func(ctx context.Context, store graph.Store) error { return store.Undo(ctx, decisions[i].ID) })
	}
	return writeAll(t.Context(), p.Open(t, address, Vocabulary), writes)
}

// The environment by which a child is told its part.
const (
	childAddress = "ENTENTE_TEST_ORDER_ADDRESS"
	childPart    = "ENTENTE_TEST_ORDER_PART" // seed/order/part
)

// twoProcesses lets two processes write one half each.
func (p *proofOfOrder) twoProcesses(t *testing.T, address string) error {
	p.Open(t, address, Vocabulary) // the schema stands before they race
	var children []*exec.Cmd
	for part := range 2 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+p.Child+"$")
		child.Env = append(os.Environ(), childAddress+"="+address, fmt.Sprintf("%s=%d/%d/%d", childPart, p.seed, p.order, part))
		children = append(children, child)
	}
	failed := make([]error, len(children))
	var running sync.WaitGroup
	for i, child := range children {
		running.Go(func() {
			if out, err := child.CombinedOutput(); err != nil {
				failed[i] = fmt.Errorf("process %d: %w\n%s", i, err, out)
			}
		})
	}
	running.Wait()
	return cmp.Or(failed[0], failed[1])
}

// OrderChild is the part of a child process of [Order]; in any other process it
// is skipped.
func OrderChild(t *testing.T, in Databases) {
	address := os.Getenv(childAddress)
	if address == "" {
		t.Skip("is run by the proof of order, in a process of its own")
	}
	var seed, order uint64
	var part int
	if _, err := fmt.Sscanf(os.Getenv(childPart), "%d/%d/%d", &seed, &order, &part); err != nil {
		t.Fatal(err)
	}
	var mine []write
	for i, w := range shuffled(history(seed), order) {
		if i%2 == part {
			mine = append(mine, w)
		}
	}
	if err := writeAll(t.Context(), in.Open(t, address, Vocabulary), mine); err != nil {
		t.Fatal(err)
	}
}

// write is one thing that is told to a store.
type write func(ctx context.Context, store graph.Store) error

func writeAll(ctx context.Context, store graph.Store, writes []write) error {
	for _, w := range writes {
		if err := w(ctx, store); err != nil {
			return err
		}
	}
	return nil
}

func writeTogether(ctx context.Context, store graph.Store, writes []write, writers int) error {
	work, failed := make(chan write, len(writes)), make(chan error, writers)
	for _, w := range writes {
		work <- w
	}
	close(work)
	for range writers {
		go func() {
			var err error
			for w := range work {
				if err = w(ctx, store); err != nil {
					break
				}
			}
			failed <- err
		}()
	}
	var err error
	for range writers {
		err = cmp.Or(err, <-failed)
	}
	return err
}

func shuffled(writes []write, order uint64) []write {
	out := slices.Clone(writes)
	rand.New(rand.NewPCG(order, 17)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// history is a set of writes in which any two documents share an entity, some
// disagree on dates, titles and names, one is revised twice, one is withdrawn
// and brought back, one is withdrawn for good, and every kind of decision is
// taken, each twice over, some on keys that other decisions move.
func history(seed uint64) []write {
	rng := rand.New(rand.NewPCG(seed, 5))
	var writes []write
	apply := func(changes ...graph.Change) {
		writes = append(writes, func(ctx context.Context, store graph.Store) error {
			_, err := store.Apply(ctx, changes...)
			return err
		})
	}
	withdraw := func(source string, number int64) {
		writes = append(writes, func(ctx context.Context, store graph.Store) error {
			_, err := store.Withdraw(ctx, graph.Withdrawal{Document: graph.NewDocumentID(source), Number: number, Unseen: source})
			return err
		})
	}
	corpus := Corpus(seed, 14, 10)
	for _, c := range corpus {
		apply(c)
	}
	for i := range 4 {
		apply(quarrel(rng, i))
	}
	for number, again := range Corpus(seed+1, 3, 10) { // the same source, three revisions
		again.Document.ID, again.Document.Source = corpus[0].Document.ID, corpus[0].Document.Source
		again.Document.Revision.Number = int64(number) + 2
		apply(again)
	}
	withdraw(corpus[1].Document.Source, 2)
	back := corpus[1]
	back.Document.Revision.Number = 3
	apply(back)
	withdraw(corpus[2].Document.Source, 9)
	apply(renamed(1, "x old"))
	apply(renamed(2, "x new"), renamed(0, "x older"))
	apply(NewDraft("elsewhere", "").Mention(person("x old"), "X. Old", graph.FullName).Revision(1))
	withdraw("elsewhere", int64(seed%2)) // a lower number changes nothing
	for _, d := range append(verdicts(rng, corpus), witnessed()...) {
		writes = append(writes, func(ctx context.Context, store graph.Store) error { return store.Decide(ctx, d) })
	}
	return writes
}

// quarrel is a document that tells a known story in its own way.
func quarrel(rng *rand.Rand, i int) graph.Change {
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	date := pick("2019", "2019-05", "2019-05-04", "2019-05-05", "2020")
	return NewDraft(fmt.Sprintf("quarrel-%d", i), graph.Date(pick("", "2019-06-01", "2021-01-01"))).
		Mention(ada, pick("Ada Lindqvist", "A. Lindqvist", "ADA LINDQVIST", "Ms Lindqvist"), graph.NameClass(1+rng.IntN(4))).
		Mention(arland, pick("Arland", "the Republic", "Árland"), graph.ShortName).
		State(council, graph.Signed, treaty, graph.Qualifiers{graph.OnDate: date}, 500+rng.IntN(500)).
		State(ada, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: pick("Chair", "chair", "Chairwoman"), graph.OnDate: date}, 500+rng.IntN(500)).
		State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: date, graph.InMode: pick(graph.InPerson, graph.ByCall)}, 500+rng.IntN(500)).
		Revision(int64(rng.IntN(3)))
}

// renamed is a document whose revisions read the same name as different keys.
func renamed(number int64, key string) graph.Change {
	return NewDraft("renamed", "2020-02-02").Mention(person(key), "the Chair of the River Board", graph.Description).
		State(person(key), graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Chair"}, 800).
		State(person(key), graph.Met, bruno, graph.Qualifiers{graph.OnDate: "2020-02-01"}, 800).Revision(number)
}

// witnessed are decisions about a key that a revision of its document takes away.
func witnessed() []graph.Decision {
	old := person("x old")
	named := graph.Witness{Document: graph.NewDocumentID("renamed"), Hash: "of the first", Quote: "the Chair of the River Board"}
	return []graph.Decision{
		decide(graph.Decision{Kind: graph.Same, Key: old, Other: ada, Witness: named}),
		decide(graph.Decision{Kind: graph.Distinct, Key: bruno, Other: old, OtherWitness: named}),
		decide(graph.Decision{Kind: graph.Same, Key: bruno, Other: person("x older"), OtherWitness: named}),
		decide(graph.Decision{Kind: graph.Alias, Key: old, Text: "Chair of old", Witness: named}),
		decide(graph.Decision{Kind: graph.Reassign, Key: old, Other: person("person 1"), Documents: []graph.DocumentID{named.Document}, Witness: named}),
		decide(graph.Decision{Kind: graph.ReviewFact, Review: graph.Rejected, Fact: graph.FactKey{Predicate: graph.Met, Subject: bruno, Object: old, Tell: "2020-02-01"},
			Witness: graph.Witness{Document: named.Document, Quote: "met " + bruno.Text}}),
	}
}

// verdicts are random decisions of every kind.
func verdicts(rng *rand.Rand, corpus []graph.Change) []graph.Decision {
	key := func(kind graph.Kind) graph.Key {
		for {
			c := corpus[rng.IntN(len(corpus))]
			if e := c.Entities[rng.IntN(len(c.Entities))]; e.Key.Kind == kind {
				return e.Key
			}
		}
	}
	pair := func(kind graph.Kind) (a, b graph.Key) {
		for a == b {
			a, b = key(kind), key(kind)
		}
		return a, b
	}
	var all []graph.Decision
	for _, kind := range []graph.Kind{graph.Person, graph.Person, graph.Organisation, graph.Agreement} {
		a, b := pair(kind)
		c, d := pair(kind)
		e, f := pair(kind)
		all = append(all,
			graph.Decision{Kind: graph.Same, Key: a, Other: b}, graph.Decision{Kind: graph.Same, Key: b, Other: key(kind)},
			graph.Decision{Kind: graph.Distinct, Key: c, Other: d},
			graph.Decision{Kind: graph.Reassign, Key: e, Other: f, Documents: []graph.DocumentID{corpus[rng.IntN(len(corpus))].Document.ID}},
			graph.Decision{Kind: graph.Alias, Key: a, Text: fmt.Sprintf("Alias %d", rng.IntN(9))})
	}
	for i := range 3 {
		c := corpus[rng.IntN(len(corpus))]
		f := c.Facts[rng.IntN(len(c.Facts))]
		all = append(all, graph.Decision{Kind: graph.ReviewFact, Review: []graph.Review{graph.Confirmed, graph.Rejected}[i%2],
			Fact: graph.FactKey{Predicate: f.Predicate, Subject: c.Entities[f.Subject].Key, Object: c.Entities[f.Object].Key, Tell: string(f.Qualifiers[graph.OnDate])}})
	}
	all = slices.DeleteFunc(all, func(d graph.Decision) bool { return d.Other != (graph.Key{}) && d.Key == d.Other })
	for i, d := range all {
		all[i] = decide(d)
	}
	return append(all, all[:len(all)/2]...)
}

// passing are decisions that are to be undone.
func passing(seed uint64) []graph.Decision {
	all := verdicts(rand.New(rand.NewPCG(seed, 23)), Corpus(seed, 14, 10))
	for i := range all {
		all[i].Author = "visitor"
		all[i].ID = graph.NewDecisionID(all[i])
	}
	slices.SortFunc(all, func(a, b graph.Decision) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b graph.Decision) bool { return a.ID == b.ID })
}
