package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/entente-kg/entente/graph"
)

// jobSchema is made with the first job: a store that only the command line writes has none.
var jobSchema = []string{
	`CREATE TABLE IF NOT EXISTS job (id TEXT PRIMARY KEY, created INTEGER NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS job_item (
	  job TEXT NOT NULL, number INTEGER NOT NULL, created INTEGER NOT NULL, about TEXT NOT NULL, text TEXT NOT NULL,
	  lease INTEGER NOT NULL DEFAULT 0, settled INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, facts INTEGER NOT NULL DEFAULT 0,
	  result TEXT NOT NULL DEFAULT '{}', UNIQUE (job, number)) STRICT`,
	`CREATE INDEX IF NOT EXISTS job_item_open ON job_item (created, job, number) WHERE settled = 0`,
}

// hasJobs tells whether there was a job.
func (s *Store) hasJobs(ctx context.Context) (bool, error) {
	if s.jobs.Load() {
		return true, nil
	}
	var tables int
	err := s.query(ctx, "jobs", `SELECT count(*) FROM sqlite_schema WHERE name = 'job_item_open'`, nil, func(r *sql.Rows) error { return r.Scan(&tables) })
	s.jobs.Store(tables > 0)
	return tables > 0, err
}

// writeJobs runs work in one transaction.
func (s *Store) writeJobs(ctx context.Context, doing string, work func(*ledger) error) error {
	return s.inTurn(ctx, doing, func() error {
		if s.frozen != nil {
			return s.frozen
		}
		return s.transact(ctx, doing, work)
	})
}

// PutJob implements [graph.Jobs].
func (s *Store) PutJob(ctx context.Context, j graph.Job, items []graph.JobItem) (graph.Job, error) {
	if err := j.Validate(items); err != nil {
		return j, err
	}
	err := s.writeJobs(ctx, "put a job", func(l *ledger) error {
		for _, text := range jobSchema {
			if err := l.exec(ctx, text); err != nil {
				return err
			}
		}
		if stored, here, err := jobOf(ctx, l.conn, j.ID); err != nil || here {
			if err == nil {
				err = j.Again(stored)
			}
			return err
		}
		if err := l.exec(ctx, `INSERT INTO job (id, created, data) VALUES (?, ?, ?)`, j.ID, j.Created.UnixMilli(), encode(j)); err != nil {
			return err
		}
		for _, i := range items {
			if err := l.exec(ctx, `INSERT INTO job_item (job, number, created, about, text) VALUES (?, ?, ?, ?, ?)`,
				j.ID, i.Number, j.Created.UnixMilli(), about(i), i.Text.Text); err != nil {
				return err
			}
			if i.Result.At.IsZero() {
				continue
			}
			if err := settle(ctx, l, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return j, err
	}
	return s.Job(ctx, j.ID)
}

// Job implements [graph.Jobs].
func (s *Store) Job(ctx context.Context, id graph.JobID) (j graph.Job, err error) {
	here, err := s.hasJobs(ctx)
	if err == nil && here {
		j, here, err = jobOf(ctx, s.readers, id)
		err = s.explain(ctx, "job", err)
	}
	if err == nil && !here {
		err = graph.NoJob(id)
	}
	return j, err
}

func jobOf(ctx context.Context, db querier, id graph.JobID) (j graph.Job, here bool, err error) {
	text := `SELECT data, count(i.number), coalesce(sum(i.lease > 0 OR i.settled > 0), 0), coalesce(sum(i.settled > 0), 0), coalesce(sum(i.failed), 0), coalesce(sum(i.facts), 0), coalesce(max(i.settled), 0)
		FROM job LEFT JOIN job_item i ON i.job = id WHERE id = ? GROUP BY id`
	err = eachRow(ctx, db, text, []any{id}, func(r *sql.Rows) error {
		var data string
		var ended int64
		if err := r.Scan(&data, &j.Items, &j.Taken, &j.Done, &j.Failed, &j.Facts, &ended); err != nil {
			return err
		}
		if here = true; j.Done == j.Items {
			j.Ended = time.UnixMilli(ended).UTC()
		}
		return json.Unmarshal([]byte(data), &j)
	})
	return j, here, err
}

// ListJobItems implements [graph.Jobs].
func (s *Store) ListJobItems(ctx context.Context, q graph.JobItemQuery) (page graph.Page[graph.JobItem], err error) {
	job, err := s.Job(ctx, q.Job)
	if err != nil {
		return page, err
	}
	after, before := q.Bounds(job.Items)
	order := map[bool]string{false: "ASC", true: "DESC"}[q.Window.Backward]
	text := `SELECT number, about, '', result FROM job_item WHERE job = ? AND number > ? AND number < ? AND failed >= ? ORDER BY number ` + order + ` LIMIT ?`
	var rows []graph.Placed[graph.JobItem]
	err = s.query(ctx, "job items", text, []any{q.Job, after, before, q.Failed, q.Window.Limit + 1}, func(r *sql.Rows) error {
		i, err := scanItem(r, q.Job)
		rows = append(rows, graph.Placed[graph.JobItem]{Item: i, At: i.Position()})
		return err
	})
	page = graph.Cut(rows, q.Window, graph.Order{}, true)
	if page.Total = job.Items; q.Failed {
		page.Total = job.Failed
	}
	return page, err
}

// about is all of an item's text but the words.
func about(i graph.JobItem) string {
	i.Text.Text = ""
	return encode(i.Text)
}

func scanItem(r *sql.Rows, job graph.JobID) (graph.JobItem, error) {
	i := graph.JobItem{Job: job}
	var about, text, result string
	if err := r.Scan(&i.Number, &about, &text, &result); err != nil {
		return i, err
	}
	if err := json.Unmarshal([]byte(about), &i.Text); err != nil {
		return i, err
	}
	i.Text.Text = text
	return i, json.Unmarshal([]byte(result), &i.Result)
}

const openItems = `SELECT job, number, length(text) FROM job_item WHERE settled = 0 AND lease <= ? ORDER BY created, job, number LIMIT ?`

// LeaseJobItems implements [graph.Jobs]. It writes only where there is something to take.
func (s *Store) LeaseJobItems(ctx context.Context, now, until time.Time) (items []graph.JobItem, err error) {
	here, err := s.hasJobs(ctx)
	if err != nil || !here {
		return nil, err
	}
	open := false
	if err := s.query(ctx, "lease", openItems, []any{now.UnixMilli(), 1}, func(*sql.Rows) error { open = true; return nil }); err != nil || !open {
		return nil, err
	}
	err = s.writeJobs(ctx, "lease", func(l *ledger) error {
		items = nil
		var sizes []int
		err := l.each(ctx, openItems, []any{now.UnixMilli(), graph.MostLeased}, func(r *sql.Rows) error {
			var i graph.JobItem
			var size int
			err := r.Scan(&i.Job, &i.Number, &size)
			items, sizes = append(items, i), append(sizes, size)
			return err
		})
		if err != nil {
			return err
		}
		items = items[:graph.LeaseBatch(sizes)]
		for n, i := range items {
			if err := l.exec(ctx, `UPDATE job_item SET lease = ? WHERE job = ? AND number = ?`, until.UnixMilli(), i.Job, i.Number); err != nil {
				return err
			}
			err := l.each(ctx, `SELECT number, about, text, result FROM job_item WHERE job = ? AND number = ?`, []any{i.Job, i.Number}, func(r *sql.Rows) (err error) {
				items[n], err = scanItem(r, i.Job)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return items, err
}

// HoldJobItems implements [graph.Jobs].
func (s *Store) HoldJobItems(ctx context.Context, until time.Time, items ...graph.JobItem) error {
	return s.writeJobs(ctx, "hold job items", func(l *ledger) error {
		for _, i := range items {
			if err := l.exec(ctx, `UPDATE job_item SET lease = ?, about = ? WHERE job = ? AND number = ? AND settled = 0`,
				until.UnixMilli(), about(i), i.Job, i.Number); err != nil {
				return err
			}
		}
		return nil
	})
}

// SettleJobItems implements [graph.Jobs].
func (s *Store) SettleJobItems(ctx context.Context, items ...graph.JobItem) error {
	return s.writeJobs(ctx, "settle job items", func(l *ledger) error {
		for _, i := range items {
			if err := settle(ctx, l, i); err != nil {
				return err
			}
		}
		return nil
	})
}

func settle(ctx context.Context, l *ledger, i graph.JobItem) error {
	return l.exec(ctx, `UPDATE job_item SET settled = ?, failed = ?, facts = ?, result = ?, text = '' WHERE job = ? AND number = ? AND settled = 0`,
		i.Result.At.UnixMilli(), i.Result.Error != nil, i.Result.Facts, encode(i.Result), i.Job, i.Number)
}

// ForgetJobs implements [graph.Jobs].
func (s *Store) ForgetJobs(ctx context.Context, before time.Time) error {
	old := `SELECT id FROM job WHERE created < ? AND NOT EXISTS (SELECT 1 FROM job_item WHERE job = id AND settled = 0)`
	here, err := s.hasJobs(ctx)
	if err != nil || !here {
		return err
	}
	forget := false
	if err := s.query(ctx, "forget jobs", old+` LIMIT 1`, []any{before.UnixMilli()}, func(*sql.Rows) error { forget = true; return nil }); err != nil || !forget {
		return err
	}
	return s.writeJobs(ctx, "forget jobs", func(l *ledger) error {
		if err := l.exec(ctx, `DELETE FROM job_item WHERE job IN (`+old+`)`, before.UnixMilli()); err != nil {
			return err
		}
		return l.exec(ctx, `DELETE FROM job WHERE NOT EXISTS (SELECT 1 FROM job_item WHERE job = id)`)
	})
}
