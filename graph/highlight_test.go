package graph_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/entente-kg/entente/graph"
)

func words(text string, spans []graph.Span) (all []string) {
	for _, s := range spans {
		all = append(all, text[s.Start:s.End])
	}
	return all
}

func TestHighlights(t *testing.T) {
	for _, c := range []struct{ question, name, want string }{
		{"zoe mull", "Zoë Müller-Lüdenscheidt", "Zoë Müller"},
		{"us sec", "U.S. Secretary of State", "U.S Secretary"},
		{"cote divoire", "Republic of Côte d’Ivoire", "Côte d’Ivoire"},
		{"lindkvist", "Ada Lindqvist", "Lindqvist"},
		{"o", "O'Neill", "O'Neill"},
		{"strasse", "Straße (nach Süden)", "Straße"},
	} {
		if got := strings.Join(words(c.name, graph.HighlightName(c.name, graph.NameTerms(c.question))), " "); got != c.want {
			t.Errorf("%q in %q: %q, expected %q", c.question, c.name, got, c.want)
		}
	}
	const sentence = "They signed the memoranda; signing a memorandum is an act of signature."
	if got := words(sentence, graph.HighlightSentence(sentence, graph.SentenceTerms("signs memorandum"))); !slices.Equal(got, []string{"signed", "signing", "memorandum"}) {
		t.Errorf("in a sentence: %q", got)
	}
}

// Spans are ascending stretches of whole runes, and what a search finds in a name has some.
func FuzzHighlight(f *testing.F) {
	f.Add("Zoë Müller", "muller")
	f.Add("U.S. …’’ 中文 ٣", "us")
	f.Fuzz(func(t *testing.T, text, question string) {
		if !utf8.ValidString(text) || len(text) > graph.MaxName {
			t.Skip()
		}
		terms := graph.NameTerms(question)
		end := 0
		for _, s := range graph.HighlightName(text, terms) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) || !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("span %v of %q", s, text)
			}
			end = s.End
		}
	})
}
