package neo4j

import (
	"slices"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// statement collects the parameters of one statement, whose text then depends
// on the shape of what is asked for and never on its values.
type statement struct {
	params map[string]any
	names  int
}

func newStatement() *statement { return &statement{params: map[string]any{}} }

// param adds a parameter and is the text that stands for it.
func (q *statement) param(v any) string {
	name := "p" + strconv.Itoa(len(q.params))
	q.params[name] = v
	return "$" + name
}

// fresh is a variable of that kind which no other part of the statement uses.
func (q *statement) fresh(prefix string) string {
	q.names++
	return prefix + strconv.Itoa(q.names)
}

// conditions are Cypher predicates that are true or false, never null, so that
// they may stand under NOT.
type conditions []string

// add leaves out what is always true.
func (c *conditions) add(text string) {
	if text != always {
		*c = append(*c, text)
	}
}

const always = "true"

func (c conditions) all() string { return join(c, " AND ", always) }

func (c conditions) any() string { return join(c, " OR ", "false") }

func join(parts []string, with, empty string) string {
	if len(parts) == 0 {
		return empty
	}
	return "(" + strings.Join(parts, with) + ")"
}

// isIn compares a value with a set; nil does not filter, an empty set matches nothing.
func isIn[T ~string](q *statement, c *conditions, value string, list []T) {
	if list != nil {
		c.add(value + " IN " + q.param(texts(list)))
	}
}

// overlaps compares a partial date with a range: a date is the beginning of its
// first day's text, and with '~' behind it stands after its last day's.
func (q *statement) overlaps(c *conditions, first, last string, r graph.DateRange) {
	if r.IsZero() {
		return
	}
	from, to := r.Bounds()
	c.add("coalesce(" + first + " <= " + q.param(to) + " AND " + last + " + '~' >= " + q.param(from) + ", false)")
}

func (q *statement) folded(c *conditions, value string, f *graph.StringFilter) {
	if f == nil {
		return
	}
	folded := f.Folded()
	if folded.Eq != "" {
		c.add(value + " = " + q.param(folded.Eq))
	}
	if f.In != nil {
		isIn(q, c, value, folded.In)
	}
	if folded.StartsWith != "" {
		c.add(value + " STARTS WITH " + q.param(folded.StartsWith))
	}
	if folded.Contains != "" {
		c.add(value + " CONTAINS " + q.param(folded.Contains))
	}
}

// combine adds and, or and not to the conditions of a filter. What is always true
// is a parameter under NOT: the planner folds NOT true, finds that there is nothing
// to match, and then refuses the hint of an index that it no longer needs.
func combine[F any](q *statement, c conditions, and, or []F, not *F, compile func(F) string) string {
	for _, f := range and {
		c.add(compile(f))
	}
	var either conditions
	for _, f := range or {
		either.add(compile(f))
	}
	if len(either) == len(or) && len(or) > 0 { // or else one of them is always true
		c.add(either.any())
	}
	if not != nil {
		text := compile(*not)
		if text == always {
			text = q.param(true)
		}
		c.add("NOT " + text)
	}
	return c.all()
}

// entity compiles a filter on the entity n.
func (q *statement) entity(f graph.EntityFilter, n string) string {
	var c conditions
	isIn(q, &c, n+".id", f.IDs)
	isIn(q, &c, n+".kind", f.Kinds)
	isIn(q, &c, "coalesce("+n+".agreementKind, '')", f.AgreementKinds)
	q.folded(&c, n+".sort", f.Name)
	if f.Terms != nil {
		m := q.fresh("m")
		c.add("EXISTS { MATCH (" + m + ":Name) WHERE " + m + ".rank STARTS WITH " + n + ".id + '|' AND " + q.hasTerms(m+".terms", f.Terms, "") + " }")
	}
	q.overlaps(&c, n+".firstSeen", n+".lastSeen", f.Seen)
	q.overlaps(&c, n+".date", n+".date", f.Date)
	for _, r := range f.Related {
		pattern, where := q.related(r, n)
		c.add("EXISTS { MATCH " + pattern + " WHERE " + where + " }")
	}
	return combine(q, c, f.And, f.Or, f.Not, func(f graph.EntityFilter) string { return q.entity(f, n) })
}

// hasTerms tells whether a text of terms, each set off by a space, has all of
// these; end is what has to stand after the last one: nothing if it may be unfinished.
func (q *statement) hasTerms(text string, terms graph.Terms, end string) string {
	var c conditions
	for i, t := range terms {
		after := " "
		if i == len(terms)-1 {
			after = end
		}
		c.add("' ' + " + text + " + ' ' CONTAINS " + q.param(" "+t+after))
	}
	return c.all()
}

// related asks for an edge at the entity n.
func (q *statement) related(f graph.Related, n string) (pattern, where string) {
	r, m := q.fresh("r"), q.fresh("m")
	pattern, directed := edge(f.Direction, f.Predicates, "("+n+")", n, r, "("+m+":Entity)")
	c := conditions{directed, r + ".shown"}
	isIn(q, &c, m+".id", f.To)
	isIn(q, &c, m+".kind", f.ToKinds)
	q.overlaps(&c, r+".date", r+".date", f.During)
	if f.MinConfidence > 0 {
		c.add(r + ".confidence >= " + q.param(f.MinConfidence))
	}
	if f.Some != nil {
		c.add(q.entity(*f.Some, m))
	}
	return pattern, c.all()
}

// edge is the pattern of an edge r from the node n to another, and what must
// hold besides: edges of symmetric predicates are stored one way and count in both.
func edge(d graph.Direction, predicates []graph.Predicate, node, n, r, other string) (pattern, where string) {
	if predicates != nil && edgeTypes(predicates) == "" {
		return node + "-[" + r + "]-" + other, "false"
	}
	symmetric, asymmetric := false, false
	for _, p := range typesOf(predicates) {
		symmetric, asymmetric = symmetric || p.Symmetric(), asymmetric || !p.Symmetric()
	}
	middle, where := "-["+r+":"+edgeTypes(predicates)+"]-", "true"
	switch {
	case d == graph.Both || !asymmetric:
	case !symmetric && d == graph.Out:
		other = ">" + other
	case !symmetric && d == graph.In:
		middle = "<" + middle
	default:
		end := map[graph.Direction]string{graph.Out: "startNode", graph.In: "endNode"}[d]
		where = "(type(" + r + ") IN ['" + string(graph.Met) + "', '" + string(graph.CooperatesWith) + "'] OR " + end + "(" + r + ") = " + n + ")"
	}
	return node + middle + other, where
}

// typesOf are the predicates that are in the ontology; nil is all. Only these
// ever reach the text of a statement.
func typesOf(predicates []graph.Predicate) []graph.Predicate {
	if predicates == nil {
		return graph.Predicates
	}
	return slices.DeleteFunc(slices.Clone(predicates), func(p graph.Predicate) bool { return !p.Valid() })
}

// edgeTypes is the alternation of relationship types; nil is all.
func edgeTypes(predicates []graph.Predicate) string {
	return strings.Join(texts(typesOf(predicates)), "|")
}

// fact compiles a filter on the relationship r from s to o.
func (q *statement) fact(f graph.FactFilter) string {
	var c conditions
	isIn(q, &c, "type(r)", f.Predicates)
	isIn(q, &c, "s.id", f.Subjects)
	isIn(q, &c, "o.id", f.Objects)
	if f.Either != nil {
		either := q.param(texts(f.Either))
		c.add("(s.id IN " + either + " OR o.id IN " + either + ")")
	}
	q.overlaps(&c, "r.date", "r.date", f.During)
	if !f.Lasting.IsZero() { // an end that is not told is open
		from, to := f.Lasting.Bounds()
		c.add("(r.date IS NOT NULL OR r.until IS NOT NULL) AND coalesce(r.date <= " + q.param(to) + ", true) AND coalesce(r.until + '~' >= " + q.param(from) + ", true)")
	}
	if f.MinConfidence > 0 {
		c.add("r.confidence >= " + q.param(f.MinConfidence))
	}
	if f.MinSources > 0 {
		c.add("r.sources >= " + q.param(f.MinSources))
	}
	if f.Documents != nil {
		v := q.fresh("v")
		c.add("EXISTS { MATCH (" + v + ":Evidence) WHERE " + v + ".fact = r.id AND " + v + ".document IN " + q.param(texts(f.Documents)) + " }")
	}
	isIn(q, &c, "CASE WHEN r.sources = 0 AND r.vocabulary > 0 THEN 'thesaurus' ELSE 'extracted' END", f.Origins)
	return combine(q, c, f.And, f.Or, f.Not, q.fact)
}

// document compiles a filter on the document d.
func (q *statement) document(f graph.DocumentFilter) string {
	var c conditions
	q.folded(&c, "d.titleSort", f.Title)
	if f.Terms != nil {
		x := q.fresh("x")
		c.add("EXISTS { MATCH (" + x + ":Sentence)-[:IN]->(d) WHERE " + q.hasTerms(x+".terms", f.Terms, " ") + " }")
	}
	isIn(q, &c, "coalesce(d.language, '')", f.Languages)
	isIn(q, &c, "d.source", f.Sources)
	q.overlaps(&c, "d.published", "d.published", f.Published)
	if f.Mentions != nil {
		n := q.fresh("n")
		c.add("EXISTS { MATCH (d)-[:MENTIONS]->(" + n + ":Entity) WHERE " + n + ".id IN " + q.param(texts(f.Mentions)) + " }")
	}
	return combine(q, c, f.And, f.Or, f.Not, q.document)
}
