package fact

import (
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// clause is one sentence with what the patterns ask of it.
type clause struct {
	*reader
	n        int
	tokens   []text.Token
	from, to int   // the sentence's mentions
	top      []int // by token: the outermost mention that covers it, or -1
	verbs    []verb
	starts   []int // by token: where its clause begins
	stops    []int // and before which token it ends
	head     int   // where the sentence begins after a dateline: "LIMA, 4 May 2021 – "
}

// verb is a verb that a pattern hangs on, with its group.
type verb struct {
	lemma   string
	at      int // its token
	start   int // of its group: "has not yet signed"
	passive bool
	unreal  bool // negated, planned, wished for
	partic  bool // a participle after a noun: "the accord signed by"
	ing     bool // a present participle: "covering"
}

// arg is an entity with the tokens that name it in the sentence.
type arg struct {
	entity, mention int
	span            text.Span
}

func newClause(r *reader, n, from, to int) *clause {
	c := &clause{reader: r, n: n, tokens: r.sentences[n].Tokens, from: from, to: to}
	c.top = make([]int, len(c.tokens))
	for i := range c.top {
		c.top[i] = mention.None
	}
	for i := from; i < to; i++ {
		m := r.mentions[i]
		for t := m.First; t < m.Last && c.top[t] == mention.None; t++ {
			c.top[t] = i
		}
	}
	c.head = c.dateline()
	for i := range c.tokens {
		if v, ok := c.verbAt(i); ok {
			c.verbs = append(c.verbs, v)
		}
	}
	return c
}

func (c *clause) lower(i int) string {
	if i < 0 || i >= len(c.tokens) {
		return ""
	}
	return c.tokens[i].Lower
}

// verbAt reads the verb at token i with its group.
func (c *clause) verbAt(i int) (verb, bool) {
	lemma, form, ok := lemmaOf(c.tokens[i].Lower)
	if !ok || c.top[i] != mention.None || c.tokens[i].Shape == text.Upper && !(i < 4 && form == past) { // "a) APPROVED"
		return verb{}, false
	}
	v := verb{lemma: lemma, at: i, start: i, ing: form == gerund}
	aux := false
	for j := i - 1; j >= 0 && i-j < 9 && c.top[j] == mention.None; j-- {
		w := c.lower(j)
		switch {
		case passiveAux[w]:
			v.passive = v.passive || form == past && !aux || form == past && w != "have"
			aux = true
		case activeAux[w]:
			aux = true
		case negations[w] || modals[w]:
			v.unreal = true
			aux = true
		case w == "to":
			v.unreal = v.unreal || !realTo[c.lower(j-1)] && !(c.lower(j-1) == "agreed" && cooperation[lemma]) && !c.ranked(j)
			aux = true
		case adverbs[w] || strings.HasSuffix(w, "ly"):
		default:
			return c.voice(v, form, aux), c.isVerb(v, form, aux)
		}
		v.start = j
	}
	return c.voice(v, form, aux), c.isVerb(v, form, aux)
}

// ranked tells whether the infinitive that "to" at token j begins tells of a deed:
// "became the third country to sign".
func (c *clause) ranked(j int) bool {
	if isRank(c.lower(j - 1)) {
		return true
	}
	if !rankable[c.lower(j-1)] {
		return false
	}
	for k := j - 2; k >= max(0, j-5); k-- {
		if isRank(c.lower(k)) {
			return true
		}
	}
	return false
}

// isRank tells whether the word gives a place in a row: "third", "30th", "only".
func isRank(w string) bool {
	if ranks[w] {
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "th") && (w[0] >= '0' && w[0] <= '9' || strings.HasSuffix(w, "eth") || strings.HasSuffix(w, "enth") || ordinals[w[strings.LastIndexByte(w, '-')+1:]]) ||
		len(w) > 2 && w[0] >= '0' && w[0] <= '9' && (strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd"))
}

var (
	rankable = words("country countries state states nation nations member members party parties government governments body signatory institution organisation organization one")
	ordinals = words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
	ranks    = words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth only last latest newest youngest")
)

// voice finds participles: "the Forum, convened by X", "the accord signed in 2005".
func (c *clause) voice(v verb, form verbForm, aux bool) verb {
	next := v.at + 1
	if strings.HasSuffix(c.lower(next), "ly") && c.lower(next+1) == "by" { // "organised jointly by"
		next++
	}
	if form == past && !aux && participleNext[c.lower(next)] && !meetings[c.lower(v.at+2)] && v.lemma != "meet" && v.lemma != "speak" && !(happens[v.lemma] && c.tokens[v.at].Tag == text.Finite) {
		before := v.start - 1
		if c.lower(before) == "," {
			before--
		}
		if c.lower(next) == "by" || v.start == 0 || before >= 0 && c.top[before] != mention.None && c.mentions[c.top[before]].Is(mention.Agreement, mention.Event) {
			v.passive, v.partic = true, true
		}
	}
	v.unreal = v.unreal || c.governed(v.start) || form == base && !aux && c.tokens[v.at].Tag == text.Infinitive && c.lower(v.start-1) == "and" // "will be trained and work"
	v.ing = v.ing && !c.lasted(v)                                                                                                              // "have been working" is finite, "is hosting" may be to come
	return v
}

// lasted tells whether the group holds "been", "was" or "were".
func (c *clause) lasted(v verb) bool {
	for j := v.start; j < v.at; j++ {
		if w := c.lower(j); w == "been" || w == "was" || w == "were" {
			return true
		}
	}
	return false
}

// isVerb tells nouns and verbs of one form apart: "the call", "members call".
func (c *clause) isVerb(v verb, form verbForm, aux bool) bool {
	if form == base && !aux {
		w := c.lower(v.start - 1)
		if c.chorus != nil && v.start < 4 && (w == "" || w == "." || w == ")" || w == "•" || w == "-" || w == "–") {
			return true // "1. Adopt"
		}
		if _, covers := coverage[v.lemma]; covers && v.start > 0 && c.tokens[v.at].Tag == text.Finite && c.tokens[v.start-1].Tag == text.Noun && strings.HasSuffix(w, "s") {
			return true // "its provisions relate to"
		}
		return !determiners[w] && v.start > 0 && (c.top[v.start-1] != mention.None || w == "," || w == "and" || w == "which" || w == "who" || w == "we")
	}
	return form != past || !determiners[c.lower(v.at-1)] || v.start < v.at
}

// governed tells whether a word of intention or doubt rules the group at start.
func (c *clause) governed(start int) bool {
	for j := start - 1; j >= max(0, start-3); j-- {
		if intentions[c.lower(j)] {
			return true
		}
	}
	first := c.lower(0)
	return first == "if" || first == "should" || first == "once"
}

// begins is the token where the clause of token v begins.
func (c *clause) begins(v int) int {
	c.divide()
	return c.starts[min(max(v, 0), len(c.tokens))]
}

// divide finds where the clause of each token begins and ends, once however many facts ask.
func (c *clause) divide() {
	if c.starts != nil {
		return
	}
	n := len(c.tokens)
	c.starts, c.stops = make([]int, n+1), make([]int, n+1)
	c.starts[0], c.stops[n] = c.head, n
	for j := range n {
		if c.starts[j+1] = c.starts[j]; j > c.head && c.isStart(j) {
			c.starts[j+1] = j + 1
		}
	}
	for j := n - 1; j >= 0; j-- {
		if c.stops[j] = c.stops[j+1]; j+1 < n && c.isStop(j+1) {
			c.stops[j] = j + 1
		}
	}
}

// isStart tells whether a clause begins after token j.
func (c *clause) isStart(j int) bool {
	if c.top[j] != mention.None {
		return false
	}
	w := c.lower(j)
	return w == ";" || w == ":" || c.opens(j)
}

// isStop tells whether a clause ends before token j.
func (c *clause) isStop(j int) bool {
	if c.top[j] != mention.None {
		return false
	}
	w := c.lower(j)
	return w == ";" || w != "when" && c.opens(j) || (w == "," || w == "and" && !c.coordinates(j)) && c.newSubject(j+1)
}

// opens tells whether a clause begins after the word at j: "since" before a date
// and "as" before anything but a subject open none.
func (c *clause) opens(j int) bool {
	switch w := c.lower(j); {
	case !clauseStarts[w]:
		return false
	case w == "since" && activeAux[c.lower(j-1)]: // "have since ratified"
		return false
	case w == "since":
		return j+1 >= len(c.tokens) || c.top[j+1] == mention.None || c.mentions[c.top[j+1]].Kind != mention.Date
	case w == "as":
		return c.lower(j-1) != "well" && c.lower(j+1) != "well" && c.lower(j+1) != "of"
	}
	return true
}

// ends is the token before which the clause of token v ends.
func (c *clause) ends(v int) int {
	c.divide()
	return c.stops[min(max(v, 0), len(c.tokens))]
}

// coordinates tells whether the "and" at j joins two mentions of one kind.
func (c *clause) coordinates(j int) bool {
	k := j + 1
	for k < len(c.tokens) && determiners[c.lower(k)] {
		k++
	}
	if j == 0 || k >= len(c.tokens) || c.top[j-1] == mention.None || c.top[k] == mention.None {
		return false
	}
	return c.mentions[c.top[j-1]].Kind == c.mentions[c.top[k]].Kind
}

// newSubject tells whether a mention begins at i, or after an article, and a
// finite verb comes right after it.
func (c *clause) newSubject(i int) bool {
	for i < len(c.tokens) && c.top[i] == mention.None && (determiners[c.lower(i)] || courtesy[c.lower(i)] || c.lower(i) == "and" || c.lower(i) == "but") {
		i++
	}
	if i >= len(c.tokens) || c.top[i] == mention.None || c.mentions[c.top[i]].Kind == mention.Date {
		return false
	}
	j := c.mentions[c.top[i]].Last
	for j < len(c.tokens) && (adverbs[c.lower(j)] || activeAux[c.lower(j)] || passiveAux[c.lower(j)] || c.top[j] != mention.None && c.mentions[c.top[j]].Kind == mention.Person) {
		if passiveAux[c.lower(j)] || activeAux[c.lower(j)] {
			return true
		}
		j++
	}
	_, form, ok := lemmaOf(c.lower(j))
	return ok && form == past
}

// evidence is the sentence, or the clause around token v if that is long.
func (c *clause) evidence(v int) []graph.EvidenceSpan {
	span := c.sentences[c.n].Span
	if span.End-span.Start > 500 {
		b, e := c.begins(v), c.ends(v)
		span = text.Span{Start: c.tokens[b].Start, End: c.tokens[max(e-1, b)].End}
		for _, m := range c.mentions[c.from:c.to] { // never cut a mention
			if m.Start < span.End && m.End > span.End {
				span.End = m.End
			}
		}
	}
	return []graph.EvidenceSpan{{Span: graph.Span(span), Role: graph.StatesFact}}
}

// fact states a fact of the clause of verb v.
func (c *clause) fact(p graph.Predicate, subject, object arg, v int, name string, more graph.Qualifiers) {
	f := Fact{Predicate: p, Subject: subject.entity, Object: object.entity, Qualifiers: graph.Qualifiers{}, Place: entity.None, Confidence: 800,
		Extractor: "pattern/" + name, Spans: c.evidence(v), SubjectAt: graph.Span(subject.span), ObjectAt: graph.Span(object.span), sentence: c.n, trigger: v}
	for q, value := range more {
		if value != "" {
			f.Qualifiers[q] = value
		}
	}
	if dated[p] && f.Qualifiers[graph.OnDate] == "" {
		if d := c.date(v, p); d != mention.None {
			f.Qualifiers[graph.OnDate] = c.mentions[d].Date
		} else if since := c.beginning(); p == graph.PartyTo && since != nil {
			f.Qualifiers[graph.OnDate] = since[graph.OnDate]
		}
	}
	if p == graph.Met || p == graph.Signed || p == graph.Adopted {
		f.Place = c.place(v)
	}
	c.dates(f)
	c.state(f)
}

// dates carries the date of a fact over to the agreement or event that it dates.
func (c *clause) dates(f Fact) {
	at, kind := f.Object, graph.Event
	switch f.Predicate {
	case graph.Signed, graph.Adopted:
		kind = graph.Agreement
	case graph.HeldIn:
		at = f.Subject
	case graph.Hosted, graph.ParticipatedIn:
	default:
		return
	}
	if e := &c.set.Entities[at]; e.Date == "" && e.Kind == kind {
		e.Date = f.Qualifiers[graph.OnDate]
	}
	if e := &c.set.Entities[at]; f.Predicate == graph.HeldIn && e.At == entity.None && e.Kind == graph.Event {
		e.At = f.Object
	}
}

var dated = map[graph.Predicate]bool{graph.Met: true, graph.Signed: true, graph.Adopted: true, graph.PartyTo: true, graph.WithdrewFrom: true,
	graph.ParticipatedIn: true, graph.Hosted: true, graph.HeldIn: true, graph.Succeeded: true, graph.Discussed: true}

// date is the mention of the date that belongs to the verb at v, which states such
// a fact: after it in its clause, else before it, else the only one of the sentence.
func (c *clause) date(v int, p graph.Predicate) int {
	b, e := c.begins(v), c.ends(v)
	best, only := mention.None, mention.None
	count := 0
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.Kind != mention.Date || m.Inside != mention.None && c.mentions[m.Inside].Kind != mention.Date {
			continue
		}
		if m.First > v && c.ofNoun(m.First, v, p) || m.First < v && c.ofNoun(m.First, b, p) {
			continue
		}
		count++
		only = i
		if m.First < b || m.First >= e || lasting[c.lower(m.First-1)] || c.lower(m.First-1) == "of" && m.First > v+3 && c.top[max(m.First-2, 0)] != mention.None {
			continue
		}
		if best == mention.None || m.First > v && c.mentions[best].First < v {
			best = i
		}
	}
	if best == mention.None && count == 1 && c.mentions[only].First < v {
		best = only
	}
	return best
}

// ofNoun tells whether the date at token i says when something was that a noun after
// the verb at v names, and not when the verb's own deed was done: "reviewed the
// Memorandum signed in Lima in 2021", "looked forward to the Summit in Lima in July".
func (c *clause) ofNoun(i, v int, p graph.Predicate) bool {
	if ofEvents[p] {
		return false
	}
	if p == graph.Discussed && len(c.mentions[c.top[i]].Date) < len(time.DateOnly) {
		return true // a talk has a day, its topics have months and years
	}
	for j := i - 1; j > v; j-- {
		if t := c.top[j]; t != mention.None {
			if !c.mentions[t].Is(mention.Place, mention.Country) {
				return p == graph.Discussed && c.mentions[t].Kind == mention.Event
			}
			j = c.mentions[t].First
			continue
		}
		_, form, ok := lemmaOf(c.lower(j))
		if ok && form == past {
			return c.tokens[j].Tag == text.PastParticiple && (c.top[j-1] != mention.None || c.tokens[j-1].Tag.Nominal())
		}
		if w := c.lower(j); !prepositions[w] && !determiners[w] && w != "," {
			return false
		}
	}
	return false
}

// ofEvents are the facts that have the date of their event.
var ofEvents = map[graph.Predicate]bool{graph.ParticipatedIn: true, graph.Hosted: true, graph.HeldIn: true}

var welcomes = words("welcome welcomed welcomes receive received receives host hosted hosts")

// place is the place where the act of the verb at v took place.
func (c *clause) place(v int) int {
	b, e := c.begins(v), c.ends(v)
	found := c.here(b, e)
	for i := c.from; i < c.to; i++ {
		m := c.mentions[i]
		if m.Kind != mention.Place || m.Inside != mention.None {
			continue
		}
		w := c.lower(m.First - 1)
		if w == "of" && (c.lower(m.First-2) == "city" || c.lower(m.First-2) == "town") {
			w = "in" // "in the city of Lima"
		}
		if w == "," && m.First > max(v, 1) && c.tokens[m.First-2].Shape == text.Small {
			continue // "on education, Arctic research"
		}
		if w != "in" && w != "at" && w != "," && !(w == "to" && m.First > v && welcomes[c.lower(v)]) {
			continue
		}
		if m.First > 1 && c.top[m.First-2] != mention.None && c.mentions[c.top[m.First-2]].Kind == mention.Event && m.First > v && c.lower(v) != "held" {
			continue // where another event takes place
		}
		where := b > 1 && c.lower(b-1) == "where" && m.First < b && m.Last >= b-2
		if at := c.set.One(i); at != entity.None && (where || m.First >= b && m.First < e || m.First < v && b > m.First && c.lower(0) == "in") {
			if m.First > v {
				return at
			}
			found = at
		}
	}
	return found
}
