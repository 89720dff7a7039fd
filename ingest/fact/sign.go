package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// sign reads "X and Y signed the Z", "the Z was signed by X", "between X and Y".
func (c *clause) sign(v verb) {
	agents, agreements := c.sides(v, actors, papers)
	if len(agents) == 0 {
		agents = c.afterColon(v.at, actors)
	}
	if v.passive && len(agreements) == 0 && c.lower(v.at+1) == ":" {
		agreements = c.papersAfter(v.at + 2)
	}
	if len(agreements) > 1 {
		agreements = c.distinct(agreements)
	}
	if len(agreements) == 0 && !v.passive && !v.ing && len(agents) > 0 && c.signsUnnamed(v) {
		agreements = c.paperBefore()
	}
	if v.passive && len(agents) == 0 {
		agents = c.after(v, actors, "between")
	}
	c.notes(graph.Signed, agreements, v.at)
	for _, a := range agreements {
		signers := agents
		if len(signers) == 0 && !v.passive {
			return
		}
		if parties := c.partyArgs(a); len(signers) == 0 || len(parties) == 1 || c.allPersons(signers) {
			signers = appendArgs(slices.Clone(signers), parties)
		}
		if c.allPersons(agents) && len(agents) > 1 {
			signers = appendArgs(slices.Clone(signers), c.bodiesOf(agents))
		}
		if !v.passive {
			signers = appendArgs(slices.Clone(signers), c.after(v, bodies, "with"))
		}
		c.each(graph.Signed, signers, []arg{a}, v, "signed", nil)
	}
}

// signsUnnamed tells whether the verb leaves out what is signed: "X and Y signed in
// Oslo", "put pen to paper".
func (c *clause) signsUnnamed(v verb) bool {
	next := v.at + 1
	if c.lower(next) == "pen" || c.lower(next) == "pens" {
		return true
	}
	return v.lemma == "sign" && (next >= len(c.tokens) || c.lower(next) == "at" || afterDeed[c.lower(next)])
}

// papersAfter are the agreements that a sentence lists from token i on.
func (c *clause) papersAfter(i int) []arg {
	var out []arg
	for j := i; j < len(c.tokens); j++ {
		if t := c.top[j]; t != mention.None {
			out = appendArgs(out, c.standing(t, papers))
			j = c.mentions[t].Last - 1
		}
	}
	return out
}

// bodiesOf are the states and bodies whose officers sign for them.
func (c *clause) bodiesOf(signers []arg) []arg {
	var out []arg
	for _, s := range signers {
		if s.mention == mention.None {
			continue
		}
		if m := c.mentions[s.mention]; m.Sentence == c.n && c.lower(m.First-1) == "'s" && m.First > 1 && c.top[m.First-2] != mention.None { // "Ruritania's Maya Orla"
			out = appendArgs(out, c.standing(c.top[m.First-2], bodies))
			continue
		}
		for _, o := range c.set.Offices {
			if o.Person == s.entity && o.Body != entity.None && slices.Contains(bodies, c.set.Entities[o.Body].Kind) {
				out = appendArgs(out, []arg{{o.Body, s.mention, s.span}})
				break
			}
		}
	}
	return out
}

// distinct keeps the agreements that are objects and not parts of a title.
func (c *clause) distinct(in []arg) []arg {
	return slices.DeleteFunc(slices.Clone(in), func(a arg) bool { return c.mentions[a.mention].Inside != mention.None })
}

func (c *clause) allPersons(in []arg) bool {
	return !slices.ContainsFunc(in, func(a arg) bool { return c.set.Entities[a.entity].Kind != graph.Person })
}

// partyArgs are the parties that the agreement's title names.
func (c *clause) partyArgs(a arg) []arg {
	var out []arg
	for _, p := range c.set.Entities[a.entity].Parties {
		out = append(out, arg{p, a.mention, a.span})
	}
	if len(out) == 0 && a.entity == c.treaty().entity {
		return c.contractors
	}
	return out
}

func (c *clause) adopt(v verb) {
	agents, agreements := c.sides(v, adopters, papers)
	if v.passive && len(agents) == 0 {
		agents = c.after(v, events, "at", "during")
	}
	if len(agents) == 0 {
		agents = c.afterColon(v.at, bodies)
	}
	if len(agents) == 0 && !v.passive && c.collective(v) {
		agents = c.eventBefore()
	}
	c.notes(graph.Adopted, agreements, v.at)
	c.each(graph.Adopted, agents, agreements, v, "adopted", nil)
}

// collective tells whether the subject of the verb is those at an event, who act
// for it: "Participants adopted".
func (c *clause) collective(v verb) bool {
	for j := v.start - 1; j >= max(c.begins(v.at), v.start-4); j-- {
		if t := c.top[j]; t != mention.None && c.mentions[t].Kind != mention.Group {
			return false
		}
		if assembly[c.lower(j)] {
			return true
		}
	}
	return false
}

var assembly = words("participants delegates delegations attendees ministers leaders heads parties states members")

// issue reads "the Forum issued the Principles".
func (c *clause) issue(v verb) {
	agents, agreements := c.sides(v, events, papers)
	c.each(graph.Adopted, agents, agreements, v, "issued", nil)
}

func (c *clause) ratify(v verb) {
	agents, agreements := c.sides(v, bodies, papers)
	if len(agents) == 0 {
		agents = c.afterColon(v.at, bodies)
	}
	if len(agreements) == 0 && !v.passive && (v.at+1 >= len(c.tokens) || afterDeed[c.lower(v.at+1)]) {
		agreements = c.paperBefore()
	}
	if !v.passive && len(agents) > 0 && len(agreements) > 0 {
		c.gapped(graph.PartyTo, v, agreements, graph.Qualifiers{graph.WithStatus: graph.Ratified})
	}
	for _, a := range agents {
		if c.isLegislative(a.entity) {
			c.each(graph.Adopted, []arg{a}, agreements, v, "approved", nil)
		} else {
			c.each(graph.PartyTo, []arg{a}, agreements, v, "ratified", graph.Qualifiers{graph.WithStatus: graph.Ratified})
		}
	}
}

// gapped reads the states that did the same at other times, whose verb is left out:
// "Fiji ratified it in 2010, Tonga in 2011 and Samoa two years later".
func (c *clause) gapped(p graph.Predicate, v verb, papers []arg, q graph.Qualifiers) {
	for j := v.at + 1; j+2 < len(c.tokens); j++ {
		w := c.lower(j)
		if c.top[j] != mention.None || w != "," && w != "and" && w != ";" {
			continue
		}
		for j+2 < len(c.tokens) && c.top[j] == mention.None && (c.lower(j) == "," || c.lower(j) == "and" || c.lower(j) == ";" || determiners[c.lower(j)]) {
			j++
		}
		if c.top[j] == mention.None {
			continue
		}
		who, next := c.standing(c.top[j], bodies), c.mentions[c.top[j]].Last
		if len(who) != 1 || c.lower(next) == "'s" {
			continue
		}
		if w := c.lower(next); w == "on" || w == "in" || w == "since" {
			next++
		}
		date := ""
		if next < len(c.tokens) && c.top[next] != mention.None && c.mentions[c.top[next]].Kind == mention.Date {
			date = c.mentions[c.top[next]].Date
		} else if c.lower(next+1) != "years" && c.lower(next+1) != "months" && c.lower(next+1) != "year" {
			continue
		}
		more := cloneQualifiers(q)
		more[graph.OnDate] = date
		c.each(p, who, papers, v, "gapped", more)
	}
}

// afterDeed stand after a verb that has no object of its own: "Fiji ratified in 2010".
var afterDeed = words("in on . , ; and last this later earlier soon first also too")

func (c *clause) accede(v verb) {
	to := c.object(v, papers)
	if to == nil && c.lower(v.at+1) != "to" {
		to = c.paperBefore()
	}
	who := c.subject(v, bodies)
	if len(who) > 0 {
		c.gapped(graph.PartyTo, v, to, graph.Qualifiers{graph.WithStatus: graph.Acceded})
	}
	c.each(graph.PartyTo, who, to, v, "acceded", graph.Qualifiers{graph.WithStatus: graph.Acceded})
	c.each(graph.MemberOf, c.subject(v, bodies), c.after(v, []graph.Kind{graph.Organisation}, "to"), v, "acceded", nil)
}

func (c *clause) conclude(v verb) {
	agents, agreements := c.sides(v, bodies, papers)
	if v.passive && len(agents) == 0 {
		agents = c.after(v, bodies, "between")
	}
	if len(agents) == 0 {
		agents = c.afterColon(v.at, bodies)
	}
	if v.lemma == "conclude" && !v.passive {
		agents = appendArgs(slices.Clone(agents), c.after(v, bodies, "with"))
	}
	if len(agents) > 1 || v.lemma == "conclude" {
		c.each(graph.PartyTo, agents, agreements, v, "concluded", graph.Qualifiers{graph.WithStatus: graph.Party})
	}
}

// paperBefore is the agreement that a sentence without one is about: the one named
// before in it, or shortly before it.
func (c *clause) paperBefore() []arg {
	if p := c.papersAfter(0); len(p) > 0 {
		return p[:1]
	}
	if p := c.spokenOf(); p.entity != entity.None && c.n-c.mentions[p.mention].Sentence < headSentences {
		return []arg{p}
	}
	return nil
}

// statuses are what the acts by which a state binds itself make it.
var statuses = map[string]string{"ratification": graph.Ratified, "accession": graph.Acceded, "acceptance": graph.Party, "approval": graph.Party}

// instruments reads "instruments of accession were received from X and Y", "the
// instrument of ratification of X was deposited".
func (c *clause) instruments(v verb) {
	status, j := "", v.at+1
	for ; j < min(v.at+5, len(c.tokens)) && status == ""; j++ {
		status = statuses[c.lower(j)]
	}
	handed := false
	for _, g := range c.verbs {
		handed = handed || handing[g.lemma] && !g.unreal && (g.passive || g.ing || c.lower(g.at) == "received")
	}
	if status == "" || !handed {
		return
	}
	papers := c.papersAfter(v.at)
	if papers = papers[:min(1, len(papers))]; len(papers) == 0 {
		papers = c.paperBefore()
	}
	for ; j < len(c.tokens); j++ {
		if w := c.lower(j); c.top[j] == mention.None && (w == "from" || w == "of" || w == "by") {
			if who := c.right(j+1, len(c.tokens), bodies); len(who) > 0 {
				c.each(graph.PartyTo, who, papers, v, "deposited", graph.Qualifiers{graph.WithStatus: status})
				return
			}
		}
	}
}

var handing = words("receive deposit transmit lodge")

// depositors reads "The following deposited their instruments: Fiji (3 May 2001), …".
func (c *clause) depositors(paper arg, status string) {
	colon := c.mentions[paper.mention].Last
	if c.lower(colon) != ":" {
		return
	}
	for j := colon + 1; j < len(c.tokens); j++ {
		t := c.top[j]
		if t == mention.None {
			continue
		}
		for _, who := range c.standing(t, bodies) {
			c.fact(graph.PartyTo, who, paper, j, "deposited", graph.Qualifiers{graph.WithStatus: status, graph.OnDate: c.dateAfter(c.mentions[t].Last)})
		}
		j = c.mentions[t].Last - 1
	}
}

// deposit reads "deposited its instrument of ratification of the Convention".
func (c *clause) deposit(v verb) {
	for j := v.at; j < min(v.at+8, len(c.tokens)); j++ {
		status := statuses[c.lower(j)]
		if status == "" {
			continue
		}
		for k := j + 1; k < c.ends(v.at); k++ {
			if t := c.top[k]; t != mention.None && c.standing(t, papers) != nil {
				to := c.right(k, c.ends(v.at), papers)
				who := c.subject(v, bodies)
				if len(who) == 0 && len(to) == 1 {
					c.depositors(to[0], status)
				}
				c.each(graph.PartyTo, who, to, v, "deposited", graph.Qualifiers{graph.WithStatus: status})
				return
			}
		}
		if at := c.set.Latest(graph.Agreement, max(c.to-1, 0)); at != entity.None && c.to > c.from {
			c.each(graph.PartyTo, c.subject(v, bodies), []arg{{entity: at, mention: mention.None}}, v, "deposited", graph.Qualifiers{graph.WithStatus: status})
		}
		return
	}
}
