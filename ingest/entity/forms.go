package entity

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// longerForms are a title with the year before it ("2014 Lima Summit") and an
// event's name with the place after it ("Summit in Lima").
func (s *Set) longerForms(i int) []string {
	m := s.mentions[i]
	tokens := s.sentences[m.Sentence].Tokens
	var forms []string
	if m.First > 1 && determiners[tokens[m.First-2].Lower] && tokens[m.First-1].Shape == text.Number && len(tokens[m.First-1].Text) == 4 {
		forms = append(forms, mention.Squeeze(s.source[tokens[m.First-1].Start:m.End]))
	}
	if end := s.titleAfter(m, tokens); end > m.Last {
		forms = append(forms, mention.Squeeze(s.source[m.Start:tokens[end-1].End]))
	}
	if d := s.dateAfter(i); d != mention.None {
		forms = append(forms, mention.Squeeze(s.source[m.Start:s.mentions[d].End]))
	}
	if m.Head != "summit" && m.Head != "meeting" || m.Last >= len(tokens) || tokens[m.Last].Lower != "in" {
		return forms
	}
	for _, p := range s.mentions[i+1:] {
		if p.Sentence != m.Sentence || p.First > m.Last+1 {
			break
		}
		if p.First == m.Last+1 && p.Kind == mention.Place {
			return append(forms, mention.Squeeze(s.source[m.Start:p.End]))
		}
	}
	return forms
}

// longestQuote is the most tokens that the title of an event has within its quotation marks.
const longestQuote = 24

// titleAfter is the token after what follows an event's name and is part of it: the year, or a
// title of its own in quotation marks, "Seminar “Women and Peace”".
func (s *Set) titleAfter(m mention.Mention, tokens []text.Token) int {
	if m.Kind != mention.Event || m.Last >= len(tokens) {
		return m.Last
	}
	t := tokens[m.Last]
	if t.Shape == text.Number && len(t.Text) == 4 {
		return m.Last + 1
	}
	if t.Text != "“" && t.Text != "\"" && t.Text != "«" {
		return m.Last
	}
	for j := m.Last + 1; j < min(len(tokens), m.Last+longestQuote); j++ {
		if w := tokens[j].Text; w == "”" || w == "\"" || w == "»" {
			return j + 1
		}
	}
	return m.Last
}

// dateAfter is the date that "of" ties to an agreement's title: "Exchange of Notes
// of 12 August 1989".
func (s *Set) dateAfter(i int) int {
	m := s.mentions[i]
	if tokens := s.sentences[m.Sentence].Tokens; m.Kind != mention.Agreement || m.Last >= len(tokens) || tokens[m.Last].Lower != "of" {
		return mention.None
	}
	for j := i + 1; j < len(s.mentions) && s.mentions[j].Sentence == m.Sentence && s.mentions[j].First <= m.Last+1; j++ {
		if s.mentions[j].Kind == mention.Date && s.mentions[j].First == m.Last+1 {
			return j
		}
	}
	return mention.None
}

var determiners = map[string]bool{"the": true, "a": true, "its": true, "their": true, "our": true, "this": true, "'s": true}

// shortTitle adds the title of an agreement without its parties, and for one
// without a title of its own what it is: "agreement".
func (s *Set) shortTitle(m mention.Mention, at int) {
	e := &s.Entities[at]
	if m.Form == mention.Indefinite {
		e.call(m.Head, graph.Description)
		return
	}
	before, after, between := strings.Cut(m.Name, " between ")
	if !between {
		if before, _, with := strings.Cut(m.Name, " with "); with && len(m.Parties) > 0 && strings.Contains(before, " ") {
			e.call(before, graph.ShortName)
		}
		return
	}
	if strings.Contains(before, " ") {
		e.call(before, graph.ShortName)
	} else if m.SubjectTok[1] > m.SubjectTok[0] {
		for _, prep := range []string{" on ", " concerning ", " regarding "} {
			if n := strings.LastIndex(after, prep); n > 0 {
				e.call(before+after[n:], graph.ShortName)
				return
			}
		}
	}
}

// organAlone adds the name of an organ without the body at its end: "Treaties
// Division" of "Treaties Division of the Ministry of Foreign Affairs".
func (s *Set) organAlone(m mention.Mention, at int) {
	if m.Of == mention.None || m.ID != "" || m.Form != mention.Named {
		return
	}
	of := s.mentions[m.Of]
	if of.First <= m.First || of.Last != m.Last || of.Kind != mention.Organisation {
		return
	}
	tokens := s.sentences[m.Sentence].Tokens
	j := of.First
	for j > m.First && (tokens[j-1].Lower == "the" || tokens[j-1].Lower == "of") {
		j--
	}
	if j-m.First > 1 {
		e := &s.Entities[at]
		e.call(mention.Squeeze(s.source[m.Start:tokens[j-1].End]), graph.ShortName)
	}
}

// withoutBracket drops the acronym in a name: "Islands Forum (IF) Leaders Meeting".
func withoutBracket(name string) string {
	before, rest, open := strings.Cut(name, " (")
	if _, after, closed := strings.Cut(rest, ") "); open && closed {
		return before + " " + after
	} else if open && strings.HasSuffix(name, ")") {
		return before
	}
	return name
}
