package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// venues are what an event can be held in.
var venues = []graph.Kind{graph.Place, graph.Country}

// eventBefore is the event that a sentence without one is about: the one spoken
// of within the two sentences before, else the one that the document is about.
func (c *clause) eventBefore() []arg {
	for i := c.to - 1; i >= 0 && c.n-c.mentions[i].Sentence <= 2; i-- {
		if at := c.set.One(i); at != entity.None && c.set.Entities[at].Kind == graph.Event && c.mentions[i].Inside == mention.None && !c.toCome(i) {
			return []arg{{at, i, c.mentions[i].Span}}
		}
	}
	return c.mainEvent()
}

// headSentences are those in which a document says what it is about.
const headSentences = 4

// mainEvent is the event that the document is about: of those in its first
// sentences the one named most.
func (r *reader) mainEvent() []arg {
	if !r.sought {
		r.sought, r.main = true, mention.None
		for i, m := range r.mentions {
			if m.Sentence >= headSentences {
				break
			}
			at := r.set.One(i)
			if at == entity.None || r.set.Entities[at].Kind != graph.Event || m.Inside != mention.None || r.toCome(i) {
				continue
			}
			if r.main == mention.None || len(r.set.Entities[at].Spans) > len(r.set.Entities[r.set.One(r.main)].Spans) {
				r.main = i
			}
		}
	}
	if r.main == mention.None {
		return nil
	}
	return []arg{{r.set.One(r.main), r.main, r.mentions[r.main].Span}}
}

// toCome tells whether the words before an event say that it is still to come.
func (r *reader) toCome(i int) bool {
	m := r.mentions[i]
	tokens := r.sentences[m.Sentence].Tokens
	for j := m.First; j < min(m.First+2, len(tokens)); j++ {
		if future[tokens[j].Lower] {
			return true
		}
	}
	for j := m.First - 1; j >= max(0, m.First-6); j-- {
		w := tokens[j].Lower
		if future[w] || hoped[w] || modals[w] || w == "to" && tokens[j+1].Tag == text.Infinitive {
			return true
		}
		if w == "," && (j+1 >= len(tokens) || tokens[j+1].Shape != text.Number) || w == ";" || tokens[j].Tag == text.Finite {
			return false
		}
	}
	return false
}

var future = words("upcoming next forthcoming planned future prepare prepares preparing preparation preparations ahead forward invitation candidacy")

var hoped = words("plan plans intend intends intended hope hopes expected envisaged scheduled proposed proposes aims wishes invited invite postponed cancelled")

// eventPlace reads "the summit in Samarkand", "the Forum (Lima, 4 May)", and the
// place in an event's own name.
func (c *clause) eventPlace(i int) {
	m := c.mentions[c.top[i]]
	if m.First != i || m.Kind != mention.Event || c.toCome(c.top[i]) {
		return
	}
	event := c.standing(c.top[i], events)
	if len(event) != 1 {
		return
	}
	place := c.placeAfter(m.Last)
	if place == nil {
		place = c.placeInName(c.top[i])
	}
	if place != nil {
		c.fact(graph.HeldIn, event[0], place[0], i, "event place", nil)
		if e := &c.set.Entities[event[0].entity]; e.At == entity.None {
			e.At = place[0].entity
		}
	}
}

// placeAfter is the place that follows an event's name which ends before token
// j, over brackets and dates.
func (c *clause) placeAfter(j int) []arg {
	for j < len(c.tokens) && c.top[j] != mention.None && c.mentions[c.top[j]].Defines != mention.None {
		j = c.mentions[c.top[j]].Last
	}
	bracket := false
	for steps := 0; j < len(c.tokens) && steps < 8; steps++ {
		t := c.top[j]
		switch w := c.lower(j); {
		case t != mention.None && c.mentions[t].Kind == mention.Date || t != mention.None && c.mentions[t].Defines != mention.None:
			j = c.mentions[t].Last
		case t != mention.None && bracket && c.mentions[t].Kind == mention.Place:
			return c.standing(t, venues)
		case t != mention.None && c.mentions[t].Kind == mention.Place && c.lower(j-1) == "," && c.dateFollows(c.mentions[t].Last): // "the Session, Lima, 4 May"
			return c.standing(t, venues)
		case t != mention.None:
			return nil
		case w == "in" || w == "at":
			return c.placeAt(j + 1)
		case w == "(" || w == ")":
			bracket = w == "("
			j++
		case w == "," || w == "from" || w == "on" || w == "to" || w == "held" || w == "–" || w == "-":
			j++
		default:
			return nil
		}
	}
	return nil
}

// dateFollows tells whether a comma and a date stand at token j.
func (c *clause) dateFollows(j int) bool { return c.lower(j) == "," && c.dateAt(j+1) }

// venueLine reads "Lima, 4 May 2021" on a line under the name of the event that the
// document is about.
func (c *clause) venueLine() {
	if c.n == 0 || c.n > headSentences || c.from == c.to || len(c.tokens) > longestDateline {
		return
	}
	first, dated := c.mentions[c.from], false
	for i := c.from; i < c.to; i++ {
		dated = dated || c.mentions[i].Kind == mention.Date
	}
	if first.Kind != mention.Place || first.First != 0 || !dated {
		return
	}
	for j := range c.tokens {
		if c.top[j] == mention.None && len(c.tokens[j].Text) > 3 {
			return
		}
	}
	event := c.mainEvent()
	if len(event) == 1 && c.mentions[event[0].mention].Sentence < c.n {
		c.each(graph.HeldIn, event, c.standing(c.from, venues), verb{}, "venue line", nil)
	}
}

// placeAt is the place that is named at token k, over an article.
func (c *clause) placeAt(k int) []arg {
	if c.lower(k) == "the" {
		k++
	}
	if k < len(c.tokens) && c.top[k] != mention.None && c.mentions[c.top[k]].Is(mention.Place, mention.Country) {
		return c.standing(c.top[k], venues)
	}
	return nil
}

// placeInName is the city that an event's name begins with: "Lima Summit".
func (c *clause) placeInName(t int) []arg {
	m := c.mentions[t]
	for i := t + 1; i < c.to && c.mentions[i].First < m.Last; i++ {
		n := c.mentions[i]
		if n.Kind == mention.Place && n.Inside == t && n.First <= m.First+1 && n.Form != mention.Adjective && n.ID != "" && c.tokens[n.Last].Start > c.tokens[n.Last-1].End {
			return c.standing(i, venues)
		}
	}
	return nil
}

// venue states where events took place: of a place in its country, the place.
func (c *clause) venue(v verb, what []arg) {
	if len(what) == 0 {
		return
	}
	for j := v.at + 1; j < c.ends(v.at); j++ {
		if w := c.lower(j); c.top[j] != mention.None || w != "in" && w != "at" {
			continue
		}
		if place := c.placeAt(j + 1); len(place) == 1 {
			c.each(graph.HeldIn, what, place, v, "held", nil)
			return
		}
	}
}

// ended reads "the Forum came to an end in Lima", "opened in Lima".
func (c *clause) ended(v verb) {
	if v.lemma == "come" && c.lower(v.at+1) != "to" || v.passive {
		return
	}
	what := c.subject(v, events)
	if c.object(v, events) == nil {
		c.venue(v, what)
	}
}

// atEvents reads "At the Forum, X announced", "X said at the Forum".
func (c *clause) atEvents() {
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.Kind != mention.Event || m.Inside != mention.None || m.Defines != mention.None || c.toCome(i) {
			continue
		}
		prep := m.First - 1
		for prep > c.head && determiners[c.lower(prep)] {
			prep--
		}
		if w := c.lower(prep); prep < c.head || w != "at" && w != "during" && w != "addressing" && w != "to" {
			continue
		}
		event := c.standing(i, events)
		if len(event) != 1 {
			continue
		}
		if prep == c.head && c.lower(prep) != "to" {
			c.opensAt(m.Last, event, prep)
			continue
		}
		c.saidAt(prep, event)
	}
}

// opensAt reads the subject after "At the Forum,", where a finite verb follows it.
func (c *clause) opensAt(j int, event []arg, at int) {
	for j < len(c.tokens) && (c.lower(j) != "," || c.top[j] != mention.None) {
		if c.tokens[j].Tag.Verb() && c.top[j] == mention.None {
			return
		}
		j++
	}
	who := c.right(j+1, len(c.tokens), actors)
	if len(who) == 0 || c.mentions[who[0].mention].First > j+3 {
		return
	}
	next := c.mentions[who[len(who)-1].mention].Last
	for next < len(c.tokens) && (c.top[next] != mention.None || c.tokens[next].Tag == text.Adverb || c.lower(next) == ",") {
		next++
	}
	if next < len(c.tokens) && (c.tokens[next].Tag == text.Finite || c.lower(next) == "has" || c.lower(next) == "have") {
		c.each(graph.ParticipatedIn, c.withoutBodies(who), event, verb{at: at, start: at}, "at the event", nil)
	}
}

// speech reads "In his opening address, X", "X gave the keynote" of the event
// spoken of before.
func (c *clause) speech(v verb) {
	if c.remarks(v) {
		return
	}
	if c.lower(v.at-1) != "opening" && c.lower(v.at-1) != "closing" && c.lower(v.at-1) != "welcome" && c.lower(v.at-1) != "welcoming" && c.lower(v.at-1) != "keynote" && c.lower(v.at-1) != "inaugural" {
		return
	}
	who := c.whose(v.at)
	if c.lower(c.head) == "in" && v.at < c.head+6 && c.lower(v.at+1) == "," {
		who = c.right(v.at+2, len(c.tokens), persons)
	} else if who == nil {
		who = c.bare(c.begins(v.at), v.at, persons)
	}
	what := c.after(verb{at: v.at}, events, "at", "to", "of")
	if what == nil {
		what = c.eventBefore()
	}
	if len(who) == 1 && !c.planned(v.at) {
		c.each(graph.ParticipatedIn, who, what, v, "speech", nil)
	}
}

// remarks reads "X's remarks at the opening of the Forum": she took part in it.
func (c *clause) remarks(v verb) bool {
	if c.lower(v.at+1) != "at" && c.lower(v.at+1) != "to" || c.planned(v.at) {
		return false
	}
	who, what := c.whose(v.at), c.after(v, events, "at", "to", "of")
	if len(who) != 1 || len(what) != 1 || c.mentions[what[0].mention].First > v.at+6 {
		return false
	}
	c.each(graph.ParticipatedIn, who, what, v, "speech", nil)
	return true
}

// saidAt reads "X said at the Forum": whose finite verb of saying or doing stands
// before the preposition at token prep.
func (c *clause) saidAt(prep int, event []arg) {
	for j := prep - 1; j > max(c.head, prep-12); j-- {
		t := c.tokens[j]
		if c.top[j] != mention.None {
			continue
		}
		if c.opens(j) || t.Lower == ";" || t.Lower == "sidelines" || t.Lower == "margins" || t.Tag == text.PastParticiple || t.Tag == text.Infinitive || t.Tag == text.PresentParticiple && !spokenAt[t.Lower] {
			return
		}
		if t.Tag != text.Finite || !actedAt[t.Lower] || c.lower(j-1) == "to" || modals[c.lower(j-1)] || negations[c.lower(j-1)] {
			continue
		}
		v := verb{at: j, start: j}
		c.each(graph.ParticipatedIn, c.withoutBodies(c.subject(v, actors)), event, v, "at the event", nil)
		return
	}
}

var (
	spokenAt = words("speaking addressing remarks statement")
	actedAt  = words(`announced said stated declared presented delivered pledged unveiled spoke launched proposed gathered convened reported told addressed outlined
		explained appeared participated`)
)

// withoutBodies drops from a list of participants the bodies that its persons
// serve: who is named takes part, not the country beside the name.
func (c *clause) withoutBodies(in []arg) []arg {
	if len(in) > longestList {
		return in
	}
	var out []arg
	for _, a := range in {
		served := false
		for _, p := range in {
			served = served || c.serves(p, a)
		}
		if !served {
			out = append(out, a)
		}
	}
	return out
}

// serves tells whether the person holds an office in the body, as mentions of the
// sentence say.
func (c *clause) serves(person, body arg) bool {
	if c.set.Entities[person.entity].Kind != graph.Person || c.set.Entities[body.entity].Kind == graph.Person {
		return false
	}
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.Kind == mention.Office && c.set.One(m.Holder) == person.entity && m.Of != mention.None && c.set.Body(c.set.One(m.Of)) == body.entity {
			return true
		}
	}
	return false
}

// participation reads "X's participation in the Forum", "thanked X for her
// attendance at the Forum".
func (c *clause) participation(v verb) {
	if c.planned(v.at) || c.lower(v.at+1) != "in" && c.lower(v.at+1) != "at" && c.lower(v.at+1) != "of" && c.lower(v.at+1) != "to" {
		return
	}
	what := c.after(v, events, "in", "at", "to")
	if c.lower(v.at+1) == "of" {
		c.each(graph.ParticipatedIn, c.withoutBodies(c.right(v.at+2, len(c.tokens), actors)), what, v, "participation", nil)
		return
	}
	c.each(graph.ParticipatedIn, c.whose(v.at), what, v, "participation", nil)
}

// whose is whose deed the noun at i is: "X's", "her".
func (c *clause) whose(i int) []arg {
	j := i - 1
	for j > 0 && c.top[j] == mention.None && i-j < 4 && c.lower(j) != "'s" && !ownerWords[c.lower(j)] && !prepositions[c.lower(j)] {
		j--
	}
	if j < 1 || c.top[j] != mention.None {
		return nil
	}
	if c.lower(j) == "'s" {
		if t := c.top[j-1]; t != mention.None {
			return c.standing(t, actors)
		}
		return nil
	}
	if w := c.lower(j); w == "his" || w == "her" {
		for k := j - 1; k > max(0, j-6); k-- {
			if t := c.top[k]; t != mention.None {
				return c.standing(t, persons)
			}
		}
	}
	return nil
}

// chairmanship reads "the Council met under the chairmanship of X".
func (c *clause) chairmanship(v verb) {
	if c.lower(v.at+1) != "of" || c.lower(v.at-1) != "under" && c.lower(v.at-2) != "under" {
		return
	}
	who := c.right(v.at+2, len(c.tokens), persons)
	what := c.bare(c.head, v.at, events)
	if what == nil {
		what = c.firstOf(v.at, events)
	}
	if what == nil {
		what = c.eventBefore()
	}
	c.each(graph.ParticipatedIn, who, what, v, "chairmanship", graph.Qualifiers{graph.InRole: "chair"})
}

// hosting reads "thanked X for hosting the Forum", "X's hosting of the Forum".
func (c *clause) hosting(v verb) {
	what := c.firstOf(v.at, events)
	who := c.whose(v.at)
	if c.lower(v.at-1) == "for" {
		for j := v.at - 2; j > max(-1, v.at-14) && who == nil; j-- {
			if thanks[c.lower(j)] {
				who = c.between(j+1, v.at-1, bodies)
			}
		}
	}
	if len(who) > 2 || len(what) != 1 || c.mentions[what[0].mention].First > v.at+6 {
		return
	}
	c.each(graph.Hosted, who, what, v, "hosting", nil)
	c.venue(v, what)
}

var thanks = words("thanked thank thanks thanking commended commend commends commending congratulated congratulate congratulates congratulating praised appreciated appreciation gratitude grateful applauded lauded")
