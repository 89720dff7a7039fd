package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// named reads what begins with the capitalised word at i.
func (s *scanner) named(i int) int {
	if honorifics[s.lower(i)] {
		if end := s.honoured(i); end > i {
			return end
		}
	}
	if n, end, ok := s.known.match(s.tokens, i); ok && n.kind == Person && !s.isNamed(end) {
		s.add(s.mention(Person, n.form, i, end))
		return end
	}
	if end := s.entity(i); end > i {
		return end
	}
	if w := s.lower(i); len(w) > 4 && len(w) < 7 && strings.HasPrefix(w, "cop") && w[len(w)-1] >= '0' && w[len(w)-1] <= '9' { // "COP28"
		m := s.mention(Event, Named, i, i+1)
		m.Head = "cop"
		s.add(m)
		return i + 1
	}
	if s.tokens[i].Shape == text.Capital && s.lower(i) == "exercise" && s.isNamed(i+1) {
		m := s.mention(Event, Named, i, s.run(i))
		m.Head = "exercise"
		s.add(m)
		return m.Last
	}
	return s.unknown(i)
}

// entity reads a gazetteer's name, a name with a head noun, or both joined
// ("ASEAN Secretariat", "Kenyan Foreign Minister"); i if there is none.
func (s *scanner) entity(i int) int {
	if s.depth > 4 || i >= len(s.tokens) {
		return i
	}
	s.depth++
	defer func() { s.depth-- }()
	before := len(s.out)
	if e := s.paired(i); e > i {
		return e
	}
	if s.roman(i) {
		if e := s.paired(i + 1); e > i+1 {
			return e
		}
	}
	owner, end := s.listed(i)
	if owner == None {
		if e := s.headed(i, i, None); e > i {
			return s.officeAfter(i, e)
		}
		return s.officeAfter(i, s.body(i, s.personEnd(i)))
	}
	next := end
	if s.lower(next) == "(" { // "Forum (PF) Meeting"
		if e := s.bracket(next); e > next+1 && s.isNamed(e) {
			next = e
		} else {
			s.out = s.out[:owner+1]
		}
	}
	if s.lower(next) == "'s" {
		next++
	}
	kept, start := len(s.out), i
	if s.lower(next-1) == "'s" {
		start = next
	}
	if e := s.headed(start, next, owner); e > next {
		return s.officeAfter(start, e)
	}
	if p := s.smallOffice(next); p >= 0 && (s.isNamed(p+1) || s.lower(p+1) == ",") {
		return s.office(i, next, p, owner)
	}
	if e := s.national(i, next, owner); e > next {
		return e
	}
	s.out = s.out[:kept]
	if next > end && s.lower(end) != "(" {
		next = end
	}
	if e := s.joined(i, next, owner); e > next {
		return e
	}
	if len(s.out) == before {
		return i
	}
	return next
}

// national reads who is told by a country's adjective alone: "the Peruvian president",
// "the Peruvian guest"; next is the token after the adjective.
func (s *scanner) national(i, next, owner int) int {
	if s.out[owner].Form != Adjective || s.out[owner].Last != next || s.lower(i-1) != "the" {
		return next
	}
	p := s.smallOffice(next)
	if p >= 0 && (p+1 == len(s.tokens) || s.tokens[p+1].Tag != text.Noun) {
		return s.office(i, next, p, owner)
	}
	if s.lower(next) == "top" || s.lower(next) == "chief" {
		next++
	}
	if p >= 0 || !visitors[s.lower(next)] || s.tokens[next].Shape != text.Small {
		return s.out[owner].Last
	}
	m := s.mention(Office, Definite, i, next+1)
	m.Head, m.Of = "guest", owner
	s.add(m)
	return m.Last
}

// visitors are words for somebody of a country that name no office.
var visitors = words("guest visitor diplomat leader politician statesman stateswoman dignitary")

// paired reads what two owners joined by a hyphen name together: "U.S.-Kenya Trade
// Agreement". They are the parties of an agreement; i if there is no such name.
func (s *scanner) paired(i int) int {
	_, end, ok := s.gazetteer.match(s.tokens, i)
	if !ok || !s.hyphen(end) {
		return i
	}
	before := len(s.out)
	one, _ := s.listed(i)
	other, next := s.listed(end + 1)
	if one != None && other != None && s.out[one].Is(Country, Organisation) && s.out[other].Is(Country, Organisation, Place) {
		e := s.headed(i, next, other)
		if at := s.outermost(before, i); e > next && at != None && s.out[at].Is(Agreement, Event, Organisation) {
			s.out[at].Of = None
			if s.out[at].Kind == Agreement && s.out[at].Head != "partnership" {
				s.out[at].Parties = append([]int{one, other}, s.out[at].Parties...)
			}
			return e
		}
	}
	s.out = s.out[:before]
	return i
}

// officeAfter reads an office right after the name of its body: "Harbour
// Authority President Maya Orla".
func (s *scanner) officeAfter(i, e int) int {
	body := s.outermost(0, i)
	if body == None || s.out[body].Kind != Organisation || s.out[body].Last != e || !s.isNamed(e) {
		return e
	}
	if p := s.officeHead(e, s.run(e)); p >= 0 {
		return s.office(i, e, p, body)
	}
	return e
}

// joined reads two owners side by side: "the SCO and ASEAN Secretariats" keeps
// both as they are; "Canada-U.S. Task Force" takes the first for its owner.
func (s *scanner) joined(start, i, owner int) int {
	if s.out[owner].Form == Adjective && s.isNamed(i) {
		if e := s.headed(start, i, owner); e > i {
			return e
		}
	}
	return i
}

// listed reads a name of the gazetteer or one that the first pass has seen.
func (s *scanner) listed(i int) (owner, end int) {
	p, end, ok := s.gazetteer.match(s.tokens, i)
	n, knownEnd, seen := s.known.match(s.tokens, i)
	if seen && n.kind != Person && (knownEnd > end || knownEnd == end && n.id != "") {
		m := s.mention(n.kind, n.form, i, knownEnd)
		m.ID = n.id
		return s.add(m), knownEnd
	}
	if !ok {
		return None, i
	}
	e := s.gazetteer.Entries[p.entry]
	m := s.mention(e.Kind, Named, i, end)
	m.ID = e.ID
	switch {
	case p.adjective:
		m.Form = Adjective
	case p.exact != "" && p.exact != e.Name:
		m.Form = Short
	}
	return s.add(m), end
}
