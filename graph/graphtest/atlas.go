package graphtest

import (
	"context"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Warm opens stores that answer from memory what they can: see [graph.Atlas].
func Warm(open Open) Open {
	return func(tb testing.TB, v graph.Vocabulary) graph.Store {
		tb.Helper()
		store := open(tb, v)
		if err := store.Warm(tb.Context()); err != nil {
			tb.Fatalf("Warm: %v", err)
		}
		return store
	}
}

// Atlas proves that a warm store knows at once what others write, and that it
// answers from memory.
func Atlas(t *testing.T, in Databases) {
	t.Run("what others write is known at once", func(t *testing.T) { followOthers(t, in) })
	t.Run("what it has missed is read anew", func(t *testing.T) { missMuch(t, in) })
	t.Run("an answer costs one statement", func(t *testing.T) { countStatements(t, in) })
	t.Run("answers stay as they were given", func(t *testing.T) { holdAnswers(t, in) })
}

// followOthers compares a warm store with one that is not, while others write.
func followOthers(t *testing.T, in Databases) {
	address := in.Fresh(t)
	writer, cold := in.Open(t, address, Vocabulary), in.Open(t, address, Vocabulary)
	warm := in.Open(t, address, Vocabulary)
	if err := warm.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Apply(t.Context(), append(Corpus(11, 30, 10), handMade()...)...); err != nil {
		t.Fatal(err)
	}
	all, corpus := questions(t, cold), Corpus(3, 24, 10)
	same := decide(graph.Decision{Kind: graph.Same, Key: council, Other: union})
	steps := []func() error{func() error { return writer.Decide(t.Context(), same) }, func() error { return writer.Undo(t.Context(), same.ID) }}
	for i, c := range corpus {
		steps = append(steps, func() error { _, err := writer.Apply(t.Context(), c); return err })
		if i%4 == 3 {
			gone := corpus[i-2].Document
			steps = append(steps, func() error {
				_, err := writer.Withdraw(t.Context(), graph.Withdrawal{Document: gone.ID, Number: gone.Revision.Number + 1})
				return err
			})
		}
	}
	steps = append(steps, steps[0])
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		if i%5 == 0 || i == len(steps)-1 {
			sameAnswers(t, all, cold, warm)
		}
	}
}

// missMuch lets everything change behind the back of a warm store.
func missMuch(t *testing.T, in Databases) {
	address := in.Fresh(t)
	writer, warm := in.Open(t, address, Vocabulary), in.Open(t, address, Vocabulary)
	if _, err := writer.Apply(t.Context(), append(Corpus(11, 30, 10), handMade()...)...); err != nil {
		t.Fatal(err)
	}
	all := questions(t, writer)
	if err := warm.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	read := func(_ context.Context, documents []graph.Document) ([]graph.Change, error) { // which finds nothing any more
		changes := make([]graph.Change, len(documents))
		for i, d := range documents {
			changes[i].Document = d
		}
		return changes, nil
	}
	if err := writer.Repair(t.Context(), read, nil); err != nil {
		t.Fatal(err)
	}
	sameAnswers(t, all, writer, warm)
}

// sameAnswers asks both stores everything.
func sameAnswers(t *testing.T, all []question, cold, warm graph.Store) {
	t.Helper()
	for _, q := range all {
		want, err := q.ask(cold)
		if err != nil {
			t.Fatal(err)
		}
		got, err := q.ask(warm)
		if err != nil || text(got) != text(want) {
			t.Errorf("%s: the warm store says, %v,\n%.800s\nwant\n%.800s", q.name, err, text(got), text(want))
		}
	}
}

// holdAnswers keeps answers, which share records with later ones, while others are asked
// for and the graph changes.
func holdAnswers(t *testing.T, in Databases) {
	store := in.Open(t, in.Fresh(t), Vocabulary)
	if _, err := store.Apply(t.Context(), append(Corpus(3, 24, 10), handMade()...)...); err != nil {
		t.Fatal(err)
	}
	if err := store.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := questions(t, store)
	shown := func(answer any) string { // with the ends of facts
		pages, are := answer.([]graph.Page[graph.Fact])
		if !are {
			return text(answer)
		}
		var lines []string
		for _, p := range pages {
			lines = append(lines, showAll(p.Items, showFact)...)
		}
		return strings.Join(lines, "\n")
	}
	given, as := make([]any, len(all)), make([]string, len(all))
	for round := range 3 {
		for i, q := range all {
			answer, err := q.ask(store)
			if err != nil {
				t.Fatal(err)
			}
			if round == 0 {
				given[i], as[i] = answer, shown(answer)
			}
		}
		if _, err := store.Apply(t.Context(), Corpus(uint64(20+round), 24, 10)...); err != nil {
			t.Fatal(err)
		}
	}
	for i, q := range all {
		if is := shown(given[i]); is != as[i] {
			t.Errorf("%s: what was given has become\n%.800s\nfrom\n%.800s", q.name, is, as[i])
		}
	}
}

func countStatements(t *testing.T, in Databases) {
	address := in.Fresh(t)
	in.Open(t, address, Vocabulary).Close()
	store := in.Open(t, address, Vocabulary)
	if _, err := store.Apply(t.Context(), append(Corpus(3, 24, 10), handMade()...)...); err != nil {
		t.Fatal(err)
	}
	if err := store.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, statements := graph.WithStatementCount(t.Context())
	page := graph.Window{Limit: 20, Total: true}
	for name, ask := range map[string]func() error{
		"a list of agreements by topic, and their number": func() error {
			related := graph.Related{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: []graph.EntityID{traffic.ID()}}
			_, err := store.ListEntities(ctx, graph.EntityQuery{Where: graph.EntityFilter{Related: []graph.Related{related}}, Window: page})
			return err
		},
		"records by id": func() error {
			_, err := store.Entities(ctx, []graph.EntityID{ada.ID(), council.ID()})
			return err
		},
		"a list of people by name": func() error {
			_, err := store.ListEntities(ctx, graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Person}}, Window: graph.Window{Limit: 20}})
			return err
		},
		"facts at entities, and their number": func() error {
			_, err := store.ListFacts(ctx, graph.FactQuery{At: []graph.EntityID{ada.ID(), council.ID()}, Window: page})
			return err
		},
		"parties of agreements on a topic": func() error {
			related := graph.Related{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: []graph.EntityID{traffic.ID()}}
			_, err := store.Facets(ctx, graph.FacetQuery{Where: graph.EntityFilter{Related: []graph.Related{related}}, By: graph.FacetParty, Limit: 20})
			return err
		},
		"a timeline of an entity": func() error {
			_, _, err := store.Tally(ctx, graph.TimelineQuery{Where: graph.FactFilter{Either: []graph.EntityID{council.ID()}}, By: graph.Years})
			return err
		},
		"a frontier": func() error {
			_, _, err := store.Frontier(ctx, []graph.EntityID{council.ID()}, graph.FactFilter{})
			return err
		},
	} {
		before := statements.Load()
		if err := ask(); err != nil || statements.Load()-before != 1 {
			t.Errorf("%s took %d statements, %v; want 1, from memory", name, statements.Load()-before, err)
		}
	}
}
