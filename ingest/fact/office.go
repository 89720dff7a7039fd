package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// offices states who holds which office; one without a body is held where the
// text lets its reader know.
func (r *reader) offices() {
	s := newStaff(r)
	for _, o := range r.set.Offices {
		m := r.mentions[o.Mention]
		o = r.assistant(o)
		if o.Head == "counterpart" || r.isFuture(m) || strings.HasSuffix(strings.ToLower(o.Title), o.Head+"s") {
			continue
		}
		body := s.bodyOf(o)
		if body == entity.None {
			continue
		}
		if s.courtesy(o, body) {
			continue
		}
		at := graph.Span(m.Span)
		if m.Holder != mention.None {
			at = graph.Span(r.mentions[m.Holder].Span)
		}
		q := graph.Qualifiers{graph.WithTitle: cleanTitle(o.Title)}
		if from := r.begun[o.Mention]; from != "" {
			q[graph.OnDate] = from
		}
		r.state(Fact{Predicate: graph.HoldsOffice, Subject: o.Person, Object: body, Qualifiers: q, Place: entity.None, Confidence: 900, Extractor: "pattern/office",
			Spans: r.officeSpan(m), SubjectAt: at, ObjectAt: graph.Span(m.Span)})
	}
	s.inherit()
}

// assistant reads "Assistant to the President Maya Orla": she is not the
// President.
func (r *reader) assistant(o entity.Office) entity.Office {
	m := r.mentions[o.Mention]
	tokens := r.sentences[m.Sentence].Tokens
	to := m.First - 1
	if to > 0 && tokens[to].Lower == "the" {
		to--
	}
	if to < 1 || tokens[to].Lower != "to" && tokens[to].Lower != "of" || tokens[to-1].Shape == text.Small {
		return o
	}
	first := to - 1
	for first > 0 && to-first < 5 && (assistants[tokens[first-1].Lower] || tokens[first-1].Lower == "chief" || tokens[first-1].Lower == "of") {
		first--
	}
	if tokens[to].Lower == "of" { // "the Special Envoy of the Secretary-General Maya Orla": whose office that is
		if deputies[tokens[to-1].Lower] {
			o.Head = "counterpart"
		}
		return o
	}
	if assistants[tokens[to-1].Lower] {
		o.Title = mention.Squeeze(r.source[tokens[first].Start:tokens[to].End]) + " the " + o.Title
		o.Head = "adviser"
	}
	return o
}

var deputies = words("representative envoy adviser advisor deputy spokesperson spokesman office")

var assistants = words("assistant deputy adviser advisor senior special counsel counselor counsellor staff secretary aide principal")

// courtesy tells whether the bare title only repeats a longer one of the same
// person ("Minister Orla"), or is a rank beside another office ("Ambassador Orla,
// Director of the Centre").
func (s *staff) courtesy(o entity.Office, body int) bool {
	if strings.Contains(o.Title, " ") || o.Body != entity.None {
		return false
	}
	for _, p := range s.ofPerson[o.Person] {
		if p.Title == o.Title || p.Head == "counterpart" {
			continue
		}
		if p.Head == o.Head && s.bodyOf(p) == body || o.Head == "ambassador" && s.bodyOf(p) != entity.None {
			return true
		}
	}
	return false
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

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
