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

// honoured reads courtesy titles and the name after them: "H.E. Dr. Maya Orla".
func (s *scanner) honoured(i int) int {
	if h, _ := s.head(i, s.run(i)); s.lower(i) == "general" && h > i { // "General Fisheries Commission"
		return i
	}
	j := i
	for s.isHonorific(j) {
		j++
	}
	if end := s.personEnd(j); end > j {
		form := Named
		if end == j+1 {
			form = Short
		}
		s.add(s.mention(Person, form, j, end))
		return end
	}
	return i
}

// isHonorific tells whether a courtesy title stands at i, alone or after "the Rt".
func (s *scanner) isHonorific(i int) bool {
	w := s.lower(i)
	return honorifics[w] && i < len(s.tokens) && s.tokens[i].Named() && !(w == "hon" && s.lower(i+1) == "") || w == "rt" || w == "." && i > 0 && honorifics[s.lower(i-1)+"."]
}

// personEnd is the end of the person's name at i, or i.
func (s *scanner) personEnd(i int) int {
	j := i
	for j < len(s.tokens) && j-i < 7 {
		w := s.lower(j)
		switch {
		case j > i+1 && postNominals[w] && s.tokens[j].Shape == text.Upper:
			return j
		case s.isNamed(j) && (j == i || !honorifics[w]) && !officeHeads[w] && !pluralTitle(w) && !organisationHeads[w] && !agreementHeads[w] && !eventHeads[w]:
		case j > i && particles[w] && (s.isNamed(j+1) || particles[s.lower(j+1)]):
		case j > i && w == "," && (s.lower(j+1) == "jr." || s.lower(j+1) == "sr."):
			j++
		case j > i && (w == "'" || w == "ʻ" || w == "’" || w == "‘") && s.isNamed(j+1) && s.tokens[j].End == s.tokens[j+1].Start && s.tokens[j].Start > s.tokens[j-1].End:
		default:
			return j
		}
		j++
	}
	return j
}

// postNominals follow a name and are no part of it.
var postNominals = words("kc qc sc mp mep mla obe cbe kbe dbe phd")

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
	owner, end := s.listed(i)
	if owner == None {
		if e := s.headed(i, i, None); e > i {
			return s.officeAfter(i, e)
		}
		return i
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

// headed reads a name by its head noun in the capitalised run at i; start is
// where it begins with its owner. It gives i if there is no head noun.
func (s *scanner) headed(start, i, owner int) int {
	if i >= len(s.tokens) {
		return i
	}
	end := s.run(i)
	if p := s.officeHead(i, end); p >= 0 {
		return s.office(start, i, p, owner)
	}
	end = s.double(i, end)
	h, kind := s.head(i, end)
	if h < 0 && owner != None {
		h, kind = s.smallHead(i)
		end = h + 1
	}
	if h < 0 {
		return i
	}
	if h+1 < end && s.tokens[h+1].Shape != text.Number && !(kind == Agreement && s.isNamed(h+1)) {
		end = h + 1
	}
	if owner == None && end == i+1 && !s.complemented(end) {
		return s.bare(i, kind)
	}
	switch kind {
	case Agreement:
		return s.agreement(start, h, end, owner)
	case Event:
		return s.event(start, h, end, owner)
	}
	return s.organisation(start, h, end, owner)
}

// double goes on over the "and" between two words that an agreement's title has
// before its head: "Partnership and Cooperation Agreement". end is that of the run.
func (s *scanner) double(i, end int) int {
	if w := s.lower(end); w != "and" && w != "&" || !s.isNamed(end+1) || end == i {
		return end
	}
	if last := s.lower(end - 1); !portfolioWords[last] && !looseAgreements[last] && !ordinals[last] {
		return end
	}
	if _, _, listed := s.gazetteer.match(s.tokens, end+1); listed || !portfolioWords[s.lower(end+1)] && !ordinals[s.lower(end+1)] {
		return end
	}
	next := s.run(end + 1)
	if h, kind := s.head(end+1, next); h > end+1 && (kind == Agreement || s.portfolios(i, end) && s.portfolios(end+1, h)) && s.officeHead(end+1, next) < 0 {
		return next
	}
	return end
}

// portfolios tells whether all the words are of those that portfolios have:
// "Economic and Trade Meeting", "Trade and Investment Promotion Agency".
func (s *scanner) portfolios(i, end int) bool {
	for j := i; j < end; j++ {
		if w := s.lower(j); !portfolioWords[w] && !ordinals[w] && !titleWords[w] && w != "promotion" && w != "affairs" {
			return false
		}
	}
	return end > i
}

// head is the last head noun of the run [i, end) with its kind.
func (s *scanner) head(i, end int) (int, Kind) {
	for h := end - 1; h >= i; h-- {
		w := singular(s.lower(h))
		switch {
		case (w == "letter" || w == "exchange" || w == "code") && s.lower(h+1) == "of" && h == end-1:
			return h, Agreement // "Letter of Intent", "Exchange of Notes"
		case agreementHeads[w] || agreementHeads[s.lower(h)]:
			if _, dated := s.dated(h + 1); looseAgreements[w] && h == i && !dated && !s.complemented(end) && !s.hasNumber(h) && !s.ofCity(h) {
				continue
			}
			return h, Agreement
		case eventHeads[w] || eventHeads[s.lower(h)] || w == "table" && s.lower(h-1) == "round":
			return h, Event
		case s.lower(h) == "congress" && s.ofCity(h):
			return h, Event
		case organisationHeads[s.lower(h)] && !s.isGovernment(i, h):
			return h, Organisation
		}
	}
	return -1, ""
}

// ofCity tells whether the word before a head is a city's name: "Lima Guidelines".
func (s *scanner) ofCity(h int) bool {
	for _, m := range s.out {
		if m.Kind == Place && m.ID != "" && m.Form == Named && m.Last == h {
			e, _ := s.gazetteer.Entry(m.ID)
			return e.Country != ""
		}
	}
	return false
}

// isGovernment tells whether an "Administration" is but a president's government:
// no word before it tells what it administers.
func (s *scanner) isGovernment(i, h int) bool {
	switch w := s.lower(h - 1); s.lower(h) {
	case "house": // nor is a house a body, but the "House of …"
		return h > i
	case "party":
		return w == "contracting"
	case "mission":
		return w == "of"
	}
	if s.lower(h) != "administration" || h+1 < len(s.tokens) && (s.lower(h+1) == "of" || s.lower(h+1) == "for") {
		return false
	}
	for j := i; j < h; j++ {
		if s.gazetteer.common[s.lower(j)] || portfolioWords[s.lower(j)] {
			return false
		}
	}
	return true
}

// hasNumber tells whether a number follows a head: "Decision 12", "Agenda 30".
func (s *scanner) hasNumber(h int) bool {
	return numberedHeads[s.lower(h)] && h+1 < len(s.tokens) && s.tokens[h+1].Shape == text.Number
}

var numberedHeads = words("decision resolution agenda directive regulation recommendation")

// sharedHeads are heads that several owners share: "the X and Y Secretariats"
// speaks of X and of Y.
var sharedHeads = words("secretariats governments ministries parliaments commissions organisations organizations")

// smallHead is a head noun in small letters right after an owner, with at most
// two adjectives between: "SCO summit", "inaugural ETTF meeting".
func (s *scanner) smallHead(i int) (int, Kind) {
	for h := i; h < min(i+4, len(s.tokens)); h++ {
		w := s.lower(h)
		switch {
		case w == "secretariat" || w == "commission" || w == "parliament":
			return h, Organisation
		case w == "secretariats" && h == i:
			return -1, ""
		case w == "treaty" || w == "convention" || w == "protocol" || w == "charter" || w == "memorandum" || w == "declaration" && s.lower(h+1) != "of":
			return h, Agreement
		case w == "summit" || w == "conference" || w == "forum" || w == "session" && ordinals[s.lower(h-1)] || w == "meeting" && (ordinals[s.lower(h-1)] || ordinals[s.lower(h-2)]):
			return h, Event
		case w == "roundtable" || w == "seminar" || w == "workshop" || w == "symposium":
			return h, Event
		case !ordinals[w] && !(s.tokens[h].Tag == text.Noun || s.tokens[h].Tag == text.Adjective || s.tokens[h].Tag == text.Numeral) || h > i+2:
			return -1, ""
		}
	}
	return -1, ""
}

// complemented tells whether a complement of the head noun stands at i.
func (s *scanner) complemented(i int) bool {
	if i+1 < len(s.tokens) {
		if _, date := s.days.read(s.tokens, i+1); date { // "signed the Treaty on 4 June"
			return false
		}
	}
	switch s.lower(i) {
	case "of", "on", "for", "against", "concerning", "regarding", "between", "with", "relating", "to", "among":
		return s.isNamed(i+1) || s.convenes(i+1) || s.lower(i+1) == "the" && (s.isNamed(i+2) || s.convenes(i+2)) || s.lower(i) != "to" && s.lower(i) != "with" && s.lower(i) != "for" && s.lower(i) != "of" || s.lower(i+1) == "understanding" || s.lower(i+1) == "intent"
	}
	return false
}

// convenes tells whether "Parties" or "Members" at i name who meets: "Conference of
// the Parties".
func (s *scanner) convenes(i int) bool {
	w := s.lower(i)
	return (w == "parties" || w == "members" || w == "participants") && s.tokens[i].Shape == text.Capital
}

// bare reads a head noun that stands alone with its capital: "the Forum".
func (s *scanner) bare(i int, kind Kind) int {
	if kind == Agreement && s.ahead(i-1) {
		return s.agreement(i, i, i+1, None)
	}
	if i == 0 || kind == Agreement && looseAgreements[singular(s.lower(i))] && s.lower(i-1) != "the" {
		return i
	}
	if kind == Event && counting[s.lower(i-1)] {
		m := s.mention(Event, Named, i-1, i+1)
		m.Head = singular(s.lower(i))
		s.add(m)
		return m.Last
	}
	switch s.lower(i - 1) {
	case "the", "this", "that", "said", "its", "'s", "their", "our":
		m := s.mention(kind, Definite, i, i+1)
		m.Head = singular(s.lower(i))
		if d, ok := s.dated(i + 1); ok && kind == Agreement {
			m = s.widen(m, i, d)
			m.Form = Named
		}
		s.add(m)
		return m.Last
	}
	return i
}

// counting tells events of one series apart: "the Third Session", "the next Summit".
var counting = words(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
	seventeenth eighteenth nineteenth twentieth next previous`)

// organisation reads the rest of an organisation's name.
func (s *scanner) organisation(start, h, end, owner int) int {
	from := len(s.out)
	end = s.extend(end, Organisation)
	s.nested(h+1, end, from)
	m := s.mention(Organisation, Named, start, end)
	m.Head, m.Of = singular(s.lower(h)), owner
	if owner == None {
		m.Of = s.lastInside(from)
	}
	s.add(m)
	return end
}

// event reads the rest of an event's name, and the place after it.
func (s *scanner) event(start, h, end, owner int) int {
	if end == start+1 && s.lower(h) == "meeting" && s.lower(end) == "with" {
		return end
	}
	from := len(s.out)
	start = s.ordinalBefore(start)
	end = s.extend(end, Event)
	s.nested(h+1, end, from)
	m := s.mention(Event, Named, start, end)
	m.Head, m.Of = singular(s.lower(h)), owner
	if owner == None {
		m.Of = s.lastInside(from)
	}
	s.add(m)
	return end
}

// ordinalBefore widens an event's name over "Second", "12th".
func (s *scanner) ordinalBefore(start int) int {
	w := s.lower(start - 1)
	if len(w) > 2 && (w[0] >= '0' && w[0] <= '9' && ordinalEnds[w[len(w)-2:]] || ordinals[w] && w != "the") {
		return start - 1
	}
	return start
}

var ordinalEnds = words("st nd rd th")

// extend goes on over "of …", "for …", "on …" and "and …" within a name.
func (s *scanner) extend(j int, kind Kind) int {
	from, complement := j, false
	for steps := 0; steps < 8 && j < len(s.tokens); steps++ {
		w := s.lower(j)
		k := j + 1
		if s.lower(k) == "the" {
			k++
		}
		switch {
		case kind == Event && w == "of" && s.convenes(k):
			j, complement = k+1, true
		case s.connects(w, kind, k > j+1) && s.isNamed(k) && !honorifics[s.lower(k)] || w == "to" && kind == Event && s.lower(j-1) == "parties" && s.isNamed(k):
			j, complement = s.part(k), true
		case w == "in" && kind == Organisation && s.isNamed(k) && s.seated(from, j):
			if p, e, ok := s.gazetteer.match(s.tokens, k); ok && !p.adjective && s.gazetteer.Entries[p.entry].Kind == Place {
				return e
			}
			return j
		case (w == "and" || w == "&" || w == "," && s.series(j)) && complement && s.isNamed(j+1) && !s.startsEntity(j+1):
			j = s.run(j + 1)
		case w == "," && s.lower(j+1) == "and" && complement && s.isNamed(j+2) && !s.startsEntity(j+2) && s.tokens[j-1].Named() && kind == Agreement:
			j = s.run(j + 2)
		default:
			return j
		}
	}
	return j
}

// seated tells whether the name, whose head ends at from and which has been read
// up to j, is that of an office that a city tells apart: "Embassy of Peru in Quito".
func (s *scanner) seated(from, j int) bool {
	return s.tokens[j-1].Named() && seatedHeads[s.lower(from-1)]
}

var seatedHeads = words("office bureau embassy consulate mission delegation commission")

// part is the end of one member of a name's complement: an entity of the
// gazetteer as a whole, or a run.
func (s *scanner) part(k int) int {
	p, end, ok := s.gazetteer.match(s.tokens, k)
	if ok {
		if r := s.run(end); r > end && (p.adjective || !s.isOfficeOrName(end, r)) {
			return r
		}
		return end
	}
	end = s.run(k)
	if p := s.officeHead(k, end); p > k {
		if pluralTitle(s.lower(p)) { // "Council of Foreign Ministers"
			return p + 1
		}
		return p
	}
	return end
}

func (s *scanner) isOfficeOrName(i, end int) bool {
	h, _ := s.head(i, end)
	return h < 0
}

// connects tells whether a preposition goes on with a name of that kind.
func (s *scanner) connects(w string, kind Kind, article bool) bool {
	switch w {
	case "of", "for", "on", "against":
		return true
	case "in":
		return article && kind == Organisation
	case "de", "du", "des", "del", "da", "do":
		return kind == Organisation
	}
	return false
}

// series tells whether the comma at j goes on with a list inside a name, which
// "and" ends: "Ministry of Trade, Industry and Labour".
func (s *scanner) series(j int) bool {
	for k := j + 1; k < min(j+12, len(s.tokens)); k++ {
		switch w := s.lower(k); {
		case w == "and" || w == "or":
			return (s.isNamed(k+1) || s.capital(k+1)) && !s.startsEntity(k+1) && k > j+1
		case w == "," || s.isNamed(k) && !s.startsEntity(k):
		default:
			return false
		}
	}
	return false
}

// startsEntity tells whether a new entity begins at i, so that the "and" before
// it joins two entities and not two words of a name.
func (s *scanner) startsEntity(i int) bool {
	if honorifics[s.lower(i)] {
		return true
	}
	if p, _, ok := s.gazetteer.match(s.tokens, i); ok && !p.adjective {
		return true
	}
	if _, _, ok := s.known.match(s.tokens, i); ok {
		return true
	}
	end := s.run(i)
	if s.officeHead(i, end) >= 0 {
		return true
	}
	h, kind := s.head(i, end)
	if h < 0 || kind == Agreement || portfolioWords[s.lower(h)] {
		return false
	}
	return kind != Organisation || singular(s.lower(h)) == s.lower(h) // "Safe Communities" are no body
}

// nested reads the entities of the gazetteer inside a name, for its links.
func (s *scanner) nested(i, end, from int) {
	for j := i; j < end; j++ {
		if !s.isNamed(j) {
			continue
		}
		if owner, e := s.listed(j); owner != None {
			if e > end {
				s.out = s.out[:owner]
				return
			}
			if of := s.headedWithin(owner, j, e, end); of > e {
				e = of
			}
			j = e - 1
		} else if len(s.out) == from && (j == i+1 || s.lower(j-1) == "the") && (s.lower(i) == "of" || s.lower(j-2) == "of") {
			if s.parentInside(j, end) {
				return
			}
		}
	}
}

// headedWithin makes "Council of Europe Office" of an owner and its organ.
func (s *scanner) headedWithin(owner, start, e, end int) int {
	h, kind := s.head(e, min(s.run(e), end))
	if h < 0 || kind != Organisation {
		return e
	}
	m := s.mention(Organisation, Named, start, h+1)
	m.Head, m.Of = singular(s.lower(h)), owner
	s.add(m)
	return h + 1
}

// parentInside adds the unlisted organisation that a name's "of the …" holds.
func (s *scanner) parentInside(j, end int) bool {
	r := min(s.run(j), end)
	h, kind := s.head(j, r)
	found := h >= 0 && kind == Organisation
	if found {
		m := s.mention(Organisation, Named, j, end)
		if h == j && end == j+1 {
			m.Form = Definite
		}
		m.Head = singular(s.lower(h))
		s.add(m)
	}
	return found
}

// lastInside is the outermost organisation or country read since from.
func (s *scanner) lastInside(from int) int {
	for i := len(s.out) - 1; i >= from; i-- {
		if s.out[i].Is(Organisation, Country) && s.out[i].Defines == None {
			return i
		}
	}
	return None
}

// unknown reads a capitalised name that nothing else explains.
func (s *scanner) unknown(i int) int {
	end := s.personEnd(i)
	if end == i {
		return i + 1
	}
	if end > i+1 && s.leads(i) { // "COMMENDED Madagascar", "Coastal West Africa"
		return i + 1
	}
	switch before := s.lower(i - 1); {
	case end > i+1 && placeHeads[s.lower(end-1)]:
		s.add(s.mention(Place, Named, i, end))
	case s.datelined(i, end):
		s.add(s.mention(Place, Named, i, end))
	case (before == "in" || before == "near" || before == "to" && end == i+1 || before == "at" && end == i+1 && s.lower(end) == ",") && end-i <= 3 && !s.allUpper(i, end) && !s.ordinary(i, end):
		s.add(s.mention(Place, Named, i, end))
	case end-i >= 2 && end-i <= 5 && s.personLike(i, end) && !s.ordinary(i, end):
		s.add(s.mention(Person, Named, i, end))
	}
	return end
}

// leads tells whether the word at i only stands before a name that is known or
// written otherwise.
func (s *scanner) leads(i int) bool {
	if s.tokens[i].Shape == text.Upper && s.tokens[i+1].Shape == text.Capital && s.gazetteer.common[s.lower(i)] {
		return true
	}
	p, _, ok := s.gazetteer.match(s.tokens, i+1)
	return ok && !p.adjective && s.gazetteer.common[s.lower(i)] && !givenWords[s.lower(i)]
}

// placeHeads end the name of a stretch of land or water.
var placeHeads = words("river basin lake sea gulf strait bay island islands peninsula valley desert mountains region province district county canal delta")

// datelined tells whether the name opens a date line: "TARAMA, Peru, 3 May".
func (s *scanner) datelined(i, end int) bool {
	if i > 0 || end-i > 3 || !s.allUpper(i, end) || s.lower(end) != "," {
		return false
	}
	if _, date := s.days.read(s.tokens, min(end+1, len(s.tokens)-1)); date {
		return true
	}
	p, _, ok := s.gazetteer.match(s.tokens, end+1)
	return ok && s.gazetteer.Entries[p.entry].Kind == Country && !p.adjective
}

func (s *scanner) allUpper(i, end int) bool {
	for j := i; j < end; j++ {
		if s.tokens[j].Shape != text.Upper {
			return false
		}
	}
	return true
}

// ordinary tells whether a word of the name is an ordinary one, as in "Member
// States": names of persons that titles do not show have none.
func (s *scanner) ordinary(i, end int) bool {
	for j := i; j < end; j++ {
		if w := s.lower(j); s.gazetteer.common[w] && !particles[w] && !(j == i && givenWords[w]) {
			return true
		}
	}
	return false
}

// givenWords are given names that are ordinary words as well.
var givenWords = words("mark grace hope joy rose faith grant frank bill will rob pat art jack dean pierce miles chase carol heather holly ivy lily ruby violet august april june summer dawn eve page drew")

// personLike tells whether every word could be part of a person's name.
func (s *scanner) personLike(i, end int) bool {
	for j := i; j < end; j++ {
		w := s.lower(j)
		if s.tokens[j].Shape == text.Upper && !strings.HasSuffix(w, ".") && !(j > i && suffixes[w]) || portfolioWords[w] || ordinals[w] || titleWords[w] || titleTails[singular(w)] || strings.ContainsAny(w, "0123456789") {
			return false
		}
		if p, _, ok := s.gazetteer.match(s.tokens, j); ok && p.adjective {
			return false
		}
	}
	return true
}
