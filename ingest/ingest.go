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
// The same text and the same [Extractor.Version] give the same change, byte for
// byte: there is no floating point and no order of a map in anything that
// decides.
package ingest

import (
	"cmp"
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

// Extract reads what one document contributes to the graph. Any string is taken;
// what is no English gives few facts and no error.
func (x *Extractor) Extract(doc Document) graph.Change {
	sentences := text.Sentences(doc.Text)
	x.tag(sentences)
	mentions := x.finder.Find(doc, sentences)
	entities := x.resolver.Resolve(doc, sentences, mentions)
	facts := fact.State(doc, sentences, mentions, entities)
	entities.Keys(graph.NewDocumentID(doc.Source))
	return change(doc, sentences, entities, facts)
}

func (x *Extractor) tag(sentences []text.Sentence) {
	for i := range sentences {
		x.tagger.Tag(sentences[i].Tokens)
	}
}

// change puts the stages' results into the form that a store takes. Entities are
// listed in the order of the text, facts likewise.
func change(doc Document, sentences []text.Sentence, set *entity.Set, facts []fact.Fact) graph.Change {
	published := graph.Date(doc.Published)
	c := graph.Change{Document: graph.Document{ID: graph.NewDocumentID(doc.Source), Source: doc.Source, Title: doc.Title, Language: doc.Language, Published: published,
		Revision: graph.Revision{Published: published, Hash: graph.ContentHash(doc.Title, doc.Language, doc.Published, doc.Text)}, Text: doc.Text}}
	for _, s := range sentences {
		c.Sentences = append(c.Sentences, graph.Span(s.Span))
	}
	order := textOrder(set)
	place := make([]int, len(set.Entities))
	for to, from := range order {
		place[from] = to
		c.Entities = append(c.Entities, contributed(set.Entities[from]))
	}
	for _, f := range facts {
		c.Facts = append(c.Facts, stated(f, place))
	}
	slices.SortStableFunc(c.Facts, func(a, b graph.Stated) int { return cmp.Compare(a.Spans[0].Start, b.Spans[0].Start) })
	return c
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

func contributed(e entity.Entity) graph.Contributed {
	names := slices.Clone(e.Names)
	slices.SortStableFunc(names, func(a, b graph.NameForm) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Text, b.Text))
	})
	seen := map[string]bool{}
	names = slices.DeleteFunc(names, func(n graph.NameForm) bool { // the best class of each text
		again := seen[n.Text]
		seen[n.Text] = true
		return again
	})
	acronym := e.Acronym
	if e.ID != "" {
		acronym = "" // the vocabulary gives it
	}
	return graph.Contributed{Key: e.Key, Names: names, Acronym: acronym, Spans: e.Spans}
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
