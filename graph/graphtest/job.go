package graphtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

var jobCases = []testCase{
	{"a job is kept", "what was handed in is not lost, and handing it in twice is handing it in once", func(h *harness) {
		before := h.dump()
		stored := h.putJob("first", 0, 3)
		if stored.Items != 3 || stored.Done != 0 || !stored.Ended.IsZero() || stored.Author != "analyst" || !stored.Created.Equal(jobTime) {
			h.Errorf("%+v", stored)
		}
		if again := h.putJob("first", 0, 3); again != stored {
			h.Errorf("%+v, want %+v", again, stored)
		}
		j, items := job("first", 0, 2)
		j.Digest = "other"
		_, err := h.store.PutJob(h.ctx, j, items)
		h.wantKind("a key that was used", err, graph.Conflict)
		_, err = h.store.PutJob(h.ctx, j, nil)
		h.wantKind("no texts", err, graph.Invalid)
		_, err = h.store.Job(h.ctx, graph.NewJobID("nothing"))
		h.wantKind("no job", err, graph.NotFound)
		sameDump(h, "with a job", h.dump(), before)
	}},
	{"a lease", "an item is given to one at a time, again once the lease is over, and no more once it is settled", func(h *harness) {
		if items, err := h.store.LeaseJobItems(h.ctx, jobTime, jobTime.Add(time.Minute)); len(items) > 0 || err != nil {
			h.Errorf("%v %v where nothing was handed in", items, err)
		}
		h.putJob("second", time.Second, 2)
		h.putJob("first", 0, 40)
		first := h.lease(0)
		if len(first) != graph.MostLeased || first[0].Job != graph.NewJobID("first") || first[0].Number != 1 || !strings.HasPrefix(first[0].Text.Text, "Text 1 of first") {
			h.Fatalf("%d items, the first %+v", len(first), first[0])
		}
		rest := h.lease(time.Second)
		if len(rest) != 10 || rest[9].Job != graph.NewJobID("second") {
			h.Fatalf("%d items are left, want those of both jobs", len(rest))
		}
		if none := h.lease(2 * time.Second); len(none) != 0 {
			h.Errorf("%d items are held twice", len(none))
		}
		revision := int64(7)
		rest[0].Text.Revision = &revision
		h.must(h.store.HoldJobItems(h.ctx, jobTime.Add(time.Hour), rest...))
		again := h.lease(2 * time.Minute)
		if len(again) != len(first) || again[0].Text.Text != first[0].Text.Text {
			h.Errorf("%d items once the lease is over, want %d", len(again), len(first))
		}
		for n := range again {
			again[n].Result = graph.JobResult{Outcome: graph.Added, Facts: 2, At: jobTime.Add(3 * time.Minute)}
		}
		again[1].Result = graph.JobResult{Error: &graph.JobError{Kind: graph.Invalid, Message: "not English", Hint: "say so"}, At: jobTime.Add(4 * time.Minute)}
		h.must(h.store.SettleJobItems(h.ctx, again...))
		late := again[0]
		late.Result = graph.JobResult{Error: &graph.JobError{Message: "late"}, At: jobTime.Add(5 * time.Minute)}
		h.must(h.store.SettleJobItems(h.ctx, late))
		h.must(h.store.HoldJobItems(h.ctx, jobTime, again...))
		held := h.lease(2 * time.Hour)
		if len(held) != 10 || held[0].Text.Revision == nil || *held[0].Text.Revision != revision {
			h.Errorf("%d items are open, want 10, the first with its revision: %+v", len(held), held[0])
		}
		if j := h.job("first"); j.Items != 40 || j.Done != 32 || j.Failed != 1 || j.Facts != 62 || j.Taken != 40 || !j.Ended.IsZero() {
			h.Errorf("%+v", j)
		}
		for n := range held {
			held[n].Result = graph.JobResult{Outcome: graph.Unchanged, At: jobTime.Add(3 * time.Hour)}
		}
		h.must(h.store.SettleJobItems(h.ctx, held...))
		if j := h.job("second"); j.Done != 2 || !j.Ended.Equal(jobTime.Add(3*time.Hour)) {
			h.Errorf("%+v", j)
		}
	}},
	{"large texts on a lease", "a lease takes no more text than fits into memory, but always one", func(h *harness) {
		j, items := job("large", 0, 3)
		for n := range items {
			items[n].Text.Text = strings.Repeat("A text of a treaty. ", 40000)
		}
		_, err := h.store.PutJob(h.ctx, j, items)
		h.must(err)
		if leased := h.lease(0); len(leased) != 1 || leased[0].Text.Text != items[0].Text.Text {
			h.Errorf("%d items of 800 kB", len(leased))
		}
	}},
	{"items of a job", "pages of what became of each text, both ways, and of the failures alone", func(h *harness) {
		j, items := job("pages", 0, 12)
		for _, n := range []int{3, 7} {
			items[n-1].Result = graph.JobResult{Error: &graph.JobError{Kind: graph.Invalid, Message: "unreadable"}, At: jobTime}
		}
		_, err := h.store.PutJob(h.ctx, j, items)
		h.must(err)
		numbers := func(q graph.JobItemQuery) string {
			q.Job = j.ID
			page, err := h.store.ListJobItems(h.ctx, q)
			h.must(err)
			var all []int
			for _, i := range page.Items {
				if i.Text.Text != "" || i.Text.Source != fmt.Sprintf("pages/%d", i.Number) {
					h.Errorf("%+v", i.Text)
				}
				all = append(all, i.Number)
			}
			return fmt.Sprint(all, page.HasPrevious, page.HasNext, page.Total)
		}
		at := func(n int) graph.Position { return graph.JobItem{Number: n}.Position() }
		for want, q := range map[string]graph.JobItemQuery{
			"[1 2 3] false true 12":    {Window: graph.Window{Limit: 3}},
			"[10 11 12] true false 12": {Window: graph.Window{Limit: 5, After: at(9)}},
			"[11 12] true false 12":    {Window: graph.Window{Limit: 2, Backward: true}},
			"[8 9] true true 12":       {Window: graph.Window{Limit: 2, Backward: true, Before: at(10)}},
			"[3 7] false false 2":      {Failed: true, Window: graph.Window{Limit: 5}},
		} {
			if got := numbers(q); got != want {
				h.Errorf("%+v: %s, want %s", q, got, want)
			}
		}
		if leased := h.lease(0); len(leased) != 10 {
			h.Errorf("%d items are open, want all but the two that failed", len(leased))
		}
	}},
	{"jobs are forgotten", "what is done is kept for a while, and what is not until it is", func(h *harness) {
		h.putJob("done", 0, 2)
		items := h.lease(0)
		h.putJob("open", 0, 2)
		for n := range items {
			items[n].Result = graph.JobResult{Outcome: graph.Added, At: jobTime}
		}
		h.must(h.store.SettleJobItems(h.ctx, items...))
		h.must(h.store.ForgetJobs(h.ctx, jobTime))
		h.job("done")
		h.must(h.store.ForgetJobs(h.ctx, jobTime.Add(time.Hour)))
		h.job("open")
		_, err := h.store.Job(h.ctx, graph.NewJobID("done"))
		h.wantKind("a job of yesterday", err, graph.NotFound)
	}},
}

var jobTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// job is one of so many short texts, stored after so long.
func job(key string, after time.Duration, texts int) (graph.Job, []graph.JobItem) {
	j := graph.Job{ID: graph.NewJobID(key), Key: key, Digest: "digest of " + key, Author: "analyst", Created: jobTime.Add(after)}
	items := make([]graph.JobItem, texts)
	for n := range items {
		items[n] = graph.JobItem{Job: j.ID, Number: n + 1,
			Text: graph.JobText{Source: fmt.Sprintf("%s/%d", key, n+1), Title: "Notice", Published: "2020", Language: "en", Text: fmt.Sprintf("Text %d of %s.", n+1, key)}}
	}
	return j, items
}

func (h *harness) putJob(key string, after time.Duration, texts int) graph.Job {
	h.Helper()
	j, items := job(key, after, texts)
	stored, err := h.store.PutJob(h.ctx, j, items)
	h.must(err)
	return stored
}

func (h *harness) job(key string) graph.Job {
	h.Helper()
	j, err := h.store.Job(h.ctx, graph.NewJobID(key))
	h.must(err)
	return j
}

// lease takes items for a minute.
func (h *harness) lease(after time.Duration) []graph.JobItem {
	h.Helper()
	now := jobTime.Add(after)
	items, err := h.store.LeaseJobItems(h.ctx, now, now.Add(time.Minute))
	h.must(err)
	return items
}

func (h *harness) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}
