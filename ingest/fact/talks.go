package fact

import (
	"maps"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// meeting reads the nouns of meeting: "the talks between X and Y", "X's
// conversation with Y", "At a meeting with Y, X said".
func (c *clause) meeting(v verb) {
	if c.planned(v.at) || c.lower(v.at+1) == "place" {
		return
	}
	c.talksOn(v)
	mode := graph.Qualifiers{graph.InMode: c.modeOf(v.at)}
	if c.lower(v.at-1) == "their" || c.lower(v.at-2) == "their" {
		if pair := c.bare(c.begins(v.at), v.at, persons); len(pair) == 2 && c.lower(v.at+1) != "with" {
			c.pairs(graph.Met, pair, v, "talks", mode)
		}
	}
	switch c.lower(v.at + 1) {
	case "between":
		sides := c.everyone(c.right(v.at+2, len(c.tokens), actors))
		if n := len(sides); n >= 2 && n <= mostSides {
			c.pairs(graph.Met, sides, v, "talks", mode)
		}
	case "with":
		others := c.everyone(c.right(v.at+2, len(c.tokens), actors))
		if len(others) > 0 && len(others) <= mostSides {
			c.each(graph.Met, c.everyone(c.whoMet(v.at)), others, v, "talks", mode)
		}
	}
}

// everyone leaves of a list with persons only these.
func (c *clause) everyone(in []arg) []arg {
	if !c.anyPerson(in) {
		return in
	}
	return slices.DeleteFunc(slices.Clone(in), func(a arg) bool { return c.set.Entities[a.entity].Kind != graph.Person })
}

// whoMet is whose meeting the noun at i is: "X's meeting", and in "At a meeting
// with Y, X" and "X said at a meeting with Y" the subject of the sentence.
func (c *clause) whoMet(i int) []arg {
	if out := c.whose(i); out != nil {
		return out
	}
	prep := i - 1
	for prep > c.head && !prepositions[c.lower(prep)] && c.top[prep] == mention.None && i-prep < 5 {
		prep--
	}
	if w := c.lower(prep); w != "at" && w != "during" && w != "in" {
		return nil
	}
	if prep == c.head {
		for j := i + 1; j < len(c.tokens); j++ {
			if c.lower(j) == "," && c.top[j] == mention.None {
				if out := c.right(j+1, len(c.tokens), actors); out != nil && c.mentions[out[0].mention].First <= j+3 {
					return out
				}
			}
		}
		return nil
	}
	for j := prep - 1; j > max(c.head, prep-12); j-- {
		if c.opens(j) && c.top[j] == mention.None {
			return nil
		}
		if c.tokens[j].Tag == text.Finite && c.top[j] == mention.None && c.lower(j-1) != "to" && !modals[c.lower(j-1)] && !negations[c.lower(j-1)] {
			return c.subject(verb{at: j, start: j}, persons)
		}
	}
	return nil
}

// modeOf is how a meeting of that noun is held.
func (c *clause) modeOf(i int) string {
	switch w := c.lower(i); {
	case c.holdsWord("phone", "telephone") || w == "call" && c.lower(i-1) != "courtesy":
		return graph.ByCall
	case c.holdsWord("video", "virtual", "virtually", "videoconference", "online"):
		return graph.ByVideo
	case w == "meeting" || w == "audience" || w == "talks" || w == "negotiations":
		return graph.InPerson
	}
	return ""
}

// lastMeeting is the meeting that the text told of last, within so many sentences.
func (c *clause) lastMeeting(sentences int) (Fact, bool) {
	for i := len(c.facts) - 1; i >= max(0, len(c.facts)-longestList); i-- {
		if f := c.facts[i]; f.Predicate == graph.Met && c.n-f.sentence <= sentences {
			return f, true
		}
	}
	return Fact{}, false
}

// accompany reads "X was accompanied by Y": Y met whom X met.
func (c *clause) accompany(v verb) {
	heads, others := c.sides(v, persons, persons)
	if v.passive {
		heads, others = others, heads
	}
	if len(heads) == 0 || len(others) == 0 {
		return
	}
	for i := len(c.facts) - 1; i >= max(0, len(c.facts)-longestList); i-- {
		f := c.facts[i]
		if f.Predicate != graph.Met || c.n-f.sentence > headSentences || f.Subject != heads[0].entity && f.Object != heads[0].entity {
			continue
		}
		met := f.Subject + f.Object - heads[0].entity
		for _, o := range others {
			c.fact(graph.Met, o, arg{met, o.mention, o.span}, v.at, "accompanied", maps.Clone(f.Qualifiers))
		}
		return
	}
}

// joined is a person who took part in a meeting on one side.
type joined struct {
	person, side int
	sentence     int
	spans        []graph.EvidenceSpan
}

// joinTalks reads "X also took part in the talks": he met whom his side met.
func (c *clause) joinTalks(v verb) {
	if _, ok := c.lastMeeting(storySentences); !ok {
		return
	}
	if v.passive { // "The meeting was attended by X"
		if w := c.lower(v.start - 1); meetings[w] && c.top[v.start-1] == mention.None || c.meetingAt(v.start-1) {
			for _, p := range c.agents(v, persons) {
				c.joined = append(c.joined, joined{p.entity, entity.None, c.n, c.evidence(v.at)})
			}
		}
		return
	}
	for j := v.at + 1; j < min(v.at+8, len(c.tokens)); j++ {
		if meetings[c.lower(j)] && c.top[j] == mention.None || c.meetingAt(j) || c.lower(j) == "." && j <= v.at+3 {
			for _, p := range c.subject(v, persons) {
				c.joined = append(c.joined, joined{p.entity, c.sideBefore(v.at), c.n, c.evidence(v.at)})
			}
			return
		}
	}
}

// meetingAt tells whether "the meeting", read as an event, stands at token i.
func (c *clause) meetingAt(i int) bool {
	if i < 0 || i >= len(c.tokens) || c.top[i] == mention.None {
		return false
	}
	m := c.mentions[c.top[i]]
	return m.Kind == mention.Event && m.Form == mention.Definite && meetings[m.Head]
}

// sideBefore is the side that the sentence names before token i: "on the X side",
// "the X delegation".
func (c *clause) sideBefore(i int) int {
	for k := c.from; k < c.to && c.mentions[k].First < i; k++ {
		if m := c.mentions[k]; m.Inside == mention.None && m.Is(mention.Country, mention.Organisation) && sided(c.tokens, m, i) {
			return c.set.Body(c.set.One(k))
		}
	}
	return entity.None
}

// delegationMembers reads "the X delegation also included A, B and C".
func (c *clause) delegationMembers(v verb) {
	side := c.sideBefore(v.start)
	if side == entity.None || v.passive && v.lemma != "compose" {
		return
	}
	for i := c.from; i < c.to; i++ {
		if m := c.mentions[i]; m.Kind == mention.Person && m.First > v.at && c.set.One(i) != entity.None {
			c.joined = append(c.joined, joined{c.set.One(i), side, c.n, c.evidence(v.at)})
		}
	}
}

// meetingsOfSides states that who joined a side met those whom it met, and those
// who joined the other side.
func (r *reader) meetingsOfSides() {
	if len(r.joined) == 0 {
		return
	}
	serves := r.bodiesServed()
	sideOf := func(j joined) int {
		if j.side != entity.None {
			return j.side
		}
		return serves[j.person]
	}
	r.joined = r.joined[:min(len(r.joined), longestList)]
	known := len(r.facts)
	for n, j := range r.joined {
		for i := 0; i < known; i++ {
			f := r.facts[i]
			if f.Predicate != graph.Met || f.sentence > j.sentence || j.sentence-f.sentence > storySentences || f.Extractor == "pattern/joined" {
				continue
			}
			switch sideOf(j) {
			case serves[f.Subject]:
				r.alsoMet(j, f.Object, f)
			case serves[f.Object]:
				r.alsoMet(j, f.Subject, f)
			default:
				continue
			}
			for _, k := range r.joined[:n] {
				if sideOf(k) != sideOf(j) && j.sentence-k.sentence < 2 {
					r.alsoMet(j, k.person, f)
				}
			}
			break
		}
	}
}

func (r *reader) alsoMet(j joined, other int, f Fact) {
	f.Subject, f.Object, f.Spans, f.sentence, f.Confidence, f.Extractor = j.person, other, j.spans, j.sentence, 700, "pattern/joined"
	f.Qualifiers = maps.Clone(f.Qualifiers)
	r.state(f)
}

// bodiesServed is by person the body in which the text says that he or she holds
// an office.
func (r *reader) bodiesServed() map[int]int {
	out := map[int]int{}
	for _, f := range r.facts {
		if _, known := out[f.Subject]; f.Predicate == graph.HoldsOffice && !known {
			out[f.Subject] = f.Object
		}
	}
	return out
}
