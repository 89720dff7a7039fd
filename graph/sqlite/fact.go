package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"github.com/entente-kg/entente/graph"
)

const factColumns = "f.id, f.predicate, f.subject, f.object, f.tell, f.qualifiers, f.confidence, f.sources, f.vocabulary, f.review, f.shown"

// factEnds joins the records of both ends.
const factEnds = " CROSS JOIN entity s ON s.id = f.subject CROSS JOIN entity o ON o.id = f.object"

// rankedFact lists the columns that scanRankedFact reads.
const rankedFact = "f.ranks, f.confidence_rank, " + factColumns

func factScan(f *graph.Fact) (dest []any, finish func() error) {
	qualifiers := new(sql.RawBytes)
	dest = []any{&f.ID, &f.Predicate, &f.SubjectID, &f.ObjectID, &f.Tell, qualifiers, &f.Confidence, &f.Sources, &f.Vocabulary, &f.Review, &f.Shown}
	return dest, func() error {
		if len(*qualifiers) <= 2 {
			return nil
		}
		return json.Unmarshal(*qualifiers, &f.Qualifiers)
	}
}

func scanFact(r *sql.Rows, more ...any) (f graph.Fact, err error) {
	dest, finish := factScan(&f)
	if err := r.Scan(append(more, dest...)...); err != nil {
		return f, err
	}
	return f, finish()
}

func scanRankedFact(r *sql.Rows) (graph.Fact, error) {
	var ranks sql.RawBytes
	var confidence string
	f, err := scanFact(r, &ranks, &confidence)
	if f.Ranks.Confidence = confidence; err == nil && len(ranks) > 2 {
		err = json.Unmarshal(ranks, &f.Ranks.Of)
	}
	return f, err
}

// scanWholeFact reads a fact with both ends.
func scanWholeFact(r *sql.Rows, more ...any) (f graph.Fact, err error) {
	f.Subject, f.Object = new(graph.Entity), new(graph.Entity)
	dest, finish := factScan(&f)
	subject, finishSubject := entityScan(f.Subject)
	object, finishObject := entityScan(f.Object)
	if err := r.Scan(append(append(append(more, dest...), subject...), object...)...); err != nil {
		return f, err
	}
	for _, finish := range []func() error{finish, finishSubject, finishObject} {
		if err := finish(); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (l *ledger) Facts(ctx context.Context, refs []graph.FactRef) (map[graph.FactID]graph.Fact, error) {
	found := make(map[graph.FactID]graph.Fact, len(refs))
	if len(refs) == 0 {
		return found, nil
	}
	text := `SELECT ` + rankedFact + ` FROM json_each(?) p CROSS JOIN fact f ON f.id = p.value`
	err := l.each(ctx, text, []any{array(factIDs(refs))}, func(r *sql.Rows) error {
		f, err := scanRankedFact(r)
		found[f.ID] = f
		return err
	})
	return found, err
}

func factIDs(refs []graph.FactRef) []graph.FactID {
	ids := make([]graph.FactID, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return ids
}

// datesOf are the columns date, dated and dated_rank.
func datesOf(f graph.Fact) [3]any {
	if id, rank, ok := f.Dates(); ok {
		return [3]any{f.Date(), id, rank}
	}
	return [3]any{f.Date(), nil, nil}
}

func (l *ledger) PutFacts(ctx context.Context, facts []graph.Fact) error {
	const text = `INSERT INTO fact (id, predicate, subject, object, tell, date, qualifiers, confidence, sources, vocabulary, review, shown, ranks,
		confidence_rank, dated, dated_rank) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET date = excluded.date, qualifiers = excluded.qualifiers, confidence = excluded.confidence, sources = excluded.sources,
		vocabulary = excluded.vocabulary, review = excluded.review, shown = excluded.shown, ranks = excluded.ranks,
		confidence_rank = excluded.confidence_rank, dated = excluded.dated, dated_rank = excluded.dated_rank`
	for _, f := range facts {
		l.touched.Facts(f.ID)
		dates := datesOf(f)
		qualifiers, ranks := "{}", "{}"
		if len(f.Qualifiers) > 0 {
			qualifiers, ranks = encode(f.Qualifiers), encode(f.Ranks.Of)
		}
		if err := l.exec(ctx, text, f.ID, f.Predicate, f.SubjectID, f.ObjectID, f.Tell, dates[0], qualifiers, f.Confidence, f.Sources,
			f.Vocabulary, f.Review, f.Shown, ranks, f.Ranks.Confidence, dates[1], dates[2]); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) RemoveFacts(ctx context.Context, refs []graph.FactRef) error {
	if len(refs) == 0 {
		return nil
	}
	ids := factIDs(refs)
	l.touched.Facts(ids...)
	return l.exec(ctx, `DELETE FROM fact WHERE id IN (SELECT value FROM json_each(?))`, array(ids))
}

func wholeFactColumns() string {
	return factColumns + ", " + entityColumns("s") + ", " + entityColumns("o")
}

// Facts implements [graph.Reader]. It reads facts and then, each once, their ends: many facts
// of few entities cost what the facts do.
func (s *Store) Facts(ctx context.Context, ids []graph.FactID) (map[graph.FactID]graph.Fact, error) {
	if found, ok, err := s.atlas.Facts(ctx, ids); ok || err != nil {
		return found, s.explain(ctx, "facts", err)
	}
	text := `SELECT 0, ` + factColumns + `, NULL FROM json_each(?) p CROSS JOIN fact f ON f.id = p.value
		UNION ALL SELECT 1, ` + entityColumns("e") + ` FROM (SELECT f.subject AS id FROM json_each(?) p CROSS JOIN fact f ON f.id = p.value
			UNION SELECT f.object FROM json_each(?) p CROSS JOIN fact f ON f.id = p.value) ends CROSS JOIN entity e ON e.id = ends.id`
	found := make(map[graph.FactID]graph.Fact, len(ids))
	ends := make(map[graph.EntityID]*graph.Entity, len(ids))
	set := array(ids)
	err := s.query(ctx, "facts", text, []any{set, set, set}, func(r *sql.Rows) error {
		var end bool
		if err := r.Scan(append([]any{&end}, skipped...)...); err != nil {
			return err
		}
		if end {
			e, err := scanEntity(r, skip{})
			ends[e.ID] = &e
			return err
		}
		var f graph.Fact
		dest, finish := factScan(&f)
		if err := r.Scan(append(append([]any{skip{}}, dest...), skip{})...); err != nil {
			return err
		}
		err := finish()
		found[f.ID] = f
		return err
	})
	for id, f := range found {
		f.Subject, f.Object = ends[f.SubjectID], ends[f.ObjectID]
		found[id] = f
	}
	return found, err
}

// skip is a column that is not read.
type skip struct{}

func (skip) Scan(any) error { return nil }

// skipped are all columns of Facts but the first.
var skipped = slices.Repeat([]any{skip{}}, 12)

// ListFacts implements [graph.Reader].
func (s *Store) ListFacts(ctx context.Context, q graph.FactQuery) ([]graph.Page[graph.Fact], error) {
	pages, err := s.atlas.ListFacts(ctx, q, s.listFacts)
	return pages, s.explain(ctx, "list facts", err)
}

// listFacts is as listEntities.
func (s *Store) listFacts(ctx context.Context, q graph.FactQuery) ([]graph.Page[graph.Fact], error) {
	pages, ok, err := s.atlas.FactPages(ctx, func(ctx context.Context) ([]graph.Page[graph.FactID], int64, error) {
		return listIDs(ctx, s, factListing[graph.FactID](q))
	})
	if ok || err != nil {
		return pages, err
	}
	l := factListing[graph.Fact](q)
	l.columns, l.joins, l.scan = wholeFactColumns(), factEnds, func(r *sql.Rows, more ...any) (graph.Fact, string, error) {
		f, err := scanWholeFact(r, more...)
		return f, string(f.ID), err
	}
	return l.run(ctx, s)
}

// factListing is all of a question but what is read of each row.
func factListing[T any](q graph.FactQuery) listing[T] {
	l := listing[T]{
		doing: "list facts", table: "fact", alias: "f", id: "f.id", order: q.Order, window: q.Window, during: q.Where.During,
		sort: factSort(q.Order), where: allOf(fragment{text: "f.shown"}, factWhere(q.Where)),
	}
	switch {
	case q.At != nil:
		l.parents, l.halves = texts(q.At), []fragment{}
		for _, end := range edgeEnds(q.Direction, q.Where.Predicates) {
			parts := append([]fragment{{text: "f." + end.here + " = p.value"}, otherEnd(q.Where, end.there)}, isIn("f.predicate", end.predicates)...)
			l.halves = append(l.halves, allOf(parts...))
		}
	case q.Documents != nil:
		l.parents, l.halves = texts(q.Documents), []fragment{{text: "f.id IN (SELECT v.fact FROM evidence v WHERE v.document = p.value)"}}
	}
	return l
}

func factSort(o graph.Order) sortKey {
	switch o.By {
	case graph.ByConfidence:
		return sortKey{text: "f.confidence", number: true}
	case graph.BySources:
		return sortKey{text: "f.sources", number: true}
	}
	return dateKey("f.date", o.Desc)
}

// Frontier implements [graph.Reader].
func (s *Store) Frontier(ctx context.Context, at []graph.EntityID, where graph.FactFilter) (edges []graph.Edge, complete bool, err error) {
	if edges, complete, ok, err := s.atlas.Frontier(ctx, at, where); ok || err != nil {
		return edges, complete, s.explain(ctx, "frontier", err)
	}
	var text string
	var args []any
	for i, end := range edgeEnds(graph.Both, nil) {
		w := allOf(fragment{text: "f.shown"}, otherEnd(where, end.there), factWhere(where))
		if i > 0 {
			text += " UNION "
		}
		text += `SELECT f.id, f.predicate, f.subject, f.object, f.sources FROM json_each(?) p CROSS JOIN fact f ON f.` + end.here + ` = p.value WHERE ` + w.text
		args = append(append(args, array(at)), w.args...)
	}
	err = s.query(ctx, "frontier", text+" ORDER BY 1 LIMIT ?", append(args, graph.MaxFrontier+1), func(r *sql.Rows) error {
		var e graph.Edge
		err := r.Scan(&e.ID, &e.Predicate, &e.SubjectID, &e.ObjectID, &e.Sources)
		edges = append(edges, e)
		return err
	})
	if len(edges) > graph.MaxFrontier {
		return edges[:graph.MaxFrontier], false, err
	}
	return edges, true, err
}

// Degrees implements [graph.Reader].
func (s *Store) Degrees(ctx context.Context, ids []graph.EntityID, predicates []graph.Predicate) (map[graph.EntityID]int, error) {
	if degrees, ok, err := s.atlas.Degrees(ctx, ids, predicates); ok || err != nil {
		return degrees, s.explain(ctx, "degrees", err)
	}
	degrees := make(map[graph.EntityID]int, len(ids))
	where := allOf(append([]fragment{{text: "f.shown"}}, isIn("f.predicate", predicates)...)...)
	text := `SELECT p.value, (SELECT count(*) FROM fact f WHERE f.subject = p.value AND ` + where.text + `)
		+ (SELECT count(*) FROM fact f WHERE f.object = p.value AND ` + where.text + `) FROM json_each(?) p`
	args := append(append(append([]any{}, where.args...), where.args...), array(ids))
	err := s.query(ctx, "degrees", text, args, func(r *sql.Rows) error {
		var id graph.EntityID
		var n int
		err := r.Scan(&id, &n)
		if n > 0 {
			degrees[id] = n
		}
		return err
	})
	return degrees, err
}
