package ingest

import (
	"context"
	"runtime"
	"sync"

	"github.com/entente-kg/entente/graph"
)

// Reprocess makes a store's graph anew from the texts that it holds, with this
// extractor: what comes out is what ingesting the same documents into an empty
// store would give. report, if not nil, is told of documents that cannot be
// extracted, perhaps twice; their texts stay and state nothing. progress is called with
// the number of documents that were read.
func Reprocess(ctx context.Context, store graph.Writer, x *Extractor, report func(Report), progress func(documents int)) error {
	return store.Reprocess(ctx, x.reading(report), progress)
}

// Repair is [Reprocess] although the version is the same: it mends what is derived.
func Repair(ctx context.Context, store graph.Writer, x *Extractor, report func(Report), progress func(documents int)) error {
	return store.Repair(ctx, x.reading(report), progress)
}

// reading extracts documents of a store again, as many at once as there are cores.
func (x *Extractor) reading(report func(Report)) graph.Reading {
	return func(ctx context.Context, documents []graph.Document) ([]graph.Change, error) {
		changes, failed := make([]graph.Change, len(documents)), make([]error, len(documents))
		var workers sync.WaitGroup
		turn := make(chan struct{}, runtime.GOMAXPROCS(0))
		for i, d := range documents {
			changes[i].Document = d
			workers.Go(func() {
				turn <- struct{}{}
				defer func() { <-turn }()
				failed[i] = x.fill(&changes[i])
			})
		}
		workers.Wait()
		for i, err := range failed {
			if err != nil && report != nil {
				report(Report{Source: documents[i].Source, Document: documents[i].ID, Err: err})
			}
		}
		return changes, ctx.Err()
	}
}
