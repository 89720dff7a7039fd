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
	walk   *walk  // in place of match, if indexes have the rows in the list's order
	hub    *hub   // likewise, if they hang on a node
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

// dateKey orders by date, none last either way: see [graph.DateSort].
func dateKey(property string, desc bool) sortKey {
	none := graph.DateSort("", desc)
	return sortKey{text: "coalesce(" + property + ", '" + none + "')"}
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
	if l.hub != nil {
		q.params["few"] = s.few
	}
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
	if l.walk != nil {
		return l.walked(q)
	}
	if l.hub != nil {
		return l.aroundHub(q)
	}
	along := l.sort.along
	if along == nil {
		along = []string{l.sort.text}
	}
	return l.match + " WHERE " + l.where + l.beyond(q) + " WITH " + l.vars + ", " + l.sort.text + " AS sort" + l.orderBy(along...) + " LIMIT $limit"
}

func (l listing[T]) eachParent(inner string) string {
	return "UNWIND range(0, size($parents) - 1) AS parent WITH parent, $parents[parent] AS p CALL (p) { " + inner + " } RETURN *"
}

// orderBy orders by these and by the id, upwards or downwards as the page is read.
func (l listing[T]) orderBy(along ...string) string {
	direction := ""
	if l.window.Descending(l.order) {
		direction = " DESC"
	}
	return " ORDER BY " + strings.Join(append(slices.Clone(along), l.id), direction+", ") + direction
}

// bound is one of the window's two positions, and where from its id those within are.
type bound struct {
	at graph.Position
	is string
}

func (l listing[T]) bounds() (all []bound) {
	after, before := ">", "<"
	if l.order.Desc {
		after, before = "<", ">"
	}
	for _, b := range []bound{{l.window.After, after}, {l.window.Before, before}} {
		if !b.at.IsZero() {
			all = append(all, b)
		}
	}
	return all
}

// beyond keeps to what lies between the window's two positions. An OR in place
// of the CASE would make the planner read two indexes and sort what they give.
func (l listing[T]) beyond(q *statement) (text string) {
	for _, b := range l.bounds() {
		sort, id := q.param(l.sort.value(b.at.Sort)), q.param(b.at.ID)
		text += " AND " + l.sort.text + " " + b.is + "= " + sort +
			" AND CASE WHEN " + l.sort.text + " = " + sort + " THEN " + l.id + " " + b.is + " " + id + " ELSE true END"
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
