package graphtest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
)

// Scale prints how long every read of the contract takes, as it grows with the
// graph: ENTENTE_SCALE lists numbers of facts ("10000,100000"); without it the test
// is skipped. A graph of 500,000 facts has some 100,000 entities and 200,000
// sentences, with degrees that Zipf's law gives (exponent 1.1).
//
// Every read is asked 200 times with other values, of which a fifth are the
// largest hubs, after 20 that do not count. The store is warm, unless ENTENTE_COLD is set.
func Scale(t *testing.T, in Databases) {
	sizes := os.Getenv("ENTENTE_SCALE")
	if sizes == "" {
		t.Skip("ENTENTE_SCALE lists how many facts there are to be, such as 10000,100000,1000000")
	}
	for size := range strings.SplitSeq(sizes, ",") {
		facts, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		world := newWorld(facts)
		address := in.Fresh(t)
		store := in.Open(t, address, Vocabulary)
		began := time.Now()
		if _, err := graph.Load(t.Context(), world.dump(t), store, nil); err != nil {
			t.Fatal(err)
		}
		loaded := time.Since(began)
		store.Close()
		began = time.Now()
		store = in.Open(t, address, Vocabulary)
		opened := time.Since(began)
		warmed, held := warmCost(t, store)
		head, err := store.Statistics(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		entities, stated := 0, 0
		for _, n := range head.Entities {
			entities += n
		}
		for _, n := range head.Facts {
			stated += n
		}
		fmt.Printf("| %d facts, %d entities, %d sentences, %d documents | p50 ms | p99 ms | p50 of the processor, ms | p99 |\n|---|---|---|---|---|\n", stated, entities, head.Sentences, head.Documents)
		fmt.Printf("| import into an empty store | %.1f s | | | |\n| open | %.0f | | | |\n| warm; memory | %.1f s | %d MB | | |\n", loaded.Seconds(), 1000*opened.Seconds(), warmed, held)
		for _, q := range world.questions(t, store) {
			fmt.Println(measure(t, q))
		}
		began = time.Now()
		if _, err := store.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("| the store's check of itself | %.1f s | | | |\n", time.Since(began).Seconds())
		seconds, megabytes := dumpCost(t, store)
		fmt.Printf("| a whole dump; memory beside it | %.1f s | %d MB | | |\n", seconds, megabytes)
		store.Close()
	}
}

// warmCost warms the store, unless ENTENTE_COLD is set.
func warmCost(t *testing.T, store graph.Store) (seconds float64, megabytes int64) {
	if os.Getenv("ENTENTE_COLD") != "" {
		return 0, 0
	}
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before, began := int64(stats.HeapAlloc), time.Now()
	if err := store.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	seconds = time.Since(began).Seconds()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return seconds, (int64(stats.HeapAlloc) - before) >> 20
}

// dumpCost reads a dump and watches the heap.
func dumpCost(t *testing.T, store graph.Store) (seconds float64, megabytes uint64) {
	began := time.Now()
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before, most, lines := stats.HeapAlloc, stats.HeapAlloc, 0
	for _, err := range store.Dump(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if lines++; lines%20000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&stats)
			most = max(most, stats.HeapAlloc)
		}
	}
	return time.Since(began).Seconds(), (most - before) >> 20
}

// measure asks a question often, and gives a row of the table: what the clock
// says, and what the process has used of the processors meanwhile, which other work
// on the machine does not add to.
func measure(t *testing.T, q asking) string {
	rng := rand.New(rand.NewPCG(3, 3))
	var took, used []time.Duration
	for i := range 220 {
		began, busy := time.Now(), ProcessorTime()
		if err := q.ask(rng); err != nil {
			t.Fatalf("%s: %v", q.name, err)
		}
		if i >= 20 {
			took, used = append(took, time.Since(began)), append(used, ProcessorTime()-busy)
		}
	}
	p50, p99 := quantiles(took)
	busy50, busy99 := quantiles(used)
	return fmt.Sprintf("| %s | %.2f | %.2f | %.2f | %.2f |", q.name, p50, p99, busy50, busy99)
}

// quantiles are the median and the 99th percentile in milliseconds.
func quantiles(of []time.Duration) (p50, p99 float64) {
	slices.Sort(of)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return ms(of[len(of)/2]), ms(of[len(of)*99/100])
}

// world is a corpus so large that no one holds it: a document is made from its
// number, when it is needed.
type world struct {
	documents int
	entities  int
	order     []int // of the documents by their ids
}

// What a document has. Some ends are drawn alike, and some facts again, so that
// sixty draws are some fifty facts.
const (
	worldFacts     = 50
	worldDraws     = 62
	worldSentences = 20
)

func newWorld(facts int) world {
	w := world{documents: max(1, facts/worldFacts), entities: facts * 28 / 100}
	for i := range w.documents {
		w.order = append(w.order, i)
	}
	slices.SortFunc(w.order, func(a, b int) int {
		return strings.Compare(string(graph.NewDocumentID(worldSource(a))), string(graph.NewDocumentID(worldSource(b))))
	})
	return w
}

func worldSource(i int) string { return fmt.Sprintf("world-%07d", i) }

// of picks one of n by Zipf's law.
func of(rng *rand.Rand, n int) uint64 {
	return rand.NewZipf(rng, 1.1, 4, uint64(max(1, n-1))).Uint64()
}

func (w world) person(rng *rand.Rand) graph.Key {
	n := of(rng, w.entities*2/5)
	return person(word(n%500+3) + " " + word(n*7+11))
}
func (w world) body(rng *rand.Rand) graph.Key {
	n := of(rng, w.entities/10)
	return org([]string{"council", "ministry", "bank", "league"}[n%4] + " of " + word(n))
}
func (w world) treaty(rng *rand.Rand) graph.Key {
	n := of(rng, w.entities/4)
	return agreement([]string{"treaty", "agreement", "protocol", "memorandum"}[n%4] + " on " + word(n+5))
}
func (w world) subject(rng *rand.Rand) graph.Key {
	n := of(rng, w.entities/10)
	return topic(word(n*3+1) + " " + []string{"trade", "security", "water", "health", "energy"}[n%5])
}
func (w world) summit(rng *rand.Rand) graph.Key {
	n := of(rng, w.entities/8)
	return event(word(n) + " summit")
}

// word is the pronounceable word of a number, another for each.
func word(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n += 70; n > 0; n /= 70 {
		b.WriteByte(consonants[n%70/5])
		b.WriteByte(vowels[n%5])
	}
	return b.String()
}

// document makes a document from its number.
func (w world) document(i int) graph.Change {
	rng := rand.New(rand.NewPCG(9, uint64(i)))
	day := func() string { return fmt.Sprintf("20%02d-%02d-%02d", rng.IntN(25), 1+rng.IntN(12), 1+rng.IntN(28)) }
	d := NewDraft(worldSource(i), graph.Date(day()))
	d.Mention(arland, "Arland", graph.ShortName)
	for range worldSentences - 1 {
		d.say(fmt.Sprintf("%s spoke of %s at length in the %dth hour of a long day.", w.person(rng).Text, w.subject(rng).Text, rng.IntN(24)))
	}
	date := func() graph.Qualifiers { return graph.Qualifiers{graph.OnDate: day()[:[]int{4, 7, 10}[rng.IntN(3)]]} }
	for range worldDraws {
		switch confidence := 500 + rng.IntN(500); rng.IntN(7) {
		case 0, 1:
			if a, b := w.person(rng), w.person(rng); a != b {
				d.within(a, graph.Met, b, date(), confidence, rng)
			}
		case 2:
			d.within(w.person(rng), graph.HoldsOffice, w.body(rng), graph.Qualifiers{graph.WithTitle: []string{"Minister", "Chair", "Envoy"}[rng.IntN(3)]}, confidence, rng)
		case 3, 4:
			d.within(w.body(rng), graph.Signed, w.treaty(rng), date(), confidence, rng)
		case 5:
			d.within(w.treaty(rng), graph.Covers, w.subject(rng), nil, confidence, rng)
		case 6:
			d.within(w.body(rng), graph.ParticipatedIn, w.summit(rng), date(), confidence, rng)
		}
	}
	return d.Revision(1)
}

// within states a fact in one of the sentences that are there.
func (d *Draft) within(subject graph.Key, p graph.Predicate, object graph.Key, q graph.Qualifiers, confidence int, rng *rand.Rand) {
	span := d.change.Sentences[rng.IntN(len(d.change.Sentences))]
	d.change.Facts = append(d.change.Facts, graph.Stated{Predicate: p, Subject: d.entity(subject), Object: d.entity(object), Qualifiers: q, Confidence: confidence,
		Extractor: "test", Spans: []graph.EvidenceSpan{{Span: span, Role: graph.StatesFact}}, SubjectAt: span, ObjectAt: span})
}

// dump streams the world as a dump.
func (w world) dump(t *testing.T) io.Reader {
	in, out := io.Pipe()
	go func() {
		e := json.NewEncoder(out)
		err := e.Encode(graph.DumpLine{Header: &graph.Header{Format: graph.DumpFormat, Version: Vocabulary.Version}})
		for _, i := range w.order {
			if err != nil {
				break
			}
			c := w.document(i)
			err = e.Encode(graph.DumpLine{Document: &c})
		}
		out.CloseWithError(err)
	}()
	return in
}
