package graph

import (
	"cmp"
	"time"
)

// Document is a text that was read, with where it came from. A withdrawn one
// keeps its revision as a tombstone and nothing else.
type Document struct {
	ID         DocumentID `json:"id"`
	Source     string     `json:"source"`
	Title      string     `json:"title,omitempty"`
	Language   string     `json:"language,omitempty"` // ISO 639-1
	Published  Date       `json:"published,omitempty"`
	Revision   Revision   `json:"revision"`
	Withdrawn  bool       `json:"withdrawn,omitempty"`
	Text       string     `json:"text,omitempty"` // UTF-8, NFC, LF line ends; every offset counts its bytes
	IngestedAt time.Time  `json:"-"`              // when it ran, so outside the dump
}

// Revision orders what one source said at different times. The highest wins,
// whenever it arrives.
type Revision struct {
	Number    int64  `json:"number,omitempty"`
	Published Date   `json:"published,omitempty"`
	Hash      string `json:"hash,omitempty"` // ContentHash; a tombstone's is ""
}

// Compare orders two states of one document; a tombstone beats a document of
// equal number.
func (d Document) Compare(e Document) int {
	return cmp.Or(cmp.Compare(d.Revision.Number, e.Revision.Number), compareBool(d.Withdrawn, e.Withdrawn),
		cmp.Compare(d.Revision.Published, e.Revision.Published), cmp.Compare(d.Revision.Hash, e.Revision.Hash))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Change is what one document contributes: its text, its sentences, the
// entities that it mentions, and the facts that it states. It knows nothing of
// any other document; the store folds it into the graph.
type Change struct {
	Document  Document      `json:"document"`
	Sentences []Span        `json:"sentences,omitempty"` // ascending, not overlapping
	Entities  []Contributed `json:"entities,omitempty"`
	Facts     []Stated      `json:"facts,omitempty"`
	// Over, if set, is the revision number that the caller has read; if the store
	// holds another one by now, Apply answers Conflict. nil takes the revision as it is.
	Over *int64 `json:"-"`
}

// Contributed is one entity as a document gives it.
type Contributed struct {
	Key     Key        `json:"key"`
	Names   []NameForm `json:"names,omitempty"` // may be empty for an entity of the vocabulary
	Acronym string     `json:"acronym,omitempty"`
	Spans   []Span     `json:"spans,omitempty"` // where it is mentioned, ascending
}

// NameForm is a name in a document with its class.
type NameForm struct {
	Text  string    `json:"text"`
	Class NameClass `json:"class"`
}

// Stated is one fact as a document gives it. Subject, Object and Place are
// indexes into [Change].Entities. The same fact may be stated several times, once a sentence.
type Stated struct {
	Predicate  Predicate      `json:"predicate"`
	Subject    int            `json:"subject"`
	Object     int            `json:"object"`
	Qualifiers Qualifiers     `json:"qualifiers,omitempty"` // all but place
	Place      *int           `json:"place,omitempty"`
	Confidence int            `json:"confidence"`
	Extractor  string         `json:"extractor,omitempty"`
	Spans      []EvidenceSpan `json:"spans"`
	SubjectAt  Span           `json:"subjectAt,omitzero"`
	ObjectAt   Span           `json:"objectAt,omitzero"`
}

// Mention is the tie between a document and an entity: once per pair.
type Mention struct {
	ID       MentionID  `json:"id"`
	Entity   EntityID   `json:"entity"`
	Document DocumentID `json:"document"`
	Spans    []Span     `json:"spans"`
}

// Sentence is one sentence of a document.
type Sentence struct {
	Document DocumentID `json:"document"`
	Ordinal  int        `json:"ordinal"`
	Span
	Text string `json:"text"`
}
