package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// signatures reads the end of a treaty: "Done at Z on …", "For the Republic of X:
// Maya Orla, Minister" signs what the document is; and the head of a list of what
// was signed.
func (c *clause) signatures() {
	switch {
	case c.lower(0) == "done" && (c.lower(1) == "at" || c.lower(1) == "in"):
		if paper := c.treaty(); paper.entity != entity.None {
			c.notes(graph.Signed, []arg{paper}, 0)
		}
	case c.lower(0) == "for" && len(c.tokens) > 2:
		c.signatureLine()
	default:
		if at, ok := c.headsList(); ok {
			c.signedList(at)
		}
	}
}

// signatureLine reads "For the Republic of X: Maya Orla", and "For the Republic of
// X" with the names on the lines below.
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
			c.each(graph.Signed, c.standing(i, actors), []arg{paper}, v, "signature", nil)
		}
	}
}

// longestSignature is the most tokens that a line of a signature has.
const longestSignature = 16

// signatureBlock reads "For the Republic of X" on a line of its own, or two such
// beside one another, and under it the name and the office of who signs.
func (c *clause) signatureBlock(paper arg) {
	var sides []arg
	for i := c.from; i < c.to; i++ {
		if m := c.mentions[i]; m.Is(mention.Country, mention.Organisation) && m.Inside == mention.None {
			sides = appendArgs(sides, c.standing(i, bodies))
		}
	}
	if len(sides) == 0 || len(sides) > 3 || len(c.tokens) > longestSignature*len(sides) || len(c.verbs) > 0 {
		return
	}
	if last := c.mentions[sides[len(sides)-1].mention].Last; last < len(c.tokens)-1 {
		return
	}
	who, office := c.signersBelow()
	if _, done := c.occasions[act{graph.Signed, paper.entity}]; len(who) == 0 && !done {
		return
	}
	v := verb{at: 0, start: 0}
	if len(sides) == 1 && len(who) > 0 && office != mention.None {
		c.signedAs(who[0], sides[0], office)
	}
	c.each(graph.Signed, appendArgs(who, sides), []arg{paper}, v, "signature", nil)
}

// signedAs gives who signs for a side the office that stands below the name.
func (c *clause) signedAs(who, side arg, office int) {
	m := c.mentions[office]
	for i, o := range c.set.Offices {
		if o.Mention == office {
			if o.Person == who.entity && o.Body == entity.None {
				c.set.Offices[i].Body = side.entity
			}
			return
		}
	}
	c.set.Offices = append(c.set.Offices, entity.Office{Person: who.entity, Body: side.entity, Title: m.Title, Head: m.Head, Mention: office})
}

// signersBelow are those who signed on the lines below, and the office that stands
// there if one alone signed.
func (c *clause) signersBelow() (who []arg, office int) {
	office = mention.None
	for i := c.to; i < len(c.mentions) && c.mentions[i].Sentence <= c.n+3; i++ {
		m := c.mentions[i]
		tokens := c.sentences[m.Sentence].Tokens
		if len(tokens) > longestSignature || tokens[0].Lower == "for" {
			break
		}
		first := 0
		for first < m.First && beforeName[tokens[first].Lower] {
			first++
		}
		switch {
		case first < m.First:
		case m.Kind == mention.Person && len(who) == 0:
			who = c.standing(i, persons)
		case m.Kind == mention.Office && office == mention.None && m.Of == mention.None:
			office = i
		}
	}
	return who, office
}

// beforeName stand before the name of who signs: "(Signed) H.E. Mr Lenz".
var beforeName = words("( ) [ ] / s signed : . _ h.e. hon. mr mr. ms ms. mrs mrs. dr dr. prof prof. sir")

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
