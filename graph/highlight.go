package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// HighlightName are the words of a name that a search for these words has
// matched, as stretches of its bytes: see [Match].
func HighlightName(name string, words Terms) []Span {
	return highlight(name, func(token string) bool {
		for i, w := range words {
			if token == w || i == len(words)-1 && strings.HasPrefix(token, w) || len(w) > 3 && len(token) > 3 && WithinOneEdit(w, token) {
				return true
			}
		}
		return false
	})
}

// HighlightSentence are the words of a sentence that have one of these stems.
func HighlightSentence(sentence string, stems Terms) []Span {
	return highlight(sentence, func(token string) bool {
		of := SentenceTerms(token)
		return len(of) > 0 && slices.Contains(stems, of[0])
	})
}

// highlight finds the tokens of a text that are wanted. A token is what [Fold]
// makes one word of: letters, digits, marks, and the points and apostrophes that it drops.
func highlight(text string, wanted func(token string) bool) (spans []Span) {
	inToken := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || strings.ContainsRune(".'’", r)
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !inToken(r) {
			at += size
			continue
		}
		end := len(text)
		if i := strings.IndexFunc(text[at:], func(r rune) bool { return !inToken(r) }); i >= 0 {
			end = at + i
		}
		token := strings.TrimRight(text[at:end], ".'’")
		start := at + len(token) - len(strings.TrimLeft(token, ".'’"))
		if folded := Fold(token); folded != "" && wanted(folded) {
			spans = append(spans, Span{start, at + len(token)})
		}
		at = end
	}
	return spans
}
