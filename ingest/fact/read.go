package fact

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// read runs the patterns over the clause: those of its verbs, then those of its
// nouns.
func (c *clause) read() {
	c.preamble()
	for _, v := range c.verbs {
		if v.unreal {
			c.undertake(v)
			c.purposed(v)
			c.rejectUnreal(v)
			continue
		}
		if v.ing && v.start == 0 && opening[v.lemma] {
			c.speaking(v)
		}
		if v.ing && unrealBefore[c.lower(v.start-1)] {
			continue
		}
		if pattern, ok := verbPatterns[v.lemma]; ok && (!v.ing || ingPatterns[v.lemma] || reporting[v.lemma] || v.start < v.at && (joint[v.lemma] || cooperation[v.lemma])) {
			before := c.stated
			pattern(c, v)
			c.rejectBarren(v, before)
		}
	}
	c.leadsChorus()
	c.held()
	c.career()
	c.predecessors()
	c.inPlaceOf()
	c.leadsChorus()
	c.nouns()
	c.covers()
	c.atEvents()
	c.agenda()
	c.attended()
	c.present()
	c.signatures()
	c.signsFor()
	c.deposits()
	c.labelled()
	c.statusLine()
	c.likewise()
	c.venueLine()
}

// undertake reads what the parties to a treaty shall do: "The Parties shall
// cooperate in X and Y" tells what it covers, and that they cooperate.
func (c *clause) undertake(v verb) {
	if w := c.lower(v.start); !cooperation[v.lemma] || w != "shall" && w != "will" {
		return
	}
	paper := c.treaty()
	subjects := c.subject(v, bodies)
	if paper.entity == entity.None || len(c.partyArgs(paper)) < 2 {
		return
	}
	if len(subjects) < 2 || len(c.contractors) > 2 { // "the Contracting States"
		subjects = c.partyArgs(paper)
	}
	c.pairs(graph.CooperatesWith, subjects, v, "undertakes", nil)
	for i := v.at + 1; i < min(v.at+8, len(c.tokens)); i++ {
		if c.lower(i) == "in" || c.lower(i) == "on" {
			c.topics(paper, i+1, v)
			c.lines(paper, v)
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
			event := c.firstOf(v.at, events)
			if event == nil && assembled[c.lower(j-1)] { // "Addressing the participants"
				event = c.eventBefore()
			}
			c.each(graph.ParticipatedIn, c.right(j+1, len(c.tokens), persons), event, v, "attended", nil)
			return
		}
	}
}

// assembled are words for those whom one addresses at an event, and for the event.
var assembled = words("participants delegates audience attendees session meeting gathering guests conference plenary proceedings event forum summit ceremony")

// ingPatterns are the verbs that state a fact as a present participle too.
var ingPatterns = words("take relieve replace succeed amend supersede attend include sign adopt")

var verbPatterns map[string]func(*clause, verb)

func init() {
	verbPatterns = map[string]func(*clause, verb){
		"sign": (*clause).sign, "put": (*clause).sign, "ink": (*clause).sign, "renew": (*clause).sign, "affix": (*clause).sign, "append": (*clause).sign,
		"adopt": (*clause).adopt, "approve": (*clause).adopt, "endorse": (*clause).adopt,
		"ratify": (*clause).ratify, "accede": (*clause).accede, "conclude": (*clause).conclude, "launch": (*clause).conclude, "release": (*clause).conclude,
		"establish": (*clause).conclude, "deposit": (*clause).deposit,
		"host": (*clause).host, "organise": (*clause).host, "organize": (*clause).host, "convene": (*clause).host, "co-host": (*clause).host,
		"co-organise": (*clause).host, "co-organize": (*clause).host, "co-convene": (*clause).host,
		"attend": (*clause).attend, "address": (*clause).attend, "chair": (*clause).attend, "co-chair": (*clause).attend, "open": (*clause).attend,
		"inaugurate": (*clause).attend, "participate": (*clause).attend, "take": (*clause).take, "preside": (*clause).attend, "represent": (*clause).represented,
		"join": (*clause).join, "rejoin": (*clause).join, "gather": (*clause).attend, "moderate": (*clause).attend, "close": (*clause).attend, "lead": (*clause).lead, "head": (*clause).lead,
		"deliver": (*clause).attend,
		"meet":    (*clause).meet, "confer": (*clause).meet, "speak": (*clause).meet, "talk": (*clause).meet, "receive": (*clause).meetDirect, "welcome": (*clause).meetDirect,
		"hold": (*clause).hold, "have": (*clause).hold, "pay": (*clause).hold, "grant": (*clause).hold, "converse": (*clause).meet, "consult": (*clause).meet,
		"withdraw": (*clause).withdraw, "leave": (*clause).withdraw, "denounce": (*clause).withdraw, "quit": (*clause).withdraw, "exit": (*clause).withdraw, "walk": (*clause).withdraw, "pull": (*clause).withdraw, "depart": (*clause).withdraw, "rescind": (*clause).withdraw, "abandon": (*clause).withdraw,
		"replace": (*clause).succeed, "succeed": (*clause).succeed, "supersede": (*clause).succeed, "relieve": (*clause).succeed, "follow": (*clause).succeed, "hand": (*clause).handOver, "amend": (*clause).succeed,
		"cooperate": (*clause).cooperate, "co-operate": (*clause).cooperate, "collaborate": (*clause).cooperate, "partner": (*clause).cooperate,
		"bind": (*clause).bound, "enter": (*clause).enter, "bear": (*clause).bear, "do": (*clause).doneAt, "issue": (*clause).issue, "pass": (*clause).adopt, "terminate": (*clause).superseded, "abrogate": (*clause).superseded,
		"belong": (*clause).belong, "admit": (*clause).admit, "group": (*clause).group, "unite": (*clause).group, "sit": (*clause).sit, "serve": (*clause).sit, "accompany": (*clause).accompany, "call": (*clause).call, "include": (*clause).delegationMembers, "compose": (*clause).composed, "comprise": (*clause).composed, "count": (*clause).composed, "bring": (*clause).bring,
	}
	for lemma := range happens {
		first := verbPatterns[lemma]
		verbPatterns[lemma] = func(c *clause, v verb) {
			if first != nil {
				first(c, v)
			}
			c.ended(v)
		}
	}
	for lemma := range joint {
		first := verbPatterns[lemma]
		verbPatterns[lemma] = func(c *clause, v verb) {
			if first != nil {
				first(c, v)
			}
			c.cooperate(v)
		}
	}
	for _, lemma := range strings.Fields("assume occupy hold become serve work take appoint elect name designate confirm install re-elect reappoint reelect swear inaugurate") {
		first := verbPatterns[lemma]
		verbPatterns[lemma] = func(c *clause, v verb) {
			if first != nil {
				first(c, v)
			}
			c.appointed(v)
		}
	}
	for lemma := range speech {
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
		if patient == nil && v.partic && len(c.verbs) > 0 && c.verbs[0].start == c.head && c.verbs[0].partic { // "Hosted by X and chaired by Y, the Forum …"
			patient = c.firstOf(v.at, patients)
		}
		return agent, patient
	}
	agent, patient = c.subject(v, agents), c.object(v, patients)
	if agent == nil {
		agent = c.unnamed(v, agents)
	}
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
		if _, another := c.verbIn(j); another && out != nil {
			break // "signed by X and joined by Y"
		}
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

func (c *clause) join(v verb) {
	if v.passive {
		c.each(graph.PartyTo, c.agents(v, bodies), c.lastOf(c.subject(v, papers)), v, "acceded", graph.Qualifiers{graph.WithStatus: graph.Acceded})
		return
	}
	whole := c.directObject(v, organisations)
	if whole == nil && c.joinsSame(v) {
		whole = c.wholeBefore()
	}
	c.each(graph.MemberOf, c.subject(v, bodies), whole, v, "joined", c.dateOf(v))
	c.each(graph.ParticipatedIn, c.subject(v, actors), c.object(v, events), v, "attended", nil)
	c.each(graph.PartyTo, c.subject(v, bodies), c.object(v, papers), v, "acceded", graph.Qualifiers{graph.WithStatus: graph.Acceded})
}

// joinsSame tells whether what the verb joins is the body whose members the text
// has just told: "Fiji joined in 2007", "joined the bloc".
func (c *clause) joinsSame(v verb) bool {
	next := v.at + 1
	if c.lower(next) == "the" {
		return unions[c.lower(next+1)]
	}
	return next >= len(c.tokens) || afterDeed[c.lower(next)]
}

var unions = words("bloc group grouping club organisation organization union alliance body association community")

// wholeBefore is the body whose members the text told last, within two sentences.
func (c *clause) wholeBefore() []arg {
	for i := len(c.facts) - 1; i >= max(0, len(c.facts)-longestList); i-- {
		if f := c.facts[i]; f.Predicate == graph.MemberOf && c.n-f.sentence <= 2 {
			return []arg{{f.Object, mention.None, text.Span(f.ObjectAt)}}
		}
	}
	return nil
}

func (c *clause) dateOf(v verb) graph.Qualifiers {
	if d := c.date(v.at, graph.MemberOf); d != mention.None {
		return graph.Qualifiers{graph.OnDate: c.mentions[d].Date}
	}
	return nil
}

// succeed reads "X replaced Y": persons, agreements or organisations.
func (c *clause) succeed(v verb) {
	for _, kinds := range [][]graph.Kind{persons, papers, {graph.Organisation}} {
		newer, older := c.sides(v, kinds, kinds)
		if v.ing {
			newer = c.subject(v, kinds)
		}
		if len(newer) > 0 && len(older) > 0 {
			if kinds[0] == graph.Person {
				c.follow(newer[0], older[0], v)
				return
			}
			c.each(graph.Succeeded, newer[:1], older[:1], v, "succeeded", nil)
			return
		}
	}
	c.superseded(v)
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
	if v.lemma == "count" && c.countsAmong(v) {
		return
	}
	c.delegationMembers(v)
	whole := c.lastOf(c.subject(verb{at: v.at, start: v.start}, organisations))
	i := v.at + 1
	if c.lower(i) == "of" || c.lower(i) == "by" {
		i++
	}
	if members := c.right(i, c.ends(v.at), bodies); len(members) > 1 && len(whole) > 0 {
		c.each(graph.MemberOf, members, whole, v, "composed", nil)
	}
}

// madeUp reads "the Council, made up of X and Y", "comprising X and Y", "X and Y make
// up its membership".
func (c *clause) madeUp(v verb) {
	i := v.at + 1
	switch w := c.lower(v.at); {
	case w == "make" && c.lower(i) == "up":
		if c.lower(i+2) == "membership" {
			c.each(graph.MemberOf, c.bare(c.begins(v.at), v.at, bodies), c.ownBody(), v, "composed", nil)
		}
		return
	case w == "made" && c.lower(i) == "up" && c.lower(i+1) == "of":
		i += 2
	case w == "comprising":
	case strings.HasPrefix(w, "consist") && c.lower(i) == "of":
		i++
	default:
		return
	}
	end := v.at
	if w := c.lower(end - 1); w == "," || w == "is" || w == "are" {
		end--
	}
	if members := c.right(i, len(c.tokens), bodies); len(members) > 1 {
		c.each(graph.MemberOf, members, c.lastOf(c.nearest(end, organisations)), v, "composed", nil)
	}
}

// countsAmong reads "the Treaty counts X and Y among its signatories".
func (c *clause) countsAmong(v verb) bool {
	for j := v.at + 1; j+2 < len(c.tokens); j++ {
		if c.lower(j) != "among" || c.lower(j+1) != "its" {
			continue
		}
		who := c.object(v, bodies)
		switch c.lower(j + 2) {
		case "members":
			c.each(graph.MemberOf, who, c.lastOf(c.subject(v, organisations)), v, "list", nil)
		case "signatories":
			c.each(graph.Signed, who, c.lastOf(c.subject(v, papers)), v, "list", nil)
		case "parties":
			c.each(graph.PartyTo, who, c.lastOf(c.subject(v, papers)), v, "list", graph.Qualifiers{graph.WithStatus: graph.Party})
		}
		return true
	}
	return false
}

func (c *clause) belong(v verb) {
	whole := c.after(v, organisations, "to")
	if begin := c.begins(v.at); whole == nil && begin > 2 && c.lower(begin-1) == "which" && c.lower(begin-2) == "to" { // "X, to which Y belongs"
		whole = c.lastOf(c.nearest(begin-2-b2i(c.lower(begin-3) == ","), organisations))
	}
	c.each(graph.MemberOf, c.subject(v, bodies), whole, v, "belongs", c.since(v))
}
