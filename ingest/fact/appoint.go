package fact

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// How verbs lead to an office: whose it is. An empty word stands for any.
var (
	takeOffice = map[string]string{"assume": "", "occupy": "", "hold": "", "become": "", "serve": "", "take": "up office over", "work": "as", "be": ""}
	giveOffice = words("appoint elect name designate confirm install re-elect reappoint reelect swear inaugurate")
)

// appointed reads "X was sworn in as Director of Y", "X took up office as", "Y
// appointed X its Director": offices that do not stand beside their holder's name.
func (c *clause) appointed(v verb) {
	office := c.officeAfter(v)
	if office == mention.None {
		return
	}
	who := c.subject(v, persons)
	if giveOffice[v.lemma] && !v.passive {
		who = c.between(v.at+1, c.mentions[office].First, persons)
	}
	if len(who) != 1 {
		return
	}
	c.holds(who[0].entity, office)
	c.entered[office] = true
	if d := c.date(v.at, graph.HoldsOffice); d != mention.None {
		c.begun[office] = c.mentions[d].Date
	}
	for next := c.officeCoordinated(office); next != mention.None; next = c.officeCoordinated(next) {
		c.holds(who[0].entity, next)
	}
}

// officeCoordinated is the office that "and" joins to another: "as Minister of X
// and as Director at Y".
func (c *clause) officeCoordinated(office int) int {
	j := c.mentions[office].Last
	for j < len(c.tokens) && (c.top[j] == mention.None && andThen[c.lower(j)] || c.top[j] != mention.None && c.mentions[c.top[j]].Kind == mention.Date) {
		j++
	}
	if j >= len(c.tokens) || c.top[j] == mention.None || j == c.mentions[office].Last {
		return mention.None
	}
	if m := c.mentions[c.top[j]]; m.Kind == mention.Office && m.First == j && m.Holder == mention.None && !m.Plural && m.Head != "counterpart" {
		return c.top[j]
	}
	return mention.None
}

var andThen = words(", and as then later the a an concurrently also subsequently before that from since until to in has been was")

// formerly reads "Maya Orla of Ruritania, previously Director of Y".
func (c *clause) formerly(office int) bool {
	m := c.mentions[office]
	j := m.First - 1
	for j > 0 && (determiners[c.lower(j)] || onceHeld[c.lower(j)]) {
		j--
	}
	if m.Holder != mention.None || !onceHeld[c.lower(m.First-1)] && !onceHeld[c.lower(m.First-2)] || c.lower(j) != "," && c.lower(j) != "(" || j == 0 {
		return false
	}
	if who := c.nearest(j, persons); len(who) == 1 {
		c.holds(who[0].entity, office)
		return true
	}
	return false
}

// onceHeld stand before an office that somebody held at some time.
var onceHeld = words("previously formerly hitherto currently presently until recently once earlier lately now then")

// officeAfter is the office without a holder that the verb leads to.
func (c *clause) officeAfter(v verb) int {
	if next := takeOffice[v.lemma]; next != "" && !strings.Contains(" "+next+" ", " "+c.lower(v.at+1)+" ") {
		return mention.None
	}
	for j := v.at + 1; j < min(len(c.tokens), v.at+16); j++ {
		t := c.top[j]
		if w := c.lower(j); t == mention.None && (w == ";" || w == "with" || w == "between" || meetings[w] || w != "as" && clauseStarts[w]) {
			return mention.None // "held talks with the Minister"
		}
		if t == mention.None {
			continue
		}
		if m := c.mentions[t]; m.Kind == mention.Office && m.Holder == mention.None && !m.Plural && m.Head != "counterpart" && m.Head != "guest" {
			return t
		}
		j = c.mentions[t].Last - 1
	}
	return mention.None
}

// between are the entities of these kinds that stand between two tokens.
func (c *clause) between(i, end int, kinds []graph.Kind) []arg {
	var out []arg
	for j := i; j < end; j++ {
		if t := c.top[j]; t != mention.None {
			out = appendArgs(out, c.standing(t, kinds))
			j = c.mentions[t].Last - 1
		}
	}
	return out
}

// holds notes that the person holds the office.
func (r *reader) holds(person, office int) {
	m := r.mentions[office]
	if _, known := r.begun[office]; known {
		return
	}
	r.begun[office] = ""
	r.set.Offices = append(r.set.Offices, entity.Office{Person: person, Body: r.set.Body(r.set.One(m.Of)), Title: m.Title, Head: m.Head, Mention: office})
}

// held reads "the Director of the Centre, Ambassador Maya Orla": an office whose
// holder follows with another one.
func (c *clause) held() {
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.Kind == mention.Group {
			c.heldByEach(i)
		}
		if m.Kind != mention.Office || m.Head == "counterpart" {
			continue
		}
		if m.Plural || strings.HasSuffix(strings.ToLower(m.Title), m.Head+"s") {
			c.heldByAll(i)
			continue
		}
		if c.lower(m.Last) == ":" && m.Holder == mention.None && m.First == 0 { // "Secretary: Maya Orla"
			if who := c.right(m.Last+1, len(c.tokens), persons); len(who) == 1 {
				c.holds(who[0].entity, i)
				continue
			}
		}
		if c.formerly(i) || m.Holder != mention.None {
			continue
		}
		if j := c.skipBracket(m.Last); j > m.Last && c.lower(j) == "," { // "the representative of the Union (NPU), Mr Lenz"
			if who := c.right(j+1, min(j+6, len(c.tokens)), persons); len(who) == 1 && c.mentions[who[0].mention].Kind == mention.Person {
				c.holds(who[0].entity, i)
				continue
			}
		}
		if c.lower(m.Last) != "," {
			continue
		}
		t := mention.None
		if m.Last+1 < len(c.tokens) {
			t = c.top[m.Last+1]
		}
		if t != mention.None && c.mentions[t].First == m.Last+1 && c.mentions[t].Kind == mention.Office && c.set.One(c.mentions[t].Holder) != entity.None {
			c.holds(c.set.One(c.mentions[t].Holder), i)
		}
	}
}

// heldByAll reads "Directors Maya Orla and Ivo Lenz".
func (c *clause) heldByAll(office int) {
	m := c.mentions[office]
	if m.Last >= len(c.tokens) || c.top[m.Last] == mention.None || c.mentions[c.top[m.Last]].Kind != mention.Person {
		return
	}
	if strings.HasSuffix(strings.ToLower(m.Title), m.Head+"s") {
		m.Title = m.Title[:len(m.Title)-1]
	}
	for _, p := range c.right(m.Last, len(c.tokens), persons) {
		c.set.Offices = append(c.set.Offices, entity.Office{Person: p.entity, Body: c.set.Body(c.set.One(m.Of)), Title: m.Title, Head: m.Head, Mention: office})
	}
}

// heldByEach reads "the two foreign ministers, Maya Orla of X and Ivo Lenz of Y".
func (c *clause) heldByEach(group int) {
	m := c.mentions[group]
	first := m.First
	for first < m.Last && (determiners[c.lower(first)] || c.tokens[first].Tag == text.Numeral || adjectives[c.lower(first)] && c.lower(first) != "foreign" && c.lower(first) != "prime") {
		first++
	}
	j := m.Last
	if c.lower(j) == "," || c.lower(j) == ":" || c.lower(j) == "(" || dashes[c.lower(j)] {
		j++
	}
	head := strings.TrimSuffix(c.lower(m.Last-1), "s")
	if first >= m.Last || j == m.Last || !plainOffices[head] {
		return
	}
	title := mention.Squeeze(c.source[c.tokens[first].Start:c.tokens[m.Last-1].End])
	title = title[:len(title)-1]
	for _, p := range c.right(j, len(c.tokens), persons) {
		if body := c.countryBeside(p.mention); body != entity.None {
			c.set.Offices = append(c.set.Offices, entity.Office{Person: p.entity, Body: body, Title: title, Head: head, Mention: p.mention})
		}
	}
}

var plainOffices = words("minister president premier chancellor ambassador secretary")

// countryBeside is the country that stands by a person's name: "Maya Orla of X",
// "Maya Orla (X)", "X's Maya Orla".
func (c *clause) countryBeside(person int) int {
	m := c.mentions[person]
	j := m.Last
	if c.lower(m.First-1) == "'s" && m.First > 1 {
		j = m.First - 2
	} else if w := c.lower(j); w == "of" || w == "(" || w == "from" {
		j++
		if c.lower(j) == "the" {
			j++
		}
	}
	if j >= len(c.tokens) || c.top[j] == mention.None || j == m.Last {
		return entity.None
	}
	if at := c.set.Body(c.set.One(c.top[j])); at != entity.None && c.set.Entities[at].Kind == graph.Country {
		return at
	}
	return entity.None
}

// career reads a line of a biography: "2011–2016: Ambassador of Ruritania to the
// Union; …" of the person spoken of before.
func (c *clause) career() {
	colon := 0
	for colon < min(10, len(c.tokens)) && c.lower(colon) != ":" {
		colon++
	}
	year := c.firstYear(colon)
	if c.lower(colon) != ":" || year == "" {
		return
	}
	who := c.lastPerson()
	for i := c.from; i < c.to && len(who) == 1; i++ {
		if m := c.mentions[i]; m.Kind == mention.Office && m.Holder == mention.None && !m.Plural && m.Inside == mention.None {
			c.holds(who[0].entity, i)
			c.begun[i] = year
		}
	}
}

// firstYear is the date that the sentence begins with before token end: "March
// 2011 –", "2011–2016".
func (c *clause) firstYear(end int) string {
	if c.from < c.to && c.mentions[c.from].Kind == mention.Date && c.mentions[c.from].First < min(3, end) {
		return c.mentions[c.from].Date
	}
	for i := 0; i < min(end, 3); i++ {
		if t := c.tokens[i].Text; len(t) >= 4 && strings.Trim(t[:4], "0123456789") == "" && (len(t) == 4 || dashes[strings.TrimRight(t[4:], "0123456789")]) {
			return t[:4]
		}
	}
	return ""
}

// succession is one person who followed another in office.
type succession struct{ newer, older, sentence int }

// follow states that a person followed another, and notes that both held the
// office.
func (c *clause) follow(newer, older arg, v verb) {
	c.fact(graph.Succeeded, newer, older, v.at, "succeeded", nil)
	c.successions = append(c.successions, succession{newer.entity, older.entity, c.n})
}

// takeOver reads "X took over from Y".
func (c *clause) takeOver(v verb) {
	newer, older := c.subject(v, persons), c.after(v, persons, "from")
	if len(newer) > 0 && len(older) > 0 {
		c.follow(newer[len(newer)-1], older[0], v)
	}
}

// handOver reads "X handed over the office to Y".
func (c *clause) handOver(v verb) {
	older, newer := c.subject(v, persons), c.after(v, persons, "to")
	if len(newer) == 1 && len(older) > 0 {
		c.follow(newer[0], older[len(older)-1], v)
	}
}

// skipBracket is the token after the bracket that begins at token j, or j.
func (c *clause) skipBracket(j int) int {
	if c.lower(j) != "(" {
		return j
	}
	for k := j + 1; k < min(j+6, len(c.tokens)); k++ {
		if c.lower(k) == ")" {
			return k + 1
		}
	}
	return j
}

// inPlaceOf reads "X was appointed in succession to Y", "in place of Y".
func (c *clause) inPlaceOf() {
	for i := 1; i+2 < len(c.tokens); i++ {
		w, next := c.lower(i), c.lower(i+1)
		if c.top[i] != mention.None || c.lower(i-1) != "in" || !(w == "succession" && next == "to" || (w == "place" || w == "replacement") && next == "of") {
			continue
		}
		older := c.right(i+2, min(i+10, len(c.tokens)), persons)
		newer := c.between(c.begins(i), i, persons)
		if len(older) == 1 && len(newer) == 1 && newer[0].entity != older[0].entity && !c.planned(i) {
			c.follow(newer[0], older[0], verb{at: i, start: i})
		}
	}
}

// predecessors reads "her predecessor, Maya Orla", "Lenz's successor Ivo Moor".
func (c *clause) predecessors() {
	for i := 1; i < len(c.tokens)-1; i++ {
		w := c.lower(i)
		if w != "predecessor" && w != "successor" || c.top[i] != mention.None {
			continue
		}
		j := i + 1
		if c.lower(j) == "," {
			j++
		}
		named := c.right(j, min(j+8, len(c.tokens)), persons)
		owner := c.ownerBefore(i)
		if len(named) == 0 || len(owner) != 1 || owner[0].entity == named[0].entity {
			continue
		}
		if w == "successor" {
			c.follow(named[0], owner[0], verb{at: i, start: i})
		} else {
			c.follow(owner[0], named[0], verb{at: i, start: i})
		}
	}
}

// ownerBefore is the person whose predecessor it is: "Orla's", "her".
func (c *clause) ownerBefore(i int) []arg {
	j := i - 1
	for j > 0 && c.top[j] == mention.None && (c.lower(j) == "immediate" || c.lower(j) == "late") {
		j--
	}
	if c.lower(j) == "'s" && j > 0 && c.top[j-1] != mention.None {
		return c.standing(c.top[j-1], persons)
	}
	if w := c.lower(j); w == "his" || w == "her" {
		return c.lastPerson()
	}
	return nil
}

// lastPerson is who "his" means: the first person of the sentence before, over
// those without any.
func (c *clause) lastPerson() []arg {
	best := mention.None
	for i := c.from - 1; i >= max(0, c.from-longestList) && c.n-c.mentions[i].Sentence <= 12; i-- {
		if best != mention.None && c.mentions[i].Sentence != c.mentions[best].Sentence {
			break
		}
		if at := c.set.One(i); at != entity.None && c.set.Entities[at].Kind == graph.Person {
			best = i
		}
	}
	if best == mention.None {
		return nil
	}
	return []arg{{c.set.One(best), best, c.mentions[best].Span}}
}

// inherit gives the persons who followed one another the same office: the one
// said nearest to it of either.
func (s *staff) inherit() {
	for _, f := range s.successions {
		newer, older := s.officeNear(f.newer, f.sentence), s.officeNear(f.older, f.sentence)
		switch {
		case older != nil && newer == nil:
			s.holdsToo(f.newer, *older)
		case newer != nil && (older == nil || s.bodyOf(*older) == entity.None):
			s.holdsToo(f.older, *newer)
		}
	}
}

// officeNear is the person's office that the text speaks of last before the
// sentence ends, or nil.
func (s *staff) officeNear(person, sentence int) *entity.Office {
	var best *entity.Office
	for i, o := range s.ofPerson[person] {
		if s.mentions[o.Mention].Sentence > sentence || o.Head == "counterpart" {
			continue
		}
		if best == nil || s.entered[o.Mention] || !s.entered[best.Mention] && (o.Mention >= best.Mention || o.Body != entity.None && best.Body == entity.None) {
			best = &s.ofPerson[person][i]
		}
	}
	return best
}

func (s *staff) holdsToo(person int, o entity.Office) {
	body := s.bodyOf(o)
	if body == entity.None {
		return
	}
	m := s.mentions[o.Mention]
	at := graph.Span(m.Span)
	s.state(Fact{Predicate: graph.HoldsOffice, Subject: person, Object: body, Qualifiers: graph.Qualifiers{graph.WithTitle: cleanTitle(o.Title)}, Place: entity.None,
		Confidence: 700, Extractor: "pattern/succession", Spans: s.officeSpan(m), SubjectAt: at, ObjectAt: at})
}

// officeSpan is the sentence of an office, or the office with its holder if that
// is long.
func (r *reader) officeSpan(m mention.Mention) []graph.EvidenceSpan {
	span := r.sentences[m.Sentence].Span
	if span.End-span.Start > 400 {
		span = m.Span
		if m.Holder != mention.None && r.mentions[m.Holder].Sentence == m.Sentence {
			h := r.mentions[m.Holder].Span
			span = text.Span{Start: min(h.Start, span.Start), End: max(h.End, span.End)}
		}
	}
	return []graph.EvidenceSpan{{Span: graph.Span(span), Role: graph.StatesFact}}
}
