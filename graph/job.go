package graph

import (
	"context"
	"strconv"
	"time"
)

// Jobs keeps texts that somebody handed in until they are read. A job is stored
// whole before anybody hears of it. Its items are taken on a lease; whoever took
// one and was lost leaves it to the next once the lease is over. To read an item
// twice is harmless, since its revision is fixed before it is first applied.
// Jobs are no part of the graph, and in no dump.
type Jobs interface {
	// PutJob stores a job with its items. If there is one of that key already, it
	// is given back as it is, and nothing is stored; if that one has other texts,
	// this is Conflict.
	PutJob(ctx context.Context, j Job, items []JobItem) (Job, error)
	// Job is a job with its counts. NotFound if there is none, or none any more.
	Job(ctx context.Context, id JobID) (Job, error)
	// ListJobItems gives a page of a job's items in their order, without texts.
	ListJobItems(ctx context.Context, q JobItemQuery) (Page[JobItem], error)
	// LeaseJobItems takes items that nobody holds at this moment until another one:
	// those of the oldest jobs first, as many as [LeaseBatch] allows.
	LeaseJobItems(ctx context.Context, now, until time.Time) ([]JobItem, error)
	// HoldJobItems extends the lease of items, and fixes the revisions that they have.
	HoldJobItems(ctx context.Context, until time.Time, items ...JobItem) error
	// SettleJobItems records what became of items and lets their texts go. Items
	// that are settled already stay as they are.
	SettleJobItems(ctx context.Context, items ...JobItem) error
	// ForgetJobs removes the jobs that were stored before a moment and are done.
	ForgetJobs(ctx context.Context, before time.Time) error
}

// JobID is the hash of a job's key.
type JobID string

// NewJobID is the id of the job of a key.
func NewJobID(key string) JobID { return JobID(hash("j", key)) }

// Job is texts that were handed in together.
type Job struct {
	ID      JobID     `json:"id"`
	Key     string    `json:"key"`    // whoever hands in chooses it, so that sending twice is sending once
	Digest  string    `json:"digest"` // of the texts: what tells a repetition from another job
	Author  string    `json:"author"`
	Created time.Time `json:"created"`

	// What follows is counted by the store.

	Items  int       `json:"-"`
	Taken  int       `json:"-"` // are on a lease, or were
	Done   int       `json:"-"` // are settled, failures included
	Failed int       `json:"-"`
	Facts  int       `json:"-"` // that the documents state
	Ended  time.Time `json:"-"` // when the last item was settled; zero while there is one to read
}

// JobItem is one text of a job.
type JobItem struct {
	Job    JobID     `json:"job"`
	Number int       `json:"number"` // from 1
	Text   JobText   `json:"text"`
	Result JobResult `json:"result"`
}

// JobText is a document to be read.
type JobText struct {
	Source    string `json:"source"`
	Title     string `json:"title,omitempty"`
	Published Date   `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
	Revision  *int64 `json:"revision,omitempty"` // nil until it is fixed
	Text      string `json:"text,omitempty"`
}

// JobResult is what became of a text; its At is zero until it is settled.
type JobResult struct {
	Outcome Outcome   `json:"outcome,omitempty"` // "" if it failed
	Facts   int       `json:"facts,omitempty"`
	Error   *JobError `json:"error,omitempty"`
	At      time.Time `json:"at,omitzero"`
}

// JobError is why a text was not read.
type JobError struct {
	Kind    ErrorKind `json:"kind"` // "" for a fault of ours
	Message string    `json:"message"`
	Hint    string    `json:"hint,omitempty"`
}

// JobItemQuery asks for items of one job.
type JobItemQuery struct {
	Job    JobID
	Failed bool // only those that failed
	Window Window
}

// Bounds are the numbers between which the window's items lie, of a job of so many.
func (q JobItemQuery) Bounds(items int) (after, before int64) {
	before = int64(items) + 1
	if !q.Window.Before.IsZero() {
		before = SortNumber(q.Window.Before.Sort)
	}
	if !q.Window.After.IsZero() {
		after = SortNumber(q.Window.After.Sort)
	}
	return after, before
}

// NoJob is the error of a job that is not there.
func NoJob(id JobID) error {
	return Errorf(NotFound, "there is no job %s", clip(string(id))).WithHint("a job that is done is kept for a week")
}

// Position is where an item stands in the list.
func (i JobItem) Position() Position {
	n := strconv.Itoa(i.Number)
	return Position{Sort: n, ID: n}
}

// What one lease may take.
const (
	leaseItems = 32
	leaseBytes = 1 << 20 // of texts, but always one
)

// LeaseBatch is how many of the items of these sizes one lease takes.
func LeaseBatch(sizes []int) int {
	bytes := 0
	for n, size := range sizes {
		if bytes += size; n == leaseItems || n > 0 && bytes > leaseBytes {
			return n
		}
	}
	return len(sizes)
}

// MostLeased bounds the items that a store looks at for one lease.
const MostLeased = leaseItems

// Validate tells what is wrong with a job.
func (j Job) Validate(items []JobItem) error {
	switch {
	case j.Key == "" || len(j.Key) > MaxName || !clean(j.Key):
		return Errorf(Invalid, "a job's key is empty, longer than %d bytes or not clean UTF-8", MaxName)
	case j.ID != NewJobID(j.Key):
		return Errorf(Invalid, "the id of job %s is not that of its key", clip(j.Key))
	case len(items) == 0:
		return Errorf(Invalid, "job %s has no texts", clip(j.Key))
	}
	return nil
}

// Again tells whether a job that is stored is this one, handed in twice.
func (j Job) Again(stored Job) error {
	if stored.Digest != j.Digest {
		return Errorf(Conflict, "the key %s was used for other texts", clip(j.Key)).WithHint("take another key, or leave it out")
	}
	return nil
}
