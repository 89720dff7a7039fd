package ingest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"log/slog"
	"slices"
	"time"

	"github.com/entente-kg/entente/graph"
)

// NewJob is the job of inputs that somebody handed in, with its items. What could
// not be read is an item that has failed. Without a key it has one of its own.
func NewJob(key, author string, at time.Time, inputs iter.Seq2[Input, error]) (graph.Job, []graph.JobItem) {
	if key == "" {
		key = rand.Text()
	}
	j := graph.Job{ID: graph.NewJobID(key), Key: key, Author: author, Created: at.UTC()}
	var items []graph.JobItem
	for in, err := range inputs {
		i := graph.JobItem{Job: j.ID, Number: len(items) + 1, Text: graph.JobText{Source: in.Source, Title: in.Title,
			Published: in.Published, Language: in.Language, Revision: in.Revision, Text: in.Text}}
		if err != nil {
			i.Text.Text = ""
			i.Result = graph.JobResult{Error: jobError(err), At: at.UTC()}
		}
		items = append(items, i)
	}
	j.Digest = digest(items)
	return j, items
}

// digest tells two jobs of one key apart.
func digest(items []graph.JobItem) string {
	h := sha256.New()
	encoder := json.NewEncoder(h)
	for _, i := range items {
		_ = encoder.Encode(i.Text) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}

// jobError is what others may know of an error: the words of one of ours alone.
func jobError(err error) *graph.JobError {
	if kind := graph.KindOf(err); kind != "" {
		return &graph.JobError{Kind: kind, Message: err.Error(), Hint: graph.HintOf(err)}
	}
	return &graph.JobError{Message: "internal error", Hint: "the server's log has more"}
}

// input is what an item holds, as it was handed in.
func input(i graph.JobItem) Input {
	t := i.Text
	return Input{Source: t.Source, Title: t.Title, Published: t.Published, Language: t.Language, Revision: t.Revision, Text: t.Text, Size: int64(len(t.Text))}
}

// Worker reads what jobs hold into a store. Several may work on one store, in one
// process or in many.
type Worker struct {
	Store     graph.Store
	Extractor *Extractor
	Log       *slog.Logger
	// Before and After, if set, are called around what one lease holds: with the
	// documents that are about to be read, and with the items once they are settled.
	Before func(ctx context.Context, documents []graph.DocumentID)
	After  func(ctx context.Context, items []graph.JobItem)

	wake chan struct{}
}

// How a worker spends its time.
const (
	leaseTime  = 30 * time.Second // a worker that was lost is missed for so long
	idleTime   = 2 * time.Second  // between two looks for what other processes were handed
	keepJobs   = 7 * 24 * time.Hour
	forgetTime = time.Hour
)

// NewWorker makes a worker, which works once [Worker.Run] is called.
func NewWorker(store graph.Store, x *Extractor, log *slog.Logger) *Worker {
	return &Worker{Store: store, Extractor: x, Log: log, wake: make(chan struct{}, 1)}
}

// Wake tells that there is something to do.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default: // it knows
	}
}

// Run works until the context ends. A store that fails is tried again.
func (w *Worker) Run(ctx context.Context) {
	var forgotten time.Time
	for pause := idleTime; ctx.Err() == nil; {
		if time.Since(forgotten) > forgetTime {
			forgotten = time.Now()
			w.complain(ctx, "forget old jobs", w.Store.ForgetJobs(ctx, forgotten.Add(-keepJobs)))
		}
		worked, err := w.Step(ctx)
		w.complain(ctx, "work on jobs", err)
		switch {
		case err != nil:
			pause = min(2*pause, time.Minute)
		case worked:
			pause = idleTime
			continue
		}
		select {
		case <-w.wake:
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

func (w *Worker) complain(ctx context.Context, doing string, err error) {
	if err != nil && ctx.Err() == nil {
		w.Log.ErrorContext(ctx, "cannot "+doing, "error", err)
	}
}

// Step takes one lease and reads what it holds. It tells whether there was anything.
func (w *Worker) Step(ctx context.Context) (worked bool, err error) {
	now := time.Now()
	items, err := w.Store.LeaseJobItems(ctx, now, now.Add(leaseTime))
	if err != nil || len(items) == 0 {
		return false, err
	}
	if err := w.fix(ctx, items); err != nil {
		return false, err
	}
	settled, err := w.read(ctx, items)
	ctx = context.WithoutCancel(ctx) // what was read is in
	if len(settled) > 0 {
		if err := w.Store.SettleJobItems(ctx, settled...); err != nil {
			return false, err
		}
		if w.After != nil {
			w.After(ctx, settled)
		}
	}
	if open := items[len(settled):]; len(open) > 0 { // for whoever comes next
		w.complain(ctx, "give back job items", w.Store.HoldJobItems(ctx, time.Now(), open...))
	}
	return err == nil, err
}

// fix gives every item its revision before it is first read: however often it is
// read after that, and whatever came in between, it is that revision of its source.
func (w *Worker) fix(ctx context.Context, items []graph.JobItem) error {
	ids := documentsOf(items)
	held, err := w.Store.Documents(ctx, ids, false)
	if err != nil {
		return err
	}
	for n := range items {
		t := &items[n].Text
		stored, exists := held[ids[n]]
		change, outcome := plan(input(items[n]), stored, exists)
		if number := change.Document.Revision.Number; t.Revision == nil {
			if outcome == graph.Unchanged {
				number = stored.Revision.Number
			}
			t.Revision = &number
		}
		if outcome == "" {
			held[ids[n]] = change.Document
		}
	}
	return w.Store.HoldJobItems(ctx, time.Now().Add(leaseTime), items...)
}

func documentsOf(items []graph.JobItem) []graph.DocumentID {
	ids := make([]graph.DocumentID, len(items))
	for n, i := range items {
		ids[n] = graph.NewDocumentID(i.Text.Source)
	}
	return ids
}

// read runs the items the way of all documents, and gives those that were
// decided with what became of them.
func (w *Worker) read(ctx context.Context, items []graph.JobItem) (settled []graph.JobItem, err error) {
	if w.Before != nil {
		w.Before(ctx, documentsOf(items))
	}
	defer w.hold(ctx, slices.Clone(items))()
	inputs := func(yield func(Input, error) bool) {
		for _, i := range items {
			if !yield(input(i), nil) {
				return
			}
		}
	}
	_, err = Run(ctx, w.Store, w.Extractor, inputs, func(r Report) {
		i := items[len(settled)] // reports come in the order of the inputs
		i.Result = graph.JobResult{Outcome: r.Outcome, Facts: r.Facts, At: time.Now().UTC()}
		if r.Err != nil {
			i.Result.Error = jobError(r.Err)
			if graph.KindOf(r.Err) == "" {
				w.complain(ctx, "read "+r.Source, r.Err)
			}
		}
		settled = append(settled, i)
	})
	return settled, err
}

// hold extends the lease until the function that it returns is called.
func (w *Worker) hold(ctx context.Context, items []graph.JobItem) (release func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-time.After(leaseTime / 4):
				w.complain(ctx, "extend a lease", w.Store.HoldJobItems(ctx, time.Now().Add(leaseTime), items...))
			case <-ctx.Done():
				return
			}
		}
	}()
	return func() { cancel(); <-ended }
}
