package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

// SearchQuery asks for what bears a name or says the words.
type SearchQuery struct {
	Text      string
	Kinds     []Kind // of entities; none is all
	Entities  bool   // look among names and aliases
	Sentences bool   // look among sentences
	Documents bool   // look among titles of documents
	Degrees   bool   // count the facts of the entities that are found
	Limit     int    // hits of each sort
}

// SearchResult is what was found, best first. Truncated says that more matched
// than were ranked.
type SearchResult struct {
	Entities  []EntityHit
	Documents []DocumentHit
	Sentences []SentenceMatch
	Truncated bool
}

// EntityHit is an entity that a search found.
type EntityHit struct {
	Entity  Entity
	Matched string // the name or alias that matched best
	Class   MatchClass
	Edits   int // words that match but for one edit
	Degree  int // if asked for
}

// DocumentHit is a document whose title a search found.
type DocumentHit struct {
	Document Document // without its text
	Class    MatchClass
}

// MatchClass orders hits: the closer the name to the words, the earlier.
type MatchClass int

// The classes of matches.
const (
	ExactMatch  MatchClass = iota // the whole name
	PrefixMatch                   // the beginning of the name
	WordsMatch                    // words of the name, the last one perhaps unfinished
	FuzzyMatch                    // with a typing error
)

// String is the class's name.
func (c MatchClass) String() string {
	return [...]string{"exact", "prefix", "words", "fuzzy"}[c]
}

// Search finds entities by name, documents by title and sentences by their words.
// Ranking happens here, so that both stores answer alike: names by match class,
// edits, number of documents, folded name, id; titles by match class, the latest
// published first. It takes a statement for each of the three, and one for degrees.
func Search(ctx context.Context, store Reader, q SearchQuery) (SearchResult, error) {
	var result SearchResult
	if len(q.Text) > MaxName {
		return result, Errorf(Invalid, "a search text has at most %d bytes, this one %d", MaxName, len(q.Text))
	}
	words := NameTerms(q.Text)
	if len(words) == 0 {
		return result, Errorf(Invalid, "the search text has neither letters nor digits")
	}
	if q.Entities {
		hits, truncated, err := searchNames(ctx, store, words, q)
		if err != nil {
			return result, err
		}
		result.Entities, result.Truncated = hits, truncated
	}
	if q.Documents {
		hits, truncated, err := searchTitles(ctx, store, words, q.Limit)
		if err != nil {
			return result, err
		}
		result.Documents, result.Truncated = hits, result.Truncated || truncated
	}
	if stems := SentenceTerms(q.Text); q.Sentences && len(stems) > 0 {
		found, truncated, err := store.MatchSentences(ctx, stems, q.Limit)
		if err != nil {
			return result, err
		}
		result.Sentences, result.Truncated = found, result.Truncated || truncated
	}
	return result, nil
}

// maxTitles is how many titles a search ranks: the first by title, since that
// index has nothing but titles in it.
const maxTitles = 200

// searchTitles finds documents with all the words in their titles.
func searchTitles(ctx context.Context, store Reader, words Terms, limit int) (hits []DocumentHit, truncated bool, err error) {
	q := DocumentQuery{Order: Order{By: ByTitle}, Window: Window{Limit: maxTitles}}
	for _, w := range words {
		q.Where.And = append(q.Where.And, DocumentFilter{Title: &StringFilter{Contains: w}})
	}
	page, err := store.ListDocuments(ctx, q)
	for _, d := range page.Items {
		if class, edits, ok := Match(words, NameTerms(d.Title)); ok && edits == 0 {
			hits = append(hits, DocumentHit{d, class})
		}
	}
	slices.SortFunc(hits, func(a, b DocumentHit) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(b.Document.Published, a.Document.Published), cmp.Compare(a.Document.ID, b.Document.ID))
	})
	return hits[:min(len(hits), limit)], page.HasNext || len(hits) > limit, err
}

func searchNames(ctx context.Context, store Reader, words Terms, q SearchQuery) ([]EntityHit, bool, error) {
	hits, truncated, err := store.MatchNames(ctx, words, q.Kinds, q.Limit)
	if err != nil || !q.Degrees {
		return hits, truncated, err
	}
	ids := make([]EntityID, len(hits))
	for i, h := range hits {
		ids[i] = h.Entity.ID
	}
	degrees, err := store.Degrees(ctx, ids, nil)
	if err != nil {
		return nil, false, err
	}
	for i := range hits {
		hits[i].Degree = degrees[hits[i].Entity.ID]
	}
	return hits, truncated, nil
}

// RankNames makes hits, at most limit, of the names that a store found for words.
func RankNames(words Terms, found []NameMatch, limit int) []EntityHit {
	r := newRanking(words)
	for i, m := range found {
		r.add(NameTerms(m.Name.Text), m.Name.Text, &found[i].Entity)
	}
	return r.hits(limit)
}

// ranking keeps for each entity the name that matches best.
type ranking struct {
	words Terms
	best  map[EntityID]match
}

type match struct {
	entity *Entity
	text   string
	class  MatchClass
	edits  int
}

func newRanking(words Terms) ranking { return ranking{words: words, best: map[EntityID]match{}} }

func (r *ranking) add(name Terms, text string, e *Entity) {
	class, edits, ok := Match(r.words, name)
	if !ok {
		return
	}
	m := match{e, text, class, edits}
	if held, seen := r.best[e.ID]; !seen || m.closer(held) {
		r.best[e.ID] = m
	}
}

func (r *ranking) hits(limit int) (hits []EntityHit) {
	all := slices.SortedFunc(maps.Values(r.best), match.compare)
	for _, m := range all[:min(len(all), limit)] {
		hits = append(hits, EntityHit{Entity: *m.entity, Matched: m.text, Class: m.class, Edits: m.edits})
	}
	return hits
}

// compare orders hits, the best first.
func (m match) compare(o match) int {
	if order := cmp.Or(cmp.Compare(m.class, o.class), cmp.Compare(m.edits, o.edits), cmp.Compare(o.entity.Documents, m.entity.Documents)); order != 0 {
		return order
	}
	return cmp.Or(cmp.Compare(m.entity.Sort, o.entity.Sort), cmp.Compare(m.entity.ID, o.entity.ID))
}

// closer compares two matches of one entity: the name with less beside the words is
// the closer one.
func (m match) closer(o match) bool {
	if order := cmp.Or(cmp.Compare(m.class, o.class), cmp.Compare(m.edits, o.edits), cmp.Compare(len(m.text), len(o.text))); order != 0 {
		return order < 0
	}
	return cmp.Or(cmp.Compare(Fold(m.text), Fold(o.text)), cmp.Compare(m.text, o.text)) < 0
}

// Match compares the words of a question with those of a name. Every word must
// be in the name; the last one may be its beginning; each may be one edit off if
// it is longer than three bytes.
func Match(words, name Terms) (class MatchClass, edits int, ok bool) {
	for i, w := range words {
		switch {
		case slices.Contains(name, w):
		case i == len(words)-1 && slices.ContainsFunc(name, func(n string) bool { return strings.HasPrefix(n, w) }):
		case len(w) > 3 && slices.ContainsFunc(name, func(n string) bool { return len(n) > 3 && WithinOneEdit(w, n) }):
			edits++
		default:
			return 0, 0, false
		}
	}
	last := len(words) - 1
	begins := len(name) > last && (last < 0 || slices.Equal(words[:last], name[:last]) && strings.HasPrefix(name[last], words[last]))
	switch {
	case edits > 0:
		class = FuzzyMatch
	case slices.Equal(words, name):
		class = ExactMatch
	case begins:
		class = PrefixMatch
	default:
		class = WordsMatch
	}
	return class, edits, true
}
