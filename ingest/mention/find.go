package mention

import (
	"cmp"
	"slices"
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// Finder finds mentions. It is immutable and safe for concurrent use.
type Finder struct{ gazetteer *Gazetteer }

// NewFinder makes a finder over a gazetteer.
func NewFinder(g *Gazetteer) *Finder { return &Finder{g} }

// Find finds the mentions of a document in the order of the text, an enclosing
// one before those inside it.
func (f *Finder) Find(doc text.Document, sentences []text.Sentence) []Mention {
	days := newCalendar(doc)
	known := newMemory()
	known.learn(f.pass(doc, sentences, days, known))
	return f.pass(doc, sentences, days, known)
}

// pass reads the whole document once.
func (f *Finder) pass(doc text.Document, sentences []text.Sentence, days calendar, known memory) []Mention {
	var out []Mention
	for n, sentence := range sentences {
		s := scanner{gazetteer: f.gazetteer, days: days, known: known, source: doc.Text, tokens: sentence.Tokens, sentence: n}
		for i := 0; i < len(s.tokens); {
			i = max(s.at(i), i+1)
		}
		s.appose()
		out = append(out, s.sorted(len(out))...)
	}
	return out
}

// scanner reads one sentence from left to right.
type scanner struct {
	gazetteer *Gazetteer
	days      calendar
	known     memory
	source    string
	tokens    []text.Token
	sentence  int
	out       []Mention
	depth     int  // of nested entities, bounded
	between   bool // the parties of a title are read: what "on" leads to is its subject
}

// at reads what begins at token i and gives the token after it.
func (s *scanner) at(i int) int {
	t := s.tokens[i]
	if d, ok := s.days.read(s.tokens, i); ok && !s.isGivenName(i) {
		m := s.mention(Date, Named, i, d.end)
		m.Date, m.Until = d.date, d.until
		s.add(m)
		return d.end
	}
	switch {
	case t.Text == "He" && i > 0 && s.isNamed(i+1) && s.personEnd(i+1) == i+2: // the surname
		s.add(s.mention(Person, Named, i, i+2))
		return i + 2
	case t.Text == "(":
		return s.bracket(i)
	case particles[t.Lower] && s.isNamed(i+1):
		if n, end, ok := s.known.match(s.tokens, i); ok && n.kind == Person && !s.isNamed(end) { // "da Orla"
			s.add(s.mention(Person, n.form, i, end))
			return end
		}
		if t.Named() {
			return s.named(i)
		}
		return s.common(i)
	case t.Named() && !s.isFunction(i):
		return s.named(i)
	case t.Word():
		return s.common(i)
	}
	return i + 1
}

// mention is a mention of tokens [i, end) without links.
func (s *scanner) mention(kind Kind, form Form, i, end int) Mention {
	span := text.Span{Start: s.tokens[i].Start, End: s.tokens[end-1].End}
	return Mention{Span: span, Sentence: s.sentence, First: i, Last: end, Kind: kind, Form: form, Name: Squeeze(text.Unbroken(span.Of(s.source))),
		Inside: None, Of: None, Holder: None, At: None, Defines: None}
}

func (s *scanner) add(m Mention) int {
	s.out = append(s.out, m)
	return len(s.out) - 1
}

// lower is the word at i in small letters, "" outside the sentence.
func (s *scanner) lower(i int) string { return at(s.tokens, i) }

func (s *scanner) isNamed(i int) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].Named() && !s.isFunction(i)
}

// isFunction tells whether the token is a function word or a day's or month's
// name, which end a name although they may bear a capital.
func (s *scanner) isFunction(i int) bool {
	w := s.tokens[i].Lower
	if s.tokens[i].Shape == text.Upper && len(w) <= 3 && w == "us" {
		return false
	}
	if _, day := weekdays[w]; day {
		return true
	}
	if w == "representatives" && i > 1 && s.lower(i-2) == "house" { // "House of Representatives"
		return false
	}
	if w == "representatives" && s.lower(i-1) == "permanent" && s.lower(i-2) == "of" { // "Committee of Permanent Representatives"
		return false
	}
	return functionWords[w] && !(w == "may" && i > 0) || months[w] > 0 && w != "may" && !s.isGivenName(i)
}

// run is the end of the stretch of capitalised words and numbers at i.
func (s *scanner) run(i int) int {
	j := i
	for j < len(s.tokens) && j-i < 14 {
		switch {
		case s.isNamed(j) && (j == i || !honorifics[s.lower(j)] && s.lower(j) != "no."):
		case j > i && s.tokens[j].Shape == text.Number && yearOf(s.lower(j)) == 0 && s.lower(j-1) != "no." && !strings.Contains(s.source[s.tokens[j-1].End:s.tokens[j].Start], "\n"):
		case j > i && s.tokens[j].Text == "&" && s.isNamed(j+1):
		case j > i && s.pluralGenitive(j):
		default:
			return j
		}
		j++
	}
	return j
}

// pluralGenitive tells whether the apostrophe at j joins two words of a name:
// "Foreign Ministers' Meeting".
func (s *scanner) pluralGenitive(j int) bool {
	t := s.tokens[j].Text
	if s.lower(j) == "'s" && (s.lower(j-1) == "women" || s.lower(j-1) == "children" || s.lower(j-1) == "people") {
		return s.isNamed(j + 1)
	}
	return (t == "'" || t == "’") && strings.HasSuffix(s.lower(j-1), "s") && s.tokens[j].Start == s.tokens[j-1].End && s.isNamed(j+1)
}

// sorted gives the sentence's mentions in order of the text, their links
// renumbered from base.
func (s *scanner) sorted(base int) []Mention {
	order := make([]int, len(s.out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := s.out[a], s.out[b]
		return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(y.Last, x.Last), cmp.Compare(b, a))
	})
	place := make([]int, len(order))
	for to, from := range order {
		place[from] = base + to
	}
	move := func(i int) int {
		if i == None {
			return None
		}
		return place[i]
	}
	sorted := make([]Mention, len(order))
	for to, from := range order {
		m := s.out[from]
		m.Of, m.Holder, m.At, m.Defines = move(m.Of), move(m.Holder), move(m.At), move(m.Defines)
		for i, p := range m.Parties {
			m.Parties[i] = move(p)
		}
		sorted[to] = m
	}
	enclose(sorted, base)
	return sorted
}

// enclose sets Inside: the innermost mention that holds each one.
func enclose(sorted []Mention, base int) {
	var open []int
	for i := range sorted {
		for len(open) > 0 && sorted[open[len(open)-1]].Last < sorted[i].Last {
			open = open[:len(open)-1]
		}
		for len(open) > 0 && sorted[open[len(open)-1]].Last <= sorted[i].First {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			sorted[i].Inside = base + open[len(open)-1]
		}
		open = append(open, i)
	}
}
