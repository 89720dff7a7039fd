package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// Minutes, fact sheets and depositaries state much without a verb: a label and a
// list ("Participants: X, Y"), or a state, its act and a date ("X: ratified 3 May
// 2001").

// longestLabel is the most tokens before the colon of a label.
const longestLabel = 14

// labels are the words of labels with what they say of those listed.
var labels = map[string]graph.Predicate{
	"participants": graph.ParticipatedIn, "participant": graph.ParticipatedIn, "participating": graph.ParticipatedIn, "present": graph.ParticipatedIn, "attendance": graph.ParticipatedIn, "attendees": graph.ParticipatedIn,
	"attending": graph.ParticipatedIn, "delegations": graph.ParticipatedIn, "speakers": graph.ParticipatedIn, "panellists": graph.ParticipatedIn, "panelists": graph.ParticipatedIn, "chair": graph.ParticipatedIn, "chairperson": graph.ParticipatedIn,
	"chairman": graph.ParticipatedIn, "moderator": graph.ParticipatedIn, "moderators": graph.ParticipatedIn, "rapporteur": graph.ParticipatedIn, "keynote": graph.ParticipatedIn,
	"members": graph.MemberOf, "member": graph.MemberOf, "membership": graph.MemberOf, "joined": graph.MemberOf,
	"left": graph.WithdrewFrom, "withdrawn": graph.WithdrewFrom, "withdrew": graph.WithdrewFrom,
	"venue": graph.HeldIn, "location": graph.HeldIn, "host": graph.Hosted, "hosts": graph.Hosted, "organiser": graph.Hosted, "organisers": graph.Hosted, "organizer": graph.Hosted, "organizers": graph.Hosted, "convenor": graph.Hosted,
}

// noLabels take the force from a label.
var noLabels = words("observer observers associate candidate candidates apologies absent invited former next no not non-members expected prospective future")

// labelled reads "Participants: X, Y", "Founding members (2011): X, Y".
func (c *clause) labelled() {
	colon, p := c.label()
	if p == "" {
		return
	}
	v := verb{at: colon, start: colon}
	switch p {
	case graph.ParticipatedIn:
		event := c.ownEvent()
		if len(event) == 0 {
			return
		}
		if colon == len(c.tokens)-1 {
			c.linesOfParticipants(event)
			return
		}
		c.each(p, c.withoutBodies(c.namedFrom(colon+1)), event, v, "label", nil)
	case graph.MemberOf, graph.WithdrewFrom:
		whole := c.between(c.head, colon, organisations)
		if whole == nil {
			whole = c.firstBody(0)
		}
		if len(whole) == 0 || secretariats[headOf(c.set.Entities[whole[0].entity].Name)] {
			return
		}
		for j := colon + 1; j < len(c.tokens); j++ {
			if t := c.top[j]; t != mention.None {
				date := ""
				if c.lower(c.mentions[t].Last) == "(" || p == graph.WithdrewFrom {
					date = c.dateAfter(c.mentions[t].Last)
				}
				c.each(p, c.standing(t, bodies), whole[:1], v, "label", graph.Qualifiers{graph.OnDate: date})
				j = c.mentions[t].Last - 1
			}
		}
	case graph.HeldIn:
		c.each(p, c.ownEvent(), c.between(colon+1, len(c.tokens), []graph.Kind{graph.Place}), v, "label", nil)
	case graph.Hosted:
		c.each(p, c.between(colon+1, len(c.tokens), bodies), c.ownEvent(), v, "label", nil)
	}
}

// label is the colon of the label that the sentence begins with, and what it says.
func (c *clause) label() (colon int, p graph.Predicate) {
	for j := 0; j < min(longestLabel, len(c.tokens)); j++ {
		if t := c.top[j]; t != mention.None {
			if c.mentions[t].Is(mention.Person, mention.Country) {
				return 0, ""
			}
			continue
		}
		w := c.lower(j)
		if w == ":" {
			return j, p
		}
		if noLabels[w] || w == "." || w == ";" || passiveAux[w] || modals[w] {
			return 0, ""
		}
		if q := labels[w]; q != "" && p == "" {
			p = q
		}
	}
	return 0, ""
}

// ownEvent is the event that the document is about, else the one spoken of before.
func (c *clause) ownEvent() []arg {
	if event := c.mainEvent(); event != nil {
		return event
	}
	return c.eventBefore()
}

// ownBody is the organisation that the document is about: of those in its first
// sentences the one named most, but no office inside another.
func (r *reader) ownBody() []arg {
	best := mention.None
	for i, m := range r.mentions {
		if m.Sentence >= headSentences {
			break
		}
		at := r.set.One(i)
		if at == entity.None || r.set.Entities[at].Kind != graph.Organisation || m.Inside != mention.None || secretariats[headOf(r.set.Entities[at].Name)] {
			continue
		}
		if best == mention.None || len(r.set.Entities[at].Spans) > len(r.set.Entities[r.set.One(best)].Spans) {
			best = i
		}
	}
	if best == mention.None {
		return nil
	}
	return []arg{{r.set.One(best), best, r.mentions[best].Span}}
}

var secretariats = words("secretariat bureau office ministry department embassy")

// longestLine is the most tokens of a line in a list without verbs.
const longestLine = 30

// linesOfParticipants reads the lines under "Present:", each a delegation or a
// person, up to the first that is none.
func (c *clause) linesOfParticipants(event []arg) {
	from := c.to
	for n := c.n + 1; n < min(len(c.sentences), c.n+longestSigned); n++ {
		to := from
		for to < len(c.mentions) && c.mentions[to].Sentence == n {
			to++
		}
		line := newClause(c.reader, n, from, to)
		from = to
		who := line.namedFrom(0)
		if _, p := line.label(); p != "" || len(line.tokens) > longestLine || len(line.verbs) > 0 || len(who) == 0 || noLabels[line.lower(0)] {
			return
		}
		line.each(graph.ParticipatedIn, line.withoutBodies(who), event, verb{}, "label", nil)
	}
}

// statusLine reads "X: ratified 3 May 2001", "3 May 2001 – X (accession)" of the
// agreement spoken of before.
func (c *clause) statusLine() {
	if len(c.tokens) > longestLine || len(c.tokens) < 3 {
		return
	}
	state, other := mention.None, 0
	for j := 0; j < len(c.tokens); j++ {
		t := c.top[j]
		if t == mention.None {
			if _, isAct := acts[c.lower(j)]; !isAct && c.tokens[j].Tag != 0 && !statusWords[c.lower(j)] && len(c.tokens[j].Text) > 1 {
				other++
			}
			continue
		}
		if m := c.mentions[t]; m.Kind == mention.Country && state == mention.None {
			state = t
		} else if m.Kind != mention.Date {
			return
		}
		j = c.mentions[t].Last - 1
	}
	if state == mention.None || other > 2 {
		return
	}
	if m := c.mentions[state]; m.Form == mention.Adjective || m.First > 0 && (c.top[0] == mention.None || c.mentions[c.top[0]].Kind != mention.Date) {
		return
	}
	paper := c.spokenOf()
	if paper.entity == entity.None {
		return
	}
	for j := range c.tokens {
		if _, ok := acts[c.lower(j)]; !ok || c.top[j] != mention.None || negations[c.lower(j-1)] || negations[c.lower(j-2)] || c.lower(j-1) == "yet" {
			continue
		}
		date := c.dateAfter(j + 1)
		if date == "" && j > 0 && c.from < c.to && c.mentions[c.from].Kind == mention.Date && c.mentions[c.from].First == 0 {
			date = c.mentions[c.from].Date
		}
		for _, who := range c.standing(state, bodies) {
			c.act(c.lower(j), who, paper, date, j)
		}
	}
}

var statusWords = words("on of by the instrument its deposited entry into force with effect from since for date yet not")
