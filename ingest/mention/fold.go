package mention

import (
	"strings"
	"unicode"
)

// Fold is the form in which names are compared: small letters, one space
// between words, no punctuation, no colon; diacritics stay.
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '’' || r == '.':
		default:
			space = true
		}
	}
	return b.String()
}

// Squeeze writes one space for every stretch of white space.
func Squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
