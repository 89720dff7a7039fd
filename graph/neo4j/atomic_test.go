package neo4j_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
	"github.com/entente-kg/entente/graph/sqlite"
)

// deed is one call that writes, and the steps that it may be seen to have taken.
type deed struct {
	name  string
	do    func(ctx context.Context, store graph.Store) ([]graph.Applied, error)
	steps []func(ctx context.Context, store graph.Store) error // what do does, one transaction each
	twice bool                                                 // it may be done again when it is done
}

var marriage = graph.Decision{Kind: graph.Same, Key: council, Other: union, Author: "ann", At: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}

// told is what stands before any deed.
func told(ctx context.Context, store graph.Store) error {
	if _, err := store.Apply(ctx, append(graphtest.Corpus(1, 4, 4), memorandum())...); err != nil {
		return err
	}
	return store.Decide(ctx, graph.Decision{Kind: graph.Alias, Key: council, Text: "The Keepers", Author: "ann", At: marriage.At})
}

func deeds() []deed {
	alias := graph.NewDecisionID(graph.Decision{Kind: graph.Alias, Key: council, Text: "The Keepers", Author: "ann", At: marriage.At})
	news := graphtest.Corpus(2, 7, 4)
	revised := graphtest.Corpus(3, 1, 4)[0]
	revised.Document.Revision.Number = 2
	apply := func(name string, changes ...graph.Change) deed {
		d := deed{name: name, twice: true, do: func(ctx context.Context, store graph.Store) ([]graph.Applied, error) {
			return store.Apply(ctx, changes...)
		}}
		for _, c := range changes {
			d.steps = append(d.steps, func(ctx context.Context, store graph.Store) error {
				_, err := store.Apply(ctx, c)
				return err
			})
		}
		return d
	}
	whole := func(name string, twice bool, do func(ctx context.Context, store graph.Store) ([]graph.Applied, error)) deed {
		return deed{name, do, []func(context.Context, graph.Store) error{func(ctx context.Context, store graph.Store) error {
			_, err := do(ctx, store)
			return err
		}}, twice}
	}
	return []deed{
		apply("a document", news[4]),
		apply("a batch of three transactions", news[5], revised, news[6]),
		whole("a withdrawal", true, func(ctx context.Context, store graph.Store) ([]graph.Applied, error) {
			return store.Withdraw(ctx, graph.Withdrawal{Document: news[1].Document.ID, Number: 2}, graph.Withdrawal{Document: news[2].Document.ID, Number: 2})
		}),
		whole("a decision", true, func(ctx context.Context, store graph.Store) ([]graph.Applied, error) {
			return nil, store.Decide(ctx, marriage)
		}),
		whole("an undoing", false, func(ctx context.Context, store graph.Store) ([]graph.Applied, error) {
			return nil, store.Undo(ctx, alias)
		}),
	}
}

// atomicity tries one deed through a proxy.
type atomicity struct {
	deed
	url     string
	states  []string // the dumps before, after each step
	applied []graph.Applied
}

// TestAtomicity cuts the connection at every message of every deed, before, while
// and after the server acts on it (an ordinary run takes a sample): the dump is the
// one before or the one after a transaction, the answer tells which, and the same
// deed again ends where an undisturbed one does.
func TestAtomicity(t *testing.T) {
	url := fresh(t)
	openAt(t, url, graphtest.Vocabulary).Close() // makes the schema, which stays
	rng := rand.New(rand.NewPCG(seed(), 31))
	for _, d := range deeds() {
		t.Run(strings.ReplaceAll(d.name, " ", "_"), func(t *testing.T) {
			a := &atomicity{deed: d, url: url}
			a.refer(t)
			messages := a.count(t)
			ways := []func(*testing.T, cut) byte{a.givenUp, a.triedAgain, a.neverBack}
			tries, commits := 0, 0
			for i, c := range sample(rng, messages) {
				for j, way := range ways {
					if !long() && i > 0 && rng.IntN(len(ways)) != j {
						continue
					}
					tries++
					if way(t, c) == commit {
						commits++
					}
				}
			}
			t.Logf("%d messages, %d cuts, %d of them at a commit", messages, tries, commits)
			if commits < len(ways) {
				t.Errorf("only %d cuts at a commit", commits)
			}
		})
	}
}

// sample is which messages are cut, and how: the commit, which is the last, when
// it was done and not heard of; and two more, or with ENTENTE_LONG all.
func sample(rng *rand.Rand, messages int) []cut {
	points := []cutPoint{unsent, unread, unanswered}
	cuts := []cut{{at: messages, point: unanswered}}
	if !long() {
		return append(cuts, cut{at: messages, point: points[rng.IntN(2)]}, cut{at: 1 + rng.IntN(messages-1), point: points[rng.IntN(3)]})
	}
	for _, point := range points {
		for n := 1; n <= messages; n++ {
			cuts = append(cuts, cut{at: n, point: point})
		}
	}
	return cuts
}

func seed() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("ENTENTE_SEED"), 10, 64); err == nil {
		return n
	}
	return 1
}

func long() bool { return os.Getenv("ENTENTE_LONG") == "1" }

// refer asks the embedded store what the deed should do.
func (a *atomicity) refer(t *testing.T) {
	reference := func(name string) graph.Store {
		store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), name), sqlite.Options{Vocabulary: graphtest.Vocabulary})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		if err := told(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		return store
	}
	store := reference("steps.db")
	a.states = []string{dump(t, store)}
	for _, step := range a.steps {
		if err := step(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		a.states = append(a.states, dump(t, store))
	}
	var err error
	if a.applied, err = a.do(t.Context(), reference("whole.db")); err != nil {
		t.Fatal(err)
	}
	for i := range a.steps {
		if a.states[i] == a.states[i+1] {
			t.Fatalf("step %d changes nothing", i)
		}
	}
}

// begin puts the database where the deed begins, and opens it directly and by a proxy.
func (a *atomicity) begin(t *testing.T, patience time.Duration) (direct, cutOff *neo4j.Store, p *proxy) {
	t.Helper()
	neo4jtest.Empty(t, a.url)
	direct = openAt(t, a.url, graphtest.Vocabulary)
	if err := told(t.Context(), direct); err != nil {
		t.Fatal(err)
	}
	p = newProxy(t, a.url)
	cutOff, err := neo4j.Open(t.Context(), p.url(), neo4j.Bounded(neo4j.Options{Vocabulary: graphtest.Vocabulary}, patience, 1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cutOff.Close() })
	return direct, cutOff, p
}

// count is how many messages the deed takes, up to the last commit.
func (a *atomicity) count(t *testing.T) int {
	_, store, p := a.begin(t, 0)
	p.set(cut{})
	if _, err := a.do(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	return p.lastCommit()
}

// givenUp cuts once, with no patience to try again: either the deed was done, or
// the error says how far it came.
func (a *atomicity) givenUp(t *testing.T, c cut) byte {
	direct, store, p := a.begin(t, time.Nanosecond)
	p.set(c)
	applied, err := a.do(t.Context(), store)
	at := p.verify(t, c)
	got := dump(t, direct)
	if err == nil {
		a.same(t, c, "done", got, len(a.steps))
		a.answer(t, c, applied)
		return at
	}
	a.unavailable(t, c, err)
	a.same(t, c, "given up", got, len(applied))
	a.again(t, c, direct)
	return at
}

// triedAgain cuts once, and leaves the time to try again: the deed is done, and nothing twice.
func (a *atomicity) triedAgain(t *testing.T, c cut) byte {
	direct, store, p := a.begin(t, 0)
	p.set(c)
	applied, err := a.do(t.Context(), store)
	at := p.verify(t, c)
	if err != nil {
		t.Errorf("%+v: %v", c, err)
		return at
	}
	a.same(t, c, "tried again", dump(t, direct), len(a.steps))
	a.answer(t, c, applied)
	return at
}

// neverBack cuts for good: the error says how far the deed came, or that nobody
// knows of its last transaction.
func (a *atomicity) neverBack(t *testing.T, c cut) byte {
	c.forever = true
	direct, store, p := a.begin(t, time.Nanosecond)
	p.set(c)
	applied, err := a.do(t.Context(), store)
	at := p.verify(t, c)
	got := dump(t, direct)
	if err == nil {
		t.Errorf("%+v: no error", c)
		return at
	}
	a.unavailable(t, c, err)
	in := len(applied)
	if at == commit != strings.Contains(err.Error(), "is not known") {
		t.Errorf("%+v: cut at %#x: %v", c, at, err)
	}
	if at == commit && (c.point == unanswered || got == a.states[in+1]) {
		in++
	}
	a.same(t, c, "never back", got, in)
	if in < len(a.steps) || a.twice {
		a.again(t, c, direct)
	}
	return at
}

func (a *atomicity) same(t *testing.T, c cut, when, got string, step int) {
	t.Helper()
	if got == a.states[step] {
		return
	}
	is := slices.Index(a.states, got)
	t.Errorf("%+v: %s: the dump is not that after step %d but %s", c, when, step, map[bool]string{true: "one between", false: fmt.Sprintf("after step %d", is)}[is < 0])
}

func (a *atomicity) answer(t *testing.T, c cut, applied []graph.Applied) {
	t.Helper()
	if !slices.Equal(applied, a.applied) {
		t.Errorf("%+v: %+v, undisturbed it is %+v", c, applied, a.applied)
	}
}

func (a *atomicity) unavailable(t *testing.T, c cut, err error) {
	t.Helper()
	if graph.KindOf(err) != graph.Unavailable || graph.HintOf(err) == "" {
		t.Errorf("%+v: error %v of kind %q with hint %q, want Unavailable and what to do", c, err, graph.KindOf(err), graph.HintOf(err))
	}
}

func (a *atomicity) again(t *testing.T, c cut, store graph.Store) {
	t.Helper()
	if _, err := a.do(t.Context(), store); err != nil {
		t.Errorf("%+v: the same again: %v", c, err)
	}
	a.same(t, c, "the same again", dump(t, store), len(a.steps))
}

// A deadlock, wherever the server reports it, costs one more try, and nothing is done twice.
func TestDeadlock(t *testing.T) {
	url := fresh(t)
	openAt(t, url, graphtest.Vocabulary).Close()
	rng := rand.New(rand.NewPCG(seed(), 37))
	for i, d := range deeds() {
		if !long() && i%3 != 1 {
			continue // each costs a second's wait
		}
		t.Run(strings.ReplaceAll(d.name, " ", "_"), func(t *testing.T) {
			a := &atomicity{deed: d, url: url}
			a.refer(t)
			messages := a.count(t)
			last := 1 + rng.IntN(messages-3)
			for _, n := range sampled(1, last, max(1, messages/10)) {
				a.triedAgain(t, cut{at: n, fails: 1})
			}
		})
	}
}

// sampled is the last of some numbers, or with ENTENTE_LONG every so many of them.
func sampled(first, last, step int) []int {
	if !long() {
		return []int{last}
	}
	var all []int
	for n := first; n <= last; n += step {
		all = append(all, n)
	}
	return append(all, last)
}

// Patience comes to its end, whether the server is gone, breaks off every time or
// never has done with its deadlocks.
func TestPatienceEnds(t *testing.T) {
	url := fresh(t)
	const patience = 500 * time.Millisecond
	for name, c := range map[string]cut{
		"gone":                  {at: 4, point: unsent, forever: true},
		"breaks off":            {at: 4, point: unsent, each: 5},
		"breaks off answered":   {at: 4, point: unanswered, each: 5},
		"breaks off at commits": {at: 1 << 30, point: unsent, commits: true},
		"deadlocks":             {at: 4, fails: 1 << 30},
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			neo4jtest.Empty(t, url)
			p := newProxy(t, url)
			store, err := neo4j.Open(t.Context(), p.url(), neo4j.Bounded(neo4j.Options{Vocabulary: graphtest.Vocabulary}, patience, 0))
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			before := dump(t, store)
			p.set(c)
			start := time.Now()
			_, err = store.Apply(t.Context(), memorandum())
			// The last try may begin, after a pause of two seconds, just before the end.
			if took := time.Since(start); took > patience+5*time.Second {
				t.Errorf("an error after %s, patience was %s", took, patience)
			}
			if graph.KindOf(err) != graph.Unavailable || graph.HintOf(err) == "" {
				t.Errorf("error %v of kind %q with hint %q, want Unavailable and what to do", err, graph.KindOf(err), graph.HintOf(err))
			}
			if _, cuts, _ := p.result(); cuts < 2 {
				t.Errorf("tried %d times", cuts)
			}
			if got := dump(t, openAt(t, url, graphtest.Vocabulary)); got != before {
				t.Error("the dump has changed")
			}
		})
	}
}

// A dump that is cut off says so, and hands out nothing that is not whole.
func TestDumpCutOff(t *testing.T) {
	url := fresh(t)
	direct := openAt(t, url, graphtest.Vocabulary)
	if err := told(t.Context(), direct); err != nil {
		t.Fatal(err)
	}
	want := dump(t, direct)
	p := newProxy(t, url)
	store, err := neo4j.Open(t.Context(), p.url(), neo4j.Bounded(neo4j.Options{Vocabulary: graphtest.Vocabulary}, time.Nanosecond, 0))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	p.set(cut{})
	if got := dump(t, store); got != want {
		t.Fatal("another dump through the proxy")
	}
	messages, _, _ := p.result()
	refused := 0
	for _, n := range sampled(1, messages/2, 1) {
		for _, point := range []cutPoint{unsent, unanswered} {
			p.set(cut{at: n, point: point})
			var got strings.Builder
			err := graph.WriteDump(t.Context(), &got, store)
			p.set(cut{})
			if err == nil { // all was read before
				if got.String() != want {
					t.Errorf("cut at %d, %s: another dump", n, point)
				}
				continue
			}
			refused++
			if graph.KindOf(err) != graph.Unavailable || graph.HintOf(err) == "" || got.Len() > 0 {
				t.Errorf("cut at %d, %s: error %v of kind %q with hint %q, and %d bytes", n, point, err, graph.KindOf(err), graph.HintOf(err), got.Len())
			}
		}
	}
	if refused == 0 {
		t.Error("no dump was cut off")
	}
}
