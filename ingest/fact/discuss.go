package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// speech are the verbs by which somebody talks about something. The prepositions
// lead to the topics, which are a direct object if there is none.
var speech = map[string][]string{
	"exchange": {"on", "about", "regarding"}, "inform": {"on", "about", "of"}, "brief": {"on", "about"}, "touch": {"on", "upon"}, "dwell": {"on", "upon"},
	"thank": {"for"}, "congratulate": {"on", "for"}, "consult": {"on", "about", "regarding"}, "speak": {"about", "of", "on", "regarding"}, "talk": {"about", "on"}, "report": {"on"}, "lay": {"on"},
	"confer": {"on", "about"}, "plead": {"for"}, "draw": {"to"}, "point": {"out", "to"}, "call": {"for", "to"}, "agree": {"on", "to", "upon"}, "acquaint": {"with"}, "share": {"on", "about", "of"},
	"refer": {"to"}, "argue": {"over", "about", "for"}, "elaborate": {"on"}, "single": {"out"}, "deliberate": {"on"}, "negotiate": {"on", "over"}, "comment": {"on"},
	"urge": {"", "to", "for"}, "encourage": {"to"}, "invite": {"to"}, "insist": {"on"}, "warn": {"of", "about", "against"}, "remind": {"of"}, "pay": {"to"}, "give": {"to"}, "place": {"on"}, "put": {"on"},
	"commit": {"to"}, "resolve": {"to"}, "look": {"to"}, "coordinate": {"on"}, "hold": {"on", "about", "regarding"}, "have": {"on", "about", "regarding"}, "take": {"of", "up"}, "continue": {"on", "about", "regarding"},
	"discuss": nil, "review": nil, "stress": nil, "underline": nil, "underscore": nil, "emphasise": nil, "emphasize": nil, "highlight": nil, "note": nil, "express": nil, "reaffirm": nil,
	"reiterate": nil, "mention": nil, "outline": nil, "explore": nil, "raise": nil, "affirm": nil, "consider": nil, "examine": nil, "evoke": nil, "recall": nil, "condemn": nil, "address": nil,
	"welcome": nil, "praise": {"", "for"}, "commend": {"", "for", "on"}, "applaud": {"", "for"}, "explain": nil, "present": nil, "announce": nil, "convey": nil, "advocate": nil, "propose": nil,
	"debate": nil, "assess": nil, "deplore": nil, "acknowledge": nil, "recognise": nil, "recognize": nil, "pledge": nil, "support": nil, "appreciate": nil, "analyse": nil, "suggest": nil, "champion": nil,
	"laud": {"", "for"}, "voice": nil, "hail": nil, "complain": {"of", "about"}, "broach": nil, "reassert": nil, "say": {"of"}, "reply": {"to"}, "add": {"-"}, "declare": {"-"}, "observe": {"-"}, "remark": {"on"}, "caution": {"against"}, "tell": {"about", "of"}, "assure": {"of"},
	"lament": nil, "regret": nil, "criticise": nil, "criticize": nil, "decry": nil, "oppose": nil, "defend": nil, "salute": nil, "demand": nil, "protest": nil,
}

// speechLemmas are those among them that no other pattern needs.
const speechLemmas = `reply add declare observe remark caution assure lament regret criticise criticize decry oppose defend salute demand protest pertain turn range oblige rest consist transmit lodge affix append laud voice hail complain broach reassert enter terminate abrogate govern contain extend apply tackle aim issue pass announce refer argue elaborate single deliberate negotiate comment encourage insist warn remind resolve look coordinate explain convey advocate propose debate assess
	deplore acknowledge recognise recognize support appreciate analyse suggest champion congratulate centre center revolve concentrate top dominate feature continue`

// mutual are the verbs of talking that both sides do.
var mutual = words("discuss review exchange explore consult examine consider agree coordinate talk confer debate deliberate negotiate assess argue hold have continue")

// nounsOfSpeech must follow a verb that says little by itself: "held talks on",
// "paid attention to", "took note of".
var nounsOfSpeech = map[string]map[string]bool{
	"hold": talks, "have": talks, "continue": talks, "pay": words("attention tribute"), "give": words("attention emphasis weight"), "take": words("note stock up"), "look": words("forward"),
	"share": words("views perspectives information assessments"), "draw": words("attention"), "lay": words("stress emphasis"), "call": words("for on"), "point": words("out to"), "single": words("out"), "place": words("emphasis focus"), "put": words("emphasis focus"),
}

var talks = words("talks discussion discussions conversation conversations exchange exchanges dialogue consultations debate meeting call negotiations")

// discuss reads what the subjects of a verb of talking talked about.
func (c *clause) discuss(v verb) {
	if v.passive {
		c.discussed(v)
		return
	}
	if !c.says(v) {
		return
	}
	i, end := c.topicStart(v), c.speechEnd(v.at)
	if that := c.thatAfter(v); that > 0 {
		i, end = c.clauseTopic(that+1, end)
	}
	if i >= 0 && c.lower(i-1) == "to" && arranged[c.lower(i)] {
		return // "agreed to meet in Lima"
	}
	subjects := c.speakers(v)
	if len(subjects) == 0 {
		return
	}
	c.spokeThere(subjects, v)
	if mutual[v.lemma] && v.lemma != "hold" && v.lemma != "have" && v.lemma != "agree" && v.lemma != "continue" && len(subjects) == 2 && subjects[0].mention == subjects[1].mention && subjects[0].mention != mention.None && c.allPersons(subjects) {
		c.talked(subjects, v) // "the two ministers discussed"
	}
	if i >= 0 {
		c.about(subjects, i, end, v)
	}
}

// thatAfter is the "that" which begins what is said: after the verb or, if it tells
// somebody, after whom; 0 if there is none.
func (c *clause) thatAfter(v verb) int {
	if c.lower(v.at+1) == "that" {
		return v.at + 1
	}
	if v.lemma != "tell" && v.lemma != "inform" && v.lemma != "assure" {
		return 0
	}
	for j := v.at + 2; j < min(v.at+12, len(c.tokens)); j++ {
		if c.lower(j) == "that" && c.top[j] == mention.None {
			return j
		}
	}
	return 0
}

// clauseTopic is where the topic of a clause after "that" stands: its subject
// ("that ferry fares are high"), or what follows its verb if the subject acts
// ("that both peoples deserve freedom"). It gives -1 if there is none.
func (c *clause) clauseTopic(i, end int) (from, to int) {
	acts := false
	for j := i; j < end; j++ {
		if t := c.top[j]; t != mention.None {
			acts = acts || c.mentions[t].Kind != mention.Date && c.mentions[t].Kind != mention.Agreement && c.lower(c.mentions[t].Last) != "'s" && c.governor(c.mentions[t].First) != "between"
			continue
		}
		switch c.tokens[j].Tag {
		case text.Pronoun:
			acts = true
		case text.Finite, text.Auxiliary:
			if !acts {
				return i, j
			}
			for j < end && (c.tokens[j].Tag == text.Finite || c.tokens[j].Tag == text.Auxiliary || c.tokens[j].Tag == text.Adverb || c.tokens[j].Tag == text.Infinitive || c.lower(j) == "to") {
				j++
			}
			return j, end
		}
	}
	return -1, end
}

// arranged are what those who talk agree or invite others to do, which is no topic.
var arranged = words("meet visit convene hold attend")

// posts are what one takes up without a word about it.
var posts = words("post posts office duties position residence arms work appointment seat invitation")

// says tells whether the verb has the noun that makes it one of talking.
func (c *clause) says(v verb) bool {
	if v.lemma == "take" && c.lower(v.at+1) == "up" && (posts[c.lower(v.at+2)] || posts[c.lower(v.at+3)] || posts[c.lower(v.at+4)]) {
		return false
	}
	nouns, needed := nounsOfSpeech[v.lemma]
	if !needed {
		return true
	}
	for j := v.at + 1; j < min(v.at+6, len(c.tokens)); j++ {
		if nouns[c.lower(j)] {
			return true
		}
	}
	return false
}

// about states that the subjects discussed the list of topics from i to end.
func (c *clause) about(subjects []arg, i, end int, v verb) {
	if start, before := c.spheres(i, end); start > 0 {
		c.about(subjects, i, before, v)
		i = start
	} else if parts := c.aimed(i, end); parts != nil {
		for _, p := range parts {
			c.talkedOf(subjects, p[0], p[1], v)
		}
		return
	}
	c.talkedOf(subjects, i, end, v)
}

// talkedOf states that the subjects discussed the topics that the words from i to
// end name.
func (c *clause) talkedOf(subjects []arg, i, end int, v verb) {
	whole := 0
	for _, m := range c.set.Thesaurus().Topics(c.source, c.sentences[c.n], c.n, i, end) {
		if m.First < whole || c.isNamedActor(m) || c.isPredicate(m) {
			continue
		}
		m = c.wholeTitle(m)
		whole = m.Last
		c.each(graph.Discussed, subjects, []arg{{c.set.Topic(m), mention.None, m.Span}}, v, "discussed", nil)
	}
}

// wholeTitle widens a topic that ends within a title to the title's end:
// "implementation of the Memorandum of Understanding on Health".
func (c *clause) wholeTitle(m mention.Mention) mention.Mention {
	if t := c.top[m.Last-1]; t != mention.None && c.mentions[t].Is(mention.Agreement, mention.Event) && c.mentions[t].Form == mention.Named {
		title := c.mentions[t]
		m.Last, m.End = title.Last, title.End
		m.Name = mention.Squeeze(text.Unbroken(m.Span.Of(c.source)))
	}
	return m
}

// isPredicate tells whether the phrase names a person or an event, or says what
// another fact says: "the signing of".
func (c *clause) isPredicate(m mention.Mention) bool {
	for j := m.First; j < min(m.First+2, m.Last); j++ {
		if t := c.top[j]; t != mention.None && c.mentions[t].Is(mention.Person, mention.Office, mention.Event) && c.lower(c.mentions[t].Last) != "'s" {
			return true
		}
	}
	for j := m.First; j < min(m.First+3, m.Last); j++ {
		switch c.lower(j) {
		case "signing", "signature", "appointment", "adoption", "accession", "ratification", "election", "hosting":
			return c.lower(j+1) == "of" || c.lower(j+1) == "to" || c.lower(j-1) == "'s"
		}
	}
	return false
}

// speakers are who talks: the subject, "we", the heads of a communiqué whose
// members begin with the verb; for a mutual verb the other side too.
func (c *clause) speakers(v verb) []arg {
	subjects := c.subject(v, actors)
	if len(subjects) == 0 {
		subjects = c.unnamed(v, actors)
	}
	if !mutual[v.lemma] || len(subjects) != 1 {
		return subjects
	}
	for _, f := range c.facts { // "X met Y and discussed Z"
		if f.Predicate == graph.Met && f.sentence == c.n && (f.Subject == subjects[0].entity || f.Object == subjects[0].entity) {
			other := f.Subject + f.Object - subjects[0].entity
			subjects = appendArgs(slices.Clone(subjects), []arg{{other, mention.None, text.Span(f.ObjectAt)}})
		}
	}
	return subjects
}

// unnamed are the subjects of these kinds of a verb without one of its own: "we",
// or the heads of the list whose member begins with the verb.
func (c *clause) unnamed(v verb, kinds []graph.Kind) []arg {
	j := v.start - 1
	for j >= 0 && (adverbs[c.lower(j)] || strings.HasSuffix(c.lower(j), "ly")) {
		j--
	}
	switch w := c.lower(j); {
	case w == "we" || w == "i":
		return c.ourselves(kinds)
	case j < c.head || j < 3 && (w == "." || w == ")" || w == "-" || w == "–" || w == "•"):
		if v.ing {
			return nil
		}
		return c.ofKinds(c.chorus, kinds)
	}
	return nil
}

func (c *clause) ofKinds(in []arg, kinds []graph.Kind) []arg {
	return slices.DeleteFunc(slices.Clone(in), func(a arg) bool { return !slices.Contains(kinds, c.set.Entities[a.entity].Kind) })
}

// ourselves are the two whose joint text it is, else the speaker's country.
func (c *clause) ourselves(kinds []graph.Kind) []arg {
	if out := c.ofKinds(c.interlocutors(), kinds); len(out) > 1 {
		return out
	}
	best, most := entity.None, 1
	for at, e := range c.set.Entities {
		if e.Kind == graph.Country && len(e.Spans) > most {
			best, most = at, len(e.Spans)
		}
	}
	if best == entity.None || !slices.Contains(kinds, graph.Country) {
		return nil
	}
	return []arg{{best, mention.None, text.Span(c.set.Entities[best].Spans[0])}}
}

// interlocutors are those whose meeting was told of last.
func (c *clause) interlocutors() []arg {
	last := -1
	for i, f := range c.facts {
		if f.Predicate == graph.Met && f.sentence <= c.n && (last < 0 || f.sentence >= c.facts[last].sentence) {
			last = i
		}
	}
	if last < 0 {
		return nil
	}
	var out []arg
	for _, f := range c.facts {
		if f.Predicate == graph.Met && f.sentence == c.facts[last].sentence {
			out = appendArgs(out, []arg{{f.Subject, mention.None, text.Span(f.SubjectAt)}, {f.Object, mention.None, text.Span(f.ObjectAt)}})
		}
	}
	return out
}

// purposed reads "X met Y to discuss Z".
func (c *clause) purposed(v verb) {
	if !mutual[v.lemma] || c.lower(v.at-1) != "to" || !c.says(v) {
		return
	}
	for _, g := range slices.Backward(c.verbs) {
		if g.at >= v.at || g.ing {
			continue
		}
		if i := c.topicStart(v); !g.unreal && meets[g.lemma] && i >= 0 {
			c.about(c.metHere(g), i, c.speechEnd(v.at), v)
		}
		return
	}
}

var meets = words("meet speak hold have talk receive host gather convene visit pay welcome confer join call")

// metHere are both sides of the meetings that this sentence tells of, else the
// subject of its verb.
func (c *clause) metHere(g verb) []arg {
	out := c.interlocutors()
	for _, f := range c.facts {
		if f.Predicate == graph.Met && f.sentence == c.n {
			return out
		}
	}
	return c.subject(g, actors)
}

// speechEnd is the token before which what is said at token v ends.
func (c *clause) speechEnd(v int) int {
	for j := v + 1; j < len(c.tokens); j++ {
		if c.top[j] != mention.None {
			continue
		}
		switch w := c.lower(j); {
		case w == "which" || w == "who" || w == "whose" || w == "while" || w == "whereas" || w == "but" || w == "although" || w == "because" || w == "when":
			return j
		case (w == "," || w == ";" || w == "and" && !c.coordinates(j)) && c.newSubject(j+1):
			return j
		case speakingGerund(w) && j > v+1 && (c.lower(j-1) == "," || c.lower(j-1) == "and"):
			return j
		}
	}
	return len(c.tokens)
}

// speakingGerund tells whether the word goes on with another verb of talking:
// "…, stressing that".
func speakingGerund(w string) bool {
	lemma, form, ok := lemmaOf(w)
	if !ok || form == base || form == gerund && !reporting[lemma] {
		return false
	}
	_, says := speech[lemma]
	return says
}

// reporting are the verbs of talking whose gerund goes on with the report.
var reporting = words("stress underline underscore emphasise emphasize highlight note recall express reaffirm reiterate thank praise commend welcome")

// topicStart is the token where the topics begin, or -1.
func (c *clause) topicStart(v verb) int {
	preps := speech[v.lemma]
	direct := len(preps) == 0 || preps[0] == ""
	if direct && len(preps) > 0 && c.personFollows(v.at) {
		direct = false
	}
	if direct {
		if c.lower(v.at+1) == "that" || v.lemma == "welcome" && c.personFollows(v.at) {
			return -1
		}
		return v.at + 1
	}
	for j := v.at + 1; j < min(c.speechEnd(v.at), v.at+22); j++ {
		if c.top[j] == mention.None && slices.Contains(preps, c.lower(j)) && !c.dateAt(j+1) {
			return j + 1
		}
	}
	return -1
}

// dateAt tells whether a date stands at token i.
func (c *clause) dateAt(i int) bool {
	return i < len(c.tokens) && c.top[i] != mention.None && c.mentions[c.top[i]].Kind == mention.Date
}

// personFollows tells whether a person is the object of the verb at i.
func (c *clause) personFollows(i int) bool {
	for j := i + 1; j < min(i+4, len(c.tokens)); j++ {
		if t := c.top[j]; t != mention.None {
			return c.mentions[t].Is(mention.Person, mention.Office, mention.Country, mention.Organisation) && c.lower(c.mentions[t].Last) != "'s"
		}
		if !determiners[c.lower(j)] {
			return false
		}
	}
	return false
}

// discussed reads "X and Y were discussed".
func (c *clause) discussed(v verb) {
	who := c.agents(v, actors)
	if len(who) == 0 {
		who = c.interlocutors()
	}
	if prep := c.attention(v); prep > 0 {
		c.about(who, prep+1, c.speechEnd(v.at), v)
		return
	}
	if v.partic || !mutual[v.lemma] && v.lemma != "raise" && v.lemma != "address" || v.lemma == "hold" || v.lemma == "have" {
		return
	}
	c.about(who, c.begins(v.at), v.start, v)
}

// attention is the preposition that leads to the topics of "particular attention was
// paid to X", "views were exchanged on X", 0 if there is none.
func (c *clause) attention(v verb) int {
	if heeded[v.lemma] == nil {
		return 0
	}
	for j := v.start - 1; j >= max(0, v.start-3); j-- {
		if c.top[j] == mention.None && heeded[v.lemma][c.lower(j)] {
			for k := v.at + 1; k < min(v.at+4, len(c.tokens)); k++ {
				if w := c.lower(k); w == "to" || w == "on" || w == "about" {
					return k
				}
			}
		}
	}
	return 0
}

// heeded are what is given to a topic, by the verbs of giving it.
var heeded = map[string]map[string]bool{"pay": words("attention"), "give": words("attention emphasis priority"), "exchange": words("views opinions"),
	"put": words("emphasis focus accent"), "lay": words("emphasis stress"), "place": words("emphasis focus"), "focus": words("attention"), "draw": words("attention")}

// agenda reads "the talks focused on X", "X and Y were on the agenda".
func (c *clause) agenda() {
	for _, v := range c.verbs {
		if preps, ok := focusing[v.lemma]; ok && !v.unreal && !v.passive && c.talking(v) {
			for j := v.at + 1; j < min(v.at+4, len(c.tokens)); j++ {
				if preps == "" || slices.Contains(strings.Fields(preps), c.lower(j)) {
					c.about(c.interlocutors(), j+b2i(preps != ""), c.speechEnd(v.at), v)
					break
				}
			}
		}
	}
	for i := 2; i < len(c.tokens); i++ {
		w := c.lower(i)
		if w != "agenda" && w != "table" && w != "centre" && w != "center" && w != "heart" || c.top[i] != mention.None {
			continue
		}
		j := i - 1
		for j > 0 && c.lower(j) != "was" && c.lower(j) != "were" && c.lower(j) != "been" && c.lower(j) != "stood" && i-j < 6 {
			j--
		}
		if j > 1 && i-j < 6 && (c.lower(i-2) == "on" || c.lower(i-2) == "at") {
			start := j
			for start > 0 && (activeAux[c.lower(start-1)] || adverbs[c.lower(start-1)]) {
				start--
			}
			c.about(c.interlocutors(), c.begins(j), start, verb{at: j, start: start})
			return
		}
	}
}

// focusing are the verbs that tell what talks were about.
var focusing = map[string]string{"focus": "on", "centre": "on around", "center": "on around", "concentrate": "on", "cover": "", "touch": "on upon", "deal": "with", "revolve": "around", "address": "", "include": ""}

// talking tells whether the verb's subject is a talk: "the discussions".
func (c *clause) talking(v verb) bool {
	for j := v.start - 1; j >= max(c.begins(v.at), v.start-8); j-- {
		if talks[c.lower(j)] && c.top[j] == mention.None {
			return v.lemma != "include"
		}
		if w := c.lower(j); v.lemma == "include" && (w == "topics" || w == "issues" || w == "agenda" || w == "matters" || w == "subjects" || w == "questions" || w == "themes" || w == "points") {
			return true
		}
	}
	return false
}

// leadsChorus remembers who speaks in the members of a list that this sentence
// begins: "The Presidents of X and Y:".
func (c *clause) leadsChorus() {
	last := len(c.tokens) - 1
	if c.lower(last) != ":" {
		if last > 1 && (len(c.verbs) == 0 || c.verbs[0].start > 3) {
			c.chorus = nil
		}
		return
	}
	who := c.firstOf(-1, organisations)
	for j := 0; j < last; j++ {
		if t := c.top[j]; t != mention.None && c.mentions[t].Is(mention.Person, mention.Group) {
			who = nil
			for k := c.from; k < c.to; k++ {
				if c.mentions[k].Is(mention.Person, mention.Group) {
					who = appendArgs(who, c.standing(k, persons))
				}
			}
			break
		}
	}
	c.chorus = who
}
