package neo4j

import (
	"context"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// sentenceValues are the properties of a (:Sentence) node. Its id is the
// document's with its position, so that its neighbours are found too.
func sentenceValues(s graph.Sentence, published graph.Date) values {
	v := values{"id": string(s.Document) + "#" + strconv.Itoa(s.Ordinal), "document": string(s.Document), "ordinal": s.Ordinal,
		"start": s.Start, "end": s.End, "text": s.Text, "terms": strings.Join(graph.SentenceTerms(s.Text), " ")}
	set(v, "published", published)
	return v
}

func sentenceOf(v values) graph.Sentence {
	return graph.Sentence{Document: graph.DocumentID(v.text("document")), Ordinal: v.number("ordinal"),
		Span: graph.Span{Start: v.number("start"), End: v.number("end")}, Text: v.text("text")}
}

// MatchSentences implements [graph.Reader].
func (s *Store) MatchSentences(ctx context.Context, q graph.Terms, limit int) (found []graph.SentenceMatch, truncated bool, err error) {
	if len(q) == 0 {
		return nil, false, nil
	}
	records, err := s.query(ctx, "search sentences", `CALL db.index.fulltext.queryNodes('sentence_words', $words) YIELD node AS s
		WITH s ORDER BY coalesce(s.published, '') DESC, s.document, s.ordinal LIMIT $limit
		MATCH (d:Document {id: s.document}) RETURN properties(s) AS sentence, `+documentMap+` AS document
		ORDER BY coalesce(s.published, '') DESC, s.document, s.ordinal`,
		map[string]any{"words": allStems(q), "limit": limit + 1})
	for _, r := range records {
		found = append(found, graph.SentenceMatch{Sentence: sentenceOf(valuesOf(get[any](r, "sentence"))), Document: documentOf(valuesOf(get[any](r, "document")))})
	}
	if len(found) > limit {
		return found[:limit], true, err
	}
	return found, false, err
}

// allStems asks Lucene for all of these stems.
func allStems(q graph.Terms) string {
	words := make([]string, len(q))
	for i, w := range q {
		words[i] = phrase(w)
	}
	return strings.Join(words, " AND ")
}
