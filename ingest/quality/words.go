package quality

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	blank   = regexp.MustCompile(`\s+`)
	article = regexp.MustCompile(`^(the|a|an) `)
)

// fold is a text without case, marks, punctuation and article.
func fold(s string) string {
	s = norm.NFKD.String(strings.ReplaceAll(s, "’", "'"))
	s = strings.Map(func(r rune) rune {
		switch {
		case norm.NFKD.PropertiesString(string(r)).CCC() != 0:
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r), r == '_':
			return unicode.ToLower(r)
		}
		return ' '
	}, s)
	return article.ReplaceAllString(squeeze(s), "")
}

// squeeze makes one blank of all white space.
func squeeze(s string) string { return strings.TrimSpace(blank.ReplaceAllString(s, " ")) }

type set map[string]bool

func setOf(words []string) set {
	s := set{}
	for _, w := range words {
		s[w] = true
	}
	return s
}

func folded(forms []string) set {
	s := set{}
	for _, f := range forms {
		s[fold(f)] = true
	}
	return s
}

// common counts what both have.
func (s set) common(t set) (n int) {
	for w := range s {
		if t[w] {
			n++
		}
	}
	return n
}

var emptyWords = setOf(strings.Fields(`a an the of and for in on to with by its their his her as at from against combating countering fight
	fighting cooperation issues issue matters field area areas sphere`))

// words are a phrase's content words in the singular, or all of them if it has no others.
func words(s string) set {
	content, all := set{}, set{}
	for _, w := range strings.Fields(fold(s)) {
		all[w] = true
		if !emptyWords[w] {
			content[singular(w)] = true
		}
	}
	if len(content) == 0 {
		return all
	}
	return content
}

func singular(w string) string {
	if stem, is := strings.CutSuffix(w, "ies"); is {
		return stem + "y"
	}
	if strings.HasSuffix(w, "ss") {
		return w
	}
	return strings.TrimSuffix(w, "s")
}

// alike tells how much of two topics' content words is shared, from 0 to 1, and
// half as much again if they are the same to the letter.
func alike(a, b []string) (best float64) {
	for _, s := range a {
		for _, t := range b {
			x, y := words(s), words(t)
			if len(x) == 0 || len(y) == 0 {
				continue
			}
			both := x.common(y)
			jaccard := float64(both) / float64(len(x)+len(y)-both)
			within := both == min(len(x), len(y)) && float64(both)/float64(max(len(x), len(y))) >= 0.34
			if jaccard < 0.5 && !within {
				continue
			}
			if fold(s) == fold(t) {
				jaccard += 0.5
			}
			best = max(best, jaccard)
		}
	}
	return best
}

// agree tells whether two titles of an office share half of the shorter one's words.
func agree(a, b string) bool {
	x, y := words(a), words(b)
	return len(x) == 0 || len(y) == 0 || 2*x.common(y) >= min(len(x), len(y))
}
