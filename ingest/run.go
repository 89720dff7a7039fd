package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/entente-kg/entente/graph"
)

// Report says what became of one document.
type Report struct {
	Source   string
	Document graph.DocumentID
	Outcome  graph.Outcome // "" if it failed
	Facts    int           // that it states, if it was added or updated
	Size     int64         // bytes that it took up where it was read
	Err      error         // why it failed
}

// Summary counts what a run did.
type Summary struct {
	Added      int `json:"added"`
	Updated    int `json:"updated"`
	Unchanged  int `json:"unchanged"`
	Superseded int `json:"superseded"`
	Failed     int `json:"failed"`
	Facts      int `json:"facts"` // of the documents that were added or updated
}

// Documents is how many documents the run has decided.
func (s Summary) Documents() int {
	return s.Added + s.Updated + s.Unchanged + s.Superseded + s.Failed
}

func (s *Summary) count(r Report) {
	switch r.Outcome {
	case graph.Added:
		s.Added++
	case graph.Updated:
		s.Updated++
	case graph.Unchanged:
		s.Unchanged++
	case graph.Superseded:
		s.Superseded++
	default:
		s.Failed++
	}
	s.Facts += r.Facts
}

const (
	batchDocuments = 50      // documents that are looked up and extracted together
	batchBytes     = 1 << 20 // of their texts, so that long ones do not make a batch long
	batchRows      = 2000    // rows that go to the store in one call
)

// Run reads documents into a store. While a batch is written the next is
// extracted on all processors, and documents go in, and are reported, in the order of the
// sequence; report may be nil. A document that fails is reported and the run goes on. A store that fails
// ends the run, as does the end of the context, then after the batch in hand: the summary says
// what was done, and the same run again goes on from there, because what the store already holds is passed over unread.
func Run(ctx context.Context, store graph.Store, x *Extractor, inputs iter.Seq2[Input, error], report func(Report)) (Summary, error) {
	r := run{store: store, extractor: x, report: report}
	err := r.run(ctx, inputs)
	return r.summary, err
}

type run struct {
	store     graph.Store
	extractor *Extractor
	report    func(Report)
	summary   Summary
}

func (r *run) run(ctx context.Context, inputs iter.Seq2[Input, error]) error {
	if err := r.sameVersion(ctx); err != nil {
		return err
	}
	var ready batch // extracted, not yet written
	for next := range batches(inputs) {
		if ctx.Err() != nil {
			break
		}
		if err := r.plan(ctx, next, ready); err != nil {
			return errors.Join(r.write(ctx, ready), err)
		}
		wait := r.extract(next)
		err := r.write(ctx, ready)
		wait()
		if err != nil {
			return err
		}
		ready = next
	}
	return errors.Join(r.write(ctx, ready), ctx.Err())
}

// item is a document on its way: as read, then planned, then extracted, then decided.
type item struct {
	input  Input
	change graph.Change // Document, and Over, are set by the plan
	report Report       // decided if it has an outcome or an error
}

func (i *item) decided() bool { return i.report.Outcome != "" || i.report.Err != nil }

type batch []*item

// sameVersion tells before any work what every write would tell after it.
func (r *run) sameVersion(ctx context.Context) error {
	s, err := r.store.Statistics(ctx)
	if err != nil {
		return err
	}
	if here := r.extractor.Version(); s.Version != here {
		return graph.Errorf(graph.Conflict, "the store was written with extractor and vocabulary %s, this program has %s: it may only be read", s.Version, here).
			WithHint("entente reprocess reads its texts again")
	}
	return nil
}

// batches cuts a sequence into what is looked up and extracted together.
func batches(inputs iter.Seq2[Input, error]) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		var b batch
		size := 0
		for in, err := range inputs {
			b = append(b, &item{input: in, report: Report{Source: in.Source, Document: graph.NewDocumentID(in.Source), Size: in.Size, Err: err}})
			if size += len(in.Text); len(b) < batchDocuments && size < batchBytes {
				continue
			}
			if !yield(b) {
				return
			}
			b, size = nil, 0
		}
		if len(b) > 0 {
			yield(b)
		}
	}
}

// plan gives every document of the batch its revision, and decides those that
// would change nothing. What is about to be written counts as stored.
func (r *run) plan(ctx context.Context, b, before batch) error {
	held, err := r.store.Documents(ctx, b.undecidedIDs(), false)
	if err != nil {
		return err
	}
	for _, i := range before {
		if !i.decided() {
			held[i.report.Document] = i.change.Document
		}
	}
	for _, i := range b {
		if i.decided() {
			continue
		}
		stored, exists := held[i.report.Document]
		i.change, i.report.Outcome = plan(i.input, stored, exists)
		if !i.decided() {
			held[i.report.Document] = i.change.Document
		}
	}
	return nil
}

func (b batch) undecidedIDs() []graph.DocumentID {
	var ids []graph.DocumentID
	for _, i := range b {
		if !i.decided() {
			ids = append(ids, i.report.Document)
		}
	}
	return ids
}

// plan chooses the revision of a document: what it says itself, else that of the
// same text if it stands in the store, else one more than the store's. An outcome means that there is nothing to do.
func plan(in Input, stored graph.Document, exists bool) (graph.Change, graph.Outcome) {
	doc := in.document()
	c := graph.Change{Document: doc}
	switch {
	case in.Revision != nil:
		c.Document.Revision.Number = *in.Revision
	case exists && !stored.Withdrawn && stored.Revision.Hash == doc.Revision.Hash:
		return c, graph.Unchanged
	case exists:
		c.Document.Revision.Number = stored.Revision.Number + 1
		c.Over = &stored.Revision.Number
	default:
		c.Over = new(int64)
	}
	switch order := c.Document.Compare(stored); {
	case exists && order == 0:
		return c, graph.Unchanged
	case exists && order < 0:
		return c, graph.Superseded
	}
	return c, ""
}

// document is the input as the store will hold it, revision number 0.
func (in Input) document() graph.Document {
	return graph.Document{ID: graph.NewDocumentID(in.Source), Source: in.Source, Title: in.Title, Language: in.Language, Published: in.Published, Text: in.Text,
		Revision: graph.Revision{Published: in.Published, Hash: graph.ContentHash(in.Title, in.Language, string(in.Published), in.Text)}}
}

// Contribution is what an input says, at revision number 0, whatever a store may hold of it.
func (x *Extractor) Contribution(in Input) (graph.Change, error) {
	c := graph.Change{Document: in.document()}
	err := x.fill(&c)
	return c, err
}

// extract starts to extract what the plan left undecided, on all processors; the
// function that it returns waits for the end.
func (r *run) extract(b batch) (wait func()) {
	work := make(chan *item, len(b))
	for _, i := range b {
		if !i.decided() {
			work <- i
		}
	}
	close(work)
	var workers sync.WaitGroup
	for range min(len(work), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range work {
				i.report.Err = r.extractor.fill(&i.change)
			}
		})
	}
	return workers.Wait
}

// fill extracts a planned document. A panic is a fault of ours in one document,
// and costs that document alone.
func (x *Extractor) fill(c *graph.Change) (err error) {
	d := c.Document
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("extract %s: %v\n%s", d.Source, fault, debug.Stack())
		}
	}()
	extracted, err := x.extract(Document{Source: d.Source, Title: d.Title, Published: string(d.Published), Language: d.Language, Text: d.Text})
	c.Sentences, c.Entities, c.Facts = extracted.Sentences, extracted.Entities, extracted.Facts
	return err
}

// write puts what a batch has extracted into the store, in order, and reports
// the whole batch. It does so even when the context has ended: the batch is in hand.
func (r *run) write(ctx context.Context, b batch) error {
	ctx = context.WithoutCancel(ctx)
	var open batch
	var changes []graph.Change
	for _, i := range b {
		if !i.decided() {
			open, changes = append(open, i), append(changes, i.change)
		}
	}
	for part := range graph.Batches(changes, batchRows) {
		if err := r.apply(ctx, open[:len(part)], part); err != nil {
			r.tell(b)
			return err
		}
		open = open[len(part):]
	}
	r.tell(b)
	return nil
}

// apply writes some documents; if the store refuses them, one by one, to find
// which of them it refuses. An error is one of the store.
func (r *run) apply(ctx context.Context, items batch, changes []graph.Change) error {
	applied, err := r.store.Apply(ctx, changes...)
	for n, a := range applied {
		items[n].report.Outcome, items[n].report.Facts = a.Outcome, a.Facts
	}
	items, changes = items[len(applied):], changes[len(applied):]
	switch kind := graph.KindOf(err); {
	case err == nil:
		return nil
	case kind != graph.Invalid && kind != graph.Conflict:
		return err
	case len(items) == 1:
		return r.refused(ctx, items[0], err)
	}
	for n := range items {
		if err := r.apply(ctx, items[n:n+1], changes[n:n+1]); err != nil {
			return err
		}
	}
	return nil
}

// refused decides a document that the store refused. If another process was
// faster with the very same text there is nothing to complain about.
func (r *run) refused(ctx context.Context, i *item, why error) error {
	if graph.KindOf(why) == graph.Conflict {
		held, err := r.store.Documents(ctx, []graph.DocumentID{i.report.Document}, false)
		if err != nil {
			return err
		}
		stored, exists := held[i.report.Document]
		if _, outcome := plan(i.input, stored, exists); outcome == graph.Unchanged {
			i.report.Outcome = outcome
			return nil
		}
	}
	i.report.Err = why
	return nil
}

// tell reports what has been decided of a batch.
func (r *run) tell(b batch) {
	for _, i := range b {
		if !i.decided() {
			continue
		}
		r.summary.count(i.report)
		if r.report != nil {
			r.report(i.report)
		}
	}
}
