package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// What is talked about often stands behind words that say only what is to be done
// about it: "the need for both to work on X", "readiness to strengthen Y", "how to
// improve Z".

// hollow are the nouns behind whose infinitive or gerund the topic stands.
var hollow = words(`need needs readiness commitment commitments willingness determination intention intentions desire wish ways way means importance necessity urgency interest resolve effort efforts
	opportunity opportunities steps measures possibility possibilities prospects plans options how pledge hope aim goal`)

// aims are what one sets out to do about a topic.
var aims = makeLemmas(nil, `strengthen deepen advance address enhance tackle expand promote improve increase combat counter develop boost foster resolve
	intensify broaden continue accelerate facilitate encourage diversify streamline modernise modernize raise reduce prevent ensure secure protect restore cooperate collaborate work`)

// working are those among them that lead to the topic by a preposition.
var working = words("work cooperate collaborate")

// aimed are the parts of the phrase from token i to end that name topics, if it
// begins with what is to be done about them; else nothing.
func (c *clause) aimed(i, end int) [][2]int {
	at := i
	for at < min(i+9, end) && (!hollow[c.lower(at)] || c.top[at] != mention.None) {
		at++
	}
	if at == min(i+9, end) {
		return nil
	}
	var before [][2]int // "ferries and ways to promote X"
	for j := at - 1; j > i; j-- {
		if w := c.lower(j); (w == "and" || w == ",") && c.top[j] == mention.None {
			before, i = [][2]int{{i, j}}, j+1
			break
		}
	}
	var out [][2]int
	for j := i + 1; j < end; j++ {
		lemma, ok := aims[c.lower(j)]
		if w := c.lower(j - 1); !ok || c.top[j] != mention.None || lemma.form == past || !aimLeads[w] && !strings.HasSuffix(w, "ly") || lemma.form == base && w == "for" {
			continue
		}
		if len(out) == 0 && (j > i+14 || c.topicBefore(i, j)) {
			return nil
		}
		start := j + 1
		if working[lemma.lemma] {
			for start < min(j+8, end) && c.lower(start) != "on" && c.lower(start) != "in" && c.lower(start) != "to" {
				start++
			}
			if c.lower(start) == "to" || start >= min(j+8, end) {
				continue // "to work closely to address X"
			}
			start++
		}
		if n := len(out); n > 0 {
			out[n-1][1] = c.aimStart(j)
		}
		out = append(out, [2]int{start, end})
	}
	if out == nil {
		return nil
	}
	return append(before, out...)
}

// topicBefore tells whether a topic stands right behind the hollow noun, before the
// first aim at j: "commitment to dialogue and to …".
func (c *clause) topicBefore(i, j int) bool {
	for ; i < j-2; i++ {
		if w := c.lower(i + 1); hollow[c.lower(i)] && (w == "to" || w == "in" || w == "on") {
			if tag := c.tokens[i+2].Tag; tag != text.Infinitive && tag != text.PresentParticiple && tag != text.Adverb {
				return true
			}
		}
	}
	return false
}

// aimLeads stand before the verb of an aim.
var aimLeads = words("to of for and , ; further jointly in")

// aimStart is the token where the words that lead to the aim at token j begin.
func (c *clause) aimStart(j int) int {
	for j > 0 && (aimLeads[c.lower(j-1)] || strings.HasSuffix(c.lower(j-1), "ly")) {
		j--
	}
	return j
}

// spheres is the token after "in the fields of" between i and end, or -1, and where
// these words begin.
func (c *clause) spheres(i, end int) (start, before int) {
	for j := i; j+2 < end; j++ {
		if w := c.lower(j); (w == "fields" || w == "areas" || w == "domains" || w == "spheres" || w == "sectors") && c.lower(j+1) == "of" && c.top[j] == mention.None {
			before = j
			for before > i && (determiners[c.lower(before-1)] || c.lower(before-1) == "in" || adjectives[c.lower(before-1)]) {
				before--
			}
			return j + 2, before
		}
	}
	return -1, i
}

// talksOn reads "met for talks on X": those who met in the sentence discussed it.
func (c *clause) talksOn(v verb) {
	switch c.lower(v.at + 1) {
	case "on", "about", "over", "regarding", "concerning":
	default:
		return
	}
	if w := c.lower(v.at); c.dateAt(v.at+2) || c.planned(v.at) || w == "call" || w == "audience" { // "a call on X"
		return
	}
	for _, f := range slices.Backward(c.facts) {
		if f.sentence != c.n {
			return
		}
		if f.Predicate == graph.Met {
			c.about(c.interlocutors(), v.at+2, c.speechEnd(v.at), v)
			return
		}
	}
}

// attended reads "particular attention was paid to X", "views were exchanged on X",
// "on the agenda were X".
func (c *clause) attended() {
	for i := c.head; i+2 < len(c.tokens); i++ {
		w := c.lower(i)
		if c.top[i] != mention.None || w != "was" && w != "were" || i == 0 {
			continue
		}
		if c.lower(i-1) == "agenda" && i < c.head+6 {
			c.about(c.interlocutors(), i+1, c.speechEnd(i), verb{at: i, start: i})
			return
		}
		heeded := attentions[c.lower(i-1)]
		for j := i + 1; heeded && j < min(i+5, len(c.tokens)); j++ {
			if p := c.lower(j); p == "to" || p == "on" || p == "upon" {
				c.about(c.interlocutors(), j+1, c.speechEnd(i), verb{at: i, start: i})
				return
			}
		}
	}
}

var attentions = words("attention emphasis stress weight views opinions focus importance")
