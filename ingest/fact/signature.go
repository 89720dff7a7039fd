package fact

import (
	"strings"

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
			c.doneLine = c.n
			c.notes(graph.Signed, []arg{paper}, 0)
		}
	case len(c.tokens) > 1 && c.signsHere(0) && !c.finite(0, len(c.tokens)):
		c.signatureLine()
	case c.belowDone():
		c.signedBelow()
	default:
		if at, ok := c.headsList(); ok {
			c.signedList(at)
		}
	}
}

// signatureLine reads "For the Republic of X: Maya Orla", several of them on one
// line, and "For the Republic of X" with the names on the lines below.
func (c *clause) signatureLine() {
	paper := c.treaty()
	if paper.entity == entity.None {
		return
	}
	named := false
	for i := 0; i < len(c.tokens); {
		next := i + 1
		for next < len(c.tokens) && !c.signsHere(next) {
			next++
		}
		named = c.signature(i, next, paper) || named
		i = next
	}
	if !named {
		c.signatureBlock(paper)
	}
}

// signsHere tells whether "For" or "On behalf of" begins a signature at token i.
func (c *clause) signsHere(i int) bool {
	if c.tokens[i].Shape == text.Small || c.top[i] != mention.None && !(i > 0 && strings.Contains(c.source[c.tokens[i-1].End:c.tokens[i].Start], "\n")) {
		return false // not within a name, unless a line begins there
	}
	return c.lower(i) == "for" || c.lower(i) == "on" && c.lower(i+1) == "behalf" && c.lower(i+2) == "of"
}

// signature reads one signature: a body, a colon or a dash, and who signs for it.
func (c *clause) signature(i, end int, paper arg) bool {
	mark := i
	for mark < end && c.lower(mark) != ":" && !dashes[c.lower(mark)] && c.lower(mark) != "," {
		mark++
	}
	var sides []arg
	for k := c.from; k < c.to && len(sides) == 0; k++ {
		if m := c.mentions[k]; m.First >= i && m.Last <= mark && m.Is(mention.Country, mention.Organisation) {
			sides = c.named(k, bodies)
		}
	}
	who := c.between(mark, end, persons)
	if len(sides) != 1 || len(who) == 0 || mark > i+longestLabel {
		return false
	}
	c.acting[who[0].entity] = sides[0].entity
	c.each(graph.Signed, appendArgs(sides, who[:1]), []arg{paper}, verb{at: mark, start: mark}, "signature", nil)
	return true
}

// longestSignature is the most tokens that a line of a signature has.
const longestSignature = 16

// signatureBlock reads "For the Republic of X" on a line of its own, or two such
// beside one another, and under it the name and the office of who signs.
func (c *clause) signatureBlock(paper arg) {
	sides := c.sidesNamed()
	if below := c.sentenceBelow(); len(sides) == 0 && below != nil && len(below.tokens) <= longestSignature {
		sides = below.sidesNamed() // "For the Government of the" goes on in the next line
		for _, a := range sides {
			if m := c.mentions[a.mention]; m.First > 2 || m.Last < len(below.tokens) {
				return
			}
		}
		if len(sides) == 1 && len(c.verbs) == 0 {
			who, office := c.signersBelow()
			c.signedSide(paper, who, sides, office)
		}
		return
	}
	if len(sides) == 0 || len(sides) > 3 || len(c.tokens) > longestSignature*len(sides) || len(c.verbs) > 0 {
		return
	}
	if last := c.mentions[sides[len(sides)-1].mention].Last; last < len(c.tokens) && (last < len(c.tokens)-1 || c.lower(last) != ":") {
		return
	}
	who, office := c.signersBelow()
	if _, done := c.occasions[act{graph.Signed, paper.entity}]; len(who) == 0 && !done {
		return
	}
	c.signedSide(paper, who, sides, office)
}

// signedSide states that a side and who signs for it signed the paper.
func (c *clause) signedSide(paper arg, who, sides []arg, office int) {
	if len(sides) == 1 && len(who) > 0 {
		c.acting[who[0].entity] = sides[0].entity
		if office != mention.None {
			c.signedAs(who[0], sides[0], office)
		}
	}
	c.each(graph.Signed, appendArgs(who, sides), []arg{paper}, verb{}, "signature", nil)
}

// sidesNamed are the bodies that the line of a signature names.
func (c *clause) sidesNamed() []arg {
	var sides []arg
	for i := c.from; i < c.to; i++ {
		if m := c.mentions[i]; m.Is(mention.Country, mention.Organisation) && m.Inside == mention.None {
			sides = appendArgs(sides, c.standing(i, bodies))
		}
	}
	return sides
}

// sentenceBelow is the sentence below this one in its column, nil at the end.
func (c *clause) sentenceBelow() *clause {
	n := c.n + c.columnsOfSignatures()
	if n >= len(c.sentences) {
		return nil
	}
	from := c.to
	for from < len(c.mentions) && c.mentions[from].Sentence < n {
		from++
	}
	to := from
	for to < len(c.mentions) && c.mentions[to].Sentence == n {
		to++
	}
	return newClause(c.reader, n, from, to)
}

// signedAs gives who signs for a side the office that stands below the name.
func (c *clause) signedAs(who, side arg, office int) {
	m := c.mentions[office]
	if m.Holder != mention.None { // who holds it is known: for whom, acting tells
		return
	}
	c.set.Offices = append(c.set.Offices, entity.Office{Person: who.entity, Body: side.entity, Title: m.Title, Head: m.Head, Mention: office})
}

// signersBelow are those who signed on the lines below, and the office that stands
// there if one alone signed. Where several say side by side for whom they are, the
// lines below take turns.
func (c *clause) signersBelow() (who []arg, office int) {
	office = mention.None
	columns := c.columnsOfSignatures()
	for row := 0; row < signatureRows; row++ {
		n := c.n + columns*(row+1)
		if n >= len(c.sentences) || len(c.sentences[n].Tokens) > longestSignature || c.headsSignature(n) {
			break
		}
		i := c.to
		for i < len(c.mentions) && c.mentions[i].Sentence < n {
			i++
		}
		for ; i < len(c.mentions) && c.mentions[i].Sentence == n; i++ {
			m, tokens := c.mentions[i], c.sentences[n].Tokens
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
	}
	return who, office
}

const (
	signatureRows = 3  // lines that a signature has below its head
	mostColumns   = 12 // of signatures side by side
)

// columnsOfSignatures is how many sentences in a row say for whom a signature is,
// this one among them.
func (c *clause) columnsOfSignatures() int {
	first, next := c.n, c.n+1
	for c.headsSignature(first-1) && c.n-first < mostColumns {
		first--
	}
	for c.headsSignature(next) && next-c.n < mostColumns {
		next++
	}
	return next - first
}

// headsSignature tells whether sentence n says for whom a signature is.
func (c *clause) headsSignature(n int) bool {
	if n < 0 || n >= len(c.sentences) || len(c.sentences[n].Tokens) > longestSignature {
		return false
	}
	w := c.sentences[n].Tokens[0].Lower
	return w == "for" || w == "on"
}

// beforeName stand before the name of who signs: "(Signed) H.E. Mr Lenz".
var beforeName = words("( ) [ ] / s signed : . _ h.e. hon. mr mr. ms ms. mrs mrs. dr dr. prof prof. sir")

// treaty is the agreement that the document is: the first one, in its head.
func (c *clause) treaty() arg {
	for i, m := range c.mentions {
		if m.Sentence > headSentences {
			break
		}
		if m.Kind == mention.Agreement {
			if at := c.set.One(i); at != entity.None {
				return arg{at, i, m.Span}
			}
		}
	}
	return arg{entity: entity.None}
}

// belowDone tells whether the sentence is a line among those that follow "Done at
// Z": short, and without a verb but "signed".
func (c *clause) belowDone() bool {
	if c.doneLine < 0 || c.n > c.doneLine+longestSigned || len(c.tokens) > longestSignature+longestSignature/2 || c.lower(len(c.tokens)-1) == "." {
		return false
	}
	for j := range c.tokens {
		if w := c.lower(j); c.top[j] == mention.None && (witnesses[w] || c.tokens[j].Tag == text.Finite && w != "signed") {
			return false
		}
	}
	return true
}

// signedBelow reads "Maya Orla (Ruritania)", "Maya Orla, Minister of Trade of
// Ruritania" under a treaty: she signed it, for the country that stands there.
func (c *clause) signedBelow() {
	paper := c.treaty()
	v := verb{}
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.Kind != mention.Person || m.Inside != mention.None {
			continue
		}
		who := c.standing(i, persons)
		var side []arg
		for k := c.from; k < c.to && len(c.between(0, len(c.tokens), persons)) == 1; k++ {
			if n := c.mentions[k]; n.Kind == mention.Country && n.Form != mention.Adjective && c.set.One(k) != entity.None {
				side = appendArgs(side, c.named(k, bodies))
			}
		}
		if len(side) == 1 {
			c.each(graph.Signed, appendArgs(who, side), []arg{paper}, v, "signature", nil)
		}
	}
}

// preamble reads "X, Y and Z … have agreed as follows", "X and Y, hereinafter the
// Parties": who the parties of the treaty are that the document is.
func (c *clause) preamble() {
	if c.n > mostPreamble || len(c.contractors) > 0 || !c.agreesAsFollows() {
		return
	}
	paper := c.treaty()
	if paper.entity == entity.None || len(c.set.Entities[paper.entity].Parties) > 1 {
		return
	}
	for n := c.mentions[paper.mention].Sentence; n <= c.n; n++ {
		from := c.reader.firstOf(n)
		to := from
		for to < len(c.mentions) && c.mentions[to].Sentence == n {
			to++
		}
		line := newClause(c.reader, n, from, to)
		if first := line.lower(0); n == c.mentions[paper.mention].Sentence || first == "having" || first == "recalling" || first == "considering" {
			continue
		}
		if list := line.right(0, len(line.tokens), bodies); len(list) > 1 {
			c.contractors = list
			line.each(graph.PartyTo, list, []arg{paper}, verb{}, "preamble", graph.Qualifiers{graph.WithStatus: graph.Party})
			return
		}
	}
}

// mostPreamble is how many sentences a preamble has at most.
const mostPreamble = 40

// agreesAsFollows tells whether the sentence ends a preamble, or names those who
// are called the parties in what follows.
func (c *clause) agreesAsFollows() bool {
	for j := range c.tokens {
		switch c.lower(j) {
		case "agreed":
			if w := c.lower(j + 1); w == "as" || w == "on" || w == "upon" || w == "to" {
				if x := c.lower(j + 2); x == "follows" || x == "the" && c.lower(j+3) == "following" {
					return true
				}
			}
		case "hereinafter", "hereafter", "henceforth":
			for k := j + 1; k < min(j+10, len(c.tokens)); k++ {
				if w := c.lower(k); w == "parties" || w == "sides" || w == "participants" || w == "signatories" {
					return true
				}
				if t := c.top[k]; t != mention.None && c.mentions[t].Kind == mention.Group {
					return true
				}
			}
		}
	}
	return false
}
