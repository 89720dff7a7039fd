package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// Rejected is what a pattern came upon and did not state, for a person who asks
// why. A pattern that turns something down calls [reader.reject], which costs
// nothing unless somebody asked.
type Rejected struct {
	Sentence int
	At       graph.Span // the word that the pattern hangs on, or what was named
	Why      string     // "negated", "planned or wished for", …
	// Fact is set where both ends were known and the fact was turned down all the same.
	Fact *Fact
}

// Explain is [State] with what was rejected, in the order of the text's sentences.
func Explain(doc text.Document, sentences []text.Sentence, mentions []mention.Mention, set *entity.Set) ([]Fact, []Rejected) {
	var rejected []Rejected
	facts := state(doc, sentences, mentions, set, &rejected)
	return facts, rejected
}

// reject notes that the word at span of sentence n states no fact, and why.
func (r *reader) reject(n int, span text.Span, why string) {
	if r.rejected != nil {
		*r.rejected = append(*r.rejected, Rejected{Sentence: n, At: graph.Span(span), Why: why})
	}
}

// rejectFact notes a fact that is not stated although both its ends are known.
func (r *reader) rejectFact(f Fact, why string) {
	if r.rejected != nil {
		*r.rejected = append(*r.rejected, Rejected{Sentence: f.sentence, At: f.ObjectAt, Why: why, Fact: &f})
	}
}

// rejectUnreal notes a verb that tells of nothing done.
func (c *clause) rejectUnreal(v verb) {
	if _, hangs := verbPatterns[v.lemma]; hangs && c.rejected != nil {
		c.reject(c.n, c.tokens[v.at].Span, c.whyUnreal(v))
	}
}

// whyUnreal names what makes the group of a verb unreal.
func (c *clause) whyUnreal(v verb) string {
	for j := v.start; j < v.at; j++ {
		if negations[c.lower(j)] {
			return "negated"
		}
	}
	if first := c.lower(0); first == "if" || first == "should" || first == "once" {
		return "a hypothesis"
	}
	return "planned, wished for or demanded"
}

// rejectBarren notes a verb whose pattern stated nothing since before.
func (c *clause) rejectBarren(v verb, before int) {
	if c.stated == before && c.rejected != nil {
		c.reject(c.n, c.tokens[v.at].Span, "nothing that it could join was found around it")
	}
}
