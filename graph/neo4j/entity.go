package neo4j

import (
	"context"
	"reflect"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// entityValues are the properties of an (:Entity) node. day and seen are date and
// lastSeen as the indexes of lists have them: ” where there is none.
func entityValues(e graph.Entity) values {
	v := values{"id": string(e.ID), "kind": string(e.Key.Kind), "key": e.Key.Text, "name": e.Name, "sort": e.Sort,
		"documents": e.Documents, "vocabulary": e.Vocabulary, "day": string(e.Date), "seen": string(e.LastSeen)}
	set(v, "acronym", e.Acronym)
	set(v, "date", e.Date)
	set(v, "firstSeen", e.FirstSeen)
	set(v, "lastSeen", e.LastSeen)
	set(v, "nameRank", e.Ranks.Name)
	set(v, "acronymRank", e.Ranks.Acronym)
	set(v, "dateRank", e.Ranks.Dated)
	if e.Key.Kind == graph.Agreement {
		set(v, "agreementKind", e.AgreementKind())
	}
	if len(e.Identifiers) > 0 {
		schemes, identifiers := make([]string, len(e.Identifiers)), make([]string, len(e.Identifiers))
		for i, x := range e.Identifiers {
			schemes[i], identifiers[i] = x.Scheme, x.Value
		}
		v["schemes"], v["identifiers"] = schemes, identifiers
	}
	return v
}

func entityOf(v values) graph.Entity {
	e := graph.Entity{ID: graph.EntityID(v.text("id")), Key: graph.Key{Kind: graph.Kind(v.text("kind")), Text: v.text("key")},
		Name: v.text("name"), Sort: v.text("sort"), Acronym: v.text("acronym"), Date: graph.Date(v.text("date")),
		FirstSeen: graph.Date(v.text("firstSeen")), LastSeen: graph.Date(v.text("lastSeen")),
		Documents: v.number("documents"), Vocabulary: v.number("vocabulary"),
		Ranks: graph.EntityRanks{Name: v.text("nameRank"), Acronym: v.text("acronymRank"), Dated: v.text("dateRank")}}
	schemes := v.texts("schemes")
	for i, value := range v.texts("identifiers") {
		e.Identifiers = append(e.Identifiers, graph.Identifier{Scheme: schemes[i], Value: value})
	}
	return e
}

const entitiesByID = `UNWIND $rows AS id MATCH (n:Entity {id: id}) RETURN properties(n) AS n`

func (l *ledger) Entities(ctx context.Context, ids []graph.EntityID) (map[graph.EntityID]graph.Entity, error) {
	records, err := l.unwind(ctx, entitiesByID, texts(ids), len(ids))
	return entitiesOf(records), err
}

func entitiesOf(records []*neo4j.Record) map[graph.EntityID]graph.Entity {
	all := make(map[graph.EntityID]graph.Entity, len(records))
	for _, r := range records {
		e := entityOf(valuesOf(get[any](r, "n")))
		all[e.ID] = e
	}
	return all
}

func (l *ledger) PutEntities(ctx context.Context, entities []graph.Entity) error {
	rows := make([]map[string]any, len(entities))
	for i, e := range entities {
		l.touched.Entities(e.ID)
		rows[i] = entityValues(e)
	}
	return l.create(ctx, `UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n = row SET n:$(row.kind)`, rows, len(rows))
}

func (l *ledger) RemoveEntities(ctx context.Context, ids []graph.EntityID) error {
	l.touched.Entities(ids...)
	_, err := l.unwind(ctx, `UNWIND $rows AS id MATCH (n:Entity {id: id}) DETACH DELETE n`, texts(ids), len(ids))
	return err
}

// Entities implements [graph.Reader]. What the ids became by decisions is asked
// for together with them, as far as this process knows; the answer tells
// whether decisions have changed since, and only then takes further statements.
func (s *Store) Entities(ctx context.Context, ids []graph.EntityID) (map[graph.EntityID]graph.Entity, error) {
	if found, ok, err := s.atlas.Entities(ctx, ids); ok || err != nil {
		return found, err
	}
	all := make(map[graph.EntityID]graph.Entity, len(ids))
	for len(ids) > 0 {
		known := s.known()
		wanted := make([]string, 0, len(ids))
		for _, id := range ids {
			wanted = append(wanted, string(id))
			if became := known.resolution.ID(id); became != id {
				wanted = append(wanted, string(became))
			}
		}
		records, err := s.query(ctx, "entities", `MATCH (e:Entente {id: 'entente'})
			RETURN coalesce(e.decided, 0) AS decided, COLLECT { UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN properties(n) } AS found`, map[string]any{"ids": wanted})
		if err != nil || len(records) == 0 {
			return all, err
		}
		stored := map[graph.EntityID]graph.Entity{}
		for _, v := range values(records[0].AsMap()).maps("found") {
			e := entityOf(v)
			stored[e.ID] = e
		}
		complete := true
		for _, id := range ids {
			e, here := stored[id]
			if !here {
				e, here = stored[known.resolution.ID(id)]
			}
			if complete = complete && here; here {
				all[id] = e
			}
		}
		if complete || known.at == get[int64](records[0], "decided") {
			return all, nil
		}
		if err := s.learn(ctx); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// mostCandidates bounds what one reference may stand for.
const mostCandidates = 20

// Resolve implements [graph.Reader].
func (s *Store) Resolve(ctx context.Context, refs []graph.Ref) ([][]graph.Entity, error) {
	rows := make([]map[string]any, len(refs))
	for i, ref := range refs {
		row := map[string]any{"i": i}
		if ref.ID != "" {
			row["id"] = string(ref.ID)
		}
		if name := graph.Fold(ref.Name); name != "" {
			row["name"] = name
		}
		if ref.Kinds != nil {
			row["kinds"] = texts(ref.Kinds)
		}
		if ref.Identifier != nil && ref.Identifier.Value != "" {
			row["scheme"], row["value"], row["words"] = ref.Identifier.Scheme, ref.Identifier.Value, phrase(ref.Identifier.Value)
		}
		rows[i] = row
	}
	records, err := s.query(ctx, "resolve", `UNWIND $refs AS ref CALL (ref) {
			CALL (ref) {
				WITH ref WHERE ref.id IS NOT NULL MATCH (n:Entity {id: ref.id}) RETURN n
				UNION WITH ref WHERE ref.name IS NOT NULL MATCH (m:Name {sort: ref.name}) MATCH (n:Entity {id: m.entity}) RETURN n
				UNION WITH ref WHERE ref.words IS NOT NULL CALL db.index.fulltext.queryNodes('entity_identifiers', ref.words) YIELD node AS n
					WHERE any(i IN range(0, size(n.identifiers) - 1) WHERE n.schemes[i] = ref.scheme AND n.identifiers[i] = ref.value) RETURN n
			}
			WITH DISTINCT ref, n WHERE ref.kinds IS NULL OR n.kind IN ref.kinds
			ORDER BY n.documents > 0 OR n.vocabulary > 0 DESC, n.vocabulary > 0 DESC, n.documents DESC, n.id LIMIT $limit
			RETURN collect(properties(n)) AS candidates
		} RETURN ref.i AS i, candidates`, map[string]any{"refs": rows, "limit": mostCandidates})
	if err != nil {
		return nil, err
	}
	all := make([][]graph.Entity, len(refs))
	for _, r := range records {
		i := get[int64](r, "i")
		for _, v := range values(r.AsMap()).maps("candidates") {
			all[i] = append(all[i], entityOf(v))
		}
	}
	return all, graph.FollowMerged(ctx, s, refs, all)
}

// Narrower implements [graph.Reader].
func (s *Store) Narrower(ctx context.Context, topics []graph.EntityID) (map[graph.EntityID][]graph.EntityID, error) {
	records, err := s.query(ctx, "narrower", `UNWIND $ids AS root OPTIONAL MATCH (t:Entity {id: root})
		CALL (t) { MATCH (t)(()<-[b:BROADER WHERE b.vocabulary > 0 AND coalesce(b.review, '') <> 'rejected']-()){1,20}(n) RETURN collect(DISTINCT n.id) AS below }
		RETURN root, below`, map[string]any{"ids": texts(topics)})
	all := make(map[graph.EntityID][]graph.EntityID, len(topics))
	for _, r := range records {
		root := get[string](r, "root")
		below := []graph.EntityID{graph.EntityID(root)}
		for _, id := range values(r.AsMap()).texts("below") {
			below = append(below, graph.EntityID(id))
		}
		slices.Sort(below)
		all[graph.EntityID(root)] = slices.Compact(below)
	}
	return all, err
}

// ListEntities implements [graph.Reader].
func (s *Store) ListEntities(ctx context.Context, q graph.EntityQuery) ([]graph.Page[graph.Entity], error) {
	return s.atlas.ListEntities(ctx, q, s.listEntities)
}

func (s *Store) listEntities(ctx context.Context, q graph.EntityQuery) ([]graph.Page[graph.Entity], error) {
	st := newStatement()
	l := listing[graph.Entity]{
		doing: "list entities", vars: "n", id: "n.id", item: "properties(n) AS n", order: q.Order, window: q.Window, sort: entitySort(q.Order),
		scan: func(v values) graph.Entity { return entityOf(valuesOf(v["n"])) },
	}
	if q.Documents != nil {
		l.perParent, l.parents, l.match = true, texts(q.Documents), "MATCH (:Document {id: p})-[:MENTIONS]->(n:Entity) WITH DISTINCT n"
	} else {
		l.match = l.anchor(st, &q.Where)
	}
	l.where = "n.documents > 0 AND n.id IS NOT NULL AND " + st.entity(q.Where, "n")
	if l.walk == nil {
		l.where = "n.sort IS NOT NULL AND " + l.where
	}
	if kinds, only := onlyKinds(q); only && q.Window.Total {
		return s.listCounted(ctx, l, st, kinds)
	}
	return l.run(ctx, s, st)
}

// onlyKinds tells whether a list is of all entities of some kinds, whose number the
// head has.
func onlyKinds(q graph.EntityQuery) (kinds []graph.Kind, only bool) {
	kinds = q.Where.Kinds
	q.Where.Kinds = nil
	if kinds == nil {
		kinds = graph.Kinds
	}
	return slices.Compact(slices.Sorted(slices.Values(kinds))), q.Documents == nil && reflect.ValueOf(q.Where).IsZero()
}

// listCounted reads a page, and its total off the head: counting a hundred thousand
// nodes takes the server a tenth of a second.
func (s *Store) listCounted(ctx context.Context, l listing[graph.Entity], st *statement, kinds []graph.Kind) ([]graph.Page[graph.Entity], error) {
	l.window.Total = false
	pages, err := l.run(ctx, s, st)
	if err != nil {
		return nil, err
	}
	head, err := s.Statistics(ctx)
	for _, k := range kinds {
		pages[0].Total += head.Entities[k]
	}
	return pages, err
}

// anchor starts from the other end of an edge that is asked for, if its ids are
// known, else from the index that has the entities in their order. The part of
// the filter that it has answered is taken out of it.
func (l *listing[T]) anchor(q *statement, f *graph.EntityFilter) string {
	for i, r := range f.Related {
		if r.To != nil {
			pattern, where := q.related(r, "n")
			f.Related = append(append([]graph.Related{}, f.Related[:i]...), f.Related[i+1:]...)
			return "MATCH " + pattern + " WHERE n:Entity AND " + where + " WITH DISTINCT n"
		}
	}
	if f.Terms != nil {
		return "CALL db.index.fulltext.queryNodes('name_words', " + q.param(wholeWords(f.Terms)) + ") YIELD node AS m MATCH (n:Entity {id: m.entity}) WITH DISTINCT n"
	}
	if l.sort.text != "n.sort" {
		l.walk = entityWalk(l.order, *f)
		return "MATCH (n:Entity)"
	}
	if len(f.Kinds) == 1 {
		l.sort.along = []string{"n.kind", "n.sort"}
		return "MATCH (n:Entity {kind: " + q.param(string(f.Kinds[0])) + "})"
	}
	return "MATCH (n:Entity)"
}

// entityWalk walks the index of the order for each of the filter's kinds, nil being all.
func entityWalk(o graph.Order, f graph.EntityFilter) *walk {
	property, spans := "documents", numberSpans(1)
	switch o.By {
	case graph.ByDate:
		property, spans = "day", dateSpans(f.Date, o.Desc)
	case graph.ByLastSeen:
		property, spans = "seen", dateSpans(graph.DateRange{}, o.Desc)
	}
	kinds := f.Kinds
	if kinds == nil {
		kinds = graph.Kinds
	}
	arm := "MATCH (n:Entity {kind: span.kind}) USING INDEX n:Entity(kind, " + property + ", id)"
	return &walk{[]string{arm}, []string{"n.kind", "n." + property}, each(kinds, spans)}
}

func entitySort(o graph.Order) sortKey {
	switch o.By {
	case graph.ByDate:
		return dateKey("n.date", o.Desc)
	case graph.ByLastSeen:
		return dateKey("n.lastSeen", o.Desc)
	case graph.BySources:
		return sortKey{text: "n.documents", number: true}
	}
	return sortKey{text: "n.sort"}
}
