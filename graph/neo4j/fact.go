package neo4j

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// factValues are the properties of a fact's relationship. dates is the seat of
// the agreement's or event's date, which this fact competes for.
func factValues(f graph.Fact) values {
	v := values{"id": string(f.ID), "confidence": f.Confidence, "sources": f.Sources, "vocabulary": f.Vocabulary, "shown": f.Shown,
		"day": f.Qualifiers[graph.OnDate]}
	set(v, "tell", f.Tell)
	set(v, "review", f.Review)
	set(v, "confidenceRank", f.Ranks.Confidence)
	for q, value := range f.Qualifiers {
		set(v, string(q), value)
	}
	for q, rank := range f.Ranks.Of {
		set(v, string(q)+"Rank", rank)
	}
	if id, rank, ok := f.Dates(); ok {
		v["dates"] = owned(id, rank)
	}
	return v
}

// factReturn is a relationship r from s to o as factOf reads it.
const factReturn = `properties(r) AS r, type(r) AS predicate, s.id AS subject, o.id AS object`

func factOf(row values) graph.Fact {
	v := valuesOf(row["r"])
	f := graph.Fact{ID: graph.FactID(v.text("id")), Predicate: graph.Predicate(row.text("predicate")),
		SubjectID: graph.EntityID(row.text("subject")), ObjectID: graph.EntityID(row.text("object")), Tell: v.text("tell"),
		Qualifiers: qualifiersOf(v), Confidence: v.number("confidence"), Sources: v.number("sources"), Vocabulary: v.number("vocabulary"),
		Review: graph.Review(v.text("review")), Shown: v.flag("shown"), Ranks: graph.FactRanks{Confidence: v.text("confidenceRank")}}
	for _, q := range graph.AllQualifiers {
		if rank := v.text(string(q) + "Rank"); rank != "" {
			if f.Ranks.Of == nil {
				f.Ranks.Of = map[graph.Qualifier]string{}
			}
			f.Ranks.Of[q] = rank
		}
	}
	return f
}

const wholeFactReturn = factReturn + `, properties(s) AS s, properties(o) AS o`

// wholeFactOf reads a fact with both ends.
func wholeFactOf(row values) graph.Fact {
	f := factOf(row)
	subject, object := entityOf(valuesOf(row["s"])), entityOf(valuesOf(row["o"]))
	f.Subject, f.Object = &subject, &object
	return f
}

// byPredicate groups facts: the type of a relationship is part of a statement's text.
func byPredicate[T any](items []T, predicate func(T) graph.Predicate) (groups map[graph.Predicate][]T, order []graph.Predicate) {
	groups = map[graph.Predicate][]T{}
	for _, x := range items {
		groups[predicate(x)] = append(groups[predicate(x)], x)
	}
	return groups, slices.Sorted(maps.Keys(groups))
}

func predicateOf(r graph.FactRef) graph.Predicate { return r.Predicate }

func factIDs(refs []graph.FactRef) []string {
	ids := make([]string, len(refs))
	for i, r := range refs {
		ids[i] = string(r.ID)
	}
	return ids
}

func (l *ledger) Facts(ctx context.Context, refs []graph.FactRef) (map[graph.FactID]graph.Fact, error) {
	groups, order := byPredicate(refs, predicateOf)
	all := make(map[graph.FactID]graph.Fact, len(refs))
	for _, p := range order {
		records, err := l.unwind(ctx, `UNWIND $rows AS id MATCH (s)-[r:`+string(p)+` {id: id}]->(o) RETURN `+factReturn, factIDs(groups[p]), len(groups[p]))
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			f := factOf(r.AsMap())
			all[f.ID] = f
		}
	}
	return all, nil
}

func (l *ledger) PutFacts(ctx context.Context, facts []graph.Fact) error {
	groups, order := byPredicate(facts, func(f graph.Fact) graph.Predicate { return f.Predicate })
	for _, p := range order {
		rows := make([]map[string]any, len(groups[p]))
		for i, f := range groups[p] {
			l.touched.Facts(f.ID)
			rows[i] = map[string]any{"id": string(f.ID), "subject": string(f.SubjectID), "object": string(f.ObjectID), "fact": factValues(f).plain()}
		}
		text := `UNWIND $rows AS row MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object})
			MERGE (s)-[r:` + string(p) + ` {id: row.id}]->(o) SET r = row.fact`
		if err := l.create(ctx, text, rows, len(rows)); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) RemoveFacts(ctx context.Context, refs []graph.FactRef) error {
	groups, order := byPredicate(refs, predicateOf)
	for _, p := range order {
		for _, r := range groups[p] {
			l.touched.Facts(r.ID)
		}
		if _, err := l.unwind(ctx, `UNWIND $rows AS id MATCH ()-[r:`+string(p)+` {id: id}]->() DELETE r`, factIDs(groups[p]), len(groups[p])); err != nil {
			return err
		}
	}
	return nil
}

// factsByID finds relationships of any type by the list ids, each by the index of its type.
var factsByID = func() string {
	branches := make([]string, len(graph.Predicates))
	for i, p := range graph.Predicates {
		branches[i] = "MATCH (s)-[r:" + string(p) + "]->(o) WHERE r.id IN ids RETURN r, s, o"
	}
	return "CALL (ids) { " + strings.Join(branches, " UNION ALL ") + " }"
}()

// ListFacts implements [graph.Reader].
func (s *Store) ListFacts(ctx context.Context, q graph.FactQuery) ([]graph.Page[graph.Fact], error) {
	return s.atlas.ListFacts(ctx, q, s.listFacts)
}

func (s *Store) listFacts(ctx context.Context, q graph.FactQuery) ([]graph.Page[graph.Fact], error) {
	st := newStatement()
	l := listing[graph.Fact]{
		doing: "list facts", vars: "r, s, o", id: "r.id", item: wholeFactReturn, order: q.Order, window: q.Window,
		sort: factSort(q.Order), scan: wholeFactOf,
	}
	switch {
	case q.At != nil:
		l.perParent, l.parents, l.match = true, texts(q.At), st.factsAt("(n:Entity {id: p})", q.Direction, q.Where)
	case q.Documents != nil:
		l.perParent, l.parents = true, texts(q.Documents)
		l.match = "MATCH (:Document {id: p})<-[:FROM]-(v:Evidence) WITH collect(DISTINCT v.fact) AS ids " + factsByID + " WITH r, s, o"
	default:
		l.match = st.facts(q.Where)
		if q.Where.Documents == nil && q.Where.Either == nil && q.Where.Subjects == nil && q.Where.Objects == nil {
			l.walk = factWalk(q.Order, q.Where)
		}
	}
	l.where = "r.shown AND " + st.fact(q.Where)
	return l.run(ctx, s, st)
}

// facts binds r, s and o to the edges of a filter, beginning where there are fewest.
func (q *statement) facts(f graph.FactFilter) string {
	switch {
	case f.Documents != nil:
		return "MATCH (d:Document)<-[:FROM]-(v:Evidence) WHERE d.id IN " + q.param(texts(f.Documents)) + " WITH collect(DISTINCT v.fact) AS ids " + factsByID + " WITH r, s, o"
	case f.Either != nil:
		return "MATCH (n:Entity) WHERE n.id IN " + q.param(texts(f.Either)) + " " + q.factsAt("(n)", graph.Both, graph.FactFilter{Predicates: f.Predicates})
	}
	return "MATCH (s:Entity)-[r:" + cmp.Or(edgeTypes(f.Predicates), edgeTypes(nil)) + "]->(o:Entity)"
}

// factsAt binds r, s and o to the edges at the node n, each once.
func (q *statement) factsAt(node string, d graph.Direction, f graph.FactFilter) string {
	pattern, directed := edge(d, f.Predicates, node, "n", "r", "(m:Entity)")
	c := conditions{directed}
	isIn(q, &c, "m.kind", f.Kinds)
	if f.Other != nil {
		c.add(q.entity(*f.Other, "m"))
	}
	return "MATCH " + pattern + " WHERE " + c.all() + " WITH DISTINCT r, startNode(r) AS s, endNode(r) AS o"
}

// factWalk walks the index of the order for each of the filter's predicates, nil
// being all; there is none if there is no such predicate.
func factWalk(o graph.Order, f graph.FactFilter) *walk {
	property, spans := "day", dateSpans(f.During, o.Desc)
	switch o.By {
	case graph.ByConfidence:
		property, spans = "confidence", numberSpans(int64(f.MinConfidence))
	case graph.BySources:
		property, spans = "sources", numberSpans(int64(f.MinSources))
	}
	var arms []string
	for _, p := range slices.Compact(slices.Sorted(slices.Values(texts(typesOf(f.Predicates))))) {
		arms = append(arms, "MATCH (s)-[r:"+p+"]->(o) USING INDEX r:"+p+"("+property+", id)")
	}
	if arms == nil {
		return nil
	}
	return &walk{arms, []string{"r." + property}, spans}
}

func factSort(o graph.Order) sortKey {
	switch o.By {
	case graph.ByConfidence:
		return sortKey{text: "r.confidence", number: true}
	case graph.BySources:
		return sortKey{text: "r.sources", number: true}
	}
	return dateKey("r.date", o.Desc)
}

// Frontier implements [graph.Reader].
func (s *Store) Frontier(ctx context.Context, at []graph.EntityID, where graph.FactFilter) (edges []graph.Edge, complete bool, err error) {
	if edges, complete, ok, err := s.atlas.Frontier(ctx, at, where); ok || err != nil {
		return edges, complete, err
	}
	st := newStatement()
	st.params["at"], st.params["limit"] = texts(at), graph.MaxFrontier+1
	text := "UNWIND $at AS p " + st.factsAt("(n:Entity {id: p})", graph.Both, where) + " WHERE r.shown AND " + st.fact(where) +
		" WITH r, s, o ORDER BY r.id LIMIT $limit RETURN r.id AS id, type(r) AS predicate, s.id AS subject, o.id AS object, r.sources AS sources"
	records, err := s.query(ctx, "frontier", text, st.params)
	for _, r := range records {
		v := values(r.AsMap())
		edges = append(edges, graph.Edge{ID: graph.FactID(v.text("id")), Predicate: graph.Predicate(v.text("predicate")), SubjectID: graph.EntityID(v.text("subject")),
			ObjectID: graph.EntityID(v.text("object")), Sources: v.number("sources")})
	}
	slices.SortFunc(edges, func(a, b graph.Edge) int { return strings.Compare(string(a.ID), string(b.ID)) })
	if len(edges) > graph.MaxFrontier {
		return edges[:graph.MaxFrontier], false, err
	}
	return edges, true, err
}

// Degrees implements [graph.Reader].
func (s *Store) Degrees(ctx context.Context, ids []graph.EntityID, predicates []graph.Predicate) (map[graph.EntityID]int, error) {
	if degrees, ok, err := s.atlas.Degrees(ctx, ids, predicates); ok || err != nil {
		return degrees, err
	}
	pattern, possible := edge(graph.Both, predicates, "(n)", "n", "r", "(:Entity)")
	records, err := s.query(ctx, "degrees", `UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN id, COUNT { `+pattern+` WHERE r.shown AND `+possible+` } AS n`,
		map[string]any{"ids": texts(ids)})
	degrees := make(map[graph.EntityID]int, len(records))
	for _, r := range records {
		if n := get[int64](r, "n"); n > 0 {
			degrees[graph.EntityID(get[string](r, "id"))] = int(n)
		}
	}
	return degrees, err
}
