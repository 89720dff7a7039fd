package graphtest

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// factsPerDocument makes documents of about 200 rows: 70 sentences, 70
// evidences and some 60 mentions.
const factsPerDocument = 70

// Bench measures a store: documents a second one at a time and in batches, and
// the mission's question over a graph of ENTENTE_BENCH_FACTS facts (default
// 20,000; docs/performance.md has the figures for 500,000).
func Bench(b *testing.B, open Open) {
	for _, batch := range []int{1, 50} {
		b.Run(fmt.Sprintf("Apply/batch=%d", batch), func(b *testing.B) { benchApply(b, open(b, Vocabulary), batch) })
	}
	facts := 20000
	if n, err := strconv.Atoi(os.Getenv("ENTENTE_BENCH_FACTS")); err == nil {
		facts = n
	}
	store := open(b, Vocabulary)
	fill(b, store, facts)
	for _, q := range benchQuestions(b, store) {
		b.Run(fmt.Sprintf("facts=%d/%s", facts, q.name), func(b *testing.B) {
			for b.Loop() {
				if _, err := q.ask(store); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchApply(b *testing.B, store graph.Store, batch int) {
	corpus := Corpus(1, 2000, factsPerDocument)
	rows := 0
	for _, c := range corpus {
		rows += len(c.Sentences) + len(c.Entities) + len(c.Facts)
	}
	at, revision := 0, int64(1)
	for b.Loop() {
		if at+batch > len(corpus) { // the corpus again, as a further revision
			at = 0
			revision++
		}
		for i := at; i < at+batch; i++ {
			corpus[i].Document.Revision.Number = revision
		}
		if _, err := store.Apply(b.Context(), corpus[at:at+batch]...); err != nil {
			b.Fatal(err)
		}
		at += batch
	}
	b.ReportMetric(float64(b.N*batch)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(rows)/float64(len(corpus)), "rows/doc")
}

// fill loads documents until there are so many facts.
func fill(b *testing.B, store graph.Store, facts int) {
	documents := facts/factsPerDocument*11/10 + 1
	corpus := Corpus(2, documents, factsPerDocument)
	for i := 0; i < len(corpus); i += 50 {
		if _, err := store.Apply(b.Context(), corpus[i:min(i+50, len(corpus))]...); err != nil {
			b.Fatal(err)
		}
	}
	stats, err := store.Statistics(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d documents, %d entities and facts", stats.Documents, total(stats))
}

func benchQuestions(b *testing.B, store graph.Store) []question {
	ctx := b.Context()
	body := org("body 1")
	covers := func(topics []graph.EntityID, parties ...graph.EntityID) graph.EntityFilter {
		f := graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: []graph.Related{{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: topics}}}
		if len(parties) > 0 {
			f.Related = append(f.Related, graph.Related{Predicates: []graph.Predicate{graph.Signed, graph.PartyTo}, Direction: graph.In, To: parties})
		}
		return f
	}
	agreements := func(where graph.EntityFilter) func(graph.Store) (any, error) {
		return func(s graph.Store) (any, error) {
			return s.ListEntities(ctx, graph.EntityQuery{Where: where, Order: graph.Order{By: graph.ByDate}, Window: graph.Window{Limit: 20}})
		}
	}
	rare := topic("subject 1234").ID()
	return []question{
		{"agreements by topic", agreements(covers([]graph.EntityID{rare, topic("subject 77").ID()}))},
		{"agreements by topic and party", agreements(covers([]graph.EntityID{traffic.ID(), drugs.ID()}, body.ID()))},
		{"agreements by hub topic", agreements(covers([]graph.EntityID{traffic.ID()}))},
		{"entity by id", func(s graph.Store) (any, error) { return s.Entities(ctx, []graph.EntityID{body.ID()}) }},
		{"facts at a hub", func(s graph.Store) (any, error) {
			return s.ListFacts(ctx, graph.FactQuery{At: []graph.EntityID{arland.ID()}, Window: graph.Window{Limit: 20}})
		}},
		{"resolve name", func(s graph.Store) (any, error) { return s.Resolve(ctx, []graph.Ref{{Name: "body 1"}}) }},
		{"search name", func(s graph.Store) (any, error) {
			return graph.Search(ctx, s, graph.SearchQuery{Text: "subject 123", Entities: true, Limit: 20})
		}},
	}
}
