package neo4j

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// listing is a question for pages: which rows, in what order, and for which
// parents. Its one statement cuts every parent's rows to the window before it
// reads their records.
type listing[T any] struct {
	doing  string
	match  string // binds each row once; with parents it speaks of p
	where  string
	arms   []arm  // in place of match, if each has an index in the list's order
	vars   string // the variables that item and id need
	item   string // what scan reads
	id     string
	sort   sortKey
	order  graph.Order
	window graph.Window
	// With parents there is a page for each, p being the parent's id.
	perParent bool
	parents   []string
	scan      func(v values) T
}

// sortKey is the Cypher of what a list is ordered by.
type sortKey struct {
	text   string
	number bool
	// along are the properties of the index that has the rows in this order, but for
	// the id; nil is the text itself.
	along []string
}

// arm is a part of a list that one index has in its order: the rows of one kind or
// predicate, or those of them without a date. The page is the first of the arms'
// first rows, so that a list costs what its page does.
type arm struct {
	match string
	where string // what the planner needs to know to walk the index
	sort  sortKey
}

// dateKey orders by date, none last either way: see [graph.DateSort].
func dateKey(property string, desc bool) sortKey {
	none := graph.DateSort("", desc)
	return sortKey{text: "coalesce(" + property + ", '" + none + "')"}
}

// byDate are the arms of a list by date over rows that match, whose property is ”
// where there is none; during is what the list asks of that date, so that the
// index is entered at the first year. Downwards none are last by themselves;
// upwards they are an arm of their own.
func (q *statement) byDate(match, property string, during graph.DateRange, desc bool, along ...string) []arm {
	dated := arm{match, property + " > ''", sortKey{text: property, along: along}}
	if !during.IsZero() {
		from, to := during.Bounds()
		dated.where += " AND " + property + " >= " + q.param(from[:min(4, len(from))]) + " AND " + property + " <= " + q.param(to)
		return []arm{dated}
	}
	if desc {
		dated.where = property + " >= ''"
		return []arm{dated}
	}
	none := "'" + graph.DateSort("", desc) + "'"
	return []arm{dated, {match, property + " = ''", sortKey{text: none, along: along}}}
}

// value is a position's sort key as the statement compares it.
func (k sortKey) value(sort string) any {
	if !k.number {
		return sort
	}
	return graph.SortNumber(sort)
}

func (l listing[T]) run(ctx context.Context, s *Store, q *statement) ([]graph.Page[T], error) {
	parents := 1
	if l.perParent {
		if parents = len(l.parents); parents == 0 {
			return nil, nil
		}
		q.params["parents"] = l.parents
	}
	q.params["limit"] = l.window.Limit + 1
	records, err := s.query(ctx, l.doing, l.statement(q), q.params)
	if err != nil {
		return nil, err
	}
	rows := make([][]graph.Placed[T], parents)
	for _, r := range records {
		parent := get[int64](r, "parent")
		rows[parent] = append(rows[parent], graph.Placed[T]{Item: l.scan(values(r.AsMap())), At: l.position(r)})
	}
	pages := make([]graph.Page[T], parents)
	for i := range pages {
		pages[i] = graph.Cut(rows[i], l.window, l.order, l.sort.number)
	}
	if l.window.Total {
		err = l.count(ctx, s, q, pages)
	}
	return pages, err
}

func (l listing[T]) position(r *neo4j.Record) graph.Position {
	at := graph.Position{ID: get[string](r, "id")}
	if l.sort.number {
		at.Sort = strconv.FormatInt(get[int64](r, "sort"), 10)
	} else {
		at.Sort = get[string](r, "sort")
	}
	return at
}

// statement is the Cypher of the page, or of all parents' pages.
func (l listing[T]) statement(q *statement) string {
	inner := l.inner(q)
	row := "sort, " + l.id + " AS id, " + l.item
	if !l.perParent {
		return inner + " RETURN 0 AS parent, " + row
	}
	return l.eachParent(inner + " RETURN " + row)
}

// inner binds the rows of the page, and sort.
func (l listing[T]) inner(q *statement) string {
	first := func(l listing[T]) string {
		return l.match + " WHERE " + l.where + l.beyond(q) + " WITH " + l.vars + ", " + l.sort.text + " AS sort" + l.orderBy() + " LIMIT $limit"
	}
	if len(l.arms) == 0 {
		return first(l)
	}
	parts := make([]string, len(l.arms))
	for i, a := range l.arms {
		part := l
		part.match, part.where, part.sort = a.match, a.where+" AND "+l.id+" IS NOT NULL AND "+l.where, a.sort
		parts[i] = first(part) + " RETURN " + l.vars + ", sort"
	}
	l.sort = sortKey{text: "sort"}
	return "CALL () { " + strings.Join(parts, " UNION ALL ") + " } WITH " + l.vars + ", sort" + l.orderBy() + " LIMIT $limit"
}

func (l listing[T]) eachParent(inner string) string {
	return "UNWIND range(0, size($parents) - 1) AS parent WITH parent, $parents[parent] AS p CALL (p) { " + inner + " } RETURN *"
}

// descending tells whether the statement reads the list downwards.
func (l listing[T]) orderBy() string {
	direction := ""
	if l.window.Descending(l.order) {
		direction = " DESC"
	}
	along := l.sort.along
	if along == nil {
		along = []string{l.sort.text}
	}
	return " ORDER BY " + strings.Join(append(slices.Clone(along), l.id), direction+", ") + direction
}

// beyond keeps to what lies between the window's two positions. An OR in place
// of the CASE would make the planner read two indexes and sort what they give.
func (l listing[T]) beyond(q *statement) string {
	after, before := ">", "<"
	if l.order.Desc {
		after, before = "<", ">"
	}
	text := ""
	for _, bound := range []struct {
		at graph.Position
		is string
	}{{l.window.After, after}, {l.window.Before, before}} {
		if !bound.at.IsZero() {
			sort, id := q.param(l.sort.value(bound.at.Sort)), q.param(bound.at.ID)
			text += " AND " + l.sort.text + " " + bound.is + "= " + sort +
				" AND CASE WHEN " + l.sort.text + " = " + sort + " THEN " + l.id + " " + bound.is + " " + id + " ELSE true END"
		}
	}
	return text
}

// count fills in the totals, with one statement for all parents.
func (l listing[T]) count(ctx context.Context, s *Store, q *statement, pages []graph.Page[T]) error {
	text := l.match + " WHERE " + l.where + " RETURN "
	if l.perParent {
		text = l.eachParent(text + "count(*) AS n")
	} else {
		text += "0 AS parent, count(*) AS n"
	}
	records, err := s.query(ctx, l.doing, text, q.params)
	for _, r := range records {
		pages[get[int64](r, "parent")].Total = int(get[int64](r, "n"))
	}
	return err
}
