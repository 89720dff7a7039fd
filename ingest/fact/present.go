package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// present reads "Also present were X and Y", "Participants included X and Y" of the
// event spoken of before.
func (c *clause) present() {
	for i := 0; i < min(6, len(c.tokens)); i++ {
		w := c.lower(i)
		if (w != "was" && w != "were" && w != "included") || i == 0 || c.top[i] != mention.None {
			continue
		}
		if p := c.lower(i - 1); p != "participants" && p != "attendees" && (w == "included" || p != "present" && p != "part" && p != "attending" && p != "attended") {
			return
		}
		v := verb{at: i, start: i}
		var who []arg
		for j := i + 1; j < len(c.tokens); j++ {
			if t := c.top[j]; t != mention.None {
				if !c.isBodyOfHolder(t) {
					who = appendArgs(who, c.standing(t, actors))
				}
				j = c.mentions[t].Last - 1
			}
		}
		c.each(graph.ParticipatedIn, c.withoutBodies(who), c.eventBefore(), v, "present", nil)
		return
	}
}

// bring reads "the Forum brought together delegations from X and Y".
func (c *clause) bring(v verb) {
	if c.lower(v.at+1) != "together" {
		return
	}
	what := c.subject(v, events)
	c.each(graph.ParticipatedIn, c.object(v, actors), what, v, "brought together", nil)
}

// signatures reads the end of a treaty: "For the Republic of X: Maya Orla,
// Minister" signs what the document is, and the head of a list of what was signed.
func (c *clause) signatures() {
	if c.lower(0) == "for" && len(c.tokens) > 4 {
		c.signatureLine()
		return
	}
	if at, ok := c.headsList(); ok {
		c.signedList(at)
	}
}

func (c *clause) signatureLine() {
	colon := slices.IndexFunc(c.tokens, func(t text.Token) bool { return t.Text == ":" })
	paper := c.treaty()
	if colon > 14 || paper.entity == entity.None {
		return
	}
	if colon < 0 || colon == len(c.tokens)-1 {
		c.signatureBlock(paper)
		return
	}
	v := verb{at: colon, start: colon}
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.First < colon && m.Is(mention.Country, mention.Organisation) || m.First > colon && m.Kind == mention.Person {
			c.each(graph.Signed, c.standing(i, actors), []arg{paper}, v, "signature", graph.Qualifiers{graph.OnDate: c.done()})
		}
	}
}

// signatureBlock reads "For the Republic of X" on a line of its own, with the name
// on one of the next two.
func (c *clause) signatureBlock(paper arg) {
	if len(c.tokens) > 14 || c.from == c.to {
		return
	}
	last := c.to - 1
	if m := c.mentions[last]; !m.Is(mention.Country, mention.Organisation) || m.Last < len(c.tokens)-1 {
		return
	}
	v := verb{at: 0, start: 0}
	date := graph.Qualifiers{graph.OnDate: c.done()}
	for i := c.to; i < len(c.mentions) && c.mentions[i].Sentence <= c.n+2; i++ {
		m := c.mentions[i]
		if m.Kind == mention.Person && m.First < 3 && len(c.sentences[m.Sentence].Tokens) < 16 {
			c.each(graph.Signed, c.standing(i, persons), []arg{paper}, v, "signature", date)
			c.each(graph.Signed, c.standing(last, bodies), []arg{paper}, v, "signature", date)
			return
		}
	}
}

// treaty is the agreement that the document is: the first one, in its head.
func (c *clause) treaty() arg {
	for i, m := range c.mentions {
		if m.Kind == mention.Agreement && m.Sentence < 5 {
			if at := c.set.One(i); at != entity.None {
				return arg{at, i, m.Span}
			}
		}
	}
	return arg{entity: entity.None}
}

// done is the date of "Done at X on …".
func (c *clause) done() string {
	for i := c.from - 1; i >= 0; i-- {
		m := c.mentions[i]
		if m.Kind == mention.Date && c.sentences[m.Sentence].Tokens[0].Lower == "done" {
			return m.Date
		}
	}
	return ""
}
