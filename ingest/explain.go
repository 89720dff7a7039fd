package ingest

import (
	"cmp"
	"iter"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/fact"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// Explained is one sentence as it was read, for a person who asks why.
type Explained struct {
	Text     string               `json:"text"`
	Mentions []ExplainedMention   `json:"mentions"`
	Facts    []ExplainedFact      `json:"facts"`
	Rejected []ExplainedRejection `json:"rejected"`
}

// ExplainedMention is a stretch of the sentence with what it stands for: the names
// of its entities, several for a group, none if it found nothing to refer to. What
// is no entity tells instead what it is worth: a date its day, an office its title.
type ExplainedMention struct {
	Text   string   `json:"text"`
	Kind   string   `json:"kind"`
	Stands []string `json:"stands,omitempty"`
	Value  string   `json:"value,omitempty"`
}

// ExplainedFact is a fact that the sentence states, with the words that it was read from.
type ExplainedFact struct {
	Subject     string           `json:"subject"` // names
	Predicate   graph.Predicate  `json:"predicate"`
	Object      string           `json:"object"`
	SubjectAt   string           `json:"subjectAt"` // the words that stand for them
	ObjectAt    string           `json:"objectAt"`
	Qualifiers  graph.Qualifiers `json:"qualifiers"`            // a place by its name
	Confidence  int              `json:"confidence"`            // 0–1000
	Extractor   string           `json:"extractor"`             // which pattern read it
	Antecedents []string         `json:"antecedents,omitempty"` // words of other sentences that tell who is meant,
	DateFrom    []string         `json:"dateFrom,omitempty"`    // and when
}

// ExplainedRejection is what a pattern came upon and did not state.
type ExplainedRejection struct {
	At   string `json:"at"`
	Why  string `json:"why"`
	Fact string `json:"fact,omitempty"` // "A SIGNED B", where both ends were known
}

// Explain reads an input as [Extractor.Contribution] does, and tells of every sentence
// what was found in it, what was read from it, and what was turned down and why.
func (x *Extractor) Explain(in Input) iter.Seq[Explained] {
	doc := Document{Source: in.Source, Title: in.Title, Published: string(in.Published), Language: in.Language, Text: in.Text}
	return func(yield func(Explained) bool) {
		for _, sentences := range parts(doc.Text) {
			for _, s := range x.explain(doc, sentences) {
				if !yield(s) {
					return
				}
			}
		}
	}
}

func (x *Extractor) explain(doc Document, sentences []text.Sentence) []Explained {
	mentions, entities := x.read(doc, sentences)
	facts, rejected := fact.Explain(doc, sentences, mentions, entities)
	e := explaining{doc.Text, entities}
	out := make([]Explained, len(sentences))
	for n, s := range sentences {
		out[n].Text = e.words(graph.Span(s.Span))
	}
	for i, m := range mentions {
		out[m.Sentence].Mentions = append(out[m.Sentence].Mentions, e.mention(i, m))
	}
	for _, f := range facts {
		n, _ := slices.BinarySearchFunc(sentences, f.Spans[0].Start, func(s text.Sentence, at int) int {
			return cmp.Compare(s.Span.End, at+1) // the first sentence that ends after it
		})
		out[n].Facts = append(out[n].Facts, e.fact(f))
	}
	for _, r := range rejected {
		out[r.Sentence].Rejected = append(out[r.Sentence].Rejected, e.rejection(r))
	}
	return out
}

type explaining struct {
	text string
	set  *entity.Set
}

func (e explaining) words(s graph.Span) string { return e.text[s.Start:s.End] }

func (e explaining) name(entity int) string { return e.set.Entities[entity].Name }

func (e explaining) mention(i int, m mention.Mention) ExplainedMention {
	out := ExplainedMention{Text: e.words(graph.Span(m.Span)), Kind: string(m.Kind), Value: cmp.Or(m.Date, m.Title)}
	for _, at := range e.set.Standing[i] {
		out.Stands = append(out.Stands, e.name(at))
	}
	return out
}

func (e explaining) fact(f fact.Fact) ExplainedFact {
	out := ExplainedFact{Subject: e.name(f.Subject), Object: e.name(f.Object), SubjectAt: e.words(f.SubjectAt), ObjectAt: e.words(f.ObjectAt),
		Predicate: f.Predicate, Qualifiers: graph.Qualifiers{}, Confidence: f.Confidence, Extractor: f.Extractor}
	for q, v := range f.Qualifiers {
		out.Qualifiers[q] = v
	}
	if f.Place != entity.None {
		out.Qualifiers[graph.AtPlace] = e.name(f.Place)
	}
	for _, s := range f.Spans {
		switch s.Role {
		case graph.Antecedent:
			out.Antecedents = append(out.Antecedents, e.words(s.Span))
		case graph.TellsDate:
			out.DateFrom = append(out.DateFrom, e.words(s.Span))
		}
	}
	return out
}

func (e explaining) rejection(r fact.Rejected) ExplainedRejection {
	out := ExplainedRejection{At: e.words(r.At), Why: r.Why}
	if f := r.Fact; f != nil {
		out.Fact = e.name(f.Subject) + " " + string(f.Predicate) + " " + e.name(f.Object)
	}
	return out
}
