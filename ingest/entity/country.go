package entity

import (
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// officialForms are the longer phrases around a country's name that say no more
// than the country: "Government of the Republic of Peru", "Peruvian side".
func (s *Set) officialForms(m mention.Mention) []text.Span {
	tokens := s.sentences[m.Sentence].Tokens
	var forms []text.Span
	if m.Last < len(tokens) && sides[tokens[m.Last].Lower] {
		forms = append(forms, text.Span{Start: m.Start, End: tokens[m.Last].End})
	}
	i := m.First - 1
	for i > 0 && stateWords[tokens[i].Lower] {
		i--
	}
	if i >= 0 && i+1 < m.First && tokens[i].Lower == "government" {
		forms = append(forms, text.Span{Start: tokens[i].Start, End: m.End})
	}
	return forms
}

var (
	sides      = map[string]bool{"side": true, "government": true}
	stateWords = map[string]bool{"the": true, "of": true, "republic": true, "kingdom": true, "state": true, "sultanate": true, "principality": true,
		"commonwealth": true, "independent": true}
)
