package mention

import "github.com/entente-kg/entente/ingest/text"

// Topics reads the list of topics that begins at token i and ends before limit:
// "combating terrorism, countering drug trafficking as well as cooperation in
// the economy and tourism" gives terrorism, drug trafficking, economy, tourism.
// What only leads to a topic ("the fight against", "cooperation in", "the need
// to promote") is left out of its span.
func (t *Thesaurus) Topics(source string, sentence text.Sentence, n, i, limit int) []Mention {
	r := topicReader{thesaurus: t, source: source, tokens: sentence.Tokens, limit: min(limit, len(sentence.Tokens))}
	r.titled = r.isTitle(i)
	s := scanner{source: source, tokens: sentence.Tokens, sentence: n}
	var out []Mention
	for len(out) < mostTopics {
		from, end, next := r.member(i, 0)
		if end > from {
			out = append(out, s.mention(Topic, Named, from, end))
		}
		if next <= i {
			return out
		}
		i = next
	}
	return out
}

const (
	mostTopics   = 24 // of one list
	longestTopic = 9  // in tokens
	longestTail  = 16 // tokens between two members that belong to neither
)

type topicReader struct {
	thesaurus *Thesaurus
	source    string
	tokens    []text.Token
	limit     int
	titled    bool // all words bear a capital, so that none tells a name
}

// isTitle tells whether all that is read is capitalised as in a title.
func (r topicReader) isTitle(i int) bool {
	for ; i < r.limit; i++ {
		if t := r.tokens[i]; t.Shape == text.Small && !trailing[t.Lower] && !leadPrepositions[t.Lower] && !relatives[t.Lower] {
			return false
		}
	}
	return true
}

func (r topicReader) lower(i int) string {
	if i >= r.limit {
		return ""
	}
	return at(r.tokens, i)
}

func (r topicReader) tag(i int) text.Tag {
	if i < 0 || i >= r.limit {
		return text.Punctuation
	}
	return r.tokens[i].Tag
}

// member reads one member of the list. next is where the following one begins,
// or i if the list has ended.
func (r topicReader) member(i, depth int) (from, end, next int) {
	from = r.coordinated(r.lead(i))
	if r.begins(from) {
		end = r.compound(from, r.phrase(from))
	} else {
		return from, from, i
	}
	if c := r.complement(end); c > end && depth < 6 && r.isLight(from, end) && !r.isName(c) {
		f, e, n := r.member(c, depth+1)
		if n == c {
			n = i
		}
		return f, e, n
	}
	end = r.complements(from, end)
	next = r.next(end)
	trimmed := r.trim(from, end)
	if next == end || r.lower(end) == ":" && trimmed > from { // only "these areas: X and Y" goes on
		next = i
	}
	return from, trimmed, next
}

// begins tells whether a topic can begin at i: not with the verb of a new clause.
func (r topicReader) begins(i int) bool {
	switch r.tag(i) {
	case text.Finite, text.Auxiliary:
		return i < r.limit && !finite[r.lower(i)] && joinsTopics(r.lower(i+1))
	case text.Pronoun: // "mine action" is read as one
		return r.nominal(i+1) && !emptyTopics[r.lower(i)] && !listEnds[r.lower(i)]
	case text.Subordinator:
		return false
	}
	return i < r.limit && r.tokens[i].Word() && !phraseEnds[r.lower(i)]
}

// compound goes on over the "and" of a term that the thesaurus has as a whole:
// "science and technology".
func (r topicReader) compound(from, end int) int {
	if w := r.lower(end); w != "and" && w != "," && w != "&" || end == from {
		return end
	}
	if e := r.known(from, end, min(end+5, r.limit)); e > end {
		return r.phraseFrom(e, from) // "the trade and investment relationship"
	}
	return end
}

// known is the end of the longest term of the thesaurus that begins at from and
// goes on past token j, at most to end: "illicit traffic in narcotic drugs".
func (r topicReader) known(from, j, end int) int {
	for e := end; e > j+1; e-- {
		if !r.tokens[e-1].Word() {
			continue
		}
		if _, ok := r.thesaurus.forms[stemmed(r.source[r.tokens[from].Start:r.tokens[e-1].End])]; ok {
			return e
		}
	}
	return j
}

// next is where the member after the one that ends at end begins, over what
// hangs on that one ("in the region", "committed by X"); end if none does.
func (r topicReader) next(end int) int {
	i := r.tail(end)
	if i < r.limit && r.lower(i) == "to" {
		return i
	}
	first := i
	for i < r.limit {
		switch w := r.lower(i); {
		case w == "," || w == "and" || w == "or" || w == "including" || w == ";" || w == ":" && i == first:
			i++
		case w == "as" && r.lower(i+1) == "well" && r.lower(i+2) == "as":
			i += 3
		case w == "such" && r.lower(i+1) == "as":
			i += 2
		case w == "in" && r.lower(i+1) == "particular" || w == "among" && r.lower(i+1) == "others" || w == "inter" && r.lower(i+1) == "alia":
			i += 2
		case w == "(" && i == first:
			for i < r.limit && r.lower(i) != ")" {
				i++
			}
			i++
		default:
			if i > first && (phraseEnds[w] || listEnds[w] || subjectEnds[w] && w != "by" && w != "at" && w != "on" && w != "to") {
				return end
			}
			if i == first {
				return end
			}
			return min(i, r.limit)
		}
	}
	return end
}

// tail is where the words that hang on the phrase before end: at a separator, at
// "to" with a verb, or at end if the sentence goes on in another way.
func (r topicReader) tail(end int) int {
	if r.tag(end) != text.Adposition && r.tag(end) != text.PastParticiple && r.tag(end) != text.Finite && !r.purpose(end) {
		return end
	}
	for i := end; i < min(r.limit, end+longestTail); i++ {
		w := r.lower(i)
		switch {
		case r.purpose(i), w == ",", w == ";", w == "and", w == "including", w == "such" && r.lower(i+1) == "as", w == "as" && r.lower(i+1) == "well":
			return i
		case i > end && (r.tag(i) == text.Finite || r.tag(i) == text.Auxiliary || r.tag(i) == text.Subordinator), relatives[w], w == ":":
			return end
		}
	}
	return end
}

var relatives = words("which who whom whose that where when while because if")

// purpose tells whether "to" leads to a verb at i: "plans to improve".
func (r topicReader) purpose(i int) bool {
	return r.lower(i) == "to" && (r.tag(i+1) == text.Infinitive || leadVerbs[r.lower(i+1)])
}

// trim cuts what hangs at the end of the phrase, and what is no topic by itself.
func (r topicReader) trim(from, end int) int {
	end = min(end, from+longestTopic)
	for end > from && (trailing[r.lower(end-1)] || weakEnds[r.lower(end-1)] && r.tag(end-2) != text.Adjective || r.dangles(end-1, from) || !r.tokens[end-1].Word() || end > from+1 && r.tokens[end-1].Shape == text.Number) {
		end--
	}
	if end == from || !r.hasNoun(from, end) {
		return from
	}
	for j := from; j < end; j++ {
		if w := r.lower(j); !emptyTopics[w] && !leadNouns[w] && !leadWords[w] && len(w) > 2 && r.tag(j) != text.Adposition {
			return end
		}
	}
	return from
}

// dangles tells whether the last word belongs to what followed: "challenges facing
// the region", "to hold X accountable".
func (r topicReader) dangles(i, from int) bool {
	return i > from && (r.tag(i) == text.PresentParticiple && !topicGerunds[r.lower(i)] || r.tag(i) == text.Adjective && r.tag(i-1).Nominal() && r.tokens[i].Shape == text.Small)
}

// hasNoun tells whether more than adjectives and verbs stands between from and end.
func (r topicReader) hasNoun(from, end int) bool {
	for j := from; j < end; j++ {
		if r.tag(j) != text.Adjective && r.tag(j) != text.Adverb && (end > from+1 || !leadVerbs[r.lower(j)]) || r.tokens[j].Shape == text.Capital {
			return true
		}
	}
	return r.isTerm(from, end)
}
