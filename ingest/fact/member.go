package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// member reads "X, a member of Y", "X and Y are members of Z", "the members of
// Z are X and Y", "Z has five members: …".
func (c *clause) member(v verb) {
	for j := max(0, v.at-6); j < v.at; j++ {
		w := c.lower(j)
		if negations[w] || w == "become" || w == "associate" || w == "candidate" || w == "full" && negations[c.lower(j-1)] || modals[w] || w == "observer" {
			return
		}
	}
	next := c.memberTail(v.at + 1)
	if c.lower(next) != "of" && c.lower(next) != "in" || c.lower(next) == "in" && c.right(next+1, len(c.tokens), organisations) == nil {
		c.memberWithoutOf(v, next)
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
	if w := c.lower(end); w == "are" || w == ":" || w == "include" || w == "is" || w == "(" || dashes[w] {
		c.listed(v, whole, end)
		return
	}
	if of := c.amongThem(end); of > 0 && of <= end+3 { // "members of Z, including X and Y"
		c.each(graph.MemberOf, c.right(of, len(c.tokens), bodies), c.lastOf(whole), v, "list", nil)
	}
	subjects := c.membersBefore(v)
	c.each(graph.MemberOf, subjects, whole, v, "member", c.since(v))
	if len(subjects) > 0 {
		c.gapped(graph.MemberOf, v, whole, nil)
	}
}

// memberTail is the token after "states", "countries" and "both".
func (c *clause) memberTail(next int) int {
	if w := c.lower(next); w == "state" || w == "states" || w == "country" || w == "countries" || w == "parties" {
		next++
	}
	if c.lower(next) == "both" || c.lower(next) == "," && (c.lower(next+1) == "of" || c.lower(next+1) == "i.e." || c.lower(next+1) == "namely") {
		next++
	}
	return next
}

// memberWithoutOf reads "Z's members are X and Y", "Z members X and Y", "Z has two
// members, of which X", "Z welcomed X as a member".
func (c *clause) memberWithoutOf(v verb, next int) {
	whole := c.left1(v.at, organisations)
	if as := c.nounStart(v.at) - 1; c.lower(as) == "as" && as > 0 && c.top[as-1] != mention.None {
		if joined := c.standing(c.top[as-1], bodies); len(joined) == 1 && c.top[as-1] != mention.None {
			c.each(graph.MemberOf, joined, c.bare(c.begins(as), c.mentions[c.top[as-1]].First, organisations), v, "admitted", c.dateOf(v))
			return
		}
	}
	if whole == nil && (c.lower(v.at-1) == "its" || c.lower(v.at-2) == "its") {
		whole = c.firstBody(v.at)
	}
	if whole == nil {
		whole = c.bare(c.begins(v.at), v.at, organisations)
	}
	if of := c.amongThem(next); of > 0 {
		if len(whole) > 0 {
			c.each(graph.MemberOf, c.right(of, len(c.tokens), bodies), c.lastOf(whole), v, "list", nil)
		}
		return
	}
	w := c.lower(next)
	if w == ":" || w == "are" || w == "," || w == "(" || w == "include" || w == "i.e." || w == "namely" || next < len(c.tokens) && c.top[next] != mention.None {
		c.listed(v, c.lastOf(whole), next)
		return
	}
	before := c.stated
	if c.ofWhich(v); c.stated == before {
		c.becameMember(v, whole, w)
	}
}

// becameMember reads "X became a member in 2001 and Y in 2003" of the body spoken of.
func (c *clause) becameMember(v verb, whole []arg, next string) {
	if next != "in" && next != "since" && next != "on" && next != "." || !becoming[c.lower(c.nounStart(v.at)-1)] {
		return
	}
	if whole == nil {
		whole = c.firstBody(v.at)
	}
	whole = c.lastOf(whole)
	c.each(graph.MemberOf, c.membersBefore(v), whole, v, "member", c.dateOf(v))
	c.gapped(graph.MemberOf, v, whole, nil)
}

var becoming = words("became is are been become")

// firstBody is what "its" before token i means: the first organisation of the
// sentence, else the one spoken of before.
func (c *clause) firstBody(i int) []arg {
	for j := c.head; j < i; j++ {
		if t := c.top[j]; t != mention.None {
			if out := c.standing(t, organisations); out != nil {
				return out
			}
			j = c.mentions[t].Last - 1
		}
	}
	if own := c.ownBody(); own != nil && c.n >= headSentences {
		return own
	}
	if at := c.set.Latest(graph.Organisation, c.firstAfter(i)); at != entity.None {
		return []arg{{entity: at, mention: mention.None}}
	}
	return nil
}

// amongThem is where the list begins in "members, of which X and Y", "member
// states such as X", "members, in particular X and Y", or 0.
func (c *clause) amongThem(next int) int {
	for j := next; j < min(next+8, len(c.tokens)-2); j++ {
		if c.top[j] != mention.None {
			return 0
		}
		switch w := c.lower(j) + " " + c.lower(j+1); {
		case w == "of which" || w == "such as" || w == "in particular" || w == "among them":
			return j + 2
		case c.lower(j) == "including" || c.lower(j) == "notably":
			return j + 1
		}
	}
	return 0
}

// nounStart is where the noun phrase of the noun at i begins.
func (c *clause) nounStart(i int) int {
	for i > 0 && c.top[i-1] == mention.None && (determiners[c.lower(i-1)] || adjectives[c.lower(i-1)] || memberAdjectives[c.lower(i-1)] || isRank(c.lower(i-1))) {
		i--
	}
	return i
}

var memberAdjectives = words("full founding member newest latest equal permanent non-permanent elected fellow proud ordinary participating")

// allied reads "NATO Allies X and Y", "NATO Ally X".
func (c *clause) allied(v verb) {
	if v.at == 0 || c.top[v.at-1] == mention.None {
		return
	}
	whole := c.standing(c.top[v.at-1], organisations)
	next := v.at + 1
	if c.lower(next) == "," && c.lower(0) == "as" {
		next++
	}
	if whole != nil && next < len(c.tokens) && c.top[next] != mention.None {
		c.each(graph.MemberOf, c.right(next, len(c.tokens), countries), whole, v, "list", nil)
	}
}

// partOf reads "X has been part of the Union since 2004".
func (c *clause) partOf(v verb) {
	w := c.lower(v.at - 1)
	if w == "a" || w == "an" {
		w = c.lower(v.at - 2)
	}
	if c.lower(v.at+1) != "of" || !passiveAux[w] && w != "became" && w != "remains" && w != "forms" && w != "form" || c.planned(v.at) {
		return
	}
	whole := c.right(v.at+2, len(c.tokens), organisations)
	c.each(graph.MemberOf, c.subject(verb{at: v.at, start: v.at - 1}, countries), whole, v, "member", c.since(v))
	c.each(graph.PartOf, c.subject(verb{at: v.at, start: v.at - 1}, organisations), whole, v, "organ", nil)
}

// accession reads "X's accession to the Union", "the admission of X to the Union".
func (c *clause) accession(v verb) {
	if c.planned(v.at) {
		return
	}
	who := c.owner(v.at)
	if c.lower(v.at+1) == "of" {
		who = c.right(v.at+2, len(c.tokens), bodies)
	}
	for j := v.at + 1; j < min(v.at+12, len(c.tokens)); j++ {
		if w := c.lower(j); c.top[j] == mention.None && (w == "to" || w == "into") {
			c.each(graph.MemberOf, who, c.right(j+1, len(c.tokens), organisations), v, "accession", c.dateOf(v))
			return
		}
	}
}

// bracketed reads "the Council (X, Y and Z)", "the Council – X, Y and Z –".
func (c *clause) bracketed(i int) {
	m := c.mentions[c.top[i]]
	if m.First != i || m.Kind != mention.Organisation {
		return
	}
	j := m.Last
	if c.lower(j) != "(" && !dashes[c.lower(j)] || c.tokens[j].Start == c.tokens[j-1].End || j+1 >= len(c.tokens) || c.top[j+1] == mention.None {
		return
	}
	members := c.right(j+1, len(c.tokens), countries)
	if len(members) < 2 {
		return
	}
	if end := c.mentions[members[len(members)-1].mention].Last; c.lower(end) == ")" || dashes[c.lower(end)] {
		c.each(graph.MemberOf, members, c.standing(c.top[i], organisations), verb{at: i, start: i}, "list", nil)
	}
}

// admit reads "X was admitted to the Union", "the Union admitted X".
func (c *clause) admit(v verb) {
	if v.passive {
		whole := c.after(v, organisations, "to", "into")
		if whole == nil {
			whole = c.after(v, organisations, "as") // "as the Union's tenth member"
		}
		c.each(graph.MemberOf, c.subject(v, bodies), whole, v, "admitted", c.dateOf(v))
		return
	}
	c.each(graph.MemberOf, c.object(v, countries), c.subject(v, organisations), v, "admitted", c.dateOf(v))
}

// group reads "the Union groups X and Y".
func (c *clause) group(v verb) {
	if members := c.object(v, countries); len(members) > 1 && !v.passive {
		c.each(graph.MemberOf, members, c.lastOf(c.subject(v, organisations)), v, "list", nil)
	}
}

// sit reads "X sits on the Council".
func (c *clause) sit(v verb) {
	if w := c.lower(v.at + 1); w == "on" || w == "in" {
		c.each(graph.MemberOf, c.subject(v, countries), c.right(v.at+2, c.ends(v.at), organisations), v, "member", c.since(v))
	}
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
	if w := c.lower(j - 1); w == "states" || w == "state" {
		j--
	}
	j = c.nounStart(j)
	w := c.lower(j - 1)
	switch {
	case w == "," || dashes[w] || w == "(" || w == "and" && c.lower(j) == "other":
		return c.nearest(j-1, bodies)
	case w == "as" && c.lower(j-2) == ",": // "X, as a member of Y, …"
		return c.nearest(j-2, bodies)
	case w == "as" && j-1 == c.head: // "As a member of Y, X …"
		return c.afterComma(v.at)
	case passiveAux[w] || w == "became" || w == "remains" || w == "remain" || w == "as" || adverbs[w]:
		return c.subject(verb{at: v.at, start: j - 1}, bodies)
	}
	return nil
}

// afterComma is the list of bodies after the first comma that follows token i and
// belongs to no list.
func (c *clause) afterComma(i int) []arg {
	for j := i + 1; j < len(c.tokens); j++ {
		if c.lower(j) == "," && c.top[j] == mention.None {
			return c.right(j+1, len(c.tokens), bodies)
		}
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
		if w := c.lower(j); w != "are" && w != ":" && w != "include" && w != "," && w != "the" && w != "i.e." && w != "namely" && w != "is" && w != "(" && !dashes[w] {
			return
		}
	}
	members := c.right(j, len(c.tokens), bodies)
	if len(members) > 1 || len(members) == 1 && j == v.at+1 && c.set.Entities[members[0].entity].Kind == graph.Country {
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
