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

// asking is a question with values drawn anew each time.
type asking struct {
	name string
	ask  func(rng *rand.Rand) error
}

func (w world) questions(t *testing.T, s graph.Store) []asking {
	ctx := t.Context()
	page := graph.Window{Limit: 20}
	document := func(rng *rand.Rand) graph.Change { return w.document(rng.IntN(w.documents)) }
	some := func(rng *rand.Rand, n int, key func(*rand.Rand) graph.Key) (ids []graph.EntityID) {
		for range n {
			ids = append(ids, key(rng).ID())
		}
		return ids
	}
	anyOne := func(rng *rand.Rand) graph.Key {
		return []func(*rand.Rand) graph.Key{w.person, w.body, w.treaty, w.subject, w.summit}[rng.IntN(5)](rng)
	}
	factsAt := func(rng *rand.Rand, at ...graph.EntityID) ([]graph.FactID, error) {
		pages, err := s.ListFacts(ctx, graph.FactQuery{At: at, Window: page})
		var ids []graph.FactID
		for _, p := range pages {
			for _, f := range p.Items {
				ids = append(ids, f.ID)
			}
		}
		return ids, err
	}
	list := func(q graph.EntityQuery) error { _, err := s.ListEntities(ctx, q); return err }
	covers := func(topics []graph.EntityID) graph.Related {
		return graph.Related{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: topics}
	}
	signed := func(by []graph.EntityID) graph.Related {
		return graph.Related{Predicates: []graph.Predicate{graph.Signed, graph.PartyTo}, Direction: graph.In, To: by}
	}
	agreements := func(related ...graph.Related) error {
		return list(graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: related}, Order: graph.Order{By: graph.ByDate, Desc: true}, Window: page})
	}
	paths := func(rng *rand.Rand, q graph.PathQuery) error {
		q.From, q.To = anyOne(rng).ID(), anyOne(rng).ID()
		if _, err := graph.Paths(ctx, s, q); graph.KindOf(err) != graph.NotFound { // not all that may be drawn was
			return err
		}
		return nil
	}
	// what facts there are to ask for is found before the clock runs
	var known []graph.FactID
	var evidence []graph.EvidenceID
	prepare := func() {
		rng := rand.New(rand.NewPCG(5, 5))
		for range 50 {
			ids, err := factsAt(rng, some(rng, 4, anyOne)...)
			if err != nil {
				t.Fatal(err)
			}
			known = append(known, ids...)
		}
		pages, err := s.ListEvidence(ctx, graph.EvidenceQuery{Facts: known[:100], Window: page})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			for _, e := range p.Items {
				evidence = append(evidence, e.ID)
			}
		}
	}
	prepare()
	facts := func(rng *rand.Rand, n int) (ids []graph.FactID) {
		for range n {
			ids = append(ids, known[rng.IntN(len(known))])
		}
		return ids
	}
	return []asking{
		{"20 entities by id", func(rng *rand.Rand) error { _, err := s.Entities(ctx, some(rng, 20, anyOne)); return err }},
		{"20 facts by id", func(rng *rand.Rand) error { _, err := s.Facts(ctx, facts(rng, 20)); return err }},
		{"20 documents by id, with texts", func(rng *rand.Rand) error {
			var ids []graph.DocumentID
			for range 20 {
				ids = append(ids, graph.NewDocumentID(worldSource(rng.IntN(w.documents))))
			}
			_, err := s.Documents(ctx, ids, true)
			return err
		}},
		{"20 evidences by id", func(rng *rand.Rand) error {
			var ids []graph.EvidenceID
			for range 20 {
				ids = append(ids, evidence[rng.IntN(len(evidence))])
			}
			_, err := s.Evidence(ctx, ids)
			return err
		}},
		{"a reference by name", func(rng *rand.Rand) error {
			_, err := s.Resolve(ctx, []graph.Ref{{Name: anyOne(rng).Text}})
			return err
		}},
		{"narrower topics", func(rng *rand.Rand) error { _, err := s.Narrower(ctx, []graph.EntityID{drugs.ID()}); return err }},
		{"entities by name", func(rng *rand.Rand) error { return list(graph.EntityQuery{Window: page}) }},
		{"entities by name, and their number", func(rng *rand.Rand) error {
			return list(graph.EntityQuery{Window: graph.Window{Limit: 20, Total: true}})
		}},
		{"people whose name begins so", func(rng *rand.Rand) error {
			return list(graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Person}, Name: &graph.StringFilter{StartsWith: w.person(rng).Text[:5]}}, Window: page})
		}},
		{"entities of the last years seen", func(rng *rand.Rand) error {
			return list(graph.EntityQuery{Where: graph.EntityFilter{Seen: graph.DateRange{From: "2023"}}, Order: graph.Order{By: graph.ByLastSeen, Desc: true}, Window: page})
		}},
		{"entities by number of documents", func(rng *rand.Rand) error {
			return list(graph.EntityQuery{Order: graph.Order{By: graph.BySources, Desc: true}, Window: page})
		}},
		{"agreements of some years, and their number", func(rng *rand.Rand) error {
			years := graph.DateRange{From: graph.Date(strconv.Itoa(2000 + rng.IntN(20))), To: "2019"}
			return list(graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Date: years}, Window: graph.Window{Limit: 20, Total: true}})
		}},
		{"agreements by date", func(rng *rand.Rand) error { return agreements() }},
		{"agreements by topic", func(rng *rand.Rand) error { return agreements(covers(some(rng, 1, w.subject))) }},
		{"agreements by three topics", func(rng *rand.Rand) error { return agreements(covers(some(rng, 3, w.subject))) }},
		{"agreements by party", func(rng *rand.Rand) error { return agreements(signed(some(rng, 1, w.body))) }},
		{"agreements by topics and party", func(rng *rand.Rand) error {
			return agreements(covers(some(rng, 3, w.subject)), signed(some(rng, 1, w.body)))
		}},
		{"entities of 20 documents, 20 each", func(rng *rand.Rand) error {
			q := graph.EntityQuery{Window: page}
			for range 20 {
				q.Documents = append(q.Documents, graph.NewDocumentID(worldSource(rng.IntN(w.documents))))
			}
			return list(q)
		}},
		{"facts by date", func(rng *rand.Rand) error { _, err := s.ListFacts(ctx, graph.FactQuery{Window: page}); return err }},
		{"facts of a predicate in a year", func(rng *rand.Rand) error {
			year := graph.Date(strconv.Itoa(2000 + rng.IntN(25)))
			_, err := s.ListFacts(ctx, graph.FactQuery{Where: graph.FactFilter{Predicates: []graph.Predicate{graph.Signed}, During: graph.DateRange{From: year, To: year}}, Window: page})
			return err
		}},
		{"facts, and their number", func(rng *rand.Rand) error {
			_, err := s.ListFacts(ctx, graph.FactQuery{Window: graph.Window{Limit: 20, Total: true}})
			return err
		}},
		{"confident facts of a predicate, and their number", func(rng *rand.Rand) error {
			where := graph.FactFilter{Predicates: []graph.Predicate{graph.Signed}, MinConfidence: 500 + rng.IntN(400)}
			_, err := s.ListFacts(ctx, graph.FactQuery{Where: where, Window: graph.Window{Limit: 20, Total: true}})
			return err
		}},
		{"facts at an entity", func(rng *rand.Rand) error { _, err := factsAt(rng, anyOne(rng).ID()); return err }},
		{"facts at 20 entities, 20 each", func(rng *rand.Rand) error { _, err := factsAt(rng, some(rng, 20, anyOne)...); return err }},
		{"facts that a document states", func(rng *rand.Rand) error {
			_, err := s.ListFacts(ctx, graph.FactQuery{Documents: []graph.DocumentID{document(rng).Document.ID}, Window: page})
			return err
		}},
		{"documents by date", func(rng *rand.Rand) error {
			_, err := s.ListDocuments(ctx, graph.DocumentQuery{Window: page})
			return err
		}},
		{"documents that mention an entity", func(rng *rand.Rand) error {
			_, err := s.ListDocuments(ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Mentions: some(rng, 1, anyOne)}, Window: page})
			return err
		}},
		{"evidence of 20 facts, 20 each", func(rng *rand.Rand) error {
			_, err := s.ListEvidence(ctx, graph.EvidenceQuery{Facts: facts(rng, 20), Window: page})
			return err
		}},
		{"mentions of an entity", func(rng *rand.Rand) error {
			_, err := s.ListMentions(ctx, graph.MentionQuery{Entities: some(rng, 1, anyOne), Window: page})
			return err
		}},
		{"names of 20 entities", func(rng *rand.Rand) error {
			_, err := s.ListNames(ctx, graph.NameQuery{Entities: some(rng, 20, anyOne), Window: page})
			return err
		}},
		{"degrees of 20 entities", func(rng *rand.Rand) error { _, err := s.Degrees(ctx, some(rng, 20, anyOne), nil); return err }},
		{"frontier of an entity", func(rng *rand.Rand) error {
			_, _, err := s.Frontier(ctx, some(rng, 1, anyOne), graph.FactFilter{})
			return err
		}},
		{"neighbourhood of 300, one hop", func(rng *rand.Rand) error {
			_, err := graph.Neighbourhood(ctx, s, graph.NeighbourhoodQuery{Of: some(rng, 1, anyOne), Depth: 1, MaxEntities: 300, PerEntity: 300})
			return err
		}},
		{"neighbourhood of 300, two hops", func(rng *rand.Rand) error {
			_, err := graph.Neighbourhood(ctx, s, graph.NeighbourhoodQuery{Of: some(rng, 1, anyOne), Depth: 2, MaxEntities: 300, PerEntity: 20})
			return err
		}},
		{"shortest path, 4 hops at most", func(rng *rand.Rand) error { return paths(rng, graph.PathQuery{Mode: graph.Shortest, MaxLength: 4}) }},
		{"100 of all shortest paths, 6 hops at most", func(rng *rand.Rand) error {
			return paths(rng, graph.PathQuery{Mode: graph.AllShortest, MaxLength: 6, Limit: 100})
		}},
		{"shortest path through people and bodies", func(rng *rand.Rand) error {
			where := graph.FactFilter{Kinds: []graph.Kind{graph.Person, graph.Organisation}, MinConfidence: 600}
			return paths(rng, graph.PathQuery{Mode: graph.Shortest, MaxLength: 6, Where: where})
		}},
		{"search among names, as one types", func(rng *rand.Rand) error {
			text := anyOne(rng).Text
			_, err := graph.Search(ctx, s, graph.SearchQuery{Text: text[:3+rng.IntN(len(text)-3)], Entities: true, Limit: 10})
			return err
		}},
		{"search among sentences", func(rng *rand.Rand) error {
			_, err := graph.Search(ctx, s, graph.SearchQuery{Text: w.person(rng).Text + " " + w.subject(rng).Text, Sentences: true, Limit: 10})
			return err
		}},
		{"search among titles", func(rng *rand.Rand) error {
			_, err := graph.Search(ctx, s, graph.SearchQuery{Text: w.person(rng).Text[:4], Documents: true, Limit: 10})
			return err
		}},
		{"entities with words in a name", func(rng *rand.Rand) error {
			return list(graph.EntityQuery{Where: graph.EntityFilter{Terms: graph.NameTerms(w.body(rng).Text)}, Window: page})
		}},
		{"documents with words in a sentence", func(rng *rand.Rand) error {
			_, err := s.ListDocuments(ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Terms: graph.SentenceTerms(w.person(rng).Text)}, Window: page})
			return err
		}},
		{"neighbours of an entity", func(rng *rand.Rand) error {
			_, _, err := graph.Neighbours(ctx, s, graph.NeighbourQuery{At: some(rng, 1, anyOne), Window: page})
			return err
		}},
		{"neighbours of 20 entities", func(rng *rand.Rand) error {
			_, _, err := graph.Neighbours(ctx, s, graph.NeighbourQuery{At: some(rng, 20, anyOne), Window: page})
			return err
		}},
		{"parties of agreements on a topic", func(rng *rand.Rand) error {
			_, err := s.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: []graph.Related{covers(some(rng, 1, w.subject))}}, By: graph.FacetParty, Limit: 20})
			return err
		}},
		{"years of agreements of a party", func(rng *rand.Rand) error {
			_, err := s.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: []graph.Related{signed(some(rng, 1, w.body))}}, By: graph.FacetYear, Limit: 20})
			return err
		}},
		{"topics of all agreements", func(rng *rand.Rand) error {
			_, err := s.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}}, By: graph.FacetTopic, Limit: 20})
			return err
		}},
		{"timeline of an entity, by month", func(rng *rand.Rand) error {
			_, _, err := graph.Timeline(ctx, s, graph.TimelineQuery{Where: graph.FactFilter{Either: some(rng, 1, anyOne)}, By: graph.Months})
			return err
		}},
		{"timeline of a predicate, by month", func(rng *rand.Rand) error {
			_, _, err := graph.Timeline(ctx, s, graph.TimelineQuery{Where: graph.FactFilter{Predicates: []graph.Predicate{graph.Signed}}, By: graph.Months})
			return err
		}},
		{"timeline of all, by year, with kinds", func(rng *rand.Rand) error {
			_, _, err := graph.Timeline(ctx, s, graph.TimelineQuery{By: graph.Years, Kinds: true})
			return err
		}},
		{"statistics", func(rng *rand.Rand) error { _, err := s.Statistics(ctx); return err }},
	}
}
