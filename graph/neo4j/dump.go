package neo4j

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// Dump implements [graph.Reader]. Neo4j has no snapshots: a reader sees what
// others commit while it reads. So a dump is kept aside, and handed out once it
// is known that nobody wrote while it was read; then no writer ever waits for
// it, however slowly it is taken. Only where somebody wrote each time is it read once more
// with writers kept out, who then wait as long as reading it takes: with neither
// snapshots nor versions in the server there is no other way to one moment.
func (s *Store) Dump(ctx context.Context) iter.Seq2[graph.DumpLine, error] {
	return func(yield func(graph.DumpLine, error) bool) {
		kept, err := newSpool()
		if err == nil {
			defer kept.close()
			if err = s.dump(ctx, kept); err == nil {
				err = kept.lines(yield)
			}
		}
		if err != nil {
			yield(graph.DumpLine{}, s.explain(ctx, "dump", err))
		}
	}
}

// quietDumps is how often a dump is read in the hope that nobody writes.
const quietDumps = 2

func (s *Store) dump(ctx context.Context, into *spool) error {
	for range quietDumps {
		still, err := s.dumpQuietly(ctx, into)
		if err != nil || still {
			return err
		}
		if err := into.empty(); err != nil {
			return err
		}
	}
	return s.dumpWithin(ctx, into, func(d *dumping) error { return d.lock(ctx) })
}

// dumpQuietly keeps nobody out, and tells whether nobody wrote. If somebody did, what
// was read may contradict itself, and so a fault says nothing.
func (s *Store) dumpQuietly(ctx context.Context, into *spool) (still bool, err error) {
	before, err := s.writes(ctx)
	if err != nil {
		return false, err
	}
	fault := s.dumpWithin(ctx, into, func(d *dumping) error {
		d.quiet, d.before = true, before
		d.dirty = true // decisions that may be half a change must not be remembered
		return d.still(ctx)
	})
	after, err := s.writes(ctx)
	switch {
	case err != nil:
		return false, cmp.Or(fault, err)
	case after != before || fault == errMoved:
		return false, nil
	}
	return true, fault
}

// writes is how many transactions were committed. It waits for the writer that is
// at work, if there is one: while the server commits, readers see parts of it.
func (s *Store) writes(ctx context.Context) (n int, err error) {
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		l := &ledger{store: s, tx: tx}
		records, err := l.run(ctx, `MATCH (e:Entente {id: 'entente'}) SET e.writes = e.writes WITH e RETURN e.writes AS n`, nil)
		if err == nil && len(records) == 1 {
			n = values(records[0].AsMap()).number("n")
		}
		return nil, err
	})
	if readOnly(err) { // then nobody writes
		return unwritten, nil
	}
	return n, err
}

// unwritten stands for the number of transactions where there are none.
const unwritten = -1

// dumpWithin reads a dump in one transaction, which changes nothing.
func (s *Store) dumpWithin(ctx context.Context, into *spool, begin func(*dumping) error) error {
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	tx, err := session.BeginTransaction(ctx)
	if err != nil {
		return err
	}
	defer tx.Close(context.WithoutCancel(ctx)) // rolls back
	d := &dumping{ledger: &ledger{store: s, tx: tx}, into: into, counts: map[string]int{}}
	if err := begin(d); err != nil {
		return err
	}
	return d.run(ctx)
}

// errMoved says that somebody wrote while a dump was read.
var errMoved = graph.Errorf(graph.Unavailable, "dump: somebody wrote meanwhile")

type dumping struct {
	*ledger
	quiet  bool // writers are not kept out
	before int  // how many transactions were committed when it began, if quiet
	into   *spool
	counts map[string]int // of nodes by labels, ":" before each, and of relationships by type
}

// still reads the head, and tells by errMoved if it is plain already that
// somebody wrote.
func (d *dumping) still(ctx context.Context) error {
	if !d.quiet {
		return nil
	}
	records, err := d.ledger.run(ctx, `MATCH (e:Entente {id: 'entente'}) RETURN properties(e) AS head`, nil)
	if err != nil || len(records) == 0 {
		return err
	}
	head := valuesOf(get[any](records[0], "head"))
	if d.before != unwritten && head.number("writes") != d.before {
		return errMoved
	}
	return d.read(head)
}

func (d *dumping) put(counted string, line graph.DumpLine) error {
	d.counts[counted]++
	return d.into.put(line)
}

func (d *dumping) run(ctx context.Context) error {
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
	for _, part := range []func(context.Context) error{d.documents, d.still, d.entities, d.still, d.names, d.still, d.facts} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	if err := d.into.put(graph.DumpLine{Count: &d.head}); err != nil {
		return err
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
			if err := d.put(":Document", graph.DumpLine{Document: &change, Stands: rows.Digest}); err != nil {
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
	delete(raw, ":IngestJob") // jobs lie beside the graph
	delete(raw, ":IngestItem")
	delete(raw, ":Change") // the log says nothing of the graph
	return graph.Account(d.counts, raw)
}
