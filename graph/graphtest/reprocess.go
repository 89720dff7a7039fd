package graphtest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Reprocess holds a store to what [graph.Writer].Reprocess promises: after a new
// version of extractor and vocabulary its dump is that of a fresh store, even
// where the first attempts ended early. again opens the same database each time,
// empty at first; fresh opens one that is empty.
func Reprocess(t *testing.T, again, fresh Open) {
	corpus := Corpus(5, 60, 12)
	newer := map[graph.DocumentID]graph.Change{}
	for i, c := range corpus {
		newer[c.Document.ID] = newReading(c, i)
	}
	decisions := []graph.Decision{
		decide(graph.Decision{Kind: graph.Same, Key: person("person 1"), Other: person("person 2")}),
		decide(graph.Decision{Kind: graph.Same, Key: council, Other: org("body 1")}),
		decide(graph.Decision{Kind: graph.Alias, Key: arland, Text: "The Arl"}),
		decide(graph.Decision{Kind: graph.Reassign, Key: arland, Other: bergonia, Documents: []graph.DocumentID{corpus[3].Document.ID}}),
	}
	fill := func(store graph.Store, corpus []graph.Change) {
		t.Helper()
		_, err := store.Apply(t.Context(), corpus...)
		err = errors.Join(err, store.Decide(t.Context(), decisions...))
		_, withdrawn := store.Withdraw(t.Context(), graph.Withdrawal{Document: corpus[7].Document.ID, Number: 2})
		if err = errors.Join(err, withdrawn); err != nil {
			t.Fatal(err)
		}
	}
	fill(again(t, Vocabulary), corpus)

	store := again(t, nextVocabulary)
	if _, err := store.Apply(t.Context(), corpus[0]); graph.KindOf(err) != graph.Conflict {
		t.Fatalf("Apply of another version: %v, want a conflict", err)
	}
	for stop := range 3 { // after 0, 1 and 2 readings
		ctx, cancel := context.WithCancel(t.Context())
		readings := 0
		err := store.Reprocess(ctx, func(_ context.Context, documents []graph.Document) ([]graph.Change, error) {
			if readings++; readings > stop {
				cancel()
				return nil, ctx.Err()
			}
			return readAgain(documents, newer), nil
		}, nil)
		cancel()
		if err == nil {
			t.Fatal("a renewal that is broken off ends without an error")
		}
		if _, err := store.Apply(t.Context(), corpus[0]); graph.KindOf(err) != graph.Conflict {
			t.Errorf("Apply amid a renewal: %v, want a conflict", err)
		}
	}
	read := 0
	err := store.Reprocess(t.Context(), func(_ context.Context, documents []graph.Document) ([]graph.Change, error) {
		return readAgain(documents, newer), nil
	}, func(documents int) { read += documents })
	if err != nil || read == 0 || read > len(corpus) {
		t.Fatalf("Reprocess: %d documents, %v", read, err)
	}
	got := dumpOf(t, store)

	want := fresh(t, nextVocabulary)
	var changes []graph.Change
	for _, c := range corpus {
		changes = append(changes, newer[c.Document.ID])
	}
	fill(want, changes)
	sameDump(t, "reprocessed", got, dumpOf(t, want))
	if _, err := store.Apply(t.Context(), corpus[0]); err != nil {
		t.Errorf("Apply after the renewal: %v", err)
	}
}

// nextVocabulary knows other names, fewer bodies and another broader topic.
var nextVocabulary = func() graph.Vocabulary {
	v := graph.Vocabulary{Version: "test-2", Entities: slices.Clone(Vocabulary.Entities), Facts: slices.Clone(Vocabulary.Facts)}
	v.Entities = slices.DeleteFunc(v.Entities, func(e graph.VocabularyEntity) bool { return e.Key == union })
	v.Entities[0].Name, v.Entities[0].Acronym = "Council of the River", "COR"
	v.Entities = append(v.Entities, graph.VocabularyEntity{Key: topic("topic:crime"), Name: "crime"})
	v.Facts = append(v.Facts, graph.VocabularyFact{Predicate: graph.Broader, Subject: traffic, Object: topic("topic:crime")})
	return v
}()

// newReading is what a newer extractor makes of a text: some facts less, the others more certain.
func newReading(c graph.Change, i int) graph.Change {
	c.Facts = slices.Clone(c.Facts[i%3:])
	for n := range c.Facts {
		c.Facts[n].Confidence = min(1000, c.Facts[n].Confidence+100)
	}
	return c
}

func readAgain(documents []graph.Document, newer map[graph.DocumentID]graph.Change) []graph.Change {
	changes := make([]graph.Change, len(documents))
	for i, d := range documents {
		changes[i] = newer[d.ID]
	}
	return changes
}
