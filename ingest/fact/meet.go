package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// meet reads "X met (with) Y", "X and Y met", "X spoke with Y".
func (c *clause) meet(v verb) {
	if v.passive {
		return
	}
	subjects := c.subject(v, actors)
	var others []arg
	if v.lemma == "meet" {
		others = c.object(v, actors)
		if len(others) > 0 && !c.directly(v, others[0]) {
			others = c.after(v, actors, "with")
		}
	} else {
		others = c.after(v, actors, "with", "to")
		if v.lemma != "meet" && len(others) > 0 && !c.near(v, others[0], 8) {
			others = nil
		}
	}
	c.met(v, subjects, others)
}

// directly tells whether nothing but "with", articles and titles stands between
// the verb and the other side.
func (c *clause) directly(v verb, a arg) bool {
	before := c.mentions[a.mention].First - 1
	if c.lower(before) == "," && c.top[before-1] != mention.None && c.mentions[c.top[before-1]].Kind == mention.Place {
		return false // "met in Jeddah, Saudi Arabia"
	}
	for j := v.at + 1; j < c.mentions[a.mention].First; j++ {
		w := c.lower(j)
		if w == "margins" || w == "sidelines" || w == "in" && c.mentions[a.mention].Kind == mention.Country {
			return false
		}
		if prepositions[w] && w != "with" && w != "of" && w != "in" && w != "on" || w == "," && j > v.at+6 {
			return false
		}
	}
	return true
}

// near tells whether at most so many tokens lead from the verb to the other side,
// without those that tell when and where: "received in Lima, on 3 May 2021, …".
func (c *clause) near(v verb, a arg, most int) bool {
	n := 0
	for j := v.at; j < c.mentions[a.mention].First; j++ {
		w, t := c.lower(j), c.top[j]
		when := t != mention.None && c.mentions[t].Is(mention.Date, mention.Place)
		leads := c.top[min(j+1, len(c.tokens)-1)]
		if !when && w != "," && !((w == "in" || w == "on" || w == "at") && leads != mention.None && c.mentions[leads].Is(mention.Date, mention.Place)) {
			n++
		}
	}
	return n <= most
}

// meetDirect reads "X received Y", "X was welcomed by Y": persons only, since
// bodies receive and welcome many things.
func (c *clause) meetDirect(v verb) {
	agents, patients := c.sides(v, actors, persons)
	if v.passive && len(patients) == 0 {
		return
	}
	if !c.anyPerson(agents) || len(patients) > 0 && !v.passive && !c.near(v, patients[0], 5) {
		return
	}
	if v.lemma == "welcome" && (len(patients) == 0 || !v.passive && c.lower(c.nameEnd(patients[0].mention)) == "'s") {
		return
	}
	c.met(v, agents, patients)
}

// nameEnd is the token after a mention and those that follow it at once: after
// "Prime Minister Maya Orla".
func (c *clause) nameEnd(t int) int {
	j := c.mentions[t].Last
	for j < len(c.tokens) && c.top[j] != mention.None {
		j = c.mentions[c.top[j]].Last
	}
	return j
}

func (c *clause) anyPerson(in []arg) bool {
	return slices.ContainsFunc(in, func(a arg) bool { return c.set.Entities[a.entity].Kind == graph.Person })
}

var meetings = words("talks meeting meetings call consultations conversation discussions discussion audience exchange negotiations phone telephone visit calls visits dialogue")

// hold reads "held talks with", "had a call with", "paid a courtesy call on",
// "granted an audience to"; and of an event "was held in".
func (c *clause) hold(v verb) {
	if v.passive && v.lemma == "hold" {
		if what := c.subject(v, events); what != nil {
			c.venue(v, what)
			return
		}
	}
	noun := ""
	for j := v.at + 1; j < min(v.at+7, len(c.tokens)) && noun == ""; j++ {
		if meetings[c.lower(j)] && c.top[j] == mention.None {
			noun = c.lower(j)
		}
	}
	if noun == "" || v.passive {
		return
	}
	others := c.everyAfter(v, actors, "with")
	switch noun { // "a call on", "a visit to", "an audience to" persons
	case "call", "calls", "visit", "visits", "audience":
		if others == nil {
			others = c.everyAfter(v, persons, "on", "to")
		}
	}
	c.met(v, c.subject(v, actors), others)
}

// call reads "X called on Y", and of the telephone "X called Y".
func (c *clause) call(v verb) {
	next := v.at + 1
	if c.lower(next) == "on" {
		next++
	}
	if v.passive || next >= len(c.tokens) || c.top[next] == mention.None && !c.startsName(next) {
		return
	}
	others := c.right(next, c.ends(v.at), persons)
	if len(others) == 0 {
		return
	}
	if w := c.lower(c.nameEnd(others[len(others)-1].mention)); w == "to" && c.lower(v.at+1) == "on" || w == "a" || w == "an" || w == "the" || w == "'s" {
		return // "called on X to", "called X a friend"
	}
	mode := graph.ByCall
	if c.lower(v.at+1) == "on" {
		mode = graph.InPerson
	}
	c.each(graph.Met, c.subject(v, persons), others, v, "met", graph.Qualifiers{graph.InMode: mode})
}

// startsName tells whether a courtesy title or an article at i leads to a name.
func (c *clause) startsName(i int) bool {
	for j := i; j < min(i+4, len(c.tokens)); j++ {
		if c.top[j] != mention.None {
			return c.mentions[c.top[j]].Is(mention.Person, mention.Office)
		}
		if w := c.lower(j); w != "the" && c.tokens[j].Shape == text.Small {
			return false
		}
	}
	return false
}

// talked states that the two of whom "the two ministers discussed" is said met,
// unless the text has said before who met.
func (c *clause) talked(two []arg, v verb) {
	if c.anyMet {
		return // the text has said who meets
	}
	c.pairs(graph.Met, two, v, "talked", nil)
}

// met states that the two sides met, or the two subjects if there is no other
// side.
func (c *clause) met(v verb, one, other []arg) {
	mode := graph.Qualifiers{graph.InMode: c.mode(v)}
	if len(other) == 0 {
		if len(one) == 2 && (c.mentions[one[0].mention].Kind == mention.Group && c.anyMet && v.lemma != "meet" || c.within(one[0], one[1])) {
			return
		}
		if n := len(one); n == 2 && (v.lemma != "speak" || c.allPersons(one) && c.after(v, events, "at", "to") == nil) || n > 2 && n <= mostSides && (v.lemma == "meet" || v.lemma == "hold") {
			c.pairs(graph.Met, one, v, "met", mode)
		}
		return
	}
	if c.anyPerson(other) {
		other = slices.DeleteFunc(slices.Clone(other), func(a arg) bool { return c.set.Entities[a.entity].Kind != graph.Person })
	}
	if c.anyPerson(one) {
		one = slices.DeleteFunc(slices.Clone(one), func(a arg) bool { return c.set.Entities[a.entity].Kind != graph.Person })
	}
	c.each(graph.Met, one, other, v, "met", mode)
}

// within tells whether one of the two is a part of the other.
func (c *clause) within(a, b arg) bool {
	return c.set.Entities[a.entity].Of == b.entity || c.set.Entities[b.entity].Of == a.entity
}

// mostSides is how many may meet as "A, B and C met" and still all have met.
const mostSides = 4

// holdsWord tells whether one of the words stands in the sentence.
func (c *clause) holdsWord(words ...string) bool {
	return slices.ContainsFunc(c.tokens, func(t text.Token) bool { return slices.Contains(words, t.Lower) })
}

// mode tells how they met, as the sentence has it.
func (c *clause) mode(v verb) string {
	for j := range c.tokens {
		switch c.lower(j) {
		case "phone", "telephone", "telephoned":
			return graph.ByCall
		case "video", "virtual", "virtually", "videoconference", "video-conference", "online":
			return graph.ByVideo
		case "call":
			if c.lower(j-1) != "courtesy" && v.lemma != "pay" {
				return graph.ByCall
			}
		}
	}
	switch v.lemma {
	case "speak", "talk", "call":
		if c.place(v.at) == entity.None && !c.holdsWord("person", "margins", "sidelines") {
			return graph.ByCall
		}
	case "confer":
		if c.place(v.at) != entity.None {
			return graph.InPerson
		}
	case "meet", "receive", "welcome", "pay", "grant", "host":
		return graph.InPerson
	case "hold", "have":
		return graph.InPerson
	}
	return ""
}
