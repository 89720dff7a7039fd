package neo4j

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// A job is (:IngestJob), and each of its texts (:IngestItem {job, number}); both
// lie beside the graph, and no relationship leads there.

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
		stored, err := l.run(ctx, `MATCH (j:IngestJob {id: $id}) RETURN j.data AS data`, map[string]any{"id": string(j.ID)})
		if err != nil {
			return err
		}
		if len(stored) > 0 {
			var before graph.Job
			if err := json.Unmarshal([]byte(get[string](stored[0], "data")), &before); err != nil {
				return err
			}
			return j.Again(before)
		}
		if _, err := l.run(ctx, `CREATE (:IngestJob {id: $id, created: $created, data: $data})`,
			map[string]any{"id": string(j.ID), "created": j.Created.UnixMilli(), "data": encode(j)}); err != nil {
			return err
		}
		rows := make([]map[string]any, len(items))
		for n, i := range items {
			rows[n] = map[string]any{"id": itemID(i), "job": string(j.ID), "number": i.Number, "created": j.Created.UnixMilli(), "about": about(i), "text": i.Text.Text,
				"lease": 0, "settled": 0, "failed": 0, "facts": 0, "result": "{}"}
			if !i.Result.At.IsZero() {
				for name, v := range settled(i) {
					rows[n][name] = v
				}
			}
		}
		return l.create(ctx, `UNWIND $rows AS row CREATE (i:IngestItem) SET i = row`, rows, len(rows))
	})
	if err != nil {
		return j, err
	}
	return s.Job(ctx, j.ID)
}

func itemID(i graph.JobItem) string { return string(i.Job) + "|" + strconv.Itoa(i.Number) }

// about is all of an item's text but the words.
func about(i graph.JobItem) string {
	i.Text.Text = ""
	return encode(i.Text)
}

// Job implements [graph.Jobs].
func (s *Store) Job(ctx context.Context, id graph.JobID) (j graph.Job, err error) {
	records, err := s.query(ctx, "job", `MATCH (j:IngestJob {id: $id}) OPTIONAL MATCH (i:IngestItem {job: $id})
		RETURN j.data AS data, count(i) AS items, sum(CASE WHEN i.lease > 0 OR i.settled > 0 THEN 1 ELSE 0 END) AS taken,
		sum(CASE WHEN i.settled > 0 THEN 1 ELSE 0 END) AS done, sum(i.failed) AS failed, sum(i.facts) AS facts, max(i.settled) AS ended`, map[string]any{"id": string(id)})
	if err != nil {
		return j, err
	}
	if len(records) == 0 {
		return j, graph.NoJob(id)
	}
	v := values(records[0].AsMap())
	j.Items, j.Taken, j.Done, j.Failed, j.Facts = v.number("items"), v.number("taken"), v.number("done"), v.number("failed"), v.number("facts")
	if j.Done == j.Items {
		j.Ended = time.UnixMilli(int64(v.number("ended"))).UTC()
	}
	return j, json.Unmarshal([]byte(v.text("data")), &j)
}

// ListJobItems implements [graph.Jobs].
func (s *Store) ListJobItems(ctx context.Context, q graph.JobItemQuery) (page graph.Page[graph.JobItem], err error) {
	job, err := s.Job(ctx, q.Job)
	if err != nil {
		return page, err
	}
	after, before := q.Bounds(job.Items)
	order := map[bool]string{false: "ASC", true: "DESC"}[q.Window.Backward]
	failed := map[bool]int{true: 1}[q.Failed]
	records, err := s.query(ctx, "job items", `MATCH (i:IngestItem {job: $job}) WHERE i.number > $after AND i.number < $before AND i.failed >= $failed
		RETURN i.job AS job, i.number AS number, i.about AS about, '' AS text, i.result AS result ORDER BY number `+order+` LIMIT $limit`,
		map[string]any{"job": string(q.Job), "after": after, "before": before, "failed": failed, "limit": q.Window.Limit + 1})
	if err != nil {
		return page, err
	}
	items, err := itemsOf(records)
	rows := make([]graph.Placed[graph.JobItem], len(items))
	for n, i := range items {
		rows[n] = graph.Placed[graph.JobItem]{Item: i, At: i.Position()}
	}
	page = graph.Cut(rows, q.Window, graph.Order{}, true)
	if page.Total = job.Items; q.Failed {
		page.Total = job.Failed
	}
	return page, err
}

func itemsOf(records []*neo4j.Record) ([]graph.JobItem, error) {
	items := make([]graph.JobItem, len(records))
	for n, r := range records {
		v, i := values(r.AsMap()), &items[n]
		i.Job, i.Number = graph.JobID(v.text("job")), v.number("number")
		if err := json.Unmarshal([]byte(v.text("about")), &i.Text); err != nil {
			return nil, err
		}
		i.Text.Text = v.text("text")
		if err := json.Unmarshal([]byte(v.text("result")), &i.Result); err != nil {
			return nil, err
		}
	}
	return items, nil
}

const openItems = `MATCH (i:IngestItem {settled: 0}) WHERE i.lease <= $now
	RETURN i.id AS id, size(i.text) AS size ORDER BY i.created, i.job, i.number LIMIT $limit`

// LeaseJobItems implements [graph.Jobs]. It writes only where there is something to take.
func (s *Store) LeaseJobItems(ctx context.Context, now, until time.Time) (items []graph.JobItem, err error) {
	open, err := s.query(ctx, "lease", openItems, map[string]any{"now": now.UnixMilli(), "limit": 1})
	if err != nil || len(open) == 0 {
		return nil, err
	}
	err = s.writeJobs(ctx, "lease", func(l *ledger) error {
		open, err := l.run(ctx, openItems, map[string]any{"now": now.UnixMilli(), "limit": graph.MostLeased})
		if err != nil {
			return err
		}
		ids, sizes := make([]string, len(open)), make([]int, len(open))
		for n, r := range open {
			ids[n], sizes[n] = get[string](r, "id"), int(get[int64](r, "size"))
		}
		records, err := l.run(ctx, `UNWIND $ids AS id MATCH (i:IngestItem {id: id}) SET i.lease = $until
			RETURN i.job AS job, i.number AS number, i.about AS about, i.text AS text, i.result AS result ORDER BY i.created, job, number`,
			map[string]any{"ids": ids[:graph.LeaseBatch(sizes)], "until": until.UnixMilli()})
		if err == nil {
			items, err = itemsOf(records)
		}
		return err
	})
	return items, err
}

// HoldJobItems implements [graph.Jobs].
func (s *Store) HoldJobItems(ctx context.Context, until time.Time, items ...graph.JobItem) error {
	rows := make([]map[string]any, len(items))
	for n, i := range items {
		rows[n] = map[string]any{"id": itemID(i), "set": map[string]any{"lease": until.UnixMilli(), "about": about(i)}}
	}
	return s.changeItems(ctx, "hold job items", rows)
}

// SettleJobItems implements [graph.Jobs].
func (s *Store) SettleJobItems(ctx context.Context, items ...graph.JobItem) error {
	rows := make([]map[string]any, len(items))
	for n, i := range items {
		rows[n] = map[string]any{"id": itemID(i), "set": settled(i)}
	}
	return s.changeItems(ctx, "settle job items", rows)
}

// settled are the properties of an item that is done.
func settled(i graph.JobItem) map[string]any {
	failed := map[bool]int{true: 1}[i.Result.Error != nil]
	return map[string]any{"settled": i.Result.At.UnixMilli(), "failed": failed, "facts": i.Result.Facts, "result": encode(i.Result), "text": ""}
}

// changeItems sets properties of items that are not settled.
func (s *Store) changeItems(ctx context.Context, doing string, rows []map[string]any) error {
	return s.writeJobs(ctx, doing, func(l *ledger) error {
		_, err := l.unwind(ctx, `UNWIND $rows AS row MATCH (i:IngestItem {id: row.id}) WHERE i.settled = 0 SET i += row.set`, rows, len(rows))
		return err
	})
}

// ForgetJobs implements [graph.Jobs].
func (s *Store) ForgetJobs(ctx context.Context, before time.Time) error {
	params := map[string]any{"before": before.UnixMilli()}
	const old = `MATCH (j:IngestJob) WHERE j.created < $before AND NOT EXISTS { MATCH (i:IngestItem {job: j.id}) WHERE i.settled = 0 } `
	records, err := s.query(ctx, "forget jobs", old+`RETURN j.id LIMIT 1`, params)
	if err != nil || len(records) == 0 {
		return err
	}
	return s.writeJobs(ctx, "forget jobs", func(l *ledger) error {
		_, err := l.run(ctx, old+`OPTIONAL MATCH (i:IngestItem {job: j.id}) DELETE i, j`, params)
		return err
	})
}
