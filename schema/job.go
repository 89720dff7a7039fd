package schema

import (
	"time"

	"github.com/entente-kg/entente/graph"
)

// IngestJob is texts that were handed in together.
type IngestJob struct{ graph.Job }

// State is how far the job has come: WAITING, RUNNING or DONE.
func (j *IngestJob) State() string {
	switch {
	case !j.Ended.IsZero():
		return "DONE"
	case j.Taken > 0:
		return "RUNNING"
	}
	return "WAITING"
}

// CreatedAt is when the job was stored.
func (j *IngestJob) CreatedAt() time.Time { return j.Created }

// EndedAt is when the last document was done.
func (j *IngestJob) EndedAt() *time.Time {
	if j.Ended.IsZero() {
		return nil
	}
	return &j.Ended
}

// Documents is how many the job has.
func (j *IngestJob) Documents() int { return j.Job.Items }

// IngestItem is a document of a job among those that were loaded with it.
type IngestItem struct {
	graph.JobItem
	Batch *Batch[*IngestItem]
}

// NewIngestItems makes one batch of items.
func NewIngestItems(items []graph.JobItem) []*IngestItem {
	batch := &Batch[*IngestItem]{members: make([]*IngestItem, len(items))}
	for n, i := range items {
		batch.members[n] = &IngestItem{JobItem: i, Batch: batch}
	}
	return batch.members
}

// Source is where the document comes from.
func (i *IngestItem) Source() string { return i.Text.Source }

// Outcome is what became of it, if it is done.
func (i *IngestItem) Outcome() *graph.Outcome {
	if i.Result.Outcome == "" {
		return nil
	}
	return &i.Result.Outcome
}

// Facts is how many facts it states.
func (i *IngestItem) Facts() int { return i.Result.Facts }

// IngestItemConnection is a page of the documents of a job.
type IngestItemConnection struct {
	List[*IngestItemEdge, *IngestItem]
}

// IngestItemEdge is a document in the list of a job.
type IngestItemEdge struct{ Edge[*IngestItem] }
