package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// host reads "X hosted the Summit", "the Summit was organised by X with Y".
func (c *clause) host(v verb) {
	agents, patients := c.sides(v, bodies, events)
	if v.passive && len(agents) > 0 {
		agents = appendArgs(agents, c.after(v, bodies, "with"))
	}
	if !v.passive {
		if c.object(v, persons) != nil && len(patients) == 0 {
			c.meetDirect(v)
			return
		}
		agents = appendArgs(slices.Clone(agents), c.after(v, bodies, "with"))
	}
	if len(patients) == 0 && !v.passive && v.lemma == "convene" { // "the Forum convened in Z"
		patients = c.subject(v, events)
	}
	c.each(graph.Hosted, agents, patients, v, "hosted", nil)
	c.venue(v, patients)
}

func (c *clause) attend(v verb) {
	agents, what := c.sides(v, actors, events)
	if v.lemma == "gather" && !v.passive {
		if host := c.subject(v, events); host != nil {
			c.each(graph.ParticipatedIn, c.withoutBodies(c.object(v, actors)), host, v, "brought together", nil)
			return
		}
	}
	if v.lemma == "speak" || v.lemma == "gather" || v.lemma == "preside" || v.lemma == "deliver" {
		what = c.after(v, events, "at", "over", "for", "of", "to")
	}
	if v.lemma == "open" && v.passive && len(agents) == 0 {
		return
	}
	if what == nil && (v.lemma == "co-chair" || v.lemma == "attend" || v.lemma == "participate" || v.lemma == "preside" || v.lemma == "chair" || v.lemma == "moderate") && c.bare(v.at, c.ends(v.at), organisations) == nil {
		what = c.eventBefore()
	}
	agents = c.withoutBodies(agents)
	if title := chairs[v.lemma]; title != "" && what == nil {
		c.chairsBody(v, title)
	}
	if v.lemma == "attend" || v.lemma == "participate" {
		c.joinTalks(v)
	}
	role := map[string]string{"chair": "chair", "co-chair": "co-chair", "preside": "chair", "moderate": "moderator"}[v.lemma]
	c.each(graph.ParticipatedIn, agents, what, v, "attended", graph.Qualifiers{graph.InRole: role})
}

// chairs are the titles of who does this to a body: "she chairs the Board".
var chairs = map[string]string{"chair": "Chair", "co-chair": "Co-Chair"}

// chairsBody reads "X, who chairs the Committee", "the Committee, chaired by X".
func (c *clause) chairsBody(v verb, title string) {
	who, body := c.sides(v, persons, organisations)
	if len(body) == 1 && len(who) > 0 {
		c.each(graph.HoldsOffice, who, body, v, "chairs", graph.Qualifiers{graph.WithTitle: title})
	}
}

// take reads "took part in", "took place in", "took over from".
func (c *clause) take(v verb) {
	switch c.lower(v.at + 1) {
	case "part":
		what := c.after(v, events, "in", "at")
		if what == nil && c.lower(v.at+2) != "in" && !c.holdsWord("side") {
			what = c.eventBefore()
		}
		c.each(graph.ParticipatedIn, c.withoutBodies(c.subject(v, actors)), what, v, "attended", nil)
		c.joinTalks(v)
	case "place":
		if c.lower(v.at+2) == "of" || strings.HasPrefix(c.lower(v.at+2), "of") {
			c.succeed(v)
			return
		}
		c.venue(v, c.subject(v, events))
	case "over":
		c.takeOver(v)
	case "the":
		if c.lower(v.at+2) == "place" {
			c.succeed(v)
		}
	}
}

// represented reads "X was represented (by its Minister) at the Summit", "Orla
// represented X at the Summit".
func (c *clause) represented(v verb) {
	what := c.after(v, events, "at", "in")
	if !v.passive {
		if body := c.directObject(v, bodies); body != nil {
			c.each(graph.ParticipatedIn, appendArgs(c.subject(v, persons), body), what, v, "represented", nil)
		}
		return
	}
	if what == nil {
		what = c.eventBefore()
	}
	c.each(graph.ParticipatedIn, c.subject(v, bodies), what, v, "represented", nil)
	c.each(graph.ParticipatedIn, c.after(v, persons, "by"), what, v, "represented", nil)
}

// lead reads "the delegation was headed by X" of an event spoken of before,
// "X led the delegation of Y to the Summit" and "X headed the Centre".
func (c *clause) lead(v verb) {
	if !v.passive {
		if c.leadsDelegation(v) {
			c.each(graph.ParticipatedIn, c.subject(v, persons), c.after(v, events, "to", "at", "in"), v, "delegation", nil)
			return
		}
		c.each(graph.HoldsOffice, c.subject(v, persons), c.object(v, []graph.Kind{graph.Organisation}), v, "headed", graph.Qualifiers{graph.WithTitle: "Head"})
		return
	}
	if agents := c.after(v, persons, "by"); agents != nil {
		if strings.HasPrefix(c.lower(max(v.start-1, 0)), "delegation") || c.delegationBefore(v.start) {
			c.delegations(v)
			return
		}
		c.each(graph.HoldsOffice, agents, c.subject(v, []graph.Kind{graph.Organisation}), v, "headed", graph.Qualifiers{graph.WithTitle: "Head"})
	}
}

// delegations reads "the X delegation was headed by A and that of Y by B" at an
// event spoken of before: all took part, and the two heads met.
func (c *clause) delegations(v verb) {
	var heads, sides []arg
	for i := c.from; i < c.to; i++ {
		if m := c.mentions[i]; m.Inside == mention.None && m.Is(mention.Person, mention.Office) {
			heads = appendArgs(heads, c.standing(i, persons))
		} else if m.Form == mention.Adjective && delegations[c.lower(m.Last)] {
			sides = appendArgs(sides, c.standing(i, countries))
		}
	}
	event := c.eventBefore()
	c.each(graph.ParticipatedIn, heads, event, v, "delegation", nil)
	c.each(graph.ParticipatedIn, sides, event, v, "delegation", nil)
	if len(heads) == 2 {
		c.pairs(graph.Met, heads, v, "delegation", nil)
	}
}

// leadsDelegation tells whether what the verb leads is a delegation: "led a
// high-level delegation", "headed the Omani delegation".
func (c *clause) leadsDelegation(v verb) bool {
	for j := v.at + 1; j < min(v.at+6, len(c.tokens)); j++ {
		if w := c.lower(j); w == "delegation" || w == "of" || w == "to" {
			return w == "delegation"
		}
	}
	return false
}

// delegationBefore tells whether "a delegation of" begins the noun phrase before i.
func (c *clause) delegationBefore(i int) bool {
	for j := i - 1; j >= max(0, i-8); j-- {
		if c.lower(j) == "delegation" {
			return true
		}
	}
	return false
}
