package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

var organisations = []graph.Kind{graph.Organisation}

// nouns runs the patterns that hang on nouns.
func (c *clause) nouns() {
	for i := range c.tokens {
		if c.top[i] != mention.None && c.mentions[c.top[i]].Kind != mention.Group {
			c.eventPlace(i)
			continue
		}
		v := verb{at: i, start: i}
		switch c.lower(i) {
		case "member", "members":
			c.member(v)
		case "party", "parties":
			c.party(v)
		case "organ", "agency", "body", "institution", "arm", "subsidiary", "institutions", "agencies", "organs", "bodies":
			c.organ(v)
		case "adoption", "approval":
			c.nominal(v, graph.Adopted, adopters)
		case "signing", "signature":
			c.nominal(v, graph.Signed, actors)
		case "ratification", "accession":
			c.nominal(v, graph.PartyTo, bodies)
		case "cooperation", "partnership", "co-operation", "collaboration", "partners":
			c.cooperation(v)
		case "partner":
			if c.lower(i+1) == "of" {
				c.each(graph.CooperatesWith, c.membersBefore(v), c.right(i+2, len(c.tokens), bodies), v, "cooperation", c.since(v))
			}
		}
	}
}

// eventPlace reads "the summit in Samarkand": a place right after an event.
func (c *clause) eventPlace(i int) {
	m := c.mentions[c.top[i]]
	if m.First != i || m.Kind != mention.Event {
		return
	}
	event := c.standing(c.top[i], events)
	j := m.Last
	for j < len(c.tokens) && c.top[j] != mention.None && c.mentions[c.top[j]].Defines != mention.None {
		j = c.mentions[c.top[j]].Last
	}
	if c.lower(j) == "(" || c.lower(j) == ")" {
		j++
	}
	if event == nil || c.lower(j) != "in" && c.lower(j) != "at" || j+1 >= len(c.tokens) {
		return
	}
	k := j + 1
	if c.lower(k) == "the" {
		k++
	}
	if k < len(c.tokens) && c.top[k] != mention.None && c.mentions[c.top[k]].Is(mention.Place, mention.Country) {
		if place := c.standing(c.top[k], []graph.Kind{graph.Place, graph.Country}); place != nil {
			v := verb{at: i, start: i}
			c.fact(graph.HeldIn, event[0], place[0], v.at, "event place", nil)
			if e := &c.set.Entities[event[0].entity]; e.At == entity.None {
				e.At = place[0].entity
			}
		}
	}
}

// member reads "X, a member of Y", "X and Y are members of Z", "the members of
// Z are X and Y", "Z has five members: …".
func (c *clause) member(v verb) {
	for j := max(0, v.at-6); j < v.at; j++ {
		w := c.lower(j)
		if negations[w] || w == "become" || w == "associate" || w == "candidate" || w == "full" && negations[c.lower(j-1)] || modals[w] || w == "observer" {
			return
		}
	}
	next := v.at + 1
	if w := c.lower(next); w == "state" || w == "states" || w == "countries" {
		next++
	}
	if c.lower(next) == "both" || c.lower(next) == "," {
		next++
	}
	if c.lower(next) != "of" && c.lower(next) != "in" {
		whole := c.left1(v.at, organisations)
		if whole == nil && (c.lower(v.at-1) == "its" || c.lower(v.at-2) == "its") {
			if at := c.set.Latest(graph.Organisation, c.firstAfter(v.at)); at != entity.None {
				whole = []arg{{entity: at, mention: mention.None}}
			}
		}
		if whole == nil {
			whole = c.bare(c.begins(v.at), v.at, organisations)
		}
		if c.lower(next) == ":" || c.lower(next) == "are" || c.lower(next) == "," || c.lower(next) == "(" || c.lower(next) == "include" || next < len(c.tokens) && c.top[next] != mention.None {
			c.listed(v, c.lastOf(whole), next)
		} else {
			c.ofWhich(v)
		}
		return
	}
	whole := c.right(next+1, len(c.tokens), organisations)
	for k := next + 1; k < min(next+12, len(c.tokens)); k++ { // "both of the A and of the B"
		if c.lower(k) == "of" && c.lower(k-1) == "and" {
			whole = appendArgs(whole, c.right(k+1, len(c.tokens), organisations))
		}
	}
	if whole == nil {
		return
	}
	end := c.mentions[whole[len(whole)-1].mention].Last
	if w := c.lower(end); w == "are" || w == ":" || w == "include" || w == "is" {
		c.listed(v, whole, end)
		return
	}
	subjects := c.membersBefore(v)
	c.each(graph.MemberOf, subjects, whole, v, "member", c.since(v))
}

// firstAfter is the first mention after token i, or the end of the sentence's.
func (c *clause) firstAfter(i int) int {
	for k := c.from; k < c.to; k++ {
		if c.mentions[k].First > i {
			return k
		}
	}
	return max(c.to-1, 0)
}

// ofWhich reads "the Bank, of which X and Y are members".
func (c *clause) ofWhich(v verb) {
	for j := v.at - 1; j > 1; j-- {
		if w := c.lower(j); (w == "which" || w == "whom") && (c.lower(j-1) == "of" || c.lower(j-1) == "to") {
			whole := c.lastOf(c.nearest(j-1, organisations))
			if c.lower(j-2) == "," {
				whole = c.lastOf(c.nearest(j-2, organisations))
			}
			c.each(graph.MemberOf, c.bare(j+1, v.at, bodies), whole, v, "of which", nil)
			return
		}
	}
}

// membersBefore are who is said to be a member: the apposition before, or the
// subject of "is".
func (c *clause) membersBefore(v verb) []arg {
	j := v.at
	for j > 0 && c.top[j-1] == mention.None && (determiners[c.lower(j-1)] || adjectives[c.lower(j-1)] || c.lower(j-1) == "full" || c.lower(j-1) == "founding" || c.lower(j-1) == "member") {
		j--
	}
	w := c.lower(j - 1)
	switch {
	case w == ",":
		return c.nearest(j-1, bodies)
	case passiveAux[w] || w == "became" || w == "remains" || w == "remain" || w == "as" || adverbs[w]:
		return c.subject(verb{at: v.at, start: j - 1}, bodies)
	}
	return nil
}

// left1 is the organisation that ends right before token j, over "'s" and numbers.
func (c *clause) left1(j int, kinds []graph.Kind) []arg {
	for k := j - 1; k >= max(0, j-5); k-- {
		if t := c.top[k]; t != mention.None {
			return c.standing(t, kinds)
		}
	}
	return nil
}

// listed reads the members after "are", "include" or a colon.
func (c *clause) listed(v verb, whole []arg, j int) {
	if len(whole) == 0 || j >= len(c.tokens) {
		return
	}
	for ; j < len(c.tokens) && c.top[j] == mention.None; j++ {
		if w := c.lower(j); w != "are" && w != ":" && w != "include" && w != "," && w != "the" && w != "i.e." && w != "namely" && w != "is" && w != "(" && w != "–" {
			return
		}
	}
	if members := c.right(j, len(c.tokens), bodies); len(members) > 1 {
		c.each(graph.MemberOf, members, whole[:1], v, "list", nil)
	}
}

func (c *clause) since(v verb) graph.Qualifiers {
	for i := c.from; i < c.to; i++ {
		if m := c.mentions[i]; m.Kind == mention.Date && m.First > v.at && (c.lower(m.First-1) == "since" || c.lower(m.First-1) == "in") {
			return graph.Qualifiers{graph.OnDate: m.Date}
		}
	}
	return nil
}

// party reads "X is (a) party to the Convention", "the parties to the Convention
// are X and Y", "the Convention, to which X and Y are parties".
func (c *clause) party(v verb) {
	if c.lower(v.at+1) != "to" {
		c.toWhich(v)
		return
	}
	if negations[c.lower(v.at-1)] || negations[c.lower(v.at-2)] {
		return
	}
	start := v.at
	for start > 0 && (determiners[c.lower(start-1)] || c.lower(start-1) == "state" || c.lower(start-1) == "states") {
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
		if end := c.mentions[of[0].mention].Last; c.lower(end) == "are" || c.lower(end) == ":" {
			subjects = c.right(end+1, len(c.tokens), bodies)
		}
	}
	q := graph.Qualifiers{graph.WithStatus: graph.Party}
	for k, date := range c.since(v) {
		q[k] = date
	}
	c.each(graph.PartyTo, subjects, of, v, "party", q)
}

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

// organ reads "X, an organ of Y", "X, the Y's agency", "X and Y are agencies of Z".
func (c *clause) organ(v verb) {
	begin := v.at
	for begin > 0 && c.top[begin-1] == mention.None && c.lower(begin-1) != "," && !passiveAux[c.lower(begin-1)] && v.at-begin < 6 {
		begin--
	}
	var parents []arg
	if c.lower(v.at+1) == "of" {
		parents = c.right(v.at+2, len(c.tokens), organisations)
	} else if begin > 0 && c.top[begin-1] != mention.None && c.lower(begin) == "'s" {
		parents = c.standing(c.top[begin-1], organisations)
		begin = c.mentions[c.top[begin-1]].First
		for begin > 0 && determiners[c.lower(begin-1)] {
			begin--
		}
	}
	if len(parents) == 0 {
		return
	}
	var parts []arg
	switch w := c.lower(begin - 1); {
	case w == ",":
		parts = c.lastOf(c.nearest(begin-1, organisations))
	case passiveAux[w]:
		parts = c.subject(verb{at: v.at, start: begin - 1}, organisations)
	}
	c.each(graph.PartOf, parts, parents[:1], v, "organ", nil)
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
		agreements = agreements[:min(1, len(agreements))]
	}
	for _, a := range agreements {
		who := agents
		if of := c.set.Entities[a.entity].Of; len(who) == 0 && p == graph.Adopted && of != entity.None {
			who = []arg{{of, a.mention, a.span}}
		}
		if len(who) == 0 && p == graph.Signed {
			who = c.partyArgs(a)
		}
		c.each(p, who, []arg{a}, v, "nominal", graph.Qualifiers{graph.WithStatus: status})
	}
}

// planned tells whether the noun at j is wished for: "called for the adoption".
func (c *clause) planned(j int) bool {
	for k := max(0, j-6); k < j; k++ {
		if w := c.lower(k); intentions[w] || modals[w] || w == "early" || w == "upcoming" || w == "future" || w == "possible" || negations[w] {
			return true
		}
	}
	return false
}

// cooperation reads "cooperation between X and Y", "X's partnership with Y",
// "X, a partner of Y".
func (c *clause) cooperation(v verb) {
	if c.planned(v.at) {
		return
	}
	if c.lower(v.at+1) == "between" || c.lower(v.at+1) == "among" {
		c.pairs(graph.CooperatesWith, c.right(v.at+2, len(c.tokens), bodies), v, "cooperation", c.since(v))
		return
	}
	if c.lower(v.at+1) == "with" {
		start := v.at
		for start > 0 && c.top[start-1] == mention.None && c.lower(start-1) != "'s" && v.at-start < 4 {
			start--
		}
		if c.lower(start-1) == "'s" && start >= 2 && c.top[start-2] != mention.None {
			c.each(graph.CooperatesWith, c.standing(c.top[start-2], bodies), c.right(v.at+2, len(c.tokens), bodies), v, "cooperation", nil)
		}
		return
	}
	c.ours(v)
	if c.lower(v.at) == "partners" && (c.lower(v.at-1) == "been" || c.lower(v.at-1) == "are") {
		c.pairs(graph.CooperatesWith, c.subject(verb{at: v.at, start: v.at - 1}, bodies), v, "cooperation", c.since(v))
	}
}

// ours states cooperation between the states or bodies of the two who met, where
// "our" or "their" cooperation is spoken of.
func (c *clause) ours(v verb) {
	ours := false
	for j := max(0, v.at-4); j < v.at; j++ {
		w := c.lower(j)
		ours = ours || w == "our" || w == "their" || w == "bilateral"
	}
	if !ours {
		return
	}
	for _, f := range c.facts {
		if f.Predicate != graph.Met {
			continue
		}
		one := c.bodiesOf([]arg{{f.Subject, mention.None, text.Span{}}})
		other := c.bodiesOf([]arg{{f.Object, mention.None, text.Span{}}})
		c.each(graph.CooperatesWith, one, other, v, "cooperation", nil)
		return
	}
}

// organs states PART_OF where a name holds the name of its parent.
func (r *reader) organs() {
	for i, m := range r.mentions {
		if m.Kind != mention.Organisation || m.Defines != mention.None {
			continue
		}
		at := r.set.One(i)
		if at == entity.None {
			continue
		}
		parent := r.set.One(m.Of)
		if entry, ok := r.set.Listed(at); ok && parent == entity.None && entry.Parent != "" {
			parent = r.parentNamed(m, entry.Parent)
		}
		if parent == entity.None || r.set.Entities[parent].Kind != graph.Organisation {
			continue
		}
		c := &clause{reader: r, n: m.Sentence, tokens: r.sentences[m.Sentence].Tokens}
		r.state(Fact{Predicate: graph.PartOf, Subject: at, Object: parent, Qualifiers: graph.Qualifiers{}, Place: entity.None, Confidence: 850, Extractor: "pattern/name",
			Spans: c.whole(), SubjectAt: graph.Span(m.Span), ObjectAt: graph.Span(m.Span)})
	}
}

// whole is the clause's sentence as evidence.
func (c *clause) whole() []graph.EvidenceSpan {
	return []graph.EvidenceSpan{{Span: graph.Span(c.sentences[c.n].Span), Role: graph.StatesFact}}
}

// parentNamed is the parent that the gazetteer gives, if the name holds the
// parent's name or acronym.
func (r *reader) parentNamed(m mention.Mention, parent string) int {
	entry, ok := r.set.Entry(parent)
	if !ok {
		return entity.None
	}
	name := " " + mention.Fold(m.Name) + " "
	for steps := 0; ok && steps < 4; steps++ { // the nearest whose name it holds
		for _, form := range append([]string{entry.Name, entry.Acronym}, entry.Names...) {
			if f := mention.Fold(form); f != "" && strings.Contains(name, " "+f+" ") {
				return r.set.FromGazetteer(entry.ID, m)
			}
		}
		entry, ok = r.set.Entry(entry.Parent)
	}
	return entity.None
}

// offices states who holds which office; one without a body is held in the home
// country if such offices are a state's.
func (r *reader) offices() {
	for _, o := range r.set.Offices {
		m := r.mentions[o.Mention]
		body := o.Body
		if body == entity.None && m.Of == mention.None {
			body = r.signedFor(m)
		}
		if body == entity.None && stateOffices[o.Head] && r.mentions[o.Mention].Of == mention.None {
			body = r.bodyElsewhere(o)
			if body == entity.None && !r.contested(o) {
				body = r.home
			}
		}
		if body == entity.None || o.Head == "counterpart" || r.isFuture(m) {
			continue
		}
		c := newClause(r, m.Sentence, 0, 0)
		span := c.sentences[c.n].Span
		if span.End-span.Start > 400 {
			span = m.Span
			if h := r.mentions[m.Holder].Span; h.End > span.End {
				span.End = h.End
			} else if h.Start < span.Start {
				span.Start = h.Start
			}
		}
		r.state(Fact{Predicate: graph.HoldsOffice, Subject: o.Person, Object: body, Qualifiers: graph.Qualifiers{graph.WithTitle: cleanTitle(o.Title)}, Place: entity.None,
			Confidence: 900, Extractor: "pattern/office", Spans: []graph.EvidenceSpan{{Span: graph.Span(span), Role: graph.StatesFact}},
			SubjectAt: graph.Span(r.mentions[m.Holder].Span), ObjectAt: graph.Span(m.Span)})
	}
}

// contested tells whether the text gives the same bare title to somebody else too:
// two presidents cannot both be the home country's.
func (r *reader) contested(o entity.Office) bool {
	return slices.ContainsFunc(r.set.Offices, func(p entity.Office) bool {
		return p.Person != o.Person && p.Body == entity.None && r.mentions[p.Mention].Of == mention.None && p.Head != "counterpart" &&
			mention.Fold(cleanTitle(p.Title)) == mention.Fold(cleanTitle(o.Title)) && r.bodyElsewhere(p) == entity.None
	})
}

// bodyElsewhere is the body that the person's same office has elsewhere.
func (r *reader) bodyElsewhere(o entity.Office) int {
	for _, p := range r.set.Offices {
		if p.Person == o.Person && p.Body != entity.None && (p.Head == o.Head || strings.EqualFold(p.Title, o.Title)) {
			return p.Body
		}
	}
	return entity.None
}

// isFuture tells whether the office is one that somebody is only to hold.
func (r *reader) isFuture(m mention.Mention) bool {
	tokens := r.sentences[m.Sentence].Tokens
	for j := max(0, m.First-5); j < m.First; j++ {
		if w := tokens[j].Lower; w == "nominated" || w == "candidate" || w == "will" || w == "would" || w == "nominee" {
			return true
		}
	}
	return false
}

// cleanTitle drops what tells when an office was held and not which it is.
func cleanTitle(title string) string {
	fields := strings.Fields(title)
	for len(fields) > 1 && slices.Contains([]string{"former", "outgoing", "incoming", "new", "then", "then-foreign"}, strings.ToLower(fields[0])) {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}

var stateOffices = words("president minister chancellor premier secretary ambassador adviser advisor king queen vice-president taoiseach emir sultan representative deputy envoy")

// signedFor is the country of a signature: "For the Kingdom of X: Maya Orla,
// Minister of Trade".
func (r *reader) signedFor(m mention.Mention) int {
	tokens := r.sentences[m.Sentence].Tokens
	if tokens[0].Lower != "for" {
		return entity.None
	}
	for i, n := range r.mentions {
		if n.Sentence == m.Sentence && n.First < m.First && n.Is(mention.Country, mention.Organisation) {
			return r.set.Body(r.set.One(i))
		}
	}
	return entity.None
}

// homeCountry is the country whose officers the document names by title alone:
// the one that stands beside another officer's country ("between X and Y"), or
// that the document speaks of in the first place.
func (r *reader) homeCountry() int {
	taken := map[int]bool{}
	for _, o := range r.set.Offices {
		if o.Body != entity.None {
			taken[o.Body] = true
		}
	}
	points := make([]int, len(r.set.Entities))
	last := entity.None
	for i, m := range r.mentions {
		at := r.set.One(i)
		if at == entity.None || r.set.Entities[at].Kind != graph.Country {
			continue
		}
		tokens := r.sentences[m.Sentence].Tokens
		if last != entity.None && r.beside(i) && at != last {
			points[at] += 3 * b2i(taken[last])
			points[last] += 3 * b2i(taken[at])
		}
		if m.Last < len(tokens) && delegations[tokens[m.Last].Lower] {
			points[at] += 2
		}
		if m.Form == mention.Adjective && m.Last < len(tokens) && (tokens[m.Last].Lower == "commitment" || tokens[m.Last].Lower == "support") {
			points[at] += 2
		}
		points[at]++
		last = at
	}
	best, most, second := entity.None, 3, 0
	for at, p := range points {
		if taken[at] {
			continue
		}
		if p > most {
			best, most, second = at, p, most
		} else if p > second {
			second = p
		}
	}
	if most == second {
		return entity.None
	}
	return best
}

// beside tells whether the mention follows another one over "and": "between X and Y".
func (r *reader) beside(i int) bool {
	m := r.mentions[i]
	tokens := r.sentences[m.Sentence].Tokens
	j := m.First - 1
	for j >= 0 && tokens[j].Lower == "the" {
		j--
	}
	return j >= 0 && (tokens[j].Lower == "and" || tokens[j].Lower == "–")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
