package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// likewise reads "X followed suit in 2012", "Y did so a year later", "So did Z", "as
// did Z": they did what the text has just told of others.
func (c *clause) likewise() {
	for _, v := range c.verbs {
		next := c.lower(v.at + 1)
		same := v.lemma == "do" && (next == "so" || next == "likewise" || next == "the" && c.lower(v.at+2) == "same") || v.lemma == "follow" && next == "suit"
		if same && !v.unreal {
			c.didToo(c.subject(v, actors), v)
		}
	}
	for i := 0; i+2 < len(c.tokens); i++ {
		if w, next := c.lower(i), c.lower(i+1); (w == "so" || w == "as") && (next == "did" || next == "has" || next == "have") && (i == 0 || w == "as" && c.lower(i-1) == ",") {
			c.didToo(c.right(i+2, len(c.tokens), actors), verb{at: i + 1, start: i})
		}
	}
}

// repeated are the predicates of what one does after others.
var repeated = map[graph.Predicate]bool{graph.Signed: true, graph.PartyTo: true, graph.MemberOf: true, graph.WithdrewFrom: true, graph.ParticipatedIn: true}

// didToo states the last fact of that sort of others.
func (c *clause) didToo(who []arg, v verb) {
	for i := len(c.facts) - 1; i >= max(0, len(c.facts)-longestList); i-- {
		f := c.facts[i]
		if !repeated[f.Predicate] || c.n-f.sentence > 2 {
			continue
		}
		q := graph.Qualifiers{graph.WithStatus: f.Qualifiers[graph.WithStatus]}
		if c.date(v.at, f.Predicate) == mention.None && f.sentence == c.n {
			q[graph.OnDate] = f.Qualifiers[graph.OnDate]
		}
		for _, a := range who {
			if a.entity != entity.None && a.entity != f.Subject {
				c.fact(f.Predicate, a, arg{f.Object, mention.None, a.span}, v.at, "likewise", q)
			}
		}
		return
	}
}
