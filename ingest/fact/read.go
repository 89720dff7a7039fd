package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// read runs the patterns over the clause: those of its verbs, then those of its
// nouns.
func (c *clause) read() {
	for _, v := range c.verbs {
		if v.unreal {
			c.undertake(v)
			continue
		}
		if v.ing && v.start == 0 && opening[v.lemma] {
			c.speaking(v)
		}
		if v.ing && unrealBefore[c.lower(v.start-1)] {
			continue
		}
		if pattern, ok := verbPatterns[v.lemma]; ok && (!v.ing || ingPatterns[v.lemma]) {
			pattern(c, v)
		}
	}
	c.nouns()
	c.covers()
	c.present()
	c.signatures()
}

// undertake reads what the parties to a treaty shall do: "The Parties shall
// cooperate in X and Y" tells what it covers, and that they cooperate.
func (c *clause) undertake(v verb) {
	if !cooperation[v.lemma] || c.lower(v.start) != "shall" {
		return
	}
	paper := c.treaty()
	subjects := c.subject(v, bodies)
	if paper.entity == entity.None || len(subjects) < 2 || len(c.set.Entities[paper.entity].Parties) < 2 {
		return
	}
	c.pairs(graph.CooperatesWith, subjects, v, "undertakes", nil)
	for i := v.at + 1; i < min(v.at+8, len(c.tokens)); i++ {
		if c.lower(i) == "in" || c.lower(i) == "on" {
			c.topics(paper, i+1, v)
			return
		}
	}
}

// unrealBefore stand before a gerund that tells of nothing done.
var unrealBefore = words("before without of for to from towards considering the a")

var opening = words("speak address attend chair open")

// speaking reads "Addressing the Summit, X …": the subject follows the comma.
func (c *clause) speaking(v verb) {
	for j := v.at + 1; j < len(c.tokens); j++ {
		if c.lower(j) == "," && c.top[j] == mention.None {
			c.each(graph.ParticipatedIn, c.right(j+1, len(c.tokens), persons), c.firstOf(v.at, events), v, "attended", nil)
			return
		}
	}
}

// ingPatterns are the verbs that state a fact as a present participle too.
var ingPatterns = words("replace succeed amend supersede attend include sign adopt")

var verbPatterns map[string]func(*clause, verb)

func init() {
	verbPatterns = map[string]func(*clause, verb){
		"sign": (*clause).sign, "put": (*clause).sign, "ink": (*clause).sign, "renew": (*clause).sign,
		"adopt": (*clause).adopt, "approve": (*clause).adopt, "endorse": (*clause).adopt,
		"ratify": (*clause).ratify, "accede": (*clause).accede, "conclude": (*clause).conclude, "launch": (*clause).conclude, "release": (*clause).conclude,
		"establish": (*clause).conclude, "deposit": (*clause).deposit,
		"host": (*clause).host, "organise": (*clause).host, "organize": (*clause).host, "convene": (*clause).host, "co-host": (*clause).host,
		"attend": (*clause).attend, "address": (*clause).attend, "chair": (*clause).attend, "co-chair": (*clause).attend, "open": (*clause).attend,
		"inaugurate": (*clause).attend, "participate": (*clause).attend, "take": (*clause).take, "preside": (*clause).attend, "represent": (*clause).represented,
		"join": (*clause).join, "rejoin": (*clause).join, "gather": (*clause).attend, "moderate": (*clause).attend, "close": (*clause).attend, "lead": (*clause).lead, "head": (*clause).lead,
		"deliver": (*clause).attend,
		"meet":    (*clause).meet, "confer": (*clause).meet, "speak": (*clause).meet, "talk": (*clause).meet, "receive": (*clause).meetDirect, "welcome": (*clause).meetDirect,
		"hold": (*clause).hold, "have": (*clause).hold, "pay": (*clause).hold, "grant": (*clause).hold, "converse": (*clause).meet, "consult": (*clause).meet,
		"withdraw": (*clause).withdraw, "leave": (*clause).withdraw, "denounce": (*clause).withdraw, "quit": (*clause).withdraw, "abandon": (*clause).withdraw,
		"replace": (*clause).succeed, "succeed": (*clause).succeed, "supersede": (*clause).succeed, "amend": (*clause).succeed,
		"cooperate": (*clause).cooperate, "co-operate": (*clause).cooperate, "collaborate": (*clause).cooperate, "work": (*clause).cooperate, "partner": (*clause).cooperate,
		"belong": (*clause).belong, "accompany": (*clause).accompany, "compose": (*clause).composed, "comprise": (*clause).composed, "count": (*clause).composed, "bring": (*clause).bring,
	}
	for _, lemma := range strings.Fields(`discuss review stress underline underscore emphasise emphasize highlight exchange inform brief note touch express reaffirm
		reiterate praise thank mention outline consult explore raise affirm commend consider examine evoke recall speak report lay plead draw point call talk applaud
		welcome agree condemn acquaint urge address share`) {
		first := verbPatterns[lemma]
		verbPatterns[lemma] = func(c *clause, v verb) {
			if first != nil {
				first(c, v)
			}
			c.discuss(v)
		}
	}
}

// each states a fact between every subject and every object.
func (c *clause) each(p graph.Predicate, subjects, objects []arg, v verb, name string, q graph.Qualifiers) {
	for _, s := range subjects {
		for _, o := range objects {
			c.fact(p, s, o, v.at, name, q)
		}
	}
}

// sides are the agent and the patient of a verb, whichever its voice.
func (c *clause) sides(v verb, agents, patients []graph.Kind) (agent, patient []arg) {
	if v.passive {
		agent, patient = c.agents(v, agents), c.subject(v, patients)
		if patient == nil && v.start == 0 { // "Signed by X and Y, the Protocol …"
			patient = c.firstOf(v.at, patients)
		}
		return agent, patient
	}
	agent, patient = c.subject(v, agents), c.object(v, patients)
	if patient == nil {
		patient = c.fronted(v, patients)
	}
	return agent, patient
}

// firstOf is the first mention of these kinds after token i.
func (c *clause) firstOf(i int, kinds []graph.Kind) []arg {
	for j := i + 1; j < len(c.tokens); j++ {
		if t := c.top[j]; t != mention.None {
			if out := c.standing(t, kinds); out != nil {
				return out
			}
			j = c.mentions[t].Last - 1
		}
	}
	return nil
}

// afterColon is the list after the colon that follows token i: "the following
// States signed it: X, Y and Z".
func (c *clause) afterColon(i int, kinds []graph.Kind) []arg {
	for j := i + 1; j < len(c.tokens); j++ {
		if c.lower(j) == ":" && c.top[j] == mention.None {
			return c.right(j+1, len(c.tokens), kinds)
		}
	}
	return nil
}

// agents are all that "by" introduces after a passive verb: "by X and, for Y, by Z".
func (c *clause) agents(v verb, kinds []graph.Kind) []arg {
	var out []arg
	end := c.ends(v.at)
	for j := v.at + 1; j < end; j++ {
		if c.top[j] == mention.None && c.lower(j) == "by" {
			out = appendArgs(out, c.right(j+1, end, kinds))
		}
	}
	return out
}

// fronted is the object that a relative clause begins with: "the Accord, which X
// concluded with Y".
func (c *clause) fronted(v verb, kinds []graph.Kind) []arg {
	begin := c.begins(v.at)
	if begin < 2 || c.lower(begin-1) != "which" && c.lower(begin-1) != "that" || v.start == begin {
		return nil
	}
	end := begin - 1
	if c.lower(end-1) == "," {
		end--
	}
	return c.lastOf(c.nearest(end, kinds))
}

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
	if v.passive && len(agents) == 0 {
		agents = c.after(v, actors, "between")
	}
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
	if len(agents) == 0 {
		return
	}
	c.each(graph.Adopted, agents, agreements, v, "adopted", nil)
}

func (c *clause) ratify(v verb) {
	agents, agreements := c.sides(v, bodies, papers)
	if len(agents) == 0 {
		agents = c.afterColon(v.at, bodies)
	}
	c.each(graph.PartyTo, agents, agreements, v, "ratified", graph.Qualifiers{graph.WithStatus: graph.Ratified})
}

func (c *clause) accede(v verb) {
	c.each(graph.PartyTo, c.subject(v, bodies), c.object(v, papers), v, "acceded", graph.Qualifiers{graph.WithStatus: graph.Acceded})
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

// statuses are what the acts by which a state binds itself make it.
var statuses = map[string]string{"ratification": graph.Ratified, "accession": graph.Acceded, "acceptance": graph.Party, "approval": graph.Party}

// deposit reads "deposited its instrument of ratification of the Convention".
func (c *clause) deposit(v verb) {
	for j := v.at; j < min(v.at+8, len(c.tokens)); j++ {
		status := statuses[c.lower(j)]
		if status == "" {
			continue
		}
		for k := j + 1; k < c.ends(v.at); k++ {
			if t := c.top[k]; t != mention.None && c.standing(t, papers) != nil {
				c.each(graph.PartyTo, c.subject(v, bodies), c.right(k, c.ends(v.at), papers), v, "deposited", graph.Qualifiers{graph.WithStatus: status})
				return
			}
		}
		if at := c.set.Latest(graph.Agreement, max(c.to-1, 0)); at != entity.None && c.to > c.from {
			c.each(graph.PartyTo, c.subject(v, bodies), []arg{{entity: at, mention: mention.None}}, v, "deposited", graph.Qualifiers{graph.WithStatus: status})
		}
		return
	}
}

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
	c.each(graph.Hosted, agents, patients, v, "hosted", nil)
	c.venue(v, patients)
}

// venue states where events took place.
func (c *clause) venue(v verb, what []arg) {
	for _, e := range what {
		for j := v.at + 1; j < c.ends(v.at); j++ {
			t := c.top[j]
			if t == mention.None || c.lower(j-1) != "in" && c.lower(j-1) != "at" {
				continue
			}
			if place := c.standing(t, []graph.Kind{graph.Place, graph.Country}); len(place) == 1 {
				c.fact(graph.HeldIn, e, place[0], v.at, "held", nil)
				return
			}
		}
	}
}

func (c *clause) attend(v verb) {
	agents, what := c.sides(v, actors, events)
	if v.lemma == "speak" || v.lemma == "gather" || v.lemma == "preside" || v.lemma == "deliver" {
		what = c.after(v, events, "at", "over", "for", "of", "to")
	}
	if v.lemma == "open" && v.passive && len(agents) == 0 {
		return
	}
	if what == nil && (v.lemma == "attend" || v.lemma == "participate" || v.lemma == "preside") {
		what = c.eventBefore()
	}
	role := map[string]string{"chair": "chair", "co-chair": "co-chair", "preside": "chair", "moderate": "moderator"}[v.lemma]
	c.each(graph.ParticipatedIn, agents, what, v, "attended", graph.Qualifiers{graph.InRole: role})
}

// take reads "took part in", "took place in", "took over from".
func (c *clause) take(v verb) {
	switch c.lower(v.at + 1) {
	case "part":
		what := c.after(v, events, "in", "at")
		if what == nil && c.lower(v.at+2) != "in" {
			what = c.eventBefore()
		}
		c.each(graph.ParticipatedIn, c.subject(v, actors), what, v, "attended", nil)
	case "place":
		if c.lower(v.at+2) == "of" || strings.HasPrefix(c.lower(v.at+2), "of") {
			c.succeed(v)
			return
		}
		c.venue(v, c.subject(v, events))
	case "over":
		c.each(graph.Succeeded, c.subject(v, persons), c.after(v, persons, "from"), v, "succeeded", nil)
	case "the":
		if c.lower(v.at+2) == "place" {
			c.succeed(v)
		}
	}
}

// represented reads "X was represented (by its Minister) at the Summit".
func (c *clause) represented(v verb) {
	if !v.passive {
		return
	}
	what := c.after(v, events, "at", "in")
	if what == nil {
		what = c.eventBefore()
	}
	c.each(graph.ParticipatedIn, c.subject(v, bodies), what, v, "represented", nil)
	c.each(graph.ParticipatedIn, c.after(v, persons, "by"), what, v, "represented", nil)
}

// eventBefore is the event spoken of last, named within the two sentences before.
func (c *clause) eventBefore() []arg {
	for i := c.to - 1; i >= 0 && c.n-c.mentions[i].Sentence <= 2; i-- {
		if at := c.set.One(i); at != entity.None && c.set.Entities[at].Kind == graph.Event && c.mentions[i].Inside == mention.None {
			return []arg{{at, i, c.mentions[i].Span}}
		}
	}
	return nil
}

// lead reads "the delegation was headed by X" of an event spoken of before, and
// "X headed the Centre".
func (c *clause) lead(v verb) {
	if !v.passive {
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

// delegationBefore tells whether "a delegation of" begins the noun phrase before i.
func (c *clause) delegationBefore(i int) bool {
	for j := i - 1; j >= max(0, i-8); j-- {
		if c.lower(j) == "delegation" {
			return true
		}
	}
	return false
}

func (c *clause) join(v verb) {
	c.each(graph.MemberOf, c.subject(v, bodies), c.object(v, []graph.Kind{graph.Organisation}), v, "joined", c.dateOf(v))
	c.each(graph.ParticipatedIn, c.subject(v, actors), c.object(v, events), v, "attended", nil)
	c.each(graph.PartyTo, c.subject(v, bodies), c.object(v, papers), v, "acceded", graph.Qualifiers{graph.WithStatus: graph.Acceded})
}

func (c *clause) dateOf(v verb) graph.Qualifiers {
	if d := c.date(v.at); d != mention.None {
		return graph.Qualifiers{graph.OnDate: c.mentions[d].Date}
	}
	return nil
}

func (c *clause) withdraw(v verb) {
	left := []graph.Kind{graph.Organisation, graph.Agreement}
	agents, what := c.subject(v, bodies), c.object(v, left)
	if v.lemma == "withdraw" {
		what = c.after(v, left, "from")
	}
	if v.passive {
		agents, what = c.after(v, bodies, "by"), c.subject(v, left)
	}
	if len(what) > 1 {
		what = what[:1]
	}
	c.each(graph.WithdrewFrom, agents, what, v, "withdrew", nil)
}

// succeed reads "X replaced Y": persons, agreements or organisations.
func (c *clause) succeed(v verb) {
	for _, kinds := range [][]graph.Kind{persons, papers, {graph.Organisation}} {
		newer, older := c.sides(v, kinds, kinds)
		if v.ing {
			newer = c.subject(v, kinds)
		}
		if len(newer) > 0 && len(older) > 0 {
			c.each(graph.Succeeded, newer[:1], older[:1], v, "succeeded", nil)
			return
		}
	}
}

func (c *clause) cooperate(v verb) {
	switch {
	case v.lemma == "work" && c.lower(v.at+1) != "with" && c.lower(v.at+1) != "together" && c.lower(v.at+1) != "closely" && c.lower(v.at+1) != "side":
		return
	}
	subjects := c.subject(v, bodies)
	if with := c.after(v, bodies, "with"); with != nil {
		c.each(graph.CooperatesWith, subjects, with, v, "cooperates", nil)
		return
	}
	c.pairs(graph.CooperatesWith, subjects, v, "cooperates", nil)
}

// pairs states a symmetric fact between every two of the list.
func (c *clause) pairs(p graph.Predicate, list []arg, v verb, name string, q graph.Qualifiers) {
	if len(list) > 6 {
		return
	}
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			c.fact(p, list[i], list[j], v.at, name, q)
		}
	}
}

// composed reads "the Union is composed of X and Y", "the Union comprises X and Y".
func (c *clause) composed(v verb) {
	whole := c.lastOf(c.subject(verb{at: v.at, start: v.start}, organisations))
	i := v.at + 1
	if c.lower(i) == "of" || c.lower(i) == "by" {
		i++
	}
	if members := c.right(i, c.ends(v.at), bodies); len(members) > 1 && len(whole) > 0 {
		c.each(graph.MemberOf, members, whole, v, "composed", nil)
	}
}

func (c *clause) belong(v verb) {
	c.each(graph.MemberOf, c.subject(v, bodies), c.after(v, []graph.Kind{graph.Organisation}, "to"), v, "belongs", nil)
}
