package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// offices states who holds which office; one without a body is held in the home
// country if such offices are a state's.
func (r *reader) offices() {
	for _, o := range r.set.Offices {
		m := r.mentions[o.Mention]
		body := o.Body
		if body == entity.None && m.Of == mention.None {
			body = r.signedFor(m)
		}
		if body == entity.None && stateOffices[o.Head] && r.mentions[o.Mention].Of == mention.None {
			body = r.bodyElsewhere(o)
			if body == entity.None && !r.contested(o) {
				body = r.home
			}
		}
		if body == entity.None || o.Head == "counterpart" || r.isFuture(m) {
			continue
		}
		c := newClause(r, m.Sentence, 0, 0)
		span := c.sentences[c.n].Span
		if span.End-span.Start > 400 {
			span = m.Span
			if h := r.mentions[m.Holder].Span; h.End > span.End {
				span.End = h.End
			} else if h.Start < span.Start {
				span.Start = h.Start
			}
		}
		r.state(Fact{Predicate: graph.HoldsOffice, Subject: o.Person, Object: body, Qualifiers: graph.Qualifiers{graph.WithTitle: cleanTitle(o.Title)}, Place: entity.None,
			Confidence: 900, Extractor: "pattern/office", Spans: []graph.EvidenceSpan{{Span: graph.Span(span), Role: graph.StatesFact}},
			SubjectAt: graph.Span(r.mentions[m.Holder].Span), ObjectAt: graph.Span(m.Span)})
	}
}

// contested tells whether the text gives the same bare title to somebody else too:
// two presidents cannot both be the home country's.
func (r *reader) contested(o entity.Office) bool {
	return slices.ContainsFunc(r.set.Offices, func(p entity.Office) bool {
		return p.Person != o.Person && p.Body == entity.None && r.mentions[p.Mention].Of == mention.None && p.Head != "counterpart" &&
			mention.Fold(cleanTitle(p.Title)) == mention.Fold(cleanTitle(o.Title)) && r.bodyElsewhere(p) == entity.None
	})
}

// bodyElsewhere is the body that the person's same office has elsewhere.
func (r *reader) bodyElsewhere(o entity.Office) int {
	for _, p := range r.set.Offices {
		if p.Person == o.Person && p.Body != entity.None && (p.Head == o.Head || strings.EqualFold(p.Title, o.Title)) {
			return p.Body
		}
	}
	return entity.None
}

// isFuture tells whether the office is one that somebody is only to hold.
func (r *reader) isFuture(m mention.Mention) bool {
	tokens := r.sentences[m.Sentence].Tokens
	for j := max(0, m.First-5); j < m.First; j++ {
		if w := tokens[j].Lower; w == "nominated" || w == "candidate" || w == "will" || w == "would" || w == "nominee" {
			return true
		}
	}
	return false
}

// cleanTitle drops what tells when an office was held and not which it is.
func cleanTitle(title string) string {
	fields := strings.Fields(title)
	for len(fields) > 1 && slices.Contains([]string{"former", "outgoing", "incoming", "new", "then", "then-foreign"}, strings.ToLower(fields[0])) {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}

var stateOffices = words("president minister chancellor premier secretary ambassador adviser advisor king queen vice-president taoiseach emir sultan representative deputy envoy")

// signedFor is the country of a signature: "For the Kingdom of X: Maya Orla,
// Minister of Trade".
func (r *reader) signedFor(m mention.Mention) int {
	tokens := r.sentences[m.Sentence].Tokens
	if tokens[0].Lower != "for" {
		return entity.None
	}
	for i, n := range r.mentions {
		if n.Sentence == m.Sentence && n.First < m.First && n.Is(mention.Country, mention.Organisation) {
			return r.set.Body(r.set.One(i))
		}
	}
	return entity.None
}

// homeCountry is the country whose officers the document names by title alone:
// the one that stands beside another officer's country ("between X and Y"), or
// that the document speaks of in the first place.
func (r *reader) homeCountry() int {
	taken := map[int]bool{}
	for _, o := range r.set.Offices {
		if o.Body != entity.None {
			taken[o.Body] = true
		}
	}
	points := make([]int, len(r.set.Entities))
	last := entity.None
	for i, m := range r.mentions {
		at := r.set.One(i)
		if at == entity.None || r.set.Entities[at].Kind != graph.Country {
			continue
		}
		tokens := r.sentences[m.Sentence].Tokens
		if last != entity.None && r.beside(i) && at != last {
			points[at] += 3 * b2i(taken[last])
			points[last] += 3 * b2i(taken[at])
		}
		if m.Last < len(tokens) && delegations[tokens[m.Last].Lower] {
			points[at] += 2
		}
		if m.Form == mention.Adjective && m.Last < len(tokens) && (tokens[m.Last].Lower == "commitment" || tokens[m.Last].Lower == "support") {
			points[at] += 2
		}
		points[at]++
		last = at
	}
	best, most, second := entity.None, 3, 0
	for at, p := range points {
		if taken[at] {
			continue
		}
		if p > most {
			best, most, second = at, p, most
		} else if p > second {
			second = p
		}
	}
	if most == second {
		return entity.None
	}
	return best
}

// beside tells whether the mention follows another one over "and": "between X and Y".
func (r *reader) beside(i int) bool {
	m := r.mentions[i]
	tokens := r.sentences[m.Sentence].Tokens
	j := m.First - 1
	for j >= 0 && tokens[j].Lower == "the" {
		j--
	}
	return j >= 0 && (tokens[j].Lower == "and" || tokens[j].Lower == "–")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
