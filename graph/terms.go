package graph

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which names are compared and ordered: compatibility
// decomposition, no marks, case folded, every run of anything but letters and
// digits one space, at most MaxName bytes. Both stores order by its bytes.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		if r == 'ß' || r == 'ẞ' {
			b.WriteByte('s')
			r = 's'
		}
		r = unicode.ToLower(unicode.ToUpper(r)) // both ways, so that final sigma is sigma
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
			continue // "U.S." is "us", "Côte d’Ivoire" is "cote divoire"
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
		if b.Len() >= MaxName {
			break
		}
	}
	return cut(b.String(), MaxName)
}

// cut shortens s to at most n bytes at a rune's start.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Terms is what a text is indexed and searched by: plain words, made here so
// that both stores index exactly the same.
type Terms []string

const maxTerm = 40 // bytes; longer words are cut, in the index and in the question alike

// NameTerms are the folded words of a name, without stemming.
func NameTerms(name string) Terms {
	return termsOf(Fold(name))
}

// termsOf are the terms of a folded name.
func termsOf(folded string) Terms {
	words := strings.Fields(folded)
	for i, w := range words {
		words[i] = cut(w, maxTerm)
	}
	return words
}

// SentenceTerms are the stemmed words of a sentence (Snowball's English
// stemmer), each once, without the words that carry no meaning.
func SentenceTerms(sentence string) Terms {
	env := stemmers.Get().(*snowballstem.Env)
	defer stemmers.Put(env)
	var terms Terms
	seen := map[string]bool{}
	for _, w := range NameTerms(sentence) {
		if stopWords[w] {
			continue
		}
		env.SetCurrent(w)
		english.Stem(env)
		if t := env.Current(); t != "" && !seen[t] {
			seen[t] = true
			terms = append(terms, t)
		}
	}
	return terms
}

var stemmers = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

var stopWords = func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq("a an and are as at be been by for from had has have in into is it its of on or s t that the their there these they this to was were which while will with") {
		words[w] = true
	}
	return words
}()

// Variants are the spellings one deletion away from a term, and the term: two
// terms within one edit share a variant (Garbe's symmetric delete method, 2012).
// A term of three bytes or fewer has only itself.
func Variants(term string) []string {
	variants := []string{term}
	runes := []rune(term)
	if len(runes) <= 3 {
		return variants
	}
	for i := range runes {
		if i > 0 && runes[i] == runes[i-1] {
			continue
		}
		variants = append(variants, string(runes[:i])+string(runes[i+1:]))
	}
	return variants
}

// WithinOneEdit tells whether one insertion, deletion, substitution or
// transposition of neighbours turns a into b.
func WithinOneEdit(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return string(x[i:]) == string(y[i+1:])
	}
	if i >= len(x)-1 {
		return true
	}
	return string(x[i+1:]) == string(y[i+1:]) ||
		(x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:]))
}
