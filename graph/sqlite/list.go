package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// listing is a question for pages of one table: what to read, which rows, in
// what order, and for which parents. Its statement finds the ids of each
// parent's rows by index and limit, then reads just these rows.
type listing[T any] struct {
	doing   string
	table   string
	alias   string
	columns string
	joins   string // further tables that columns speak of
	id      string
	where   fragment
	sort    sortKey
	order   graph.Order
	window  graph.Window
	during  graph.DateRange // of a list by date: what where says of the same date
	// With parents, every half is a condition that ties a row to p.value; a row may
	// come in by any half.
	parents []string
	halves  []fragment
	scan    func(r *sql.Rows, more ...any) (item T, id string, err error)
}

// fragment is a piece of SQL with its parameters.
type fragment struct {
	text string
	args []any
}

func allOf(parts ...fragment) fragment { return join(" AND ", "true", parts) }

func anyOf(parts ...fragment) fragment { return join(" OR ", "false", parts) }

func join(with, empty string, parts []fragment) fragment {
	if len(parts) == 0 {
		return fragment{text: empty}
	}
	var all fragment
	for i, p := range parts {
		if i > 0 {
			all.text += with
		}
		all.text += "(" + p.text + ")"
		all.args = append(all.args, p.args...)
	}
	return all
}

// sortKey is the SQL of what a list is ordered by.
type sortKey struct {
	text   string
	number bool
	upward string // of a date: what the index has
	down   bool   // of a date that is ordered downward
}

// dateKey orders by date, none last either way: see [graph.DateSort]. The indexes
// have what has none at their upper end.
func dateKey(column string, desc bool) sortKey {
	upward := "iif(" + column + " = '', '~', " + column + ")"
	if desc {
		return sortKey{text: column, upward: upward, down: true}
	}
	return sortKey{text: upward, upward: upward}
}

// stretch is a part of a list that one index gives in order.
type stretch struct {
	where fragment
	order string
}

// stretches are those of which a list is made up: one, or with dates downward
// what has a date and what has none.
func (l listing[T]) stretches() []stretch {
	direction := ""
	if l.window.Descending(l.order) {
		direction = " DESC"
	}
	where := []fragment{l.where, l.beyond()}
	if l.sort.upward != "" {
		where = append(where, l.sort.within(l.during))
	}
	if !l.sort.down {
		return []stretch{{allOf(where...), " ORDER BY " + l.sort.text + direction + ", " + l.id + direction}}
	}
	dated := append(slices.Clone(where), fragment{text: l.sort.upward + " < '~'"})
	for _, bound := range []struct {
		at graph.Position
		is string
	}{{l.window.After, " <= ?"}, {l.window.Before, " >= ?"}} {
		if !bound.at.IsZero() { // so that it is entered where the page begins
			dated = append(dated, fragment{l.sort.upward + bound.is, []any{bound.at.Sort}})
		}
	}
	return []stretch{
		{allOf(dated...), " ORDER BY " + l.sort.upward + direction + ", " + l.id + direction},
		{allOf(append(where, fragment{text: l.sort.upward + " = '~'"})...), " ORDER BY " + l.id + direction},
	}
}

// within is what a range says of a date as the index has it, so that the index is
// entered at the first year.
func (k sortKey) within(r graph.DateRange) fragment {
	if r.IsZero() {
		return allOf()
	}
	from, to := r.Bounds()
	return fragment{k.upward + " >= ? AND " + k.upward + " <= ?", []any{from[:4], to}}
}

// value is a position's sort key as the column compares it.
func (k sortKey) value(sort string) any {
	if !k.number {
		return sort
	}
	return graph.SortNumber(sort)
}

func columns(alias string, names ...string) string {
	return alias + "." + strings.Join(names, ", "+alias+".")
}

func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

func (l listing[T]) run(ctx context.Context, s *Store) ([]graph.Page[T], error) {
	parents := max(1, len(l.parents))
	if l.halves != nil && len(l.parents) == 0 {
		return nil, nil
	}
	rows := make([][]graph.Placed[T], parents)
	text, args := l.statement()
	err := s.query(ctx, l.doing, text, args, func(r *sql.Rows) error {
		var parent int
		var at graph.Position
		item, id, err := l.scan(r, &parent, &at.Sort)
		at.ID = id
		rows[parent] = append(rows[parent], graph.Placed[T]{Item: item, At: at})
		return err
	})
	if err != nil {
		return nil, err
	}
	pages := make([]graph.Page[T], parents)
	for i := range pages {
		pages[i] = graph.Cut(rows[i], l.window, l.order, l.sort.number)
	}
	if l.window.Total {
		err = l.count(ctx, s, pages)
	}
	return pages, err
}

// listIDs runs a listing of ids, and tells the last change at that moment.
func listIDs[ID ~string](ctx context.Context, s *Store, l listing[ID]) (pages []graph.Page[ID], at int64, err error) {
	at = graph.Nothing
	l.columns = lastChange + ", " + l.id
	l.scan = func(r *sql.Rows, more ...any) (id ID, text string, err error) {
		err = r.Scan(append(more, &at, &id)...)
		return id, string(id), err
	}
	pages, err = l.run(ctx, s)
	return pages, at, err
}

// statement is the SQL of the page, or of all parents' pages.
func (l listing[T]) statement() (string, []any) {
	halves := l.halves
	if halves == nil {
		halves = []fragment{allOf()}
	}
	var ids fragment
	for _, half := range halves {
		for _, part := range l.stretches() {
			where := allOf(half, part.where)
			if ids.text != "" {
				ids.text += " UNION "
			}
			ids.text += "SELECT * FROM (SELECT " + l.id + " FROM " + l.table + " " + l.alias + " WHERE " + where.text + part.order + " LIMIT ?)"
			ids.args = append(append(ids.args, where.args...), l.window.Limit+1)
		}
	}
	if l.halves == nil {
		text := "SELECT 0, " + l.sort.text + ", " + l.columns + " FROM " + l.table + " " + l.alias + l.joins + " WHERE " + l.id + " IN (" + ids.text + ")"
		return text, ids.args
	}
	text := "SELECT p.key, " + l.sort.text + ", " + l.columns + " FROM json_each(?) p CROSS JOIN " + l.table + " " + l.alias +
		" ON " + l.id + " IN (" + ids.text + ")" + l.joins
	return text, append([]any{array(l.parents)}, ids.args...)
}

// beyond keeps to what lies between the window's two positions.
func (l listing[T]) beyond() fragment {
	after, before := ">", "<"
	if l.order.Desc {
		after, before = "<", ">"
	}
	var parts []fragment
	for _, bound := range []struct {
		at graph.Position
		is string
	}{{l.window.After, after}, {l.window.Before, before}} {
		if !bound.at.IsZero() {
			parts = append(parts, fragment{"(" + l.sort.text + ", " + l.id + ") " + bound.is + " (?, ?)", []any{l.sort.value(bound.at.Sort), bound.at.ID}})
		}
	}
	return allOf(parts...)
}

// count fills in the totals, with one statement for all parents.
func (l listing[T]) count(ctx context.Context, s *Store, pages []graph.Page[T]) error {
	text, args := "SELECT 0, count(*) FROM "+l.table+" "+l.alias+" WHERE "+l.where.text, l.where.args
	if l.halves != nil {
		ids := fragment{text: "SELECT 0 WHERE FALSE"} // an OR in place of the UNION would look at every row
		for _, half := range l.halves {
			where := allOf(half, l.where)
			ids.text += " UNION SELECT " + l.id + " FROM " + l.table + " " + l.alias + " WHERE " + where.text
			ids.args = append(ids.args, where.args...)
		}
		text = "SELECT p.key, (SELECT count(*) FROM (" + ids.text + ")) FROM json_each(?) p"
		args = append(ids.args, array(l.parents))
	}
	return s.query(ctx, l.doing, text, args, func(r *sql.Rows) error {
		var parent, n int
		err := r.Scan(&parent, &n)
		pages[parent].Total = n
		return err
	})
}
