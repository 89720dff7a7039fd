package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// signsFor reads who signs for whom: "On behalf of X, Orla signed", "Orla signed
// for X and Lenz for Y", "signing for X was Orla", "on X's behalf".
func (c *clause) signsFor() {
	if _, ok := c.signs(0); !ok {
		return
	}
	var papers []arg
	for j := range c.tokens {
		body := c.signedFor(j)
		if body == nil {
			continue
		}
		v, _ := c.signs(j)
		if papers == nil {
			if papers = c.signedHere(v); papers == nil {
				return
			}
		}
		who := c.signerFor(j, body, v)
		if len(who) == 1 && len(body) == 1 {
			c.acting[who[0].entity] = body[0].entity
		}
		c.each(graph.Signed, appendArgs(body, who), papers, v, "behalf", nil)
	}
}

// signs is the verb of signing nearest to token j, if the sentence has one:
// "signed", "put their signatures to".
func (c *clause) signs(j int) (best verb, ok bool) {
	for _, v := range c.verbs {
		if !v.unreal && c.isSigning(v) && (!ok || distance(v.at, j) < distance(best.at, j)) {
			best, ok = v, true
		}
	}
	return best, ok
}

// isSigning tells whether the verb is one of signing.
func (c *clause) isSigning(v verb) bool {
	switch v.lemma {
	case "sign", "ink":
		return true
	case "put", "affix", "append", "set", "give":
		for j := v.at + 1; j < min(v.at+5, len(c.tokens)); j++ {
			if signatures[c.lower(j)] {
				return true
			}
		}
	}
	return false
}

var signatures = words("pen pens signature signatures name names hand hands initials")

// signedFor are the bodies that "for" or "behalf" at token j names.
func (c *clause) signedFor(j int) []arg {
	if c.top[j] != mention.None {
		return nil
	}
	k := j + 1
	switch w := c.lower(j); {
	case w == "behalf" && c.lower(j-1) == "'s" && c.top[j-2] != mention.None:
		return c.standing(c.top[j-2], bodies)
	case w == "behalf" && c.lower(k) == "of":
		k++
	case w == "for" && c.signsBefore(j):
	default:
		return nil
	}
	for k < len(c.tokens) && c.top[k] == mention.None && (determiners[c.lower(k)] || senders[c.lower(k)] || c.lower(k) == "of") {
		k++ // "the Government of"
	}
	if k >= len(c.tokens) || c.top[k] == mention.None || c.lower(c.mentions[c.top[k]].Last) == "'s" {
		return nil
	}
	if out := c.standing(c.top[k], bodies); out != nil {
		return out
	}
	for i := c.from; i < c.to; i++ { // "for X Minister Maya Orla"
		if m := c.mentions[i]; m.First == k && m.Is(mention.Country, mention.Organisation) {
			return c.named(i, bodies)
		}
	}
	return nil
}

// signsBefore tells whether "for" at j can say for whom somebody signs: it stands
// at the beginning, after the verb, after a name or after a comma.
func (c *clause) signsBefore(j int) bool {
	w := c.lower(j - 1)
	return j == c.head || w == "," || w == ";" || w == "and" || w == "signed" || w == "signing" || c.top[j-1] != mention.None && c.mentions[c.top[j-1]].Is(mention.Person, mention.Office)
}

// signerFor is the person who signs for the body: whose name follows it, over
// "was" and a comma.
func (c *clause) signerFor(j int, body []arg, v verb) []arg {
	next := j + 1
	if m := c.mentions[body[0].mention]; m.First > j {
		if next = m.Last; m.Inside != mention.None {
			next = m.First
		}
	}
	for next < len(c.tokens) && c.top[next] == mention.None && besideSigner[c.lower(next)] {
		next++
	}
	if who := c.right(next, len(c.tokens), persons); len(who) > 0 && c.mentions[who[0].mention].First <= next+8 {
		return who[:1]
	}
	if v.passive || c.lower(j) == "behalf" && v.at > j {
		return nil
	}
	return c.subject(v, persons)
}

var besideSigner = words(", : the by was were it mr mr. ms ms. mrs mrs. dr dr. h.e. hon. its his her")

// signedHere are the agreements that the sentence says were signed, else the one
// spoken of shortly before.
func (c *clause) signedHere(v verb) []arg {
	_, papers := c.sides(v, actors, papers)
	if len(papers) == 0 {
		return c.paperBefore()
	}
	return papers
}
