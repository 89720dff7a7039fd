package neo4j

import (
	"context"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// log notes what the transaction changed in a (:Change) node, the ids of entities
// and facts or everything; it is to be called once, at its end. (:Entente) has the
// number of the last.
func (l *ledger) log(ctx context.Context) error {
	entities, facts, all := l.touched.Ids()
	if len(entities)+len(facts) == 0 && !all {
		return nil
	}
	n := l.changes + 1 // SET e.changes = e.changes + 1 would deadlock with whoever waits for the node
	_, err := l.run(ctx, `MATCH (e:Entente {id: 'entente'}) SET e.changes = $n
		CREATE (:Change {n: $n, everything: $all, entities: $entities, facts: $facts})
		WITH e MATCH (c:Change) WHERE c.n <= $forget DELETE c`,
		map[string]any{"n": n, "all": all, "entities": texts(entities), "facts": texts(facts), "forget": n - graph.LoggedChanges})
	return err
}

// Warm implements [graph.Store].
func (s *Store) Warm(ctx context.Context) error { return s.atlas.Warm(ctx) }

// Atlas implements [graph.Reader].
func (s *Store) Atlas() *graph.Atlas { return s.atlas }

// chart implements [graph.Chart].
type chart struct{ *Store }

const lastChange = `MATCH (e:Entente {id: 'entente'}) WITH coalesce(e.changes, 0) AS at`

func (c chart) LastChange(ctx context.Context) (at int64, known bool, err error) {
	records, err := c.query(ctx, "last change", lastChange+` RETURN at`, nil)
	if err != nil || len(records) == 0 {
		return 0, false, err
	}
	return get[int64](records[0], "at"), true, nil
}

// Mentions implements [graph.Chart].
func (c chart) Mentions(ctx context.Context, documents []graph.DocumentID) (of [][]graph.EntityID, at int64, err error) {
	records, err := c.query(ctx, "mentions", lastChange+` UNWIND range(0, size($documents) - 1) AS document
		RETURN at, COLLECT { MATCH (:Document {id: $documents[document]})-[:MENTIONS]->(n:Entity) RETURN n.id } AS ids ORDER BY document`, map[string]any{"documents": texts(documents)})
	of, at = make([][]graph.EntityID, len(documents)), graph.Nothing
	for i, r := range records {
		at = get[int64](r, "at")
		for _, id := range values(r.AsMap()).texts("ids") {
			of[i] = append(of[i], graph.EntityID(id))
		}
	}
	return of, at, err
}

// Settling implements [graph.Chart]: while the server commits, readers see parts of it.
func (c chart) Settling() time.Duration { return 2 * time.Second }

// surveyedEntity is a node n, and surveyedFact a relationship r, but for their ranks.
const surveyedEntity = `n {.id, .kind, .key, .name, .sort, .acronym, .date, .firstSeen, .lastSeen, .documents, .vocabulary, .schemes, .identifiers} AS n`

var surveyedFact = `r {.id, .tell, .confidence, .sources, .vocabulary, .review, .shown, .` + strings.Join(texts(graph.AllQualifiers), ", .") + `} AS r,
	type(r) AS predicate, s.id AS subject, o.id AS object`

const chartedName = `n.entity AS entity, n.class AS class, n.text AS text, n.sort AS sort`

func chartedNameOf(v values) graph.ChartedName {
	return graph.ChartedName{Entity: graph.EntityID(v.text("entity")), Class: graph.NameClass(v.number("class")), Text: v.text("text"), Sort: v.text("sort")}
}

// Survey implements [graph.Chart]. What is written while it reads stands in the
// log after the change that it gives, and is read again.
func (c chart) Survey(ctx context.Context, into graph.Surveyor) (at int64, err error) {
	if at, _, err = c.LastChange(ctx); err != nil {
		return 0, err
	}
	err = c.stream(ctx, `MATCH (n:Entity) RETURN `+surveyedEntity, nil, func(v values) { into.Entity(entityOf(valuesOf(v["n"]))) })
	if err == nil {
		err = c.stream(ctx, `MATCH (n:Name) RETURN `+chartedName, nil, func(v values) { into.Name(chartedNameOf(v)) })
	}
	if err != nil {
		return 0, err
	}
	return at, c.stream(ctx, `MATCH (s:Entity)-[r:`+edgeTypes(nil)+`]->(o) WHERE r.shown RETURN `+surveyedFact, nil, func(v values) { into.Fact(factOf(v)) })
}

// stream reads rows one after the other.
func (s *Store) stream(ctx context.Context, text string, params map[string]any, put func(values)) error {
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	rows, err := session.Run(ctx, text, params)
	var record *neo4j.Record
	for err == nil && rows.NextRecord(ctx, &record) {
		put(values(record.AsMap()))
	}
	if err == nil {
		err = rows.Err()
	}
	return s.explain(ctx, "warm", err)
}

// Changes implements [graph.Chart].
func (c chart) Changes(ctx context.Context, after int64, into graph.Surveyor) (at int64, whole bool, err error) {
	records, err := c.query(ctx, "changes", `MATCH (c:Change) WHERE c.n > $after RETURN c.n AS n, c.everything AS everything, c.entities AS entities, c.facts AS facts ORDER BY n`,
		map[string]any{"after": after})
	if err != nil {
		return after, false, err
	}
	at = max(after, 0)
	entities, facts := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		v := values(r.AsMap())
		if at+1 != get[int64](r, "n") || v.flag("everything") {
			return at, false, nil
		}
		at++
		for _, id := range v.texts("entities") {
			entities[id] = true
		}
		for _, id := range v.texts("facts") {
			facts[id] = true
		}
	}
	if err := c.changedEntities(ctx, entities, into); err != nil {
		return at, false, err
	}
	return at, true, c.changedFacts(ctx, facts, into)
}

func (c chart) changedEntities(ctx context.Context, gone map[string]bool, into graph.Surveyor) error {
	params := map[string]any{"ids": keys(gone)}
	records, err := c.query(ctx, "changes", `UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN `+surveyedEntity, params)
	if err != nil {
		return err
	}
	for _, r := range records {
		e := entityOf(valuesOf(get[any](r, "n")))
		delete(gone, string(e.ID))
		into.Entity(e)
	}
	for id := range gone {
		into.Entity(graph.Entity{ID: graph.EntityID(id)})
	}
	records, err = c.query(ctx, "changes", `UNWIND $ids AS id MATCH (n:Name) WHERE n.rank STARTS WITH id + '|' RETURN `+chartedName, params)
	for _, r := range records {
		into.Name(chartedNameOf(r.AsMap()))
	}
	return err
}

func (c chart) changedFacts(ctx context.Context, gone map[string]bool, into graph.Surveyor) error {
	records, err := c.query(ctx, "changes", "WITH $ids AS ids "+factsByID+" RETURN "+surveyedFact, map[string]any{"ids": keys(gone)})
	for _, r := range records {
		f := factOf(r.AsMap())
		delete(gone, string(f.ID))
		into.Fact(f)
	}
	for id := range gone {
		into.Fact(graph.Fact{ID: graph.FactID(id)})
	}
	return err
}

func keys(set map[string]bool) []string {
	all := make([]string, 0, len(set))
	for id := range set {
		all = append(all, id)
	}
	return all
}

// Facts implements [graph.Reader]. It reads facts and, each once, their ends.
func (s *Store) Facts(ctx context.Context, ids []graph.FactID) (map[graph.FactID]graph.Fact, error) {
	if found, ok, err := s.atlas.Facts(ctx, ids); ok || err != nil {
		return found, err
	}
	records, err := s.query(ctx, "facts", "WITH $ids AS ids "+factsByID+`
		WITH collect({r: properties(r), predicate: type(r), subject: s.id, object: o.id}) AS facts, collect(DISTINCT s) + collect(DISTINCT o) AS ends
		RETURN facts, COLLECT { UNWIND ends AS n RETURN DISTINCT n { .* } } AS ends`, map[string]any{"ids": texts(ids)})
	all := make(map[graph.FactID]graph.Fact, len(ids))
	if err != nil || len(records) == 0 {
		return all, err
	}
	ends := map[graph.EntityID]*graph.Entity{}
	row := values(records[0].AsMap())
	for _, v := range row.maps("ends") {
		e := entityOf(v)
		ends[e.ID] = &e
	}
	for _, v := range row.maps("facts") {
		f := factOf(v)
		f.Subject, f.Object = ends[f.SubjectID], ends[f.ObjectID]
		all[f.ID] = f
	}
	return all, nil
}
