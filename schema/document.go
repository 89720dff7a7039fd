package schema

import (
	"github.com/entente-kg/entente/graph"
)

// Document is a document among those that were loaded with it.
type Document struct {
	graph.Document
	Batch *Batch[*Document]
}

func (d *Document) isNode()       {}
func (d *Document) isSearchNode() {}

// NewDocuments makes one batch of documents, with or without their texts.
func NewDocuments(documents []graph.Document) []*Document {
	batch := &Batch[*Document]{members: make([]*Document, len(documents))}
	for i, d := range documents {
		batch.members[i] = &Document{Document: d, Batch: batch}
	}
	return batch.members
}

// Revision is the number of the document's revision.
func (d *Document) Revision() int { return int(d.Document.Revision.Number) }

// Mention is the tie between a document and an entity among those that were
// loaded with it. Whichever end it was reached from is known already.
type Mention struct {
	graph.Mention
	Batch *Batch[*Mention]
}

// NewMentions makes one batch of mentions.
func NewMentions(mentions []graph.Mention) []*Mention {
	batch := &Batch[*Mention]{members: make([]*Mention, len(mentions))}
	for i, m := range mentions {
		batch.members[i] = &Mention{Mention: m, Batch: batch}
	}
	return batch.members
}

// SearchNode is what a search can find.
type SearchNode interface {
	isSearchNode()
}

// Sentence is a sentence with the document that it stands in.
type Sentence struct {
	graph.Sentence
	cites *Document
}

func (s *Sentence) isSearchNode() {}

// NewSentences makes sentences; their documents are one batch.
func NewSentences(found []graph.SentenceMatch) []*Sentence {
	documents := make([]graph.Document, len(found))
	for i, f := range found {
		documents[i] = f.Document
	}
	from := NewDocuments(documents)
	sentences := make([]*Sentence, len(found))
	for i, f := range found {
		sentences[i] = &Sentence{Sentence: f.Sentence, cites: from[i]}
	}
	return sentences
}

// Document is where the sentence stands.
func (s *Sentence) Document() *Document { return s.cites }
