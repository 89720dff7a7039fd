// Package tag tells which part of speech each token of a sentence is: the stage
// between the tokens and the mentions.
//
// The tagger is an averaged perceptron (Collins 2002) that goes over a sentence
// from left to right and decides each token once, by the words around it, their
// endings and capitals, and the two tags before it. Words that have one tag only
// wherever the treebanks use them are looked up. All numbers are integers, so every
// machine gives the same tags; nothing is allocated, and the weights are used as
// they lie in the binary, so there is nothing to load.
//
// The tags ([text.Tag]) are those of Universal Dependencies, with verbs parted by
// their form: whether a verb is finite or a participle is what clauses hang on.
//
// The weights are learnt from treebanks by [Train], which `go run ./ingest/tag/train`
// calls; weights/README.md names the sources and their licence, docs/decisions/0007-tagger.md
// tells why it is built so and what was measured.
package tag

import "github.com/entente-kg/entente/ingest/text"

// classes is how many tags there are to choose from.
const classes = int(text.Unclassed)

// tagOf is the tag of a class: classes count from 0, and [text.Untagged] is none.
func tagOf(class int) text.Tag { return text.Tag(class + 1) }

// Tagger tags sentences. It is immutable and safe for concurrent use.
type Tagger struct{ model }

// New gives the tagger with the built-in weights.
func New() (*Tagger, error) { return Load(weights) }

// Load gives a tagger with the weights that [Train] made.
func Load(weights []byte) (*Tagger, error) {
	m, err := loadModel(weights)
	return &Tagger{m}, err
}

// Tag tags the tokens of one sentence.
func (t *Tagger) Tag(tokens []text.Token) {
	w := newWindow(t.lexicon, tokens)
	for i := range tokens {
		tag, known := w.word.senses.only()
		if !known {
			tag = t.best(w.features())
		}
		tokens[i].Tag = tag
		w.next(tag)
	}
}
