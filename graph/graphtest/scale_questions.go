package graphtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
)

// asking is a question with values drawn anew each time.
type asking struct {
	name string
	ask  func(rng *rand.Rand) error
}

// asker asks a store about the world that was loaded into it.
type asker struct {
	world
	ctx      context.Context
	store    graph.Store
	facts    []graph.FactID // some that there are, and some of their evidence
	evidence []graph.EvidenceID
	job      graph.JobID
}

var page = graph.Window{Limit: 20}

// questions are all reads of the contract. What there is to ask for is found before the clock runs, and
// decisions and a job, which no document has, are written.
func (w world) questions(t *testing.T, s graph.Store) []asking {
	a := &asker{world: w, ctx: t.Context(), store: s}
	if err := errors.Join(a.find(), a.decide(), a.handIn()); err != nil {
		t.Fatal(err)
	}
	return slices.Concat(a.records(), a.entityLists(), a.factLists(), a.documentLists(), a.walks(), a.counts(), a.searches())
}

func (w *asker) find() error {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 50 {
		pages, err := w.store.ListFacts(w.ctx, graph.FactQuery{At: drawn(rng, 4, w.anyOne), Window: page})
		if err != nil {
			return err
		}
		for _, p := range pages {
			for _, f := range p.Items {
				w.facts = append(w.facts, f.ID)
			}
		}
	}
	pages, err := w.store.ListEvidence(w.ctx, graph.EvidenceQuery{Facts: w.facts[:100], Window: page})
	for _, p := range pages {
		for _, e := range p.Items {
			w.evidence = append(w.evidence, e.ID)
		}
	}
	return err
}

// decide tells people apart, which changes no record.
func (w *asker) decide() error {
	rng := rand.New(rand.NewPCG(6, 6))
	var decisions []graph.Decision
	for i := range 200 {
		decisions = append(decisions, graph.Decision{Kind: graph.Distinct, Key: w.person(rng), Other: person(word(uint64(i))), Author: "ann", At: time.Unix(int64(i), 0).UTC()})
	}
	return w.store.Decide(w.ctx, decisions...)
}

// handIn hands in a job of a thousand texts.
func (w *asker) handIn() error {
	items := make([]graph.JobItem, 1000)
	for i := range items {
		items[i] = graph.JobItem{Number: i + 1, Text: graph.JobText{Source: fmt.Sprintf("new-%04d", i), Text: "The parties met."}}
	}
	job, err := w.store.PutJob(w.ctx, graph.Job{ID: graph.NewJobID("scale"), Key: "scale", Author: "ann", Created: time.Unix(0, 0).UTC()}, items)
	w.job = job.ID
	return err
}

func drawn(rng *rand.Rand, n int, key func(*rand.Rand) graph.Key) (ids []graph.EntityID) {
	for range n {
		ids = append(ids, key(rng).ID())
	}
	return ids
}

func (w *asker) anyOne(rng *rand.Rand) graph.Key {
	return []func(*rand.Rand) graph.Key{w.person, w.body, w.treaty, w.subject, w.summit}[rng.IntN(5)](rng)
}

func (w *asker) documentID(rng *rand.Rand) graph.DocumentID {
	return graph.NewDocumentID(worldSource(rng.IntN(w.documents)))
}

func (w *asker) someFacts(rng *rand.Rand, n int) (ids []graph.FactID) {
	for range n {
		ids = append(ids, w.facts[rng.IntN(len(w.facts))])
	}
	return ids
}

func (w *asker) records() []asking {
	ctx, s := w.ctx, w.store
	return []asking{
		{"20 entities by id", func(rng *rand.Rand) error { _, err := s.Entities(ctx, drawn(rng, 20, w.anyOne)); return err }},
		{"20 facts by id", func(rng *rand.Rand) error { _, err := s.Facts(ctx, w.someFacts(rng, 20)); return err }},
		{"20 documents by id, with texts", func(rng *rand.Rand) error {
			var ids []graph.DocumentID
			for range 20 {
				ids = append(ids, w.documentID(rng))
			}
			_, err := s.Documents(ctx, ids, true)
			return err
		}},
		{"20 evidences by id", func(rng *rand.Rand) error {
			var ids []graph.EvidenceID
			for range 20 {
				ids = append(ids, w.evidence[rng.IntN(len(w.evidence))])
			}
			_, err := s.Evidence(ctx, ids)
			return err
		}},
		{"a reference by name", func(rng *rand.Rand) error {
			_, err := s.Resolve(ctx, []graph.Ref{{Name: w.anyOne(rng).Text}})
			return err
		}},
		{"narrower topics", func(rng *rand.Rand) error { _, err := s.Narrower(ctx, []graph.EntityID{drugs.ID()}); return err }},
		{"names of 20 entities", func(rng *rand.Rand) error {
			_, err := s.ListNames(ctx, graph.NameQuery{Entities: drawn(rng, 20, w.anyOne), Window: page})
			return err
		}},
		{"mentions of an entity", func(rng *rand.Rand) error {
			_, err := s.ListMentions(ctx, graph.MentionQuery{Entities: drawn(rng, 1, w.anyOne), Window: page})
			return err
		}},
		{"evidence of 20 facts, 20 each", func(rng *rand.Rand) error {
			_, err := s.ListEvidence(ctx, graph.EvidenceQuery{Facts: w.someFacts(rng, 20), Window: page})
			return err
		}},
		{"which of 20 mentions there are", func(rng *rand.Rand) error {
			var refs []graph.MentionRef
			for range 20 {
				refs = append(refs, graph.MentionRef{Key: w.anyOne(rng).ID(), Document: w.documentID(rng)})
			}
			_, err := s.Mentioned(ctx, refs)
			return err
		}},
		{"all of 200 decisions", func(rng *rand.Rand) error { _, err := s.ListDecisions(ctx); return err }},
		{"a job and its counts", func(rng *rand.Rand) error { _, err := s.Job(ctx, w.job); return err }},
		{"a page of a job's items", func(rng *rand.Rand) error {
			_, err := s.ListJobItems(ctx, graph.JobItemQuery{Job: w.job, Window: page})
			return err
		}},
		{"statistics", func(rng *rand.Rand) error { _, err := s.Statistics(ctx); return err }},
	}
}

func (w *asker) entityLists() []asking {
	return []asking{
		{"entities by name", func(rng *rand.Rand) error { return w.list(graph.EntityQuery{Window: page}) }},
		{"entities by name, and their number", func(rng *rand.Rand) error {
			return w.list(graph.EntityQuery{Window: graph.Window{Limit: 20, Total: true}})
		}},
		{"people whose name begins so", func(rng *rand.Rand) error {
			return w.list(graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Person}, Name: &graph.StringFilter{StartsWith: w.person(rng).Text[:5]}}, Window: page})
		}},
		{"entities of the last years seen", func(rng *rand.Rand) error {
			return w.list(graph.EntityQuery{Where: graph.EntityFilter{Seen: graph.DateRange{From: "2023"}}, Order: graph.Order{By: graph.ByLastSeen, Desc: true}, Window: page})
		}},
		{"entities by number of documents", func(rng *rand.Rand) error {
			return w.list(graph.EntityQuery{Order: graph.Order{By: graph.BySources, Desc: true}, Window: page})
		}},
		{"agreements of some years, and their number", func(rng *rand.Rand) error {
			years := graph.DateRange{From: graph.Date(strconv.Itoa(2000 + rng.IntN(20))), To: "2019"}
			return w.list(graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Date: years}, Window: graph.Window{Limit: 20, Total: true}})
		}},
		{"agreements by date", func(rng *rand.Rand) error { return w.agreements() }},
		{"agreements by topic", func(rng *rand.Rand) error { return w.agreements(covers(drawn(rng, 1, w.subject))) }},
		{"agreements by three topics", func(rng *rand.Rand) error { return w.agreements(covers(drawn(rng, 3, w.subject))) }},
		{"agreements by party", func(rng *rand.Rand) error { return w.agreements(signed(drawn(rng, 1, w.body))) }},
		{"agreements by topics and party", func(rng *rand.Rand) error {
			return w.agreements(covers(drawn(rng, 3, w.subject)), signed(drawn(rng, 1, w.body)))
		}},
		{"entities of 20 documents, 20 each", func(rng *rand.Rand) error {
			q := graph.EntityQuery{Window: page}
			for range 20 {
				q.Documents = append(q.Documents, w.documentID(rng))
			}
			return w.list(q)
		}},
		{"entities with words in a name", func(rng *rand.Rand) error {
			return w.list(graph.EntityQuery{Where: graph.EntityFilter{Terms: graph.NameTerms(w.body(rng).Text)}, Window: page})
		}},
	}
}

func (w *asker) list(q graph.EntityQuery) error {
	_, err := w.store.ListEntities(w.ctx, q)
	return err
}

func (w *asker) agreements(related ...graph.Related) error {
	return w.list(graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: related}, Order: graph.Order{By: graph.ByDate, Desc: true}, Window: page})
}

func covers(topics []graph.EntityID) graph.Related {
	return graph.Related{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: topics}
}

func signed(by []graph.EntityID) graph.Related {
	return graph.Related{Predicates: []graph.Predicate{graph.Signed, graph.PartyTo}, Direction: graph.In, To: by}
}

func (w *asker) factLists() []asking {
	ctx, s := w.ctx, w.store
	return []asking{
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
		{"facts at an entity", func(rng *rand.Rand) error { return w.factsAt(w.anyOne(rng).ID()) }},
		{"facts at 20 entities, 20 each", func(rng *rand.Rand) error { return w.factsAt(drawn(rng, 20, w.anyOne)...) }},
		{"facts that a document states", func(rng *rand.Rand) error {
			_, err := s.ListFacts(ctx, graph.FactQuery{Documents: []graph.DocumentID{w.documentID(rng)}, Window: page})
			return err
		}},
	}
}

func (w *asker) factsAt(at ...graph.EntityID) error {
	_, err := w.store.ListFacts(w.ctx, graph.FactQuery{At: at, Window: page})
	return err
}

func (w *asker) documentLists() []asking {
	ctx, s := w.ctx, w.store
	return []asking{
		{"documents by date", func(rng *rand.Rand) error {
			_, err := s.ListDocuments(ctx, graph.DocumentQuery{Window: page})
			return err
		}},
		{"documents that mention an entity", func(rng *rand.Rand) error {
			_, err := s.ListDocuments(ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Mentions: drawn(rng, 1, w.anyOne)}, Window: page})
			return err
		}},
		{"documents with words in a sentence", func(rng *rand.Rand) error {
			_, err := s.ListDocuments(ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Terms: graph.SentenceTerms(w.person(rng).Text)}, Window: page})
			return err
		}},
	}
}

func (w *asker) walks() []asking {
	ctx, s := w.ctx, w.store
	return []asking{
		{"degrees of 20 entities", func(rng *rand.Rand) error { _, err := s.Degrees(ctx, drawn(rng, 20, w.anyOne), nil); return err }},
		{"frontier of an entity", func(rng *rand.Rand) error {
			_, _, err := s.Frontier(ctx, drawn(rng, 1, w.anyOne), graph.FactFilter{})
			return err
		}},
		{"neighbours of an entity", func(rng *rand.Rand) error {
			_, _, err := graph.Neighbours(ctx, s, graph.NeighbourQuery{At: drawn(rng, 1, w.anyOne), Window: page})
			return err
		}},
		{"neighbours of 20 entities", func(rng *rand.Rand) error {
			_, _, err := graph.Neighbours(ctx, s, graph.NeighbourQuery{At: drawn(rng, 20, w.anyOne), Window: page})
			return err
		}},
		{"neighbourhood of 300, one hop", func(rng *rand.Rand) error {
			_, err := graph.Neighbourhood(ctx, s, graph.NeighbourhoodQuery{Of: drawn(rng, 1, w.anyOne), Depth: 1, MaxEntities: 300, PerEntity: 300})
			return err
		}},
		{"neighbourhood of 300, two hops", func(rng *rand.Rand) error {
			_, err := graph.Neighbourhood(ctx, s, graph.NeighbourhoodQuery{Of: drawn(rng, 1, w.anyOne), Depth: 2, MaxEntities: 300, PerEntity: 20})
			return err
		}},
		{"shortest path, 4 hops at most", func(rng *rand.Rand) error { return w.paths(rng, graph.PathQuery{Mode: graph.Shortest, MaxLength: 4}) }},
		{"100 of all shortest paths, 6 hops at most", func(rng *rand.Rand) error {
			return w.paths(rng, graph.PathQuery{Mode: graph.AllShortest, MaxLength: 6, Limit: 100})
		}},
		{"shortest path through people and bodies", func(rng *rand.Rand) error {
			where := graph.FactFilter{Kinds: []graph.Kind{graph.Person, graph.Organisation}, MinConfidence: 600}
			return w.paths(rng, graph.PathQuery{Mode: graph.Shortest, MaxLength: 6, Where: where})
		}},
	}
}

func (w *asker) paths(rng *rand.Rand, q graph.PathQuery) error {
	q.From, q.To = w.anyOne(rng).ID(), w.anyOne(rng).ID()
	if _, err := graph.Paths(w.ctx, w.store, q); graph.KindOf(err) != graph.NotFound { // not all that may be drawn was
		return err
	}
	return nil
}

func (w *asker) counts() []asking {
	ctx, s := w.ctx, w.store
	return []asking{
		{"parties of agreements on a topic", func(rng *rand.Rand) error {
			_, err := s.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: []graph.Related{covers(drawn(rng, 1, w.subject))}}, By: graph.FacetParty, Limit: 20})
			return err
		}},
		{"years of agreements of a party", func(rng *rand.Rand) error {
			_, err := s.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: []graph.Related{signed(drawn(rng, 1, w.body))}}, By: graph.FacetYear, Limit: 20})
			return err
		}},
		{"topics of all agreements", func(rng *rand.Rand) error {
			_, err := s.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}}, By: graph.FacetTopic, Limit: 20})
			return err
		}},
		{"timeline of an entity, by month", func(rng *rand.Rand) error {
			_, _, err := graph.Timeline(ctx, s, graph.TimelineQuery{Where: graph.FactFilter{Either: drawn(rng, 1, w.anyOne)}, By: graph.Months})
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
	}
}

func (w *asker) searches() []asking {
	ctx, s := w.ctx, w.store
	return []asking{
		{"search among names, as one types", func(rng *rand.Rand) error {
			text := w.anyOne(rng).Text
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
	}
}
