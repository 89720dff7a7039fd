package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

var (
	// cooperationNouns are words of cooperation as a thing that goes on.
	cooperationNouns = words("cooperation co-operation partnership partnerships collaboration coordination co-ordination partners")
	// goingOn tell that cooperation exists between the two spoken of.
	goingOn = words("our their bilateral deepen deepening strengthen strengthening continue continued continuing ongoing close closer strong further expand expanding existing longstanding mutual enhance enhancing robust enduring growing advance advancing")
	// together tell that the subjects of a verb do something with one another.
	together = words("together jointly side hand closely joint")
	// joint are the verbs by which a joint work is carried on.
	joint = words("work run implement carry conduct operate manage develop fund finance train build maintain do undertake execute pursue")
)

// cooperation reads "cooperation between X and Y", "X's partnership with Y", "X-Y
// cooperation", "X, a partner of Y", "our cooperation".
func (c *clause) cooperation(v verb) {
	if c.planned(v.at) && c.theirs(v) == nil || c.lower(v.at-1) == "no" {
		return
	}
	switch next := c.lower(v.at + 1); {
	case next == "of" && c.lower(v.at+2) == "the" && c.lower(v.at+3) == "parties":
		if pair := c.right(v.at+2, len(c.tokens), bodies); len(pair) <= mostSides {
			c.cooperators(pair, v)
		}
	case next == "between" || next == "among":
		c.cooperators(c.right(v.at+2, len(c.tokens), bodies), v)
	case next == "with":
		who, with := c.owner(v.at), c.right(v.at+2, len(c.tokens), bodies)
		if who == nil && c.lower(v.at-1) == "in" {
			who, with = c.doneIn(v, with)
		}
		c.each(graph.CooperatesWith, who, with, v, "cooperation", c.beginning())
	case c.lower(v.at) == "partners":
		if w := c.lower(v.at - 1); w == "been" || w == "are" || c.lower(v.at-2) == "are" || c.lower(v.at-2) == "been" {
			c.cooperators(c.subject(verb{at: v.at, start: v.at - 1}, bodies), v)
		}
	default:
		if pair := c.pairBefore(v.at); pair != nil {
			c.cooperators(pair, v)
		} else if theirs := c.theirs(v); len(theirs) == 2 {
			c.cooperators(theirs, v)
		} else {
			c.ours(v)
		}
	}
}

// doneIn is who does something "in partnership with Y": the subject of the sentence,
// which comes before it or, over a comma, after it.
func (c *clause) doneIn(v verb, with []arg) (who, others []arg) {
	if v.at-1 > c.head {
		for i := len(c.verbs) - 1; i >= 0; i-- {
			if g := c.verbs[i]; g.at < v.at && !g.ing {
				if g.unreal || g.passive {
					return nil, with
				}
				return c.subject(g, bodies), with
			}
		}
		return nil, with
	}
	for j := v.at + 2; j < len(c.tokens); j++ {
		if c.lower(j) == "," && c.top[j] == mention.None {
			return c.right(j+1, len(c.tokens), bodies), c.right(v.at+2, j, bodies)
		}
	}
	return nil, with
}

// jointWork reads "a joint project of X and Y", "X and Y presented their joint study".
func (c *clause) jointWork(v verb) {
	if c.planned(v.at) {
		return
	}
	switch w := c.lower(v.at + 1); {
	case w == "of" || w == "by" || w == "between" || w == "with" && c.lower(v.at-2) != "their":
		list := c.right(v.at+2, len(c.tokens), bodies)
		if w == "with" {
			c.each(graph.CooperatesWith, c.bare(c.begins(v.at), v.at, bodies), list, v, "cooperation", c.beginning())
			return
		}
		c.cooperators(list, v)
	case c.lower(v.at-2) == "their":
		c.cooperators(c.bare(c.begins(v.at), v.at, bodies), v)
	}
}

func (c *clause) cooperators(list []arg, v verb) {
	c.pairs(graph.CooperatesWith, list, v, "cooperation", c.beginning())
}

// theirs are the two in "X and Y will continue their cooperation".
func (c *clause) theirs(v verb) []arg {
	for j := v.at - 1; j > max(c.head, v.at-5); j-- {
		if c.top[j] != mention.None || prepositions[c.lower(j)] {
			return nil
		}
		if c.lower(j) == "their" {
			return c.bare(c.begins(j), j, bodies)
		}
	}
	return nil
}

// aboutCooperation are the agreements that a sentence speaks of together with
// cooperation: "the areas of cooperation under the memorandum".
func (r *reader) aboutCooperation() map[int]bool {
	out := map[int]bool{}
	for i, m := range r.mentions {
		at := r.set.One(i)
		if m.Kind != mention.Agreement || at == entity.None || out[at] {
			continue
		}
		tokens := r.sentences[m.Sentence].Tokens
		for j := 0; j+1 < len(tokens) && !out[at]; j++ {
			w, next := tokens[j].Lower, tokens[j+1].Lower
			out[at] = (w == "areas" || w == "fields" || w == "spheres") && next == "of" && j+2 < len(tokens) && cooperationNouns[tokens[j+2].Lower] ||
				(w == "cooperation" || w == "co-operation") && (next == "in" || next == "on") && !(j >= m.First && j < m.Last)
		}
	}
	return out
}

// beginning is the date from which something lasts: "since 2012".
func (c *clause) beginning() graph.Qualifiers {
	for i := c.from; i < c.to; i++ {
		if m := c.mentions[i]; m.Kind == mention.Date && c.lower(m.First-1) == "since" {
			return graph.Qualifiers{graph.OnDate: m.Date}
		}
	}
	return nil
}

// owner is whose the noun at i is: "X's", "its" for the subject of the sentence.
func (c *clause) owner(i int) []arg {
	start := i
	for start > 0 && c.top[start-1] == mention.None && c.lower(start-1) != "'s" && !ownerWords[c.lower(start-1)] && i-start < 5 {
		start--
	}
	if start == 0 {
		return nil
	}
	if c.lower(start-1) == "'s" {
		if start >= 2 && c.top[start-2] != mention.None {
			return c.standing(c.top[start-2], bodies)
		}
		return nil
	}
	if t := c.top[start-1]; t != mention.None && c.mentions[t].Form == mention.Adjective {
		return c.named(t, bodies)
	}
	if ownerWords[c.lower(start-1)] && c.lower(start-1) != "our" {
		return c.bare(c.begins(start), start-1, bodies)
	}
	return nil
}

var ownerWords = words("its their his her our")

// named are the entities of these kinds that a mention names, if only by an
// adjective.
func (c *clause) named(t int, kinds []graph.Kind) []arg {
	at := c.set.One(t)
	for _, k := range kinds {
		if at != entity.None && c.set.Entities[at].Kind == k {
			return []arg{{at, t, c.mentions[t].Span}}
		}
	}
	return nil
}

// pairBefore are the two in "X-Y cooperation", "Ruritanian–Sylvanian economic
// cooperation".
func (c *clause) pairBefore(i int) []arg {
	j := i - 1
	for j > 0 && c.top[j] == mention.None && i-j < 4 && !prepositions[c.lower(j)] && c.lower(j) != "," {
		j--
	}
	if j < 2 || c.top[j] == mention.None {
		return nil
	}
	second := c.mentions[c.top[j]]
	dash := second.First - 1
	if dash < 1 || !dashes[c.lower(dash)] || c.top[dash-1] == mention.None {
		return nil
	}
	first, other := c.named(c.top[dash-1], bodies), c.named(c.top[j], bodies)
	if first == nil || other == nil {
		return nil
	}
	return append(first, other...)
}

// ours notes that cooperation between the two who met is spoken of.
func (c *clause) ours(v verb) {
	for j := max(0, v.at-6); j < v.at; j++ {
		if goingOn[c.lower(j)] && c.top[j] == mention.None {
			c.spoken = append(c.spoken, spoken{c.n, v.at, c.evidence(v.at)})
			return
		}
	}
}

// spoken is a place where the text speaks of the cooperation of those who met.
type spoken struct {
	sentence, token int
	spans           []graph.EvidenceSpan
}

// cooperationOfThoseWhoMet states that the states or bodies of two who met
// cooperate, where the text after it speaks of their cooperation.
func (r *reader) cooperationOfThoseWhoMet() {
	if len(r.spoken) == 0 {
		return
	}
	body := r.bodiesServed()
	side := func(at int) int {
		if r.set.Entities[at].Kind != graph.Person {
			return at
		}
		if b, ok := body[at]; ok {
			return b
		}
		return entity.None
	}
	for _, s := range r.spoken {
		for i := len(r.facts) - 1; i >= 0; i-- {
			f := r.facts[i]
			if f.Predicate != graph.Met || f.sentence > s.sentence {
				continue
			}
			one, other := side(f.Subject), side(f.Object)
			if one != entity.None && other != entity.None && r.set.Entities[one].Kind == r.set.Entities[other].Kind {
				f.Predicate, f.Subject, f.Object, f.Qualifiers, f.Place = graph.CooperatesWith, one, other, graph.Qualifiers{}, entity.None
				f.Confidence, f.Extractor, f.Spans, f.sentence, f.trigger = 600, "pattern/cooperation", s.spans, s.sentence, s.token
				r.state(f)
			}
			break
		}
	}
}

// cooperate reads "X cooperates with Y", "X and Y work together", "X has run a
// joint programme with Y".
func (c *clause) cooperate(v verb) {
	with := c.after(v, bodies, "with")
	if begin := c.begins(v.at); with == nil && begin > 2 && c.lower(begin-1) == "which" && c.lower(begin-2) == "with" { // "X, with which Y works"
		with = c.lastOf(c.nearest(begin-2-b2i(c.lower(begin-3) == ","), bodies))
	}
	if !cooperation[v.lemma] && !c.doneTogether(v, with) {
		return
	}
	subjects := c.subject(v, bodies)
	if v.passive {
		subjects = c.agents(v, bodies)
	}
	if together := c.togetherWith(v); with == nil && together != nil {
		with = together
	}
	if with != nil && !cooperation[v.lemma] && v.lemma != "work" && !c.jointly(v) {
		return
	}
	q := c.beginning()
	if with != nil {
		c.each(graph.CooperatesWith, subjects, with, v, "cooperates", q)
		return
	}
	c.pairs(graph.CooperatesWith, subjects, v, "cooperates", q)
}

// togetherWith is the other side in "X, together with Y, runs".
func (c *clause) togetherWith(v verb) []arg {
	for j := c.begins(v.at); j < v.start-2; j++ {
		if c.top[j] == mention.None && alongside[c.lower(j)] && c.lower(j+1) == "with" {
			return c.right(j+2, v.start, bodies)
		}
	}
	return nil
}

var alongside = words("together jointly along")

// doneTogether tells whether the verb is one of joint work: "work with", "run
// together", "carry out jointly".
func (c *clause) doneTogether(v verb, with []arg) bool {
	if v.lemma == "work" && with != nil && (c.lower(v.at+1) == "with" || c.lower(v.at+2) == "with") {
		return true
	}
	return c.jointly(v)
}

// jointly tells whether words by the verb say that it is done together.
func (c *clause) jointly(v verb) bool {
	if c.togetherWith(v) != nil {
		return true
	}
	for j := max(0, v.at-2); j < min(v.at+6, len(c.tokens)); j++ {
		if together[c.lower(j)] && c.top[j] == mention.None && (c.lower(j) != "closely" || v.lemma == "work") {
			return true
		}
	}
	return false
}
