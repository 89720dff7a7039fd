package neo4j

import (
	"reflect"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

// What mentions something is listed alike whether its mentions are sorted, as where
// they are few, or looked for among the documents.
func TestHub(t *testing.T) {
	url := neo4jtest.Start(t)
	neo4jtest.Empty(t, url)
	open := func(few int) *Store {
		s, err := Open(t.Context(), url, Options{Vocabulary: graphtest.Vocabulary, few: few})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	sorting, walking := open(0), open(-1)
	corpus := graphtest.Corpus(1, 30, 5)
	if _, err := sorting.Apply(t.Context(), corpus...); err != nil {
		t.Fatal(err)
	}
	var entities []graph.EntityID
	for _, e := range corpus[0].Entities[:3] {
		entities = append(entities, e.Key.ID())
	}
	mentions := func(s *Store, w graph.Window) ([]graph.Page[graph.Mention], error) {
		return s.ListMentions(t.Context(), graph.MentionQuery{Entities: entities, Window: w})
	}
	documents := func(o graph.Order) func(*Store, graph.Window) ([]graph.Page[graph.Document], error) {
		return func(s *Store, w graph.Window) ([]graph.Page[graph.Document], error) {
			where := graph.DocumentFilter{Mentions: entities, Published: graph.DateRange{From: "1900"}}
			page, err := s.ListDocuments(t.Context(), graph.DocumentQuery{Where: where, Order: o, Window: w})
			return []graph.Page[graph.Document]{page}, err
		}
	}
	sameWindows(t, "mentions", sorting, walking, mentions)
	for _, o := range []graph.Order{{}, {Desc: true}, {By: graph.ByTitle}} {
		sameWindows(t, "documents by "+string(o.By), sorting, walking, documents(o))
	}
}

// sameWindows holds both stores to the same pages, forwards, backwards and from the middle.
func sameWindows[T any](t *testing.T, what string, a, b *Store, list func(*Store, graph.Window) ([]graph.Page[T], error)) {
	t.Helper()
	all, err := list(a, graph.Window{Limit: 100, Total: true})
	if err != nil || len(all[0].Items) < 4 || all[0].Total != len(all[0].Items) {
		t.Fatalf("%s: %d of %d, %v", what, len(all[0].Items), all[0].Total, err)
	}
	middle := all[0].At[1]
	for _, w := range []graph.Window{{Limit: 100, Total: true}, {Limit: 2}, {Limit: 2, Backward: true}, {Limit: 2, After: middle}, {Limit: 2, Before: middle, Backward: true}} {
		want, err := list(a, w)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got, err := list(b, w); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s in %+v: %v, want %v, %v", what, w, got, want, err)
		}
	}
}
