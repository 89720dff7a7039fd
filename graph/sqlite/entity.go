package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/entente-kg/entente/graph"
)

// entityColumns lists an entity's columns in the order of entityScan.
func entityColumns(alias string) string {
	return columns(alias, "id", "kind", "key", "name", "sort", "acronym", "date", "first_seen", "last_seen", "documents",
		"vocabulary", "identifiers")
}

// rankedEntity lists the columns that scanRankedEntity reads.
var rankedEntity = columns("e", "name_rank", "acronym_rank", "dated_rank") + ", " + entityColumns("e")

// entityScan gives the places into which an entity's columns are read; finish
// must be called afterwards.
func entityScan(e *graph.Entity) (dest []any, finish func() error) {
	identifiers := new(sql.RawBytes)
	dest = []any{&e.ID, &e.Key.Kind, &e.Key.Text, &e.Name, &e.Sort, &e.Acronym, &e.Date, &e.FirstSeen, &e.LastSeen, &e.Documents,
		&e.Vocabulary, identifiers}
	return dest, func() error {
		if len(*identifiers) <= 2 {
			return nil
		}
		return json.Unmarshal(*identifiers, &e.Identifiers)
	}
}

func scanEntity(r *sql.Rows, more ...any) (e graph.Entity, err error) {
	dest, finish := entityScan(&e)
	if err := r.Scan(append(more, dest...)...); err != nil {
		return e, err
	}
	return e, finish()
}

func scanRankedEntity(r *sql.Rows) (graph.Entity, error) {
	var ranks graph.EntityRanks
	e, err := scanEntity(r, &ranks.Name, &ranks.Acronym, &ranks.Dated)
	e.Ranks = ranks
	return e, err
}

func (l *ledger) Entities(ctx context.Context, ids []graph.EntityID) (map[graph.EntityID]graph.Entity, error) {
	return entitiesByID(ctx, l.conn, ids, rankedEntity, scanRankedEntity)
}

func (s *Store) entities(ctx context.Context, ids []graph.EntityID) (map[graph.EntityID]graph.Entity, error) {
	return entitiesByID(ctx, s.readers, ids, entityColumns("e"), func(r *sql.Rows) (graph.Entity, error) { return scanEntity(r) })
}

func entitiesByID(ctx context.Context, db querier, ids []graph.EntityID, columns string, scan func(*sql.Rows) (graph.Entity, error)) (map[graph.EntityID]graph.Entity, error) {
	found := make(map[graph.EntityID]graph.Entity, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	text := `SELECT ` + columns + ` FROM json_each(?) p CROSS JOIN entity e ON e.id = p.value`
	err := eachRow(ctx, db, text, []any{array(ids)}, func(r *sql.Rows) error {
		e, err := scan(r)
		found[e.ID] = e
		return err
	})
	return found, err
}

// agreementKindOf is the column agreement_kind.
func agreementKindOf(e graph.Entity) graph.AgreementKind {
	if e.Key.Kind != graph.Agreement {
		return ""
	}
	return e.AgreementKind()
}

func (l *ledger) PutEntities(ctx context.Context, entities []graph.Entity) error {
	const text = `INSERT INTO entity (id, kind, key, name, sort, acronym, date, first_seen, last_seen, documents, vocabulary, identifiers,
		name_rank, acronym_rank, dated_rank, agreement_kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET name = excluded.name, sort = excluded.sort, acronym = excluded.acronym, date = excluded.date,
		first_seen = excluded.first_seen, last_seen = excluded.last_seen, documents = excluded.documents, vocabulary = excluded.vocabulary,
		identifiers = excluded.identifiers, name_rank = excluded.name_rank, acronym_rank = excluded.acronym_rank,
		dated_rank = excluded.dated_rank, agreement_kind = excluded.agreement_kind`
	for _, e := range entities {
		l.touched.Entities(e.ID)
		identifiers := "[]"
		if len(e.Identifiers) > 0 {
			identifiers = encode(e.Identifiers)
		}
		if err := l.exec(ctx, text, e.ID, e.Key.Kind, e.Key.Text, e.Name, e.Sort, e.Acronym, e.Date, e.FirstSeen, e.LastSeen, e.Documents,
			e.Vocabulary, identifiers, e.Ranks.Name, e.Ranks.Acronym, e.Ranks.Dated, agreementKindOf(e)); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) RemoveEntities(ctx context.Context, ids []graph.EntityID) error {
	if len(ids) == 0 {
		return nil
	}
	l.touched.Entities(ids...)
	return l.exec(ctx, `DELETE FROM entity WHERE id IN (SELECT value FROM json_each(?))`, array(ids))
}

// Entities implements [graph.Reader]. Only when an id is not there, and may
// have been merged away, it takes further statements.
func (s *Store) Entities(ctx context.Context, ids []graph.EntityID) (map[graph.EntityID]graph.Entity, error) {
	if found, ok, err := s.atlas.Entities(ctx, ids); ok || err != nil {
		return found, s.explain(ctx, "entities", err)
	}
	found, err := s.entities(ctx, ids)
	if err != nil {
		return nil, s.explain(ctx, "entities", err)
	}
	var missing []graph.EntityID
	for _, id := range ids {
		if _, here := found[id]; !here {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	all, err := decisions(ctx, s.readers)
	if err != nil || len(all) == 0 {
		return found, s.explain(ctx, "entities", err)
	}
	return found, s.explain(ctx, "entities", s.followMerged(ctx, graph.Resolve(all), missing, found))
}

// followMerged finds what merged entities became.
func (s *Store) followMerged(ctx context.Context, r *graph.Resolution, missing []graph.EntityID, found map[graph.EntityID]graph.Entity) error {
	became := make([]graph.EntityID, len(missing))
	for i, id := range missing {
		became[i] = r.ID(id)
	}
	merged, err := s.entities(ctx, became)
	for i, id := range missing {
		if e, here := merged[became[i]]; here {
			found[id] = e
		}
	}
	return err
}

// mostCandidates bounds what one reference may stand for.
const mostCandidates = 20

// Resolve implements [graph.Reader].
func (s *Store) Resolve(ctx context.Context, refs []graph.Ref) ([][]graph.Entity, error) {
	type wanted struct {
		ID         graph.EntityID `json:"id"`
		Name       string         `json:"name"`
		Kinds      []graph.Kind   `json:"kinds"`
		Identifier string         `json:"identifier"`
	}
	want := make([]wanted, len(refs))
	for i, ref := range refs {
		want[i] = wanted{ID: ref.ID, Name: graph.Fold(ref.Name), Kinds: ref.Kinds}
		if ref.Identifier != nil {
			want[i].Identifier = encode(ref.Identifier)
		}
	}
	text := `WITH ref AS (SELECT key AS i, value ->> 'id' AS id, value ->> 'name' AS name, value -> 'kinds' AS kinds, value ->> 'identifier' AS identifier FROM json_each(?)),
		hit AS (
			SELECT i, kinds, id AS entity FROM ref WHERE id <> ''
			UNION SELECT r.i, r.kinds, n.entity FROM ref r CROSS JOIN name n ON n.sort = r.name WHERE r.name <> ''
			UNION SELECT r.i, r.kinds, e.id FROM ref r CROSS JOIN entity e ON e.identifiers <> '[]' AND instr(e.identifiers, r.identifier) WHERE r.identifier <> '')
		SELECT hit.i, ` + entityColumns("e") + ` FROM hit CROSS JOIN entity e ON e.id = hit.entity
		WHERE hit.kinds IS NULL OR hit.kinds = 'null' OR e.kind IN (SELECT value FROM json_each(hit.kinds))
		ORDER BY hit.i, (e.documents > 0 OR e.vocabulary > 0) DESC, e.vocabulary > 0 DESC, e.documents DESC, e.id`
	found := make([][]graph.Entity, len(refs))
	err := s.query(ctx, "resolve", text, []any{encode(want)}, func(r *sql.Rows) error {
		var i int
		e, err := scanEntity(r, &i)
		if err == nil && len(found[i]) < mostCandidates {
			found[i] = append(found[i], e)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, graph.FollowMerged(ctx, s, refs, found)
}

// Narrower implements [graph.Reader].
func (s *Store) Narrower(ctx context.Context, topics []graph.EntityID) (map[graph.EntityID][]graph.EntityID, error) {
	const text = `WITH RECURSIVE under (root, id) AS (
			SELECT value, value FROM json_each(?)
			UNION SELECT u.root, f.subject FROM under u CROSS JOIN fact f ON f.object = u.id AND f.predicate = 'BROADER' AND f.vocabulary > 0 AND f.review <> 'rejected')
		SELECT root, id FROM under ORDER BY root, id`
	found := make(map[graph.EntityID][]graph.EntityID, len(topics))
	err := s.query(ctx, "narrower", text, []any{array(topics)}, func(r *sql.Rows) error {
		var root, id graph.EntityID
		err := r.Scan(&root, &id)
		found[root] = append(found[root], id)
		return err
	})
	return found, err
}

// ListEntities implements [graph.Reader].
func (s *Store) ListEntities(ctx context.Context, q graph.EntityQuery) ([]graph.Page[graph.Entity], error) {
	pages, err := s.atlas.ListEntities(ctx, q, s.listEntities)
	return pages, s.explain(ctx, "list entities", err)
}

// listEntities finds a list by statements, and its records in memory or by the same.
func (s *Store) listEntities(ctx context.Context, q graph.EntityQuery) ([]graph.Page[graph.Entity], error) {
	pages, ok, err := s.atlas.EntityPages(ctx, func(ctx context.Context) ([]graph.Page[graph.EntityID], int64, error) {
		return listIDs(ctx, s, entityListing[graph.EntityID](q))
	})
	if ok || err != nil {
		return pages, err
	}
	l := entityListing[graph.Entity](q)
	l.columns, l.scan = entityColumns("e"), func(r *sql.Rows, more ...any) (graph.Entity, string, error) {
		e, err := scanEntity(r, more...)
		return e, string(e.ID), err
	}
	return l.run(ctx, s)
}

// entityListing is all of a question but what is read of each row.
func entityListing[T any](q graph.EntityQuery) listing[T] {
	l := listing[T]{
		doing: "list entities", table: "entity", alias: "e", id: "e.id", order: q.Order, window: q.Window,
		sort: entitySort(q.Order), where: allOf(fragment{text: "e.documents > 0"}, entityWhere(q.Where, "e")),
	}
	if q.Order.By == graph.ByDate {
		l.during = q.Where.Date
	}
	if q.Documents != nil {
		l.parents, l.halves = texts(q.Documents), []fragment{{text: "e.id IN (SELECT m.entity FROM mention m WHERE m.document = p.value)"}}
	}
	return l
}

func entitySort(o graph.Order) sortKey {
	switch o.By {
	case graph.ByDate:
		return dateKey("e.date", o.Desc)
	case graph.ByLastSeen:
		return dateKey("e.last_seen", o.Desc)
	case graph.BySources:
		return sortKey{text: "e.documents", number: true}
	}
	return sortKey{text: "e.sort"}
}
