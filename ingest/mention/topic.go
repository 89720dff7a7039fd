package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// Topics reads the list of topics that begins at token i and ends before limit:
// "combating terrorism, countering drug trafficking as well as cooperation in
// the economy and tourism" gives terrorism, drug trafficking, economy, tourism.
// What only leads to a topic ("the fight against", "cooperation in", "the
// importance of") is left out of its span.
func (t *Thesaurus) Topics(source string, sentence text.Sentence, n, i, limit int) []Mention {
	r := topicReader{thesaurus: t, source: source, tokens: sentence.Tokens, limit: min(limit, len(sentence.Tokens))}
	s := scanner{source: source, tokens: sentence.Tokens, sentence: n}
	var out []Mention
	for len(out) < 24 {
		from, end, next := r.phrase(i)
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

type topicReader struct {
	thesaurus *Thesaurus
	source    string
	tokens    []text.Token
	limit     int
}

func (r topicReader) lower(i int) string {
	if i >= r.limit {
		return ""
	}
	return at(r.tokens, i)
}

// phrase reads one member of the list. next is where the following one begins,
// or i if the list has ended.
func (r topicReader) phrase(i int) (from, end, next int) {
	from = r.lead(i)
	end = from
	for end < r.limit && !r.stops(end, from) {
		end++
	}
	if e := r.compound(from, end); e > end {
		for end = e; end < r.limit && !r.stops(end, from); {
			end++
		}
	}
	next = r.next(end)
	trimmed := r.trim(from, end)
	if next == end || r.lower(end) == ":" && trimmed > from { // only "these areas: X and Y" goes on
		next = i
	}
	return from, trimmed, next
}

// compound goes on over the "and" of a term that the thesaurus has as a whole:
// "science and technology".
func (r topicReader) compound(from, end int) int {
	if w := r.lower(end); w != "and" && w != "," && w != "&" || end == from {
		return end
	}
	for e := min(end+5, r.limit); e > end+1; e-- {
		if _, ok := r.thesaurus.forms[stemmed(r.source[r.tokens[from].Start:r.tokens[e-1].End])]; ok {
			return e
		}
	}
	return end
}

// lead skips what only leads to the topic.
func (r topicReader) lead(i int) int {
	for i < r.limit {
		w := r.lower(i)
		switch {
		case leadWords[w]:
			i++
		case strings.HasSuffix(w, "ing") && len(w) > 5 && !topicGerunds[w] && i+1 < r.limit && r.tokens[i+1].Word() && r.tokens[i].Shape == text.Small && !joinsTopics(r.lower(i+1)) && r.lower(i+1) != "of" && r.lower(i+1) != "in":
			i++
		case leadNouns[w]:
			j := i + 1
			for leadNouns[r.lower(j)] {
				j++
			}
			if !leadPrepositions[r.lower(j)] {
				return i
			}
			i = j + 1
		case leadPrepositions[w]:
			i++
		case (w == "“" || w == "\"" || w == "(") && i+1 < r.limit:
			i++
		case (w == "i" || w == "ii" || w == "iii" || w == "iv" || w == "v" || w == "a" || w == "b" || w == "c" || w == "d") && r.lower(i+1) == ")":
			i += 2
		case strings.HasSuffix(w, "ly") && i+1 < r.limit && w != "family" && w != "supply":
			i++
		default:
			return i
		}
	}
	return i
}

func joinsTopics(w string) bool { return w == "and" || w == "," || w == "or" || w == "&" }

// stops tells whether a phrase that began at from ends before token i.
func (r topicReader) stops(i, from int) bool {
	w := r.lower(i)
	switch {
	case w == "-" && i > from:
		return true
	case !r.tokens[i].Word() && w != "'s" && w != "'" && w != "’" && w != "&":
		return true
	case i == from:
		return false
	case w == "and" || w == "or" || w == "including" || w == "such":
		return true
	}
	return phraseEnds[w] || subjectEnds[w] || w == "as" && r.lower(i+1) == "well"
}

// next is where the member after the separator at end begins; end if none does.
func (r topicReader) next(end int) int {
	i := end
	for i < r.limit {
		switch w := r.lower(i); {
		case w == "," || w == "and" || w == "or" || w == "including" || w == ";" || w == ":" && i == end:
			i++
		case w == "as" && r.lower(i+1) == "well" && r.lower(i+2) == "as":
			i += 3
		case w == "such" && r.lower(i+1) == "as":
			i += 2
		case w == "in" && r.lower(i+1) == "particular" || w == "among" && r.lower(i+1) == "others" || w == "inter" && r.lower(i+1) == "alia":
			i += 2
		case w == "(" && i == end:
			for i < r.limit && r.lower(i) != ")" {
				i++
			}
			i++
		default:
			if i > end && (phraseEnds[w] || listEnds[w] || subjectEnds[w] && w != "by" && w != "at") {
				return end
			}
			return min(i, r.limit)
		}
	}
	return end
}

// known is the end of the longest term of the thesaurus that begins at from and
// goes on past token j: "illicit traffic in narcotic drugs".
func (r topicReader) known(from, j, end int) int {
	for e := end; e > j+1; e-- {
		if _, ok := r.thesaurus.forms[stemmed(r.source[r.tokens[from].Start:r.tokens[e-1].End])]; ok {
			return e
		}
	}
	return j
}

// trim cuts a complement that makes the phrase longer than a topic is, and what
// hangs at its end.
func (r topicReader) trim(from, end int) int {
	for j := from + 1; j < end; j++ {
		w := r.lower(j)
		if w == "in" && traffic[r.lower(j-1)] {
			continue
		}
		if j-from >= 1 && (w == "in" || w == "for" || w == "to" || w == "from" || w == "with" || w == "through" || w == "throughout" || w == "on" && j-from >= 2) {
			if e := r.known(from, j, end); e > j {
				end = e
				break
			}
			end = j
		}
	}
	for end > from && (trailing[r.lower(end-1)] || weakEnds[r.lower(end-1)] || !r.tokens[end-1].Word() || end > from+1 && r.tokens[end-1].Shape == text.Number) {
		end--
	}
	if end-from > 9 {
		end = from + 9
	}
	if end == from+1 && (emptyTopics[r.lower(from)] || len(r.lower(from)) < 3) {
		return from
	}
	return end
}

var (
	leadWords = words(`and respond late the a an their its our his her both all further other various several some any new joint mutual bilateral how ways way closer
		combating countering fighting preventing suppressing strengthening promoting enhancing improving increasing deepening expanding advancing addressing
		tackling address tackle implement implementing maintaining developing ensuring supporting current certain many to continued continue ongoing growing shared common particular also such this that these
		greater stronger effective possible areas_of step up strengthen promote enhance combat counter fight prevent advance support deepen
		expand develop ensure maintain boost facilitate mainly need needed urgent better more again once e.g. i.e.`)
	leadNouns = words(`cooperation co-operation collaboration fight struggle importance need issues issue matters areas area field fields sphere spheres questions question
		interaction prospects significance relevance ways topics topic subject subjects theme themes range set wide number aspects state role
		progress efforts efforts_to commitment partnership coordination measures steps necessity usefulness problems challenges challenge opportunities
		dangers danger menace idea possibility support value benefits joint projects situation status developments work priorities case course topicality domain domains establishment creation implementation`)
	leadPrepositions = words("in on of against for to with regarding about concerning over into as at")
	topicGerunds     = words(`training trafficking smuggling financing banking shipping housing mining fishing farming funding lending manufacturing broadcasting learning
		engineering laundering monitoring planning processing peacekeeping peacebuilding processing capacity-building capacity building poaching hacking logging recycling
		vetting breeding grazing pricing learning marketing licensing ageing aging spring testing sharing mapping policing`)
	phraseEnds = words(`between among amongst within across under while with_a in_order which who that whose where when whereas through via during
		throughout before after since until by per according based so but if because they he she it we i whether
		was were is are has have had will would can could may shall should must be been said told added noted stressed
		today yesterday monday tuesday wednesday thursday friday saturday sunday signed adopted agreed expressed discussed met amid amidst toward towards`)
	listEnds    = words("the_two he she they it we also expressed agreed noted stressed underlined emphasised emphasized reaffirmed welcomed called praised thanked invited exchanged discussed reviewed signed met held")
	weakEnds    = words("issues matters areas fields sectors sector too alike respectively also well there here overall sphere")
	emptyTopics = words(`cooperation relations issues matters others topics area areas fields views ties them it this that other things interest
		concern progress efforts concluded following same two three country countries region world implementation commitment
		states state assistance part parts people capital services market markets international government governments
		return crisis threats threat role nationals parties wounded sick document`)
)
