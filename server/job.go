package server

import (
	"cmp"
	"context"
	"iter"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// mostItems bounds the documents of one job.
const mostItems = 10_000

// Ingest stores texts to be read.
func (r mutationResolver) Ingest(ctx context.Context, input generated.IngestInput) (*generated.IngestPayload, error) {
	p := &generated.IngestPayload{}
	j, err := r.putJob(ctx, input)
	if err == nil {
		p.Job = &schema.IngestJob{Job: j}
		r.worker.Wake()
	}
	p.Errors, err = userErrors(err)
	return p, err
}

func (r mutationResolver) putJob(ctx context.Context, input generated.IngestInput) (none graph.Job, err error) {
	c, err := r.curator(ctx, nil)
	if err != nil {
		return none, err
	}
	key := ""
	if input.IdempotencyKey != nil {
		if key = *input.IdempotencyKey; key == "" {
			return none, inField(graph.Errorf(graph.Invalid, "the key is empty").WithHint("leave it out, or choose one"), "idempotencyKey")
		}
	}
	j, items := ingest.NewJob(key, c.Author, c.At, r.handedIn(input))
	switch {
	case len(items) == 0:
		return none, inField(graph.Errorf(graph.Invalid, "there is nothing to read").WithHint("give texts, or files that hold documents"))
	case len(items) > mostItems:
		return none, inField(tooMuch("documents in one job", len(items), mostItems), "files")
	case len(items) == 1 && items[0].Result.Error != nil: // told at once: there is nothing to wait for
		e := items[0].Result.Error
		return none, inField(&graph.Error{Kind: cmp.Or(e.Kind, graph.Invalid), Message: e.Message, Hint: e.Hint})
	}
	return r.store.PutJob(ctx, j, items)
}

// handedIn are the documents of an input, one more than a job may have at most.
func (r mutationResolver) handedIn(input generated.IngestInput) iter.Seq2[ingest.Input, error] {
	return func(yield func(ingest.Input, error) bool) {
		count := 0
		counted := func(in ingest.Input, err error) bool {
			count++
			return yield(in, err) && count <= mostItems
		}
		for _, t := range input.Texts {
			in := ingest.Input{Source: t.Source, Text: t.Text, Title: value(t.Title), Published: value(t.Published)}
			if t.Revision != nil {
				number := int64(*t.Revision)
				in.Revision = &number
			}
			in, err := (ingest.Options{MaxBytes: r.maxDocument}).Prepare(in)
			if !counted(in, err) {
				return
			}
		}
		for _, f := range input.Files {
			o := ingest.Options{Source: value(f.Source), Published: value(f.Published), MaxBytes: r.maxDocument}
			for in, err := range ingest.ReadUpload(f.File.Filename, f.File.File, o) {
				if !counted(in, err) {
					return
				}
			}
		}
	}
}

// value is what a pointer points at; of nil the zero value.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// IngestJob finds a job.
func (r queryResolver) IngestJob(ctx context.Context, id string) (*schema.IngestJob, error) {
	j, err := r.store.Job(ctx, graph.JobID(id))
	if graph.KindOf(err) == graph.NotFound {
		return nil, nil // null in the schema: there is none, or none any more
	}
	return &schema.IngestJob{Job: j}, err
}

type ingestJobResolver struct{ *resolver }

// Items lists the documents of a job.
func (r ingestJobResolver) Items(ctx context.Context, obj *schema.IngestJob, failed bool, _ *int, _ *string, _ *int, _ *string) (*schema.IngestItemConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	found, err := r.store.ListJobItems(ctx, graph.JobItemQuery{Job: obj.ID, Failed: failed, Window: l.window})
	if err != nil {
		return nil, err
	}
	return &schema.IngestItemConnection{List: connect(l, onePage(found, schema.NewIngestItems), func(cursor string, i *schema.IngestItem) (*schema.IngestItemEdge, *schema.IngestItem) {
		return &schema.IngestItemEdge{Edge: schema.Edge[*schema.IngestItem]{Cursor: cursor, Node: i}}, i
	})}, nil
}

type ingestItemResolver struct{ *resolver }

// Document is what was made of the item, if it is done and still there.
func (r ingestItemResolver) Document(ctx context.Context, obj *schema.IngestItem) (*schema.Document, error) {
	if obj.Result.Outcome == "" {
		return nil, nil // null in the schema: it is not done, or has failed
	}
	id := func(i *schema.IngestItem) graph.DocumentID { return graph.NewDocumentID(i.Text.Source) }
	found, err := schema.Together(obj.Batch, "document", func(all []*schema.IngestItem) (map[graph.DocumentID]*schema.Document, error) {
		return r.documents(ctx, distinct(all, id), false)
	})
	return found[id(obj)], err
}

// Error is why the item has failed, if it has.
func (r ingestItemResolver) Error(_ context.Context, obj *schema.IngestItem) (*generated.UserError, error) {
	e := obj.Result.Error
	if e == nil {
		return nil, nil // null in the schema: it has not
	}
	shown := &generated.UserError{Message: e.Message, Code: cmp.Or(string(e.Kind), codeInternal)}
	if e.Hint != "" {
		shown.Hint = &e.Hint
	}
	return shown, nil
}
