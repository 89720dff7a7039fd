package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/entente-kg/entente/graph"
)

const nameColumns = "n.entity, n.text, n.class, n.documents, n.vocabulary, n.decisions"

func scanName(r *sql.Rows, more ...any) (n graph.Name, err error) {
	return n, r.Scan(append(more, &n.Entity, &n.Text, &n.Class, &n.Documents, &n.Vocabulary, &n.Decisions)...)
}

func (l *ledger) Names(ctx context.Context, ids []string) (map[string]graph.Name, error) {
	found := make(map[string]graph.Name, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	text := `SELECT n.id, ` + nameColumns + ` FROM json_each(?) p CROSS JOIN name n ON n.id = p.value`
	err := l.each(ctx, text, []any{array(ids)}, func(r *sql.Rows) error {
		var id string
		n, err := scanName(r, &id)
		found[id] = n
		return err
	})
	return found, err
}

func (l *ledger) PutNames(ctx context.Context, names []graph.Name) error {
	const count = `UPDATE name SET documents = ?, vocabulary = ?, decisions = ? WHERE id = ?`
	for _, n := range names {
		l.touched.Entities(n.Entity)
		id := n.ID()
		known, err := l.affects(ctx, count, n.Documents, n.Vocabulary, n.Decisions, id)
		if err == nil && !known {
			err = l.addName(ctx, id, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) addName(ctx context.Context, id string, n graph.Name) error {
	const add = `INSERT INTO name (id, entity, text, sort, class, rank, documents, vocabulary, decisions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	if err := l.exec(ctx, add, id, n.Entity, n.Text, graph.Fold(n.Text), n.Class, n.Rank(), n.Documents, n.Vocabulary, n.Decisions); err != nil {
		return err
	}
	terms := graph.NameTerms(n.Text)
	var variants []string
	for _, t := range terms {
		variants = append(variants, graph.Variants(t)...)
	}
	return l.exec(ctx, `INSERT INTO name_terms (rowid, terms, variants) VALUES (last_insert_rowid(), ?, ?)`, strings.Join(terms, " "), strings.Join(variants, " "))
}

func (l *ledger) RemoveNames(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	set := array(ids)
	err := l.each(ctx, `SELECT n.entity FROM json_each(?) p CROSS JOIN name n ON n.id = p.value`, []any{set}, func(r *sql.Rows) error {
		var id graph.EntityID
		err := r.Scan(&id)
		l.touched.Entities(id)
		return err
	})
	if err != nil {
		return err
	}
	if err := l.exec(ctx, `DELETE FROM name_terms WHERE rowid IN (SELECT n FROM name WHERE id IN (SELECT value FROM json_each(?)))`, set); err != nil {
		return err
	}
	return l.exec(ctx, `DELETE FROM name WHERE id IN (SELECT value FROM json_each(?))`, set)
}

// ListNames implements [graph.Reader].
func (s *Store) ListNames(ctx context.Context, q graph.NameQuery) ([]graph.Page[graph.Name], error) {
	return listing[graph.Name]{
		doing: "list names", table: "name", columns: nameColumns, alias: "n", id: "n.id", window: q.Window, sort: sortKey{text: "n.rank"},
		where: fragment{text: "true"}, parents: texts(q.Entities), halves: []fragment{{text: "n.entity = p.value"}},
		scan: func(r *sql.Rows, more ...any) (graph.Name, string, error) {
			n, err := scanName(r, more...)
			return n, n.ID(), err
		},
	}.run(ctx, s)
}

// MatchNames implements [graph.Reader].
func (s *Store) MatchNames(ctx context.Context, q graph.Terms, kinds []graph.Kind, limit int) (hits []graph.EntityHit, truncated bool, err error) {
	if hits, truncated, ok, err := s.atlas.MatchNames(ctx, q, kinds, limit); ok || err != nil {
		return hits, truncated, s.explain(ctx, "search names", err)
	}
	var found []graph.NameMatch
	where, args := "", []any{matchTerms(q)}
	if kinds != nil {
		where, args = " AND e.kind IN (SELECT value FROM json_each(?))", append(args, array(kinds))
	}
	text := `SELECT ` + nameColumns + `, ` + entityColumns("e") + ` FROM name_terms t CROSS JOIN name n ON n.n = t.rowid CROSS JOIN entity e ON e.id = n.entity
		WHERE t.name_terms MATCH ? AND e.documents > 0` + where + ` ORDER BY n.sort, n.id LIMIT ?`
	err = s.query(ctx, "search names", text, append(args, graph.MaxCandidates+1), func(r *sql.Rows) error {
		var m graph.NameMatch
		n := &m.Name
		m.Entity, err = scanEntity(r, &n.Entity, &n.Text, &n.Class, &n.Documents, &n.Vocabulary, &n.Decisions)
		found = append(found, m)
		return err
	})
	if len(found) > graph.MaxCandidates {
		found, truncated = found[:graph.MaxCandidates], true
	}
	return graph.RankNames(q, found, limit), truncated, err
}

// matchTerms asks FTS5 for every word: as it stands, the last one as a
// beginning too, and one edit off by the spellings that two such terms share.
func matchTerms(q graph.Terms) string {
	words := make([]string, len(q))
	for i, w := range q {
		either := []string{`terms : "` + w + `"`}
		if i == len(q)-1 {
			either[0] += " *"
		}
		if variants := graph.Variants(w); len(variants) > 1 {
			either = append(either, `variants : ("`+strings.Join(variants, `" OR "`)+`")`)
		}
		words[i] = "(" + strings.Join(either, " OR ") + ")"
	}
	return strings.Join(words, " AND ")
}

// wholeTerms asks FTS5 for every word as it stands, and the last one as a beginning too.
func wholeTerms(q graph.Terms) string {
	return `terms : ("` + strings.Join(q, `" AND "`) + `" *)`
}
