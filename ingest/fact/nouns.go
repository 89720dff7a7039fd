package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

var organisations = []graph.Kind{graph.Organisation}

// nouns runs the patterns that hang on nouns.
func (c *clause) nouns() {
	for i := range c.tokens {
		if c.top[i] != mention.None && c.mentions[c.top[i]].Kind != mention.Group {
			c.eventPlace(i)
			c.bracketed(i)
			c.inner(i)
			continue
		}
		v := verb{at: i, start: i}
		switch c.lower(i) {
		case "member", "members":
			c.member(v)
		case "ally", "allies":
			c.allied(v)
		case "participation", "attendance":
			c.participation(v)
		case "chairmanship", "presidency", "leadership", "co-chairmanship", "moderation", "guidance":
			c.chairmanship(v)
		case "instrument", "instruments":
			c.instruments(v)
		case "programme", "project", "effort", "initiative", "venture", "study", "undertaking", "scheme", "laboratory":
			if c.lower(i-1) == "joint" {
				c.jointWork(v)
			}
		case "made", "consisting", "consists", "comprising", "consist", "make":
			c.madeUp(v)
		case "hosting", "convening", "organising", "organizing", "co-hosting":
			c.hosting(v)
		case "address", "remarks", "speech", "statement":
			c.speech(v)
		case "meeting", "conversation", "talks", "call", "discussions", "consultations", "negotiations", "audience", "meetings":
			c.meeting(v)
		case "part":
			c.partOf(v)
		case "party", "parties":
			if c.lower(i-1) == "states" && c.lower(i+1) == "of" {
				c.member(v)
				continue
			}
			c.party(v, graph.PartyTo)
		case "signatory", "signatories":
			c.party(v, graph.Signed)
		case "organ", "agency", "body", "institution", "arm", "subsidiary", "branch", "affiliate", "entity", "institutions", "agencies", "organs", "bodies", "entities":
			c.organ(v)
		case "adoption", "approval":
			c.nominal(v, graph.Adopted, adopters)
		case "signing", "signature":
			c.nominal(v, graph.Signed, actors)
		case "ratification", "accession":
			c.nominal(v, graph.PartyTo, bodies)
			c.accession(v)
		case "admission", "entry":
			c.accession(v)
		case "withdrawal", "departure", "exit":
			c.withdrawal(v)
		case "cooperation", "partnership", "partnerships", "co-operation", "collaboration", "coordination", "co-ordination", "partners":
			c.cooperation(v)
		case "partner":
			if c.lower(i+1) == "of" {
				c.each(graph.CooperatesWith, c.membersBefore(v), c.right(i+2, len(c.tokens), bodies), v, "cooperation", c.since(v))
			}
		}
	}
}

// party reads "X is (a) party to the Convention", "X became the tenth State Party to", "the parties to the Convention
// are X and Y", "the Convention, to which X and Y are parties".
func (c *clause) party(v verb, p graph.Predicate) {
	if w := c.lower(v.at + 1); w != "to" && !(w == "of" && p == graph.Signed) {
		if of := c.amongThem(v.at + 1); of > 0 && p == graph.PartyTo {
			c.each(p, c.right(of, len(c.tokens), bodies), c.lastOf(c.bare(c.begins(v.at), v.at, papers)), v, "party", graph.Qualifiers{graph.WithStatus: graph.Party})
			return
		}
		c.toWhich(v)
		return
	}
	if negations[c.lower(v.at-1)] || negations[c.lower(v.at-2)] {
		return
	}
	start := v.at
	for start > 0 && (determiners[c.lower(start-1)] || isRank(c.lower(start-1)) || partyAdjectives[c.lower(start-1)]) {
		start--
	}
	if negations[c.lower(start-1)] || modals[c.lower(start-2)] || intentions[c.lower(start-3)] {
		return
	}
	subjects := c.subject(verb{at: v.at, start: start - 1}, bodies)
	if c.lower(start-1) == "," {
		subjects = c.nearest(start-1, bodies)
	}
	of := c.right(v.at+2, len(c.tokens), papers)
	if subjects == nil && len(of) == 1 {
		end := c.mentions[of[0].mention].Last
		if w := c.lower(end); w == "are" || w == ":" || w == "include" || w == "comprise" {
			subjects = c.right(end+1, len(c.tokens), bodies)
		}
	}
	q := graph.Qualifiers{}
	if p == graph.PartyTo {
		q[graph.WithStatus] = graph.Party
	}
	for k, date := range c.since(v) {
		q[k] = date
	}
	c.each(p, subjects, of, v, "party", q)
}

var partyAdjectives = words("state states original founding full new contracting")

// toWhich reads "the Convention, to which X and Y are parties".
func (c *clause) toWhich(v verb) {
	if w := c.lower(v.at - 1); w != "are" && w != "is" && w != "a" {
		return
	}
	for j := v.at - 1; j > 1; j-- {
		if c.lower(j) != "which" || c.lower(j-1) != "to" || negations[c.lower(v.at-1)] {
			continue
		}
		end := j - 1
		if c.lower(end-1) == "," {
			end--
		}
		c.each(graph.PartyTo, c.bare(j+1, v.at-1, bodies), c.lastOf(c.nearest(end, papers)), v, "party", graph.Qualifiers{graph.WithStatus: graph.Party})
		return
	}
}

// nominal reads "the adoption of the X Convention (by Y)": without an agent, the
// organisation that the agreement is named for.
func (c *clause) nominal(v verb, p graph.Predicate, kinds []graph.Kind) {
	if c.lower(v.at+1) != "of" && c.lower(v.at+1) != "by" || c.governed(v.at) || c.planned(v.at) {
		return
	}
	agreements := c.right(v.at+2, len(c.tokens), papers)
	agents := c.after(v, kinds, "by")
	status := ""
	if p == graph.PartyTo {
		status = statuses[c.lower(v.at)]
	}
	if c.lower(v.at+1) == "by" { // "following ratification by X, the Protocol …"
		agreements = c.papersAfter(0)
		if agreements = agreements[:min(1, len(agreements))]; len(agreements) == 0 {
			agreements = c.paperBefore()
		}
	}
	for _, a := range agreements {
		who := agents
		if of := c.set.Entities[a.entity].Of; len(who) == 0 && p == graph.Adopted && of != entity.None {
			who = []arg{{of, a.mention, a.span}}
		}
		if len(who) == 0 && p == graph.Signed {
			who = c.partyArgs(a)
		}
		if p == graph.PartyTo {
			who = slices.DeleteFunc(slices.Clone(who), func(w arg) bool { return c.isLegislative(w.entity) })
		}
		c.each(p, who, []arg{a}, v, "nominal", graph.Qualifiers{graph.WithStatus: status})
	}
}

// planned tells whether the noun at j is wished for: "called for the adoption".
func (c *clause) planned(j int) bool {
	for k := max(0, j-7); k < j; k++ {
		if w := c.lower(k); intentions[w] || modals[w] || future[w] || w == "early" || w == "possible" || w == "bill" || w == "draft" || w == "proposal" || w == "request" || negations[w] {
			return true
		}
	}
	return false
}
