package fact

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// longestSigned is the most members that a list of signed documents has.
const longestSigned = 60

var (
	signing   = words("signed exchanged inked signing")
	documents = words("documents agreements memoranda mous instruments texts accords treaties outcomes list following memorandums protocols")
	announces = words("be if expected planned initialled scheduled envisaged negotiated ready yet discussed")
	witnesses = words("presence witnessed witness attended")
)

// headsList tells whether the sentence heads a list of what was signed: "The
// following documents were signed:", "List of agreements exchanged". It gives the
// word that says so.
func (c *clause) headsList() (at int, ok bool) {
	at = -1
	last := c.lower(len(c.tokens) - 1)
	if last == "." || last == ";" || len(c.tokens) > 80 {
		return at, false
	}
	listed := false
	for i := range c.tokens {
		w := c.lower(i)
		if t := c.top[i]; t != mention.None && c.mentions[t].Kind == mention.Date {
			continue // "May"
		}
		if announces[w] || modals[w] || negations[w] {
			return at, false
		}
		if first, _, _ := strings.Cut(w, "/"); signing[first] && at < 0 { // "signed/exchanged"
			at = i
		}
		listed = listed || documents[w]
	}
	return at, at >= 0 && (last == ":" && c.wereSigned() || listed)
}

// wereSigned tells whether a verb says that something was signed.
func (c *clause) wereSigned() bool {
	for _, v := range c.verbs {
		if v.lemma == "sign" && v.passive && !v.unreal {
			return true
		}
	}
	return false
}

// signedList reads the members of the list that the sentence heads, up to the
// first sentence that belongs to none.
func (c *clause) signedList(at int) {
	sides, expected := c.sidesOfList(), c.n+2 // the columns of a table may have a head
	paper := arg{entity: entity.None}
	for n, from := c.n+1, c.to; n <= min(expected, len(c.sentences)-1, c.n+longestSigned); n++ {
		to := from
		for to < len(c.mentions) && c.mentions[to].Sentence == n {
			to++
		}
		member := newClause(c.reader, n, from, to)
		if p, ok := member.paper(); ok {
			paper, expected = p, n+1
			member.signedBy(paper, c, at, sides)
		} else if paper.entity != entity.None && member.namesSigners() {
			expected = n + 1
			member.signedBy(paper, c, at, nil)
		}
		from = to
	}
}

// paper is the agreement that the member of a list begins with.
func (c *clause) paper() (arg, bool) {
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if at := c.set.One(i); m.Kind == mention.Agreement && m.Inside == mention.None && at != entity.None {
			return arg{at, i, m.Span}, m.First < 6 && m.Form == mention.Named && !passiveAux[c.lower(m.Last)] && !modals[c.lower(m.Last)]
		}
	}
	return arg{}, false
}

// namesSigners tells whether the sentence goes on with who signed the member
// before it: "Signed by: …", "Peruvian side: …".
func (c *clause) namesSigners() bool {
	for i := range min(6, len(c.tokens)) {
		if w := c.lower(i); w == "signed" || w == "signatories" || w == "signatory" || w == "side" || w == "exchanged" {
			return c.lower(len(c.tokens)-1) != "." || c.lower(i+1) == ":" || c.lower(i+1) == "by"
		}
	}
	return false
}

// signedBy states who signed the paper of the list that head heads: the parties of
// its title, else those that the member names after it, else the two sides.
func (c *clause) signedBy(paper arg, head *clause, at int, sides []arg) {
	begin := 0
	if m := c.mentions[paper.mention]; m.Sentence == c.n {
		begin = m.Last
	}
	var who, named []arg
	for i := begin; i < len(c.tokens) && !witnesses[c.lower(i)]; i++ {
		if t := c.top[i]; t != mention.None {
			if c.mentions[t].Kind == mention.Person {
				who = appendArgs(who, c.standing(t, persons))
			} else if !c.isBodyOfHolder(t) && !c.owns(t) && c.lower(c.mentions[t].Last) != ":" {
				named = appendArgs(named, c.standing(t, bodies))
			}
			i = c.mentions[t].Last - 1
		}
	}
	parties := c.partyArgs(paper)
	switch {
	case len(parties) > 1:
	case len(named) > 1 && len(who) == 0:
		parties = named
	case c.lower(begin) == "between" || c.lower(begin) == "with":
		parties = named
	case len(sides) > 0:
		parties = appendArgs(parties, sides)
	case begin > 0:
		parties = appendArgs(parties, c.bodiesOf(who))
	}
	for _, signer := range appendArgs(who, parties) {
		c.signedAsListed(signer, paper, head, at)
	}
}

// signedAsListed states that one signed the paper, when and where the list's head
// says.
func (c *clause) signedAsListed(signer, paper arg, head *clause, at int) {
	f := Fact{Predicate: graph.Signed, Subject: signer.entity, Object: paper.entity, Qualifiers: graph.Qualifiers{}, Place: head.place(at), Confidence: 800,
		Extractor: "pattern/signed list", Spans: c.evidence(0), SubjectAt: graph.Span(signer.span), ObjectAt: graph.Span(paper.span), sentence: head.n, trigger: at}
	if d := head.date(at, graph.Signed); d != mention.None {
		f.Qualifiers[graph.OnDate] = c.mentions[d].Date
		f.Spans = append(f.Spans, graph.EvidenceSpan{Span: head.evidence(at)[0].Span, Role: graph.TellsDate})
	}
	c.dates(f)
	c.state(f)
}

// sidesOfList are the two countries between which a list of documents was signed:
// those that its head names, else those that the text has named before, if there
// are just two.
func (c *clause) sidesOfList() []arg {
	for _, from := range []int{c.from, 0} {
		var sides []arg
		for i := from; i < c.to; i++ {
			m := c.mentions[i]
			if at := c.set.One(i); m.Kind == mention.Country && at != entity.None {
				sides = appendArgs(sides, []arg{{at, i, m.Span}})
			}
		}
		if len(sides) == 2 {
			return sides
		}
	}
	return nil
}
