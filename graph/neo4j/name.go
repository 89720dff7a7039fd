package neo4j

import (
	"context"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// nameValues are the properties of a (:Name) node.
func nameValues(n graph.Name) values {
	terms := graph.NameTerms(n.Text)
	var variants []string
	for _, t := range terms {
		variants = append(variants, graph.Variants(t)...)
	}
	return values{"id": n.ID(), "entity": string(n.Entity), "text": n.Text, "class": int(n.Class), "sort": graph.Fold(n.Text),
		"rank": owned(n.Entity, n.Rank()), "documents": n.Documents, "vocabulary": n.Vocabulary, "decisions": n.Decisions,
		"terms": strings.Join(terms, " "), "variants": strings.Join(variants, " ")}
}

func nameOf(v values) graph.Name {
	return graph.Name{Entity: graph.EntityID(v.text("entity")), Text: v.text("text"), Class: graph.NameClass(v.number("class")),
		Documents: v.number("documents"), Vocabulary: v.number("vocabulary"), Decisions: v.number("decisions")}
}

func (l *ledger) Names(ctx context.Context, ids []string) (map[string]graph.Name, error) {
	records, err := l.unwind(ctx, `UNWIND $rows AS id MATCH (n:Name {id: id}) RETURN properties(n) AS n`, ids, len(ids))
	all := make(map[string]graph.Name, len(records))
	for _, r := range records {
		v := valuesOf(get[any](r, "n"))
		all[v.text("id")] = nameOf(v)
	}
	return all, err
}

func (l *ledger) PutNames(ctx context.Context, names []graph.Name) error {
	rows := make([]map[string]any, len(names))
	for i, n := range names {
		l.touched.Entities(n.Entity)
		rows[i] = nameValues(n)
	}
	return l.create(ctx, `UNWIND $rows AS row MERGE (n:Name {id: row.id}) SET n = row`, rows, len(rows))
}

func (l *ledger) RemoveNames(ctx context.Context, ids []string) error {
	records, err := l.unwind(ctx, `UNWIND $rows AS id MATCH (n:Name {id: id}) WITH n, n.entity AS entity DELETE n RETURN entity`, ids, len(ids))
	for _, r := range records {
		l.touched.Entities(graph.EntityID(get[string](r, "entity")))
	}
	return err
}

// ListNames implements [graph.Reader].
func (s *Store) ListNames(ctx context.Context, q graph.NameQuery) ([]graph.Page[graph.Name], error) {
	return listing[graph.Name]{
		doing: "list names", match: "MATCH (n:Name)", where: "n.rank STARTS WITH p + '|'", vars: "n", id: "n.id", item: "properties(n) AS n",
		sort: sortKey{text: "substring(n.rank, size(p) + 1)"}, window: q.Window, perParent: true, parents: texts(q.Entities),
		scan: func(v values) graph.Name { return nameOf(valuesOf(v["n"])) },
	}.run(ctx, s, newStatement())
}

// MatchNames implements [graph.Reader].
func (s *Store) MatchNames(ctx context.Context, q graph.Terms, kinds []graph.Kind, limit int) (hits []graph.EntityHit, truncated bool, err error) {
	if hits, truncated, ok, err := s.atlas.MatchNames(ctx, q, kinds, limit); ok || err != nil {
		return hits, truncated, s.explain(ctx, "search names", err)
	}
	var found []graph.NameMatch

	if len(q) == 0 {
		return nil, false, nil
	}
	params := map[string]any{"words": nameWords(q), "limit": graph.MaxCandidates + 1, "kinds": nil}
	if kinds != nil {
		params["kinds"] = texts(kinds)
	}
	records, err := s.query(ctx, "search names", `CALL db.index.fulltext.queryNodes('name_words', $words) YIELD node AS m
		MATCH (n:Entity {id: m.entity}) WHERE n.documents > 0 AND ($kinds IS NULL OR n.kind IN $kinds)
		WITH m, n ORDER BY m.sort, m.id LIMIT $limit RETURN properties(m) AS name, properties(n) AS entity`, params)
	for _, r := range records {
		found = append(found, graph.NameMatch{Name: nameOf(valuesOf(get[any](r, "name"))), Entity: entityOf(valuesOf(get[any](r, "entity")))})
	}
	if len(found) > graph.MaxCandidates {
		found, truncated = found[:graph.MaxCandidates], true
	}
	return graph.RankNames(q, found, limit), truncated, err
}

// maxClauses keeps below what Lucene takes in one query (1,024).
const maxClauses = 1000

// nameWords asks Lucene for every word: as it stands, the last one as a
// beginning too, and one edit off by the spellings that two such terms share.
func nameWords(q graph.Terms) string {
	var words []string
	clauses := 0
	for i, w := range slices.Backward(q) {
		either := []string{"terms:" + phrase(w)}
		if i == len(q)-1 {
			either = append(either, "terms:"+w+"*") // letters and digits, see graph.Fold
		}
		if variants := graph.Variants(w); len(variants) > 1 {
			for _, v := range variants {
				either = append(either, "variants:"+phrase(v))
			}
		}
		if clauses += len(either) + 1; clauses > maxClauses {
			break // the caller compares all words once more
		}
		words = append(words, "("+strings.Join(either, " OR ")+")")
	}
	return strings.Join(words, " AND ")
}

// wholeWords asks Lucene for every word as it stands, and the last one as a
// beginning too; what it leaves out of many, the condition compares.
func wholeWords(q graph.Terms) string {
	last := q[len(q)-1]
	words := []string{"(terms:" + phrase(last) + " OR terms:" + last + "*)"}
	for _, w := range q[:min(len(q)-1, maxClauses/2)] {
		words = append(words, "terms:"+phrase(w))
	}
	return strings.Join(words, " AND ")
}

// phrase quotes a text for Lucene.
func phrase(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
