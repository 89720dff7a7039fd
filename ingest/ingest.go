// Package ingest turns documents into what a store folds into the graph.
//
// The way of a document is a chain of pure functions, each from one plain value
// to the next: a text becomes sentences and tokens ([text.Sentences]), tokens
// get their parts of speech ([tag.Tagger]), these become mentions ([mention.Finder]), mentions become entities with keys
// ([entity.Resolver]), and entities become facts with evidence ([fact.State]).
// [Extractor.Extract] reads as that description. No stage reads a file, a clock
// or a store: gazetteers and thesaurus are built in and loaded once by
// [NewExtractor], whose value is safe for concurrent use.
//
// A document may be as long as [DefaultMaxBytes] and hold anything: a sentence has at most [text.MaxTokens] tokens,
// sentences are made as they are asked for, and a long document is read in parts, so that time grows with
// its length and memory does not, but for what it states, which has a bound too.
//
// The same text and the same [Extractor.Version] give the same change, byte for
// byte: there is no floating point and no order of a map in anything that
// decides.
package ingest

import (
	"cmp"
	"iter"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/fact"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/tag"
	"github.com/entente-kg/entente/ingest/text"
)

// Document is a text to be read: normalised (UTF-8 in NFC, LF line ends), with
// what is known of it.
type Document = text.Document

// Extractor reads documents. It is immutable and safe for concurrent use.
type Extractor struct {
	gazetteer *mention.Gazetteer
	thesaurus *mention.Thesaurus
	tagger    *tag.Tagger
	finder    *mention.Finder
	resolver  entity.Resolver
	version   string
}

// NewExtractor loads the built-in gazetteers, the thesaurus and the tagger's weights.
func NewExtractor() (*Extractor, error) {
	gazetteer, err := mention.NewGazetteer()
	if err != nil {
		return nil, err
	}
	thesaurus, err := mention.NewThesaurus()
	if err != nil {
		return nil, err
	}
	tagger, err := tag.New()
	if err != nil {
		return nil, err
	}
	version, err := version(mention.Resources(), tag.Weights())
	if err != nil {
		return nil, err
	}
	return &Extractor{gazetteer: gazetteer, thesaurus: thesaurus, tagger: tagger, finder: mention.NewFinder(gazetteer),
		resolver: entity.Resolver{Gazetteer: gazetteer, Thesaurus: thesaurus}, version: version}, nil
}

// longestPart is the most tokens that are read together: more than almost any document has,
// and what bounds the memory that the longest takes. A longer document is read in several
// parts, each as if it stood alone: what a word refers back to is sought in its own part, and an
// entity of two parts is one if its key is the same in both, as with two documents.
const longestPart = 100_000

// The most facts and entities that a document contributes. What is written by people has a tenth of
// it at the length that may be read; a document with more is refused, for its memory and its transaction would have no bound.
const (
	mostFacts    = 100_000
	mostEntities = 100_000
)

// Extract reads what one document contributes to the graph. Any string is taken;
// what is no English gives few facts and no error. Of a document with too many facts it gives the
// first parts.
func (x *Extractor) Extract(doc Document) graph.Change {
	c, _ := x.extract(doc)
	return c
}

func (x *Extractor) extract(doc Document) (graph.Change, error) {
	out := contribution{change: emptyChange(doc), places: map[graph.Key]int{}}
	for n, sentences := range parts(doc.Text) {
		mentions, entities := x.read(doc, sentences)
		facts := fact.State(doc, sentences, mentions, entities)
		entities.Keys(graph.NewDocumentID(doc.Source), n)
		if len(out.change.Facts)+len(facts) > mostFacts || len(out.change.Entities)+len(entities.Entities) > mostEntities {
			return out.change, graph.Errorf(graph.Invalid, "%s states more than %d facts, or names more than %d entities", doc.Source, mostFacts, mostEntities).
				WithHint("split it")
		}
		out.add(sentences, entities, facts)
	}
	return out.change, nil
}

// parts cuts a text into the sentences that are read together.
func parts(s string) iter.Seq2[int, []text.Sentence] {
	return func(yield func(int, []text.Sentence) bool) {
		var part []text.Sentence
		n, tokens := 0, 0
		for sentence := range text.Sentences(s) {
			if tokens+len(sentence.Tokens) > longestPart {
				if !yield(n, part) {
					return
				}
				part, n, tokens = nil, n+1, 0
			}
			part, tokens = append(part, sentence), tokens+len(sentence.Tokens)
		}
		yield(n, part)
	}
}

// read finds what the sentences mention, and what that stands for.
func (x *Extractor) read(doc Document, sentences []text.Sentence) ([]mention.Mention, *entity.Set) {
	for i := range sentences {
		x.tagger.Tag(sentences[i].Tokens)
	}
	mentions := x.finder.Find(doc, sentences)
	return mentions, x.resolver.Resolve(doc, sentences, mentions)
}

func emptyChange(doc Document) graph.Change {
	published := graph.Date(doc.Published)
	return graph.Change{Document: graph.Document{ID: graph.NewDocumentID(doc.Source), Source: doc.Source, Title: doc.Title, Language: doc.Language, Published: published,
		Revision: graph.Revision{Published: published, Hash: graph.ContentHash(doc.Title, doc.Language, doc.Published, doc.Text)}, Text: doc.Text}}
}

// contribution gathers what the parts of a document give, in the form that a store takes.
// Entities are listed in the order of the text, facts likewise.
type contribution struct {
	change graph.Change
	places map[graph.Key]int // where among the entities
}

func (c *contribution) add(sentences []text.Sentence, set *entity.Set, facts []fact.Fact) {
	for _, s := range sentences {
		c.change.Sentences = append(c.change.Sentences, graph.Span(s.Span))
	}
	place := make([]int, len(set.Entities))
	for _, i := range textOrder(set) {
		place[i] = c.entity(set.Entities[i])
	}
	first := len(c.change.Facts)
	for _, f := range facts {
		c.change.Facts = append(c.change.Facts, stated(f, place))
	}
	slices.SortStableFunc(c.change.Facts[first:], func(a, b graph.Stated) int { return cmp.Compare(a.Spans[0].Start, b.Spans[0].Start) })
}

// entity adds an entity, or what this part knows of one that an earlier part has, and gives its place.
func (c *contribution) entity(e entity.Entity) int {
	acronym := e.Acronym
	if e.ID != "" {
		acronym = "" // the vocabulary gives it
	}
	at, known := c.places[e.Key]
	if !known {
		at = len(c.change.Entities)
		c.places[e.Key] = at
		c.change.Entities = append(c.change.Entities, graph.Contributed{Key: e.Key, Names: distinct(e.Names), Acronym: acronym, Spans: e.Spans})
		return at
	}
	had := &c.change.Entities[at]
	had.Names, had.Acronym, had.Spans = distinct(append(had.Names, e.Names...)), cmp.Or(had.Acronym, acronym), append(had.Spans, e.Spans...)
	return at
}

// textOrder orders the entities by where they are first mentioned.
func textOrder(set *entity.Set) []int {
	order := make([]int, len(set.Entities))
	for i := range order {
		order[i] = i
		slices.SortFunc(set.Entities[i].Spans, func(a, b graph.Span) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
		set.Entities[i].Spans = slices.Compact(set.Entities[i].Spans)
	}
	first := func(i int) int {
		if spans := set.Entities[i].Spans; len(spans) > 0 {
			return spans[0].Start
		}
		return 0
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(first(a), first(b)) })
	return order
}

// distinct are the names in order of class and text, each text in its best class.
func distinct(names []graph.NameForm) []graph.NameForm {
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b graph.NameForm) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Text, b.Text))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(n graph.NameForm) bool {
		again := seen[n.Text]
		seen[n.Text] = true
		return again
	})
}

func stated(f fact.Fact, place []int) graph.Stated {
	s := graph.Stated{Predicate: f.Predicate, Subject: place[f.Subject], Object: place[f.Object], Qualifiers: f.Qualifiers, Confidence: f.Confidence,
		Extractor: f.Extractor, Spans: f.Spans, SubjectAt: f.SubjectAt, ObjectAt: f.ObjectAt}
	if f.Place != entity.None {
		at := place[f.Place]
		s.Place = &at
	}
	return s
}
