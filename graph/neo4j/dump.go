package neo4j

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// Dump implements [graph.Reader]. Neo4j has no snapshots, so the dump is one
// transaction that keeps writers out while it runs, and changes nothing. Who
// reads it must not write to the same database meanwhile.
func (s *Store) Dump(ctx context.Context) iter.Seq2[graph.DumpLine, error] {
	return func(yield func(graph.DumpLine, error) bool) {
		session := s.session(ctx)
		defer session.Close(context.WithoutCancel(ctx))
		tx, err := session.BeginTransaction(ctx)
		if err != nil {
			yield(graph.DumpLine{}, s.explain(ctx, "dump", err))
			return
		}
		defer tx.Close(context.WithoutCancel(ctx)) // rolls back
		d := dumping{ledger: &ledger{store: s, tx: tx}, yield: yield, counts: map[string]int{}}
		if err := d.run(ctx); err != nil && err != errStopped {
			yield(graph.DumpLine{}, s.explain(ctx, "dump", err))
		}
	}
}

// errStopped says that the reader of a dump wants no more.
var errStopped = graph.Errorf(graph.Invalid, "stopped")

type dumping struct {
	*ledger
	yield  func(graph.DumpLine, error) bool
	counts map[string]int // of nodes by labels, ":" before each, and of relationships by type
}

func (d *dumping) put(counted string, line graph.DumpLine) error {
	d.counts[counted]++
	if !d.yield(line, nil) {
		return errStopped
	}
	return nil
}

func (d *dumping) run(ctx context.Context) error {
	if err := d.lock(ctx); err != nil {
		return err
	}
	if err := d.put(":Entente", graph.DumpLine{Header: &graph.Header{Format: graph.DumpFormat, Version: d.head.Version}}); err != nil {
		return err
	}
	decisions, err := d.Decisions(ctx)
	if err != nil {
		return err
	}
	for i := range decisions {
		if err := d.put(":Decision", graph.DumpLine{Decision: &decisions[i]}); err != nil {
			return err
		}
	}
	for _, part := range []func(context.Context) error{d.documents, d.entities, d.names, d.facts} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	if !d.yield(graph.DumpLine{Count: &d.head}, nil) {
		return errStopped
	}
	return d.account(ctx)
}

// How many documents, and how many other records, are held at once.
const (
	dumpDocuments = 64
	dumpRecords   = 1000
)

// stream walks through what a statement gives in the order of its column at,
// some at a time: the statement has the parameters $last and $limit.
type stream struct {
	text  string
	limit int
	last  string
	held  []*neo4j.Record
	done  bool
}

// next is the next row, or nil.
func (s *stream) next(ctx context.Context, l *ledger) (values, error) {
	if len(s.held) == 0 && !s.done {
		records, err := l.run(ctx, s.text, map[string]any{"last": s.last, "limit": s.limit})
		if err != nil {
			return nil, err
		}
		s.held, s.done = records, len(records) < s.limit
	}
	if len(s.held) == 0 {
		return nil, nil
	}
	row := values(s.held[0].AsMap())
	s.held, s.last = s.held[1:], row.text("at")
	return row, nil
}

// each hands every row to put.
func (d *dumping) each(ctx context.Context, s stream, put func(values) error) error {
	for {
		row, err := s.next(ctx, d.ledger)
		if err != nil || row == nil {
			return err
		}
		if err := put(row); err != nil {
			return err
		}
	}
}

func (d *dumping) documents(ctx context.Context) error {
	ids := stream{text: `MATCH (d:Document) WHERE d.id > $last RETURN d.id AS at ORDER BY d.id LIMIT $limit`, limit: dumpDocuments}
	var batch []graph.DocumentID
	flush := func() error {
		all, err := d.Rows(ctx, batch)
		batch = nil
		for _, rows := range all {
			change, err := rows.Change()
			if err != nil {
				return err
			}
			d.counts[":Sentence"] += len(rows.Sentences)
			d.counts["IN"] += len(rows.Sentences)
			d.counts["MENTIONS"] += len(rows.Mentions)
			d.counts[":Evidence"] += len(rows.Evidence)
			d.counts["FROM"] += len(rows.Evidence)
			if err := d.put(":Document", graph.DumpLine{Document: &change}); err != nil {
				return err
			}
		}
		return err
	}
	err := d.each(ctx, ids, func(row values) error {
		if batch = append(batch, graph.DocumentID(row.text("at"))); len(batch) < dumpDocuments {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

func (d *dumping) entities(ctx context.Context) error {
	all := stream{text: `MATCH (n:Entity) WHERE n.id > $last RETURN n.id AS at, properties(n) AS n ORDER BY n.id LIMIT $limit`, limit: dumpRecords}
	return d.each(ctx, all, func(row values) error {
		e := entityOf(valuesOf(row["n"]))
		return d.put(":Entity:"+string(e.Key.Kind), graph.DumpLine{Entity: &e})
	})
}

func (d *dumping) names(ctx context.Context) error {
	all := stream{text: `MATCH (n:Name) WHERE n.rank > $last RETURN n.rank AS at, properties(n) AS n ORDER BY n.rank LIMIT $limit`, limit: dumpRecords}
	return d.each(ctx, all, func(row values) error {
		n := nameOf(valuesOf(row["n"]))
		return d.put(":Name", graph.DumpLine{Name: &n})
	})
}

// facts merges the streams of all predicates, which each have an index of their own.
func (d *dumping) facts(ctx context.Context) error {
	streams, heads := make([]stream, len(graph.Predicates)), make([]values, len(graph.Predicates))
	for i, p := range graph.Predicates {
		streams[i] = stream{text: `MATCH (s)-[r:` + string(p) + `]->(o) WHERE r.id > $last RETURN r.id AS at, ` + factReturn + ` ORDER BY r.id LIMIT $limit`, limit: dumpRecords}
		var err error
		if heads[i], err = streams[i].next(ctx, d.ledger); err != nil {
			return err
		}
	}
	for {
		least := -1
		for i, h := range heads {
			if h != nil && (least < 0 || h.text("at") < heads[least].text("at")) {
				least = i
			}
		}
		if least < 0 {
			return nil
		}
		f := factOf(heads[least])
		if err := d.put(string(f.Predicate), graph.DumpLine{Fact: &f}); err != nil {
			return err
		}
		var err error
		if heads[least], err = streams[least].next(ctx, d.ledger); err != nil {
			return err
		}
	}
}

// account compares what was dumped with every node and relationship of the
// database, whoever made it.
func (d *dumping) account(ctx context.Context) error {
	records, err := d.ledger.run(ctx, `MATCH (n) RETURN labels(n) AS labels, count(*) AS n
		UNION ALL MATCH ()-[r]->() RETURN [type(r)] AS labels, -count(*) AS n`, nil)
	if err != nil {
		return err
	}
	raw := map[string]int{}
	for _, r := range records {
		labels, n := values(r.AsMap()).texts("labels"), get[int64](r, "n")
		if n < 0 {
			raw[labels[0]] = int(-n)
			continue
		}
		slices.SortFunc(labels, func(a, b string) int { // :Entity before its kind
			if (a == "Entity") != (b == "Entity") {
				return map[bool]int{true: -1, false: 1}[a == "Entity"]
			}
			return strings.Compare(a, b)
		})
		raw[":"+strings.Join(labels, ":")] = int(n)
	}
	return graph.Account(d.counts, raw)
}
