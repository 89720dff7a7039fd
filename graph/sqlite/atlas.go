package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

// changeTable is the log that a [graph.Atlas] follows: the ids of what each of the
// last transactions put or removed, null for everything.
const changeTable = `CREATE TABLE change (n INTEGER PRIMARY KEY, entities TEXT, facts TEXT) STRICT`

// log notes what the transaction changed; it is to be called once, at its end.
func (l *ledger) log(ctx context.Context) error {
	entities, facts, all := l.touched.Ids()
	if len(entities)+len(facts) == 0 && !all {
		return nil
	}
	args := []any{array(entities), array(facts)}
	if all {
		args = []any{nil, nil}
	}
	if err := l.exec(ctx, `INSERT INTO change (entities, facts) VALUES (?, ?)`, args...); err != nil {
		return err
	}
	return l.exec(ctx, `DELETE FROM change WHERE n <= (SELECT max(n) FROM change) - ?`, graph.LoggedChanges)
}

// Warm implements [graph.Store].
func (s *Store) Warm(ctx context.Context) error { return s.explain(ctx, "warm", s.atlas.Warm(ctx)) }

// Atlas implements [graph.Reader].
func (s *Store) Atlas() *graph.Atlas { return s.atlas }

// chart implements [graph.Chart].
type chart struct{ *Store }

const lastChange = `(SELECT coalesce(max(n), 0) FROM change)`

func (c chart) LastChange(ctx context.Context) (at int64, known bool, err error) {
	if !c.logs {
		return 0, false, nil
	}
	err = c.query(ctx, "last change", `SELECT `+lastChange, nil, func(r *sql.Rows) error { return r.Scan(&at) })
	return at, true, err
}

// Settling implements [graph.Chart]: what is seen of a commit is seen whole.
func (c chart) Settling() time.Duration { return 0 }

// Mentions implements [graph.Chart].
func (c chart) Mentions(ctx context.Context, documents []graph.DocumentID) (of [][]graph.EntityID, at int64, err error) {
	const text = `SELECT p.key, coalesce(group_concat(m.entity, ' '), ''), ` + lastChange + ` FROM json_each(?) p LEFT JOIN mention m ON m.document = p.value GROUP BY p.key`
	of, at = make([][]graph.EntityID, len(documents)), graph.Nothing
	err = c.query(ctx, "mentions", text, []any{array(documents)}, func(r *sql.Rows) error {
		var document int
		var ids string
		err := r.Scan(&document, &ids, &at)
		for id := range strings.FieldsSeq(ids) {
			of[document] = append(of[document], graph.EntityID(id))
		}
		return err
	})
	return of, at, err
}

const chartedName = `n.entity, n.class, n.text, n.sort`

func scanChartedName(r *sql.Rows) (n graph.ChartedName, err error) {
	return n, r.Scan(&n.Entity, &n.Class, &n.Text, &n.Sort)
}

// Survey implements [graph.Chart] within one reading transaction.
func (c chart) Survey(ctx context.Context, into graph.Surveyor) (at int64, err error) {
	conn, err := c.readers.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	if err := tx.QueryRowContext(ctx, `SELECT `+lastChange).Scan(&at); err != nil {
		return 0, err
	}
	err = eachRow(ctx, tx, `SELECT `+entityColumns("e")+` FROM entity e`, nil, func(r *sql.Rows) error {
		e, err := scanEntity(r)
		into.Entity(e)
		return err
	})
	if err != nil {
		return 0, err
	}
	err = eachRow(ctx, tx, `SELECT `+chartedName+` FROM name n`, nil, func(r *sql.Rows) error {
		n, err := scanChartedName(r)
		into.Name(n)
		return err
	})
	if err != nil {
		return 0, err
	}
	return at, eachRow(ctx, tx, `SELECT `+factColumns+` FROM fact f WHERE f.shown`, nil, func(r *sql.Rows) error {
		f, err := scanFact(r)
		into.Fact(f)
		return err
	})
}

// Changes implements [graph.Chart].
func (c chart) Changes(ctx context.Context, after int64, into graph.Surveyor) (at int64, whole bool, err error) {
	const state = `SELECT coalesce(max(n), 0), coalesce(min(n), 0), coalesce(max(n > ? AND facts IS NULL), false) FROM change`
	var first int64
	var everything bool
	err = c.query(ctx, "changes", state, []any{after}, func(r *sql.Rows) error { return r.Scan(&at, &first, &everything) })
	if err != nil || at <= after || everything || first > after+1 {
		return at, at <= after, err
	}
	entities, err := touched[graph.EntityID](ctx, c, "entities", after)
	if err != nil {
		return at, false, err
	}
	err = changed(ctx, c, entities, `SELECT `+entityColumns("e")+` FROM json_each(?) p CROSS JOIN entity e ON e.id = p.value`, scanEntity,
		func(e graph.Entity) graph.EntityID { return e.ID }, func(id graph.EntityID) graph.Entity { return graph.Entity{ID: id} }, into.Entity)
	if err != nil {
		return at, false, err
	}
	err = c.query(ctx, "changes", `SELECT `+chartedName+` FROM json_each(?) p CROSS JOIN name n ON n.entity = p.value`, []any{array(entities)}, func(r *sql.Rows) error {
		n, err := scanChartedName(r)
		into.Name(n)
		return err
	})
	if err != nil {
		return at, false, err
	}
	facts, err := touched[graph.FactID](ctx, c, "facts", after)
	if err != nil {
		return at, false, err
	}
	return at, true, changed(ctx, c, facts, `SELECT `+factColumns+` FROM json_each(?) p CROSS JOIN fact f ON f.id = p.value AND f.shown`, scanFact,
		func(f graph.Fact) graph.FactID { return f.ID }, func(id graph.FactID) graph.Fact { return graph.Fact{ID: id} }, into.Fact)
}

// touched are the ids that the log has since a change.
func touched[ID ~string](ctx context.Context, c chart, column string, after int64) (ids []ID, err error) {
	text := `SELECT DISTINCT j.value FROM change c CROSS JOIN json_each(c.` + column + `) j WHERE c.n > ?`
	err = c.query(ctx, "changes", text, []any{after}, func(r *sql.Rows) error {
		var id ID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// changed hands over the records of ids, and what stands for those that are gone.
func changed[ID ~string, T any](ctx context.Context, c chart, ids []ID, text string, scan func(*sql.Rows, ...any) (T, error), idOf func(T) ID, gone func(ID) T, yield func(T)) error {
	here := make(map[ID]bool, len(ids))
	err := c.query(ctx, "changes", text, []any{array(ids)}, func(r *sql.Rows) error {
		x, err := scan(r)
		here[idOf(x)] = true
		yield(x)
		return err
	})
	for _, id := range ids {
		if !here[id] {
			yield(gone(id))
		}
	}
	return err
}
