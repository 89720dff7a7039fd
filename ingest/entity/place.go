package entity

import (
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// onlyNames tells whether a place's name does no more than name something else:
// "West African", and the first word of "Quito Convention".
func (s *Set) onlyNames(m mention.Mention) bool {
	if m.Form == mention.Adjective {
		return true
	}
	if m.Inside == mention.None {
		return false
	}
	whole := s.mentions[m.Inside]
	if whole.Is(mention.Organisation, mention.Agreement, mention.Event) && m.First > whole.First && s.sentences[m.Sentence].Tokens[m.First-1].Shape == text.Punct {
		return true // "Peru-Asia Forum"
	}
	return whole.Is(mention.Organisation, mention.Agreement) && whole.First == m.First && whole.Last > m.Last
}

// standsForCountry tells whether a capital means its country's government: as a
// party ("between Lima and Quito"), or as what acts ("Lima has ratified it").
func (s *Set) standsForCountry(i int) bool {
	m := s.mentions[i]
	entry, listed := s.gazetteer.Entry(m.ID)
	if !listed || !entry.Capital || m.Inside != mention.None && s.mentions[m.Inside].Kind != mention.Agreement {
		return false
	}
	return s.between(m) || s.acts(m)
}

// between tells whether the place is one of two that "between" joins.
func (s *Set) between(m mention.Mention) bool {
	tokens := s.sentences[m.Sentence].Tokens
	for j := m.First - 1; j >= max(0, m.First-4); j-- {
		switch t := tokens[j]; {
		case t.Lower == "between":
			return true
		case t.Lower != "and" && !t.Named():
			return false
		}
	}
	return false
}

// acts tells whether the place opens a clause and a finite verb follows it.
func (s *Set) acts(m mention.Mention) bool {
	tokens := s.sentences[m.Sentence].Tokens
	if m.Last >= len(tokens) {
		return false
	}
	if verb := tokens[m.Last].Tag; verb != text.Finite && verb != text.Auxiliary {
		return false
	}
	if m.First == 0 {
		return true
	}
	switch tokens[m.First-1].Lower {
	case ",", ";", "and", "but", "that", "while", "whereas", "as", "if":
		return true
	}
	return false
}
