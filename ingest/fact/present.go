package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// attendance are words for who is at an event, or for being there.
var attendance = words(`participants participant attendees attendee speakers speaker panellists panelists panellist guests delegates dignitaries present attending attended
	attendance part signatories audience moderators discussants lecturers`)

// amounts are the verbs that lead from those at an event to their names.
var amounts = words("was were included include includes are is came come comprised")

// present reads "Also present were X and Y", "Participants included X and Y",
// "Speakers at the Forum were X", "Among the guests was X".
func (c *clause) present() {
	for i := 1; i < min(14, len(c.tokens)); i++ {
		if c.top[i] != mention.None || !amounts[c.lower(i)] {
			continue
		}
		if !c.speaksOfAttendance(i) {
			return
		}
		event := c.between(c.head, i, events)
		if event == nil {
			event = c.eventBefore()
		}
		if len(event) != 1 || c.toCome(event[0].mention) {
			return
		}
		v := verb{at: i, start: i}
		c.each(graph.ParticipatedIn, c.withoutBodies(c.namedFrom(i+1)), event, v, "present", nil)
		return
	}
}

// speaksOfAttendance tells whether what stands before the verb at i is those who
// are at an event, and nobody by name.
func (c *clause) speaksOfAttendance(i int) bool {
	found := false
	for j := c.head; j < i; j++ {
		if t := c.top[j]; t != mention.None {
			if c.mentions[t].Is(mention.Person, mention.Office, mention.Group, mention.Pronoun) {
				return false
			}
			continue
		}
		if negations[c.lower(j)] || modals[c.lower(j)] {
			return false
		}
		found = found || attendance[c.lower(j)]
	}
	return found
}

// namedFrom are the actors that the sentence names from token i on.
func (c *clause) namedFrom(i int) []arg {
	var out []arg
	for j := i; j < len(c.tokens); j++ {
		if t := c.top[j]; t != mention.None {
			if !c.isBodyOfHolder(t) && !c.owns(t) {
				out = appendArgs(out, c.standing(t, actors))
			}
			j = c.mentions[t].Last - 1
		}
	}
	return out
}

// bring reads "the Forum brought together delegations from X and Y".
func (c *clause) bring(v verb) {
	if c.lower(v.at+1) != "together" {
		return
	}
	what := c.subject(v, events)
	c.each(graph.ParticipatedIn, c.object(v, actors), what, v, "brought together", nil)
}

// spokeThere states that who speaks in the report of an event took part in it: a
// report of a conference tells what was said there.
func (c *clause) spokeThere(subjects []arg, v verb) {
	event := c.mainEvent()
	if len(event) != 1 || c.mentions[event[0].mention].Sentence >= c.n || v.ing || v.passive || c.anyMet || c.holdsAny(saidElsewhere) {
		return
	}
	if !c.tookPlace[event[0].entity] || c.between(0, len(c.tokens), events) != nil {
		return
	}
	for _, s := range subjects {
		if s.mention != mention.None && c.mentions[s.mention].Is(mention.Person, mention.Office) && c.mentions[s.mention].Sentence == c.n {
			c.each(graph.ParticipatedIn, []arg{s}, event, v, "spoke there", nil)
		}
	}
}

// saidElsewhere are words by which a sentence says that somebody spoke somewhere else, or
// before.
var saidElsewhere = words("message letter reporters interview telephone phone earlier previously later week tomorrow press media statement journalists absence via")

// holdsAny tells whether one of the words stands in the sentence.
func (c *clause) holdsAny(set map[string]bool) bool {
	for i := range c.tokens {
		if set[c.lower(i)] && c.top[i] == mention.None {
			return true
		}
	}
	return false
}
