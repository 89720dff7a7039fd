package ingest

import (
	"context"

	"github.com/entente-kg/entente/graph"
)

// Withdraw takes a document out of a store, named by its source or its id. The
// tombstone takes the revision given, else one more than the stored document's. Withdrawing twice changes
// nothing; what was never there is NotFound.
func Withdraw(ctx context.Context, store graph.Store, name string, revision *int64) (graph.Applied, error) {
	id := DocumentID(name)
	held, err := store.Documents(ctx, []graph.DocumentID{id}, false)
	if err != nil {
		return graph.Applied{}, err
	}
	stored, exists := held[id]
	switch {
	case !exists:
		return graph.Applied{}, graph.Errorf(graph.NotFound, "there is no document %s", clip(name)).
			WithHint("name it by its source as it was ingested: entente search finds documents")
	case revision == nil && stored.Withdrawn:
		return graph.Applied{Document: id, Outcome: graph.Unchanged}, nil
	}
	w := graph.Withdrawal{Document: id, Number: stored.Revision.Number + 1, Over: &stored.Revision.Number}
	if revision != nil {
		w.Number, w.Over = *revision, nil
	}
	applied, err := store.Withdraw(ctx, w)
	if err != nil {
		return graph.Applied{}, err
	}
	return applied[0], nil
}

// DocumentID is the id of a document that is named by its source or its id.
func DocumentID(name string) graph.DocumentID {
	if graph.IDKind(name) == 'd' {
		return graph.DocumentID(name)
	}
	return graph.NewDocumentID(name)
}
