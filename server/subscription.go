package server

import (
	"context"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

type subscriptionResolver struct{ *resolver }

// lookAgain is how often a subscription looks at a job that another process may
// be working on.
const lookAgain = time.Second

// IngestJob tells whenever a job has come further.
func (r subscriptionResolver) IngestJob(ctx context.Context, id string) (<-chan *schema.IngestJob, error) {
	last, err := r.store.Job(ctx, graph.JobID(id))
	if err != nil {
		return nil, err
	}
	told := make(chan *schema.IngestJob)
	go func() {
		defer close(told)
		news, leave := r.feed.join()
		defer leave()
		for tell := true; ; {
			if tell && !send(ctx, told, &schema.IngestJob{Job: last}) || !last.Ended.IsZero() {
				return
			}
			select {
			case _, more := <-news:
				if !more {
					news = nil // too slow for the feed: looking again has to do
				}
			case <-time.After(lookAgain):
			case <-ctx.Done():
				return
			}
			now, err := r.store.Job(ctx, last.ID)
			if err != nil {
				r.logger.ErrorContext(ctx, "cannot look at a job", "job", id, "error", err)
				return
			}
			tell = now != last
			last = now
		}
	}()
	return told, nil
}

// send sends unless the context ends before anybody takes it.
func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// FactAdded tells of each fact that comes in.
func (r subscriptionResolver) FactAdded(ctx context.Context, where *generated.FactFilter) (<-chan *schema.Fact, error) {
	filter, err := translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.factFilter(where) })
	if err != nil {
		return nil, err
	}
	told := make(chan *schema.Fact)
	news, leave := r.feed.join()
	go func() {
		defer close(told)
		defer leave()
		for {
			select {
			case n, more := <-news:
				if !more {
					return
				}
				facts, err := n.added(ctx, r.store, filter)
				if err != nil {
					r.logger.ErrorContext(ctx, "cannot tell which facts came in", "error", err)
					return
				}
				for _, f := range schema.NewFacts(facts) {
					if !send(ctx, told, f) {
						return
					}
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return told, nil
}
