package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// lead skips what only leads to the topic: articles, prepositions, verbs that
// act on it ("strengthening", "to promote").
func (r topicReader) lead(i int) int {
	for i < r.limit {
		w := r.lower(i)
		switch {
		case enumerators[w] && r.lower(i+1) == ")":
			i += 2
		case leadWords[w] || leadPrepositions[w] || r.acts(i):
			i++
		case r.tag(i) == text.Determiner || r.tag(i) == text.Adverb && i+1 < r.limit:
			i++
		case (w == "“" || w == "\"" || w == "(") && i+1 < r.limit:
			i++
		case strings.HasSuffix(w, "ly") && i+1 < r.limit && w != "family" && w != "supply":
			i++
		default:
			return i
		}
	}
	return i
}

var enumerators = words("i ii iii iv v vi vii a b c d e f g h 1 2 3 4 5 6 7 8 9")

// acts tells whether the word at i is a verb whose object follows.
func (r topicReader) acts(i int) bool {
	w := r.lower(i)
	if joinsTopics(r.lower(i+1)) && r.tokens[i].Shape == text.Small && deedful(w) && deedful(r.lower(i+2)) && r.lower(i+3) != "of" {
		return r.nominal(i+3) || articles[r.lower(i+3)] // "preventing and combating piracy"
	}
	if i+1 >= r.limit || !r.tokens[i+1].Word() || r.tokens[i].Shape != text.Small && !r.titled || joinsTopics(r.lower(i+1)) {
		return false
	}
	if r.tag(i) == text.Infinitive && r.lower(i-1) == "to" || leadVerbs[w] && !leadNouns[w] {
		return true
	}
	if !strings.HasSuffix(w, "ing") || len(w) < 6 || r.lower(i+1) == "of" || r.lower(i+1) == "in" {
		return false
	}
	return !topicGerunds[w] || articles[r.lower(i+1)]
}

// deedful tells whether the word is a gerund that takes an object rather than names
// a field.
func deedful(w string) bool {
	return len(w) >= 6 && strings.HasSuffix(w, "ing") && !topicGerunds[w]
}

func joinsTopics(w string) bool { return w == "and" || w == "," || w == "or" || w == "&" }

// coordinated skips all but the last of several adjectives before one noun:
// "political, economic and humanitarian assistance". Two stay together.
func (r topicReader) coordinated(from int) int {
	i, last, members := from, from, 1
	for members < 8 {
		j := i
		for r.tag(j) == text.Adjective || r.tag(j) == text.PresentParticiple {
			j++
		}
		if j == i && (members == 1 || r.tag(i) != text.Noun) {
			break
		} else if j == i {
			j++
		}
		if !joinsTopics(r.lower(j)) {
			break
		}
		for joinsTopics(r.lower(j)) {
			j++
		}
		i, members = j, members+1
		if r.tag(j) == text.Adjective {
			last = j
		}
	}
	if members < 3 || !r.nominal(i) && !r.nominal(i+1) {
		return from
	}
	return last
}

// phrase is the end of the noun phrase at from, without what hangs on it.
func (r topicReader) phrase(from int) int { return r.phraseFrom(from, from) }

// phraseFrom goes on at i with the phrase that began at from.
func (r topicReader) phraseFrom(i, from int) int {
	for i < r.limit && !r.stops(i, from) {
		i++
	}
	if (r.lower(i) == "and" || r.lower(i) == "or") && i > from && r.tag(i-1) == text.Adjective && r.tag(i+1) == text.Adjective && r.nominal(i+2) && !r.isTerm(from, i) {
		return r.phrase(i + 1) // "regional and global security"
	}
	return i
}

// isTerm tells whether the thesaurus has the words by themselves.
func (r topicReader) isTerm(from, end int) bool {
	_, ok := r.thesaurus.Look(r.source[r.tokens[from].Start:r.tokens[end-1].End])
	return ok
}

// stops tells whether a noun phrase that began at from ends before token i.
func (r topicReader) stops(i, from int) bool {
	w := r.lower(i)
	switch {
	case w == "-" && i > from: // "the U.S.-Kenya partnership"
		return i+1 >= r.limit || r.tokens[i].Start > r.tokens[i-1].End || r.tokens[i+1].Start > r.tokens[i].End || r.tokens[i+1].Shape == text.Small
	case !r.tokens[i].Word() && w != "'s" && w != "'" && w != "’" && w != "&":
		return true
	case i == from:
		return false
	case w == "and" || w == "or" || w == "including" || w == "such" || phraseEnds[w] || subjectEnds[w] || leadPrepositions[w]:
		return true
	}
	switch r.tag(i) {
	case text.Adposition, text.Auxiliary, text.Pronoun, text.Determiner, text.Subordinator, text.Conjunction:
		return w != "'s"
	case text.Finite, text.PastParticiple:
		return !(r.nominal(i+1) && !r.nominal(i-1))
	case text.Adverb:
		return r.tag(i+1) != text.Adjective
	case text.Particle:
		return w == "to" || w == "not"
	case text.Infinitive:
		return true
	}
	return false
}

func (r topicReader) nominal(i int) bool {
	return i < r.limit && (r.tag(i).Nominal() || r.tag(i) == text.Untagged)
}

// isLight tells whether the phrase only leads to its complement: "the importance
// of", "closer cooperation in".
func (r topicReader) isLight(from, end int) bool {
	if !leadNouns[r.lower(end-1)] {
		return false
	}
	for j := from; j < end-1; j++ {
		if w := r.lower(j); r.nominal(j) && !leadNouns[w] && !leadWords[w] && (r.titled || r.tokens[j].Shape == text.Small) {
			return false
		}
	}
	return true
}

// complement is where the complement begins whose preposition stands at i, or
// i: after "of", "in", "to" with or without a verb.
func (r topicReader) complement(i int) int {
	if w := r.lower(i); i+1 < r.limit && (leadPrepositions[w] || w == "between") && w != "as" {
		return i + 1
	}
	return i
}

// isName tells whether a name begins at i, after its article.
func (r topicReader) isName(i int) bool {
	for leadWords[r.lower(i)] || r.tag(i) == text.Determiner {
		i++
	}
	return i < r.limit && !r.titled && r.tokens[i].Named()
}

// complements goes on over the phrases that belong to the topic: all that follow
// "of", two that "between" joins, and a short one after another preposition.
func (r topicReader) complements(from, end int) int {
	others := 0
	for steps := 0; steps < 3; steps++ {
		w := r.lower(end)
		c := r.complement(end)
		if c == end || end == from {
			return end
		}
		if e := r.known(from, end, min(end+5, r.limit)); e > end {
			return e
		}
		for c < r.limit && (r.tag(c) == text.Determiner || articles[r.lower(c)]) {
			c++
		}
		if !r.begins(c) || r.purpose(end) {
			return end
		}
		e := r.phrase(c)
		switch {
		case e == c:
			return end
		case w == "of":
		case w == "between":
			if r.lower(e) != "and" {
				return end
			}
			c = e + 1
			for c < r.limit && (r.tag(c) == text.Determiner || articles[r.lower(c)]) {
				c++
			}
			e = r.phrase(c)
		case others > 0 || e-c > 3 || r.isLight(c, e) || r.lower(c) == "order":
			return end
		default:
			others++
		}
		end = e
	}
	return end
}

var articles = words("the a an its their our his her")

var (
	leadWords = words(`and respond late the a an their its our his her both all further other various several some any new joint mutual bilateral how ways way closer
		current certain many to continued continue ongoing growing shared common particular also such this that these
		greater stronger effective possible areas_of step up mainly need needed urgent better more again once e.g. i.e. strategic_importance
		critical vital key strong firm unwavering steadfast immediate historic specific`)
	leadVerbs = words(`address advance boost combat combating confront counter countering deepen defend deliver develop elevate empower encourage enhance ensure expand
		facilitate fight fighting foster fund implement improve increase invest maintain preserve prevent promote protect pursue reduce reinforce resolve respect
		respond restore safeguard secure step strengthen support sustain tackle uphold accelerate achieve enable create build overcome end stop avoid
		continue launch establish intensify broaden bolster explore raise work set make seek see provide meet hold have help find`)
	leadNouns = words(`cooperation co-operation collaboration fight struggle importance need issue issues matter matters areas area field fields sphere spheres questions question
		interaction prospects significance relevance ways topics topic subject subjects theme themes range set wide number aspects state role
		progress efforts effort commitment commitments partnership coordination measures steps necessity usefulness problems challenges challenge opportunities opportunity
		dangers danger menace idea possibility support value benefits projects project situation status developments work priorities priority case course topicality domain domains
		establishment creation implementation desire vision readiness willingness resolve determination belief position leadership concern concerns appreciation gratitude
		views view intent intention initiatives initiative plans plan variety series host forms impact advancement enhancement promotion
		expansion deepening strengthening decision ability right goal goals objective objectives focus attention strength
		participation contribution contributions actions action engagement momentum update updates role`)
	leadPrepositions = words("in on of against for to with regarding about concerning over into as at toward towards")
	topicGerunds     = words(`training trafficking smuggling financing banking shipping housing mining fishing farming funding lending manufacturing broadcasting learning
		engineering laundering monitoring planning processing peacekeeping peacebuilding capacity-building capacity building poaching hacking logging recycling
		vetting breeding grazing pricing marketing licensing ageing aging spring testing sharing mapping policing screening dumping well-being being
		standing meeting ruling bargaining setting-up setting`)
	phraseEnds = words(`between among amongst within across under while with_a in_order which who that whose where when whereas through via during
		throughout before after since until by per according based so but if because they he she it we i whether
		was were is are has have had will would can could may shall should must be been said told added noted stressed
		today yesterday monday tuesday wednesday thursday friday saturday sunday signed adopted agreed expressed discussed met amid amidst toward towards`)
	listEnds    = words("the_two he she they it we also expressed agreed noted stressed underlined emphasised emphasized reaffirmed welcomed called praised thanked invited exchanged discussed reviewed signed met held")
	weakEnds    = words("issues matters areas fields sectors sector too alike respectively also well there here overall sphere")
	emptyTopics = words(`cooperation relations issues matters others topics area areas fields views ties them it this that other things interest
		concern progress efforts concluded following same two three country countries region world implementation commitment
		states state assistance part parts people capital services market markets international government governments
		return crisis threats threat role nationals parties wounded sick document administration sides side leaders ministers allies partners means
		stakeholders nations peoples region regions point points view occasion time way ways us addition particular response moment
		report reports agenda examples example population values counterparts relationship officials ministry greetings`)
)
