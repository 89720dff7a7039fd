package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// coverage are the verbs by which a text tells what an agreement deals with, with
// the preposition that leads to the topics; "" is a direct object.
var coverage = map[string]string{"cover": "", "address": "", "encompass": "", "regulate": "", "concern": "", "include": "", "comprise": "", "envisage": "",
	"govern": "", "contain": "", "outline": "", "extend": "to", "centre": "on", "center": "on", "apply": "to", "tackle": "", "aim": "at to",
	"deal": "with", "relate": "to", "focus": "on", "devote": "to", "provide": "for", "set": "", "foresee": "", "touch": "on upon", "pertain": "to", "bear": "on", "turn": "on",
	"revolve": "around", "range": "over across", "spell": "out", "lay": "down", "make": "-", "have": "-", "commit": "-", "oblige": "-", "rest": "-", "consist": "-"}

// partsOf are the parts of an agreement that its verbs name before the topics:
// "contains provisions on X", "has chapters on X".
var partsOf = words("provision provisions chapter chapters article articles section sections rules clauses clause annex annexes commitments guidelines measures standards obligations arrangements signatories parties members states")

// partPreps lead from a part of an agreement to its topics.
var partPreps = words("on for about concerning governing regarding covering to in")

// coverageStart is where the topics of a verb of coverage begin, or -1.
func (c *clause) coverageStart(v verb) int {
	prep, i := coverage[v.lemma], v.at+1
	for j := i; j < min(i+5, len(c.tokens)-1); j++ {
		if c.top[j] == mention.None && partsOf[c.lower(j)] && partPreps[c.lower(j+1)] {
			return j + 2
		}
		if c.top[j] == mention.None && c.lower(j) == "pillars" && c.lower(j+1) == ":" {
			return j + 2
		}
		if c.top[j] != mention.None {
			break
		}
	}
	switch {
	case prep == "" && v.passive && c.lower(i) == "with":
		return i + 1
	case prep == "":
		if v.passive {
			return -1
		}
		return i
	case slices.Contains(strings.Fields(prep), c.lower(i)):
		return i + 1
	}
	return -1
}

// covers reads "the Treaty covers X, Y and Z", "the accord, which deals with X",
// "the areas under the memorandum include X".
func (c *clause) covers() {
	for _, v := range c.verbs {
		if _, ok := coverage[v.lemma]; !ok || v.unreal && c.lower(v.start) != "shall" {
			continue
		}
		i := c.coverageStart(v)
		if i < 0 {
			continue
		}
		if c.lower(i) == ":" {
			i++
		}
		a, ok := c.covering(v)
		if !ok && v.unreal && c.cooperationBefore(v.start) {
			a = c.treaty()
			ok = a.entity != entity.None
		}
		if ok {
			c.topics(a, i, v)
			c.lines(a, v)
		}
	}
	c.headings()
	c.amongIts()
	c.underIt()
}

// underIt reads "By the Treaty the parties undertook to cooperate in X", "Under it, the parties will cooperate in X and Y", "under which they
// are to promote X".
func (c *clause) underIt() {
	for i := 0; i+2 < len(c.tokens); i++ {
		if (c.lower(i) == "parties" || c.lower(i) == "signatories") && c.lower(i+1) == "to" && i < 4 { // "The parties to it agreed to cooperate in X"
			i++
		} else if w := c.lower(i); w != "under" && !(i == c.head && (w == "by" || w == "through" || w == "with" || w == "in")) || c.top[i] != mention.None {
			continue
		}
		var a []arg
		if c.lower(i+1) == "which" || c.lower(i+1) == "whose" {
			a = c.lastOf(c.nearest(i, papers))
		}
		if w := c.lower(i + 1); w != "which" && w != "whose" {
			a = c.lastOf(c.right(i+1, min(i+6, len(c.tokens)), papers))
		}
		if len(a) == 0 {
			return
		}
		for j := i + 2; j < min(i+14, len(c.tokens)); j++ {
			if w := c.lower(j); (w == "will" || w == "shall" || w == "are" && c.lower(j+1) == "to" || undertaking[w] && c.lower(j+1) == "to") && c.top[j] == mention.None {
				c.undertaken(a[0], j+1)
				return
			}
		}
		return
	}
}

var undertaking = words("agreed agree undertook undertake pledged pledge committed commit promised resolved")

// undertaken states the topics of what parties will do from token i on: "jointly
// promote X", "cooperate in X".
func (c *clause) undertaken(a arg, i int) {
	for j := i; j < min(i+4, len(c.tokens)-1); j++ {
		w := c.lower(j)
		switch {
		case strings.HasPrefix(w, "cooperate") || strings.HasPrefix(w, "co-operate") || strings.HasPrefix(w, "collaborate"):
			if p := c.lower(j + 1); p == "in" || p == "on" {
				c.topics(a, j+2, verb{at: j, start: j})
			}
			return
		case w == "work" && (c.lower(j+2) == "on" || c.lower(j+2) == "in"): // "work together on"
			c.topics(a, j+3, verb{at: j, start: j})
			return
		case promoting[w]:
			c.topics(a, j+1, verb{at: j, start: j})
			return
		case w != "to" && w != "be" && !strings.HasSuffix(w, "ly"):
			return
		}
	}
}

var promoting = words("promote develop expand strengthen support facilitate enhance encourage boost advance foster deepen")

// cooperationBefore tells whether a treaty speaks of the parties' cooperation:
// "The cooperation of the Parties shall extend to".
func (c *clause) cooperationBefore(end int) bool {
	for j := 0; j < end; j++ {
		if w := c.lower(j); w == "cooperation" || w == "co-operation" || w == "agreement" || w == "treaty" {
			return true
		}
	}
	return false
}

// lines reads the topics that stand on lines of their own after a colon: "(a) the
// assessment of stocks;".
func (c *clause) lines(a arg, v verb) {
	if last := c.lower(len(c.tokens) - 1); last != ":" && (last == "." || c.n+1 >= len(c.sentences) || !listMarks[c.sentences[c.n+1].Tokens[0].Text]) {
		return
	}
	for n := c.n + 1; n < min(len(c.sentences), c.n+25); n++ {
		tokens := c.sentences[n].Tokens
		if len(tokens) > 25 || !listMarks[tokens[0].Text] && !(len(tokens) > 1 && listMarks[tokens[1].Text]) {
			return
		}
		if len(tokens) < 3 { // the number is a sentence of its own
			continue
		}
		first := 0
		for first < min(3, len(tokens)-1) && (listMarks[tokens[first].Text] || first+1 < len(tokens) && listMarks[tokens[first+1].Text]) {
			first++
		}
		for _, m := range c.set.Thesaurus().Topics(c.source, c.sentences[n], n, first, len(tokens)) {
			line := &clause{reader: c.reader, n: n, tokens: tokens}
			f := Fact{Predicate: graph.Covers, Subject: a.entity, Object: c.set.Topic(m), Qualifiers: graph.Qualifiers{}, Place: entity.None, Confidence: 800,
				Extractor: "pattern/lines", Spans: line.whole(), SubjectAt: graph.Span(a.span), ObjectAt: graph.Span(m.Span), sentence: n, trigger: 0}
			c.state(f)
		}
		if tokens[len(tokens)-1].Text == "." {
			return
		}
	}
}

var listMarks = words("( ) . - – — • * · ▪ ○")

// amongIts reads "X, Y and Z are its headings", "X is among its priorities" of the
// agreement named last.
func (c *clause) amongIts() {
	for i := 2; i < len(c.tokens); i++ {
		if c.top[i] != mention.None || !headingNouns[c.lower(i)] {
			continue
		}
		j := i - 1
		for j > 0 && i-j < 5 && c.lower(j) != "are" && c.lower(j) != "is" {
			j--
		}
		if w := c.lower(j); w != "are" && w != "is" || c.lower(i-1) != "its" && c.lower(i-2) != "its" {
			continue
		}
		at := c.set.Latest(graph.Agreement, c.from+c.before(j))
		if at == entity.None {
			return
		}
		c.topicsBetween(arg{at, mention.None, text.Span(c.set.Entities[at].Spans[0])}, c.begins(j), j, verb{at: j, start: j})
		return
	}
}

// before is how many of the sentence's mentions begin before token i.
func (c *clause) before(i int) int {
	n := 0
	for k := c.from; k < c.to && c.mentions[k].First < i; k++ {
		n++
	}
	return n
}

// headings reads "the priorities of the Plan are X and Y".
func (c *clause) headings() {
	for i := range c.tokens {
		if w := c.lower(i); !headingNouns[w] || c.top[i] != mention.None {
			continue
		}
		for j := i + 1; j < min(i+25, len(c.tokens)); j++ {
			if w := c.lower(j); (w == "are" || w == ":" || w == "were") && c.top[j] == mention.None {
				v := verb{at: j, start: j}
				if a, ok := c.covering(v); ok {
					c.topics(a, j+1+b2i(c.lower(j+1) == ":"), v)
				}
				return
			}
		}
		return
	}
}

var headingNouns = words("priorities areas fields pillars headings chapters topics sectors domains components themes")

// covering is the agreement that the verb speaks of: its subject, else the last one
// named before it, unless an actor is the verb's subject.
func (c *clause) covering(v verb) (arg, bool) {
	if subject := c.lastOf(c.subject(v, papers)); len(subject) > 0 && c.lower(v.at) != ":" {
		return subject[0], true
	}
	begin := 0
	for j := v.start - 1; j > 0; j-- {
		if c.lower(j) == ";" {
			begin = j
			break
		}
	}
	for k := v.start - 1; k >= begin; k-- {
		t := c.top[k]
		if t == mention.None {
			continue
		}
		if found := c.standing(t, papers); found != nil {
			return found[0], true
		}
		m := c.mentions[t]
		if at := c.set.One(t); at != entity.None && slices.Contains(actors, c.set.Entities[at].Kind) && m.Kind != mention.Date && !prepositions[c.governor(m.First)] && c.lower(m.Last) != "'s" {
			return arg{}, false
		}
		k = m.First
	}
	if w := c.lower(c.begins(v.at)); w == "its" && c.begins(v.at) == c.head {
		if p := c.spokenOf(); p.entity != entity.None && c.n-c.mentions[p.mention].Sentence <= 2 {
			return p, true
		}
	}
	return arg{}, false
}

// topics states that the agreement covers the list that begins at i.
func (c *clause) topics(a arg, i int, v verb) { c.topicsBetween(a, i, c.topicsEnd(i), v) }

// topicsEnd is where the list of topics that begins at i ends: before a part of the
// sentence that has a verb of its own.
func (c *clause) topicsEnd(i int) int {
	for j := i; j < len(c.tokens); j++ {
		if c.lower(j) != ";" || c.top[j] != mention.None {
			continue
		}
		next := j + 1
		for next < len(c.tokens) && c.lower(next) != ";" {
			next++
		}
		if c.finite(j+1, next) {
			return j
		}
	}
	return len(c.tokens)
}

func (c *clause) topicsBetween(a arg, i, end int, v verb) {
	for _, m := range c.set.Thesaurus().Topics(c.source, c.sentences[c.n], c.n, i, end) {
		if c.isNamedActor(m) {
			continue
		}
		t := c.set.Topic(m)
		c.fact(graph.Covers, a, arg{t, mention.None, m.Span}, v.at, "covers", nil)
	}
}

// isNamedActor tells whether the phrase is nothing but a name of another kind.
func (c *clause) isNamedActor(m mention.Mention) bool {
	for i := c.from; i < c.to; i++ {
		if n := c.mentions[i]; n.Span.Contains(m.Span) && n.Kind != mention.Agreement && n.Kind != mention.Event {
			return true
		}
	}
	return false
}

// titles states COVERS for the subjects that the agreements' own titles tell.
func (r *reader) titles() {
	for at := range r.set.Entities {
		e := r.set.Entities[at]
		if e.Kind != graph.Agreement || e.Draft || e.Subject.SubjectTok[1] == 0 || e.New && !r.done(at) {
			continue
		}
		m := e.Subject
		c := &clause{reader: r, n: m.Sentence, tokens: r.sentences[m.Sentence].Tokens}
		for c.to < len(r.mentions) && r.mentions[c.to].Sentence <= m.Sentence {
			c.to++
		}
		for _, t := range r.set.Thesaurus().Topics(r.source, r.sentences[m.Sentence], m.Sentence, m.SubjectTok[0], c.titleEnd(m)) {
			if c.isNamedActor(t) || strings.HasPrefix(r.source[t.End:], "-") { // half of "Kenya-Norway"
				continue
			}
			topic := r.set.Topic(t)
			r.state(Fact{Predicate: graph.Covers, Subject: at, Object: topic, Qualifiers: graph.Qualifiers{}, Place: entity.None, Confidence: 850, Extractor: "pattern/title",
				Spans: c.titleSpan(m), SubjectAt: graph.Span(m.Span), ObjectAt: graph.Span(t.Span)})
		}
	}
}

// titleEnd is where the subject of a title ends, without the word that only tells
// what kind of paper it is: "Trade and Investment Framework Agreement".
func (c *clause) titleEnd(m mention.Mention) int {
	end := m.SubjectTok[1]
	if c.lower(end-1) == "framework" && end-1 > m.SubjectTok[0] {
		end--
	}
	if c.lower(end) == "," && c.tokens[end-1].Shape == text.Small {
		return c.listEnd(end)
	}
	return end
}

// listEnd is where a list of subjects in small letters that goes on with the comma at
// i ends: "a declaration on cooperation in education, sea rescue, and fisheries". It
// must come to an "and" before any name or verb.
func (c *clause) listEnd(i int) int {
	last := i
	for j := i + 1; j < len(c.tokens); j++ {
		t := c.tokens[j]
		switch {
		case t.Lower == "and":
			last = j
		case t.Tag.Verb() || t.Lower == ";" || t.Lower == "." || t.Tag == text.Pronoun || t.Tag == text.Determiner || prepositions[t.Lower] && t.Lower != "of":
			return i
		case last > i && t.Lower == "," && c.lower(j+1) != "and":
			return j
		case t.Lower != "," && !t.Tag.Nominal() && t.Tag != text.Adjective && t.Lower != "of":
			return i
		}
		if j+1 < len(c.tokens) && last > i && (c.lower(j+1) == "." || c.lower(j+1) == ";") {
			return j + 1
		}
	}
	return i
}

// titleSpan is the sentence of a title, or the title if the sentence is long.
func (c *clause) titleSpan(m mention.Mention) []graph.EvidenceSpan {
	if s := c.sentences[c.n].Span; s.End-s.Start > 500 {
		return []graph.EvidenceSpan{{Span: graph.Span(m.Span), Role: graph.StatesFact}}
	}
	return c.whole()
}

// parties states PARTY_TO for the parties that a title names, and cooperation
// between those of a concluded agreement on it.
func (r *reader) parties() {
	for i, m := range r.mentions {
		at := r.set.One(i)
		if m.Kind != mention.Agreement || at == entity.None || len(m.Parties) < 2 || r.set.Entities[at].Draft {
			continue
		}
		if m.Form == mention.Indefinite && !r.done(at) {
			continue
		}
		c := &clause{reader: r, n: m.Sentence, tokens: r.sentences[m.Sentence].Tokens}
		for _, p := range r.set.Entities[at].Parties {
			r.state(Fact{Predicate: graph.PartyTo, Subject: p, Object: at, Qualifiers: graph.Qualifiers{graph.WithStatus: graph.Party}, Place: entity.None, Confidence: 700,
				Extractor: "pattern/title", Spans: c.titleSpan(m), SubjectAt: graph.Span(m.Span), ObjectAt: graph.Span(m.Span)})
		}
	}
	r.cooperating()
}

// done tells whether a fact says that the agreement was concluded.
func (r *reader) done(at int) bool {
	return slices.ContainsFunc(r.facts, func(f Fact) bool {
		return f.Object == at && (f.Predicate == graph.Signed || f.Predicate == graph.PartyTo || f.Predicate == graph.Adopted)
	})
}

// cooperating states that the bodies bound by an agreement on cooperation cooperate.
func (r *reader) cooperating() {
	about := r.aboutCooperation()
	for at := range r.set.Entities {
		e := r.set.Entities[at]
		name := strings.ToLower(e.Name)
		if e.Kind != graph.Agreement || !strings.Contains(name, "cooperation") && !strings.Contains(name, "partnership") && !about[at] {
			continue
		}
		var bound []Fact
		for _, f := range r.facts {
			again := slices.ContainsFunc(bound, func(b Fact) bool { return b.Subject == f.Subject })
			if f.Object == at && !again && (f.Predicate == graph.Signed || f.Predicate == graph.PartyTo) && slices.Contains(bodies, r.set.Entities[f.Subject].Kind) {
				bound = append(bound, f)
			}
		}
		for i := 0; i < len(bound) && len(bound) < 4; i++ {
			for j := i + 1; j < len(bound); j++ {
				f := bound[i]
				f.Predicate, f.Object, f.Qualifiers, f.Place = graph.CooperatesWith, bound[j].Subject, graph.Qualifiers{}, entity.None
				f.Confidence, f.Extractor = 700, "pattern/agreement"
				r.state(f)
			}
		}
	}
}
