package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviations end in a full stop that ends no sentence.
var abbreviations = set("dr mr mrs ms messrs prof amb hon st gen lt col maj capt sen rep gov no nos art arts jr sr vs etc jan feb mar apr jun jul aug sep sept oct nov dec i.e e.g h.e p.m a.m approx dept rev msgr eng mt ft")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// tokenise cuts s[from:to] into tokens with offsets into s, until there are as many as
// most; it tells how far it came.
func tokenise(tokens []Token, s string, from, to, most int) (_ []Token, i int) {
	tokens = slices.Grow(tokens, min((to-from)/5+1, most))
	for i = from; i < to && len(tokens) < most; {
		r, size := utf8.DecodeRuneInString(s[i:to])
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			i += size
		case isWord(r):
			end := wordEnd(s, i, to)
			tokens = append(tokens, newToken(s, i, end))
			i = end
		case isApostrophe(r) && isPossessive(s, i, to, size):
			tokens = append(tokens, newToken(s, i, i+size+1))
			i += size + 1
		default:
			for r == '-' && i+size < to && s[i+size] == '-' { // a dash as typewriters have it
				size++
			}
			tokens = append(tokens, newToken(s, i, i+size))
			i += size
		}
	}
	return tokens, i
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// isPossessive tells whether the apostrophe at i begins a genitive 's.
func isPossessive(s string, i, to, size int) bool {
	j := i + size
	if j >= to || (s[j] != 's' && s[j] != 'S') {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[j+1 : to])
	return j+1 >= to || !isWord(r)
}

// wordEnd finds the end of the word at i: letters and digits, with the marks
// that join them inside a word, and the full stop of an abbreviation.
func wordEnd(s string, i, to int) int {
	end := i
	for end < to {
		r, size := utf8.DecodeRuneInString(s[end:to])
		if isWord(r) {
			end += size
			continue
		}
		if (r == '-' || r == '–') && (pairs(s[i:end], s[end+size:to]) || r == '-' && attached(s[i:end], s[end+size:to])) {
			break
		}
		if r == '-' && broken(s[end:to]) { // "Fish-\neries"
			end += 2
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[end+size : to])
		if end+size >= to || !isWord(next) || !joins(r, s, i, end, to, size) {
			break
		}
		end += size
	}
	if end < to && s[end] == '.' && isAbbreviation(s[i:end]) {
		end++
	}
	return end
}

// broken tells whether s begins with the hyphen that a line's end put into a word.
func broken(s string) bool {
	if !strings.HasPrefix(s, "-\n") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[2:])
	return unicode.IsLower(r)
}

// Unbroken writes words without the hyphens that the ends of lines put into them.
func Unbroken(s string) string {
	for i := 0; ; {
		n := strings.Index(s[i:], "-\n")
		if n < 0 {
			return s
		}
		if i += n; broken(s[i:]) {
			s = s[:i] + s[i+2:]
		} else {
			i += 2
		}
	}
}

// pairs tells whether the hyphen between the two joins two names, which stay words
// of their own: "US-Kenya", "ASEAN-U.S.", and not "COVID-19" or "AL-QUDS".
func pairs(before, after string) bool {
	if len(before) < 2 || len(before) > 8 || !isUpper(before) {
		return false
	}
	r, size := utf8.DecodeRuneInString(after)
	next, _ := utf8.DecodeRuneInString(after[min(size, len(after)):])
	return unicode.IsUpper(r) && (unicode.IsLower(next) || next == '.')
}

// attached tells whether a participle hangs on a name by a hyphen: "UN-led", "United
// Nations-mandated". The name stays a word of its own.
func attached(before, after string) bool {
	if first, _ := utf8.DecodeRuneInString(before); !unicode.IsUpper(first) {
		return false
	}
	n := 0
	for n < len(after) && n < 12 && after[n] >= 'a' && after[n] <= 'z' {
		n++
	}
	return participles[after[:n]]
}

var participles = set("led backed mandated supervised brokered sponsored hosted facilitated funded chaired owned based supported mediated organised organized")

// joins tells whether r, at end, holds the word from i on and the word after it
// together.
func joins(r rune, s string, i, end, to, size int) bool {
	switch {
	case r == '/': // "A/RES/75", "km/h", and two words in "Security Policy/Vice-President"
		next, _ := utf8.DecodeRuneInString(s[end+size : to])
		return !(end-i > 3 && unicode.IsLower(rune(s[end-1])) && unicode.IsUpper(next))
	case r == '-' || r == '–' || r == '‑' || r == '·' || r == '.' || r == '_':
		return true
	case isApostrophe(r):
		return !isPossessive(s, end, to, size)
	case r == ',':
		return unicode.IsDigit(rune(s[end-1])) && unicode.IsDigit(rune(s[end+1]))
	}
	return false
}

func isAbbreviation(w string) bool {
	if strings.Contains(w, ".") { // "U.S", "H.E"
		return len(w) <= 8 && !unicode.IsDigit(rune(w[0]))
	}
	r, size := utf8.DecodeRuneInString(w)
	return size == len(w) && unicode.IsUpper(r) || abbreviations[strings.ToLower(w)]
}

func newToken(s string, i, end int) Token {
	w := s[i:end]
	return Token{Span: Span{i, end}, Text: w, Lower: strings.ReplaceAll(strings.ToLower(Unbroken(w)), "’", "'"), Shape: shape(w)}
}

func shape(w string) Shape {
	first, _ := utf8.DecodeRuneInString(w)
	switch {
	case unicode.IsDigit(first):
		return Number
	case unicode.IsUpper(first) && isUpper(w):
		return Upper
	case unicode.IsUpper(first):
		return Capital
	case unicode.IsLetter(first):
		if len(w) > 2 && isUpper(w[2:]) && w[1] == '-' || strings.ContainsFunc(w, unicode.IsUpper) {
			return Capital // "al-Sabah", "d’Ivoire", "eThekwini"
		}
		return Small
	}
	return Punct
}

// isUpper tells whether w has two letters or more and no small one.
func isUpper(w string) bool {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}

// Tokens cuts a short text, such as a name of a gazetteer, into tokens.
func Tokens(s string) []Token {
	tokens, _ := tokenise(nil, s, 0, len(s), len(s))
	return tokens
}
