package neo4j

// hub is a list of the documents that mention something. A few are all read and
// sorted. Of many, an index of the documents in the list's order soon meets enough
// for a page: the more there are, the sooner.
type hub struct {
	mentioned string // binds n, what is mentioned, and degree, how often
	few       string // matches from n
	many      string // matches from the index
	meets     string // what else must hold of these
}

// degree is how often an entity is mentioned; the server has it at hand.
func degree(entity string) string { return "COUNT { (" + entity + ")<-[:MENTIONS]-() }" }

// isFew is true where sorting all is the cheaper way: see [fewEdges].
const isFew = "degree * degree <= $few * COUNT { (:Document) }"

// fewEdges is where sorting degree mentions costs what finding a page among the
// documents does. A mention that is sorted takes the server 4 accesses; a page of 20
// tries 20 · documents / degree documents, and reads the hundred edges of each.
const fewEdges = 500

// aroundHub binds the rows of the page, and sort.
func (l listing[T]) aroundHub(q *statement) string {
	page := " AND " + l.where + l.beyond(q) + " WITH " + l.vars + l.orderBy(l.sort.text) + " LIMIT $limit RETURN " + l.vars
	return l.hub.mentioned + " CALL (n, degree) { WITH * WHERE " + isFew + " " + l.hub.few + " WHERE true" + page +
		" UNION ALL WITH * WHERE NOT " + isFew + " CALL (n) { " + l.hub.many + " WHERE " + l.hub.meets + page + " } RETURN " + l.vars +
		" } WITH " + l.vars + ", " + l.sort.text + " AS sort" + l.orderBy("sort") + " LIMIT $limit"
}
