package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// ledger implements [graph.Ledger] within one transaction of the writer.
type ledger struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	touched    graph.Touched
}

var _ graph.Ledger = (*ledger)(nil)

// exec runs one of the few writing statements, prepared once.
func (l *ledger) exec(ctx context.Context, text string, args ...any) error {
	_, err := l.affects(ctx, text, args...)
	return err
}

// affects runs a writing statement and tells whether it changed a row.
func (l *ledger) affects(ctx context.Context, text string, args ...any) (bool, error) {
	graph.CountStatement(ctx)
	if err := ctx.Err(); err != nil {
		return false, err
	}
	// The driver starts a goroutine for each statement that could be cancelled;
	// these are short, so that looking between them is enough.
	ctx = context.WithoutCancel(ctx)
	stmt := l.statements[text]
	if stmt == nil {
		var err error
		if stmt, err = l.conn.PrepareContext(ctx, text); err != nil {
			return false, err
		}
		l.statements[text] = stmt
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows > 0, err
}

func (l *ledger) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	return eachRow(ctx, l.conn, text, args, scan)
}

// array is a set of texts as one JSON parameter, for json_each.
func array[T ~string](items []T) string {
	data, err := json.Marshal(items)
	if err != nil || items == nil {
		return "[]"
	}
	return string(data)
}

// encode is a value as JSON text; what a row keeps and nobody searches.
func encode(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // plain structs of texts and numbers always encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (l *ledger) Head(ctx context.Context) (head graph.Statistics, err error) {
	err = l.each(ctx, `SELECT data FROM head`, nil, func(r *sql.Rows) error { return scanJSON(r, &head) })
	return head, err
}

func (l *ledger) PutHead(ctx context.Context, head graph.Statistics) error {
	return l.exec(ctx, `INSERT INTO head (only, data) VALUES (1, ?) ON CONFLICT DO UPDATE SET data = excluded.data`, encode(head))
}

// scanJSON reads a row's only column into v.
func scanJSON(r *sql.Rows, v any) error {
	var data string
	if err := r.Scan(&data); err != nil {
		return err
	}
	return json.Unmarshal([]byte(data), v)
}

// Winners answers every kind of seat with one statement. The limit of one and
// the index on owner and rank make each look-up a single seek.
func (l *ledger) Winners(ctx context.Context, seats []graph.Seat) (map[graph.Seat]string, error) {
	owners := map[graph.SeatKind][]string{}
	for _, s := range seats {
		owners[s.Of] = append(owners[s.Of], s.ID)
	}
	won := map[graph.Seat]string{}
	for of, ids := range owners {
		text := `SELECT p.value, (` + winner(of) + `) FROM json_each(?) p`
		err := l.each(ctx, text, []any{array(ids)}, func(r *sql.Rows) error {
			var id string
			var rank sql.NullString
			err := r.Scan(&id, &rank)
			if rank.Valid {
				won[graph.Seat{Of: of, ID: id}] = rank.String
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return won, nil
}

// winner is the sub-select that finds who wins a seat of owner p.value.
func winner(of graph.SeatKind) string {
	switch of {
	case graph.NameSeat:
		return `SELECT min(rank) FROM name WHERE entity = p.value`
	case graph.AcronymSeat: // ranks begin with their class
		return `SELECT min(rank) FROM name WHERE entity = p.value AND rank >= '2' AND rank < '3'`
	case graph.FirstSeat:
		return `SELECT min(seen) FROM mention WHERE entity = p.value AND seen <> ''`
	case graph.LastSeat:
		return `SELECT max(seen) FROM mention WHERE entity = p.value AND seen <> ''`
	case graph.DatedSeat:
		return `SELECT min(dated_rank) FROM fact WHERE dated = p.value`
	case graph.ConfidenceSeat:
		return `SELECT min(confidence) FROM evidence WHERE fact = p.value`
	}
	column := string(of) // one of graph.AllQualifiers
	return `SELECT min(` + column + `) FROM evidence WHERE fact = p.value AND ` + column + ` IS NOT NULL`
}

// Strip takes everything at once: it is one transaction whatever the limit.
func (l *ledger) Strip(ctx context.Context, _ int) (left bool, err error) {
	l.touched.Everything()
	for _, text := range []string{
		`INSERT INTO sentence_terms (sentence_terms) VALUES ('delete-all')`, `INSERT INTO name_terms (name_terms) VALUES ('delete-all')`,
		`DELETE FROM sentence`, `DELETE FROM mention`, `DELETE FROM evidence`, `DELETE FROM name`, `DELETE FROM fact`, `DELETE FROM entity`,
	} {
		if err := l.exec(ctx, text); err != nil {
			return true, err
		}
	}
	return false, nil
}
