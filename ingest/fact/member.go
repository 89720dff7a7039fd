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
