package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// agreement reads the title of an agreement whose head noun stands at h: its
// kind's complement ("of Understanding"), its parties, its subject.
func (s *scanner) agreement(start, h, end, owner int) int {
	if s.ahead(start-1) || start > 0 && counting[s.lower(start-1)] && s.tokens[start-1].Shape == text.Capital && s.lower(start-1) != "next" {
		start--
	}
	m := s.mention(Agreement, Named, start, end)
	m.Head, m.Of = singular(s.lower(h)), owner
	subjects := [2]int{}
	for steps := 0; steps < 4 && end < len(s.tokens); steps++ {
		e, subject := s.agreementComplement(&m, end)
		if e == end {
			break
		}
		if subject[1] > subject[0] && subjects[1] == 0 {
			subjects = subject
		}
		end = e
	}
	if subjects[1] == 0 {
		subjects = s.modifierSubject(start, h, owner)
	}
	m = s.widen(m, start, end)
	m.SubjectTok = subjects
	if subjects[1] > 0 {
		m.Subject = text.Span{Start: s.tokens[subjects[0]].Start, End: s.tokens[subjects[1]-1].End}
	}
	if s.isNational(m, h) || s.isHeading(start, h) {
		return end
	}
	m.Draft = s.isDraft(start, end)
	if end == start+1 && subjects[1] == 0 && len(m.Parties) == 0 && (s.lower(start-1) == "the" || s.lower(start-1) == "this" || s.lower(start-1) == "that") {
		m.Form = Definite
	}
	s.add(m)
	return end
}

// ahead tells whether a year that is still to come stands at i: it belongs to the
// title after it ("2030 Agenda"), because it is no date of it.
func (s *scanner) ahead(i int) bool {
	y := yearOf(s.lower(i))
	return y > max(s.days.anchor.Year(), 2024)
}

// isNational tells whether a plan or a strategy is a single country's: no
// agreement with anybody.
func (s *scanner) isNational(m Mention, h int) bool {
	if w := s.lower(h); w != "strategy" && w != "plan" && w != "constitution" || len(m.Parties) > 0 {
		return false
	}
	if m.Of != None && s.out[m.Of].Kind == Country {
		return true
	}
	for j := m.First - 1; j < h; j++ {
		if w := s.lower(j); w == "national" || j == m.First-1 && w == "'s" && s.isNamed(j-1) {
			return true
		}
	}
	return false
}

// isHeading tells whether the head is that of the document itself, in capitals
// over its text: "JOINT COMMUNIQUÉ".
func (s *scanner) isHeading(start, h int) bool {
	if s.tokens[h].Shape != text.Upper || start > 0 {
		return false
	}
	w := s.lower(h)
	return w == "communiqué" || w == "communique" || w == "statement"
}

// agreementComplement reads one complement at j.
func (s *scanner) agreementComplement(m *Mention, j int) (end int, subject [2]int) {
	switch w := s.lower(j); w {
	case "of":
		return s.ofComplement(m, j), subject
	case "between", "among", "with":
		return s.parties(m, j+1, j, w != "with"), subject
	case "to", "amending", "under":
		if e := s.amended(j + 1); e > j {
			return e, subject
		}
		if w == "amending" || w == "to" && !s.leadsToEntity(j+1) {
			return s.subject(j, w)
		}
	case "for":
		if s.isSpan(j + 1) {
			return j + 2, subject
		}
		if end, subject = s.subject(j, w); end == j && kindWords[s.lower(j-1)] && s.tokens[j-1].Shape == text.Capital {
			end = s.extend(j, Agreement) // "Plan of Action for the Caribbean"
		}
		return end, subject
	case "on", "concerning", "regarding", "against", "relating", "establishing":
		return s.subject(j, w)
	case "in":
		if s.lower(j+1) == "the" && fieldWords[s.lower(j+2)] && s.lower(j+3) == "of" { // "in the field of tourism"
			return s.subject(j+3, w)
		}
		if kindWords[s.lower(j-1)] && s.inField(j+1) {
			return s.subject(j, w)
		}
	case "from":
		if s.isNamed(j + 1) {
			return s.extend(j+2, Agreement), subject
		}
	}
	return j, subject
}

// isSpan tells whether years that a programme is for stand at i: "2024–2026".
func (s *scanner) isSpan(i int) bool {
	from, to, ok := strings.Cut(strings.ReplaceAll(s.lower(i), "–", "-"), "-")
	return ok && yearOf(from) > 0 && (yearOf(to) > yearOf(from) || len(to) == 2)
}

// inField tells whether a field of work and no place or circumstance is named at i:
// "cooperation in Tourism", not "in Lima", "in the presence of".
func (s *scanner) inField(i int) bool {
	p, e, listed := s.gazetteer.match(s.tokens, i)
	if i >= len(s.tokens) || listed && !(p.adjective && s.isNamed(e)) {
		return false
	}
	return listed || s.isNamed(i) && s.gazetteer.common[s.lower(i)] || portfolioWords[s.lower(i)]
}

var fieldWords = words("field fields area areas sphere spheres domain domains")

// amended reads the agreement that another one belongs to: "Protocol to the
// Treaty on Whales". It gives 0 if there is none.
func (s *scanner) amended(k int) int {
	if s.lower(k) == "the" {
		k++
	}
	if s.depth > 4 || !s.startsAgreement(k) {
		return 0
	}
	s.depth++
	defer func() { s.depth-- }()
	r := s.run(k)
	h, _ := s.head(k, r)
	return s.agreement(k, h, h+1, None)
}

// ofComplement reads "of Understanding", "of the Economic Union".
func (s *scanner) ofComplement(m *Mention, j int) int {
	k := j + 1
	if s.lower(k) == "the" {
		k++
	}
	if k >= len(s.tokens) || months[s.lower(k)] > 0 || s.tokens[k].Shape == text.Number {
		return j
	}
	switch w := s.lower(k); {
	case s.tokens[k].Shape == text.Small && (w == "cooperation" || w == "co-operation") && m.Head != "memorandum" && m.Head != "agreement" && m.Head != "protocol":
		return j
	case kindWords[w] && (s.tokens[k].Shape == text.Small || subjectLeads[s.lower(k+1)]):
		return k + 1
	case s.tokens[k].Shape == text.Small:
		return j
	}
	from := len(s.out)
	end := s.extend(j, Agreement)
	if end == j && s.isCounted(k) {
		end = s.run(k + 1)
	}
	s.nested(k, end, from)
	if m.Of == None {
		m.Of = s.lastInside(from)
	}
	return end
}

// isCounted tells whether a name with an ordinal begins at i: "Protocol of the Second
// Session".
func (s *scanner) isCounted(i int) bool {
	return s.capital(i) && counting[s.lower(i)] && s.isNamed(i+1)
}

// kindWords follow "of" and tell with a head what kind of paper it is: "Memorandum of
// Understanding". What stands after them, if such a word leads to it, is its subject.
var (
	kindWords = words(`understanding intent notes letters conduct association friendship action partnership agreement principles cooperation
		co-operation`)
	subjectLeads = words("on in for concerning regarding against relating")
)

// parties reads "X and Y" after "between"; whole tells that both are named.
func (s *scanner) parties(m *Mention, i, j int, whole bool) int {
	var found []int
	end, outer := i, s.between
	s.between = whole
	defer func() { s.between = outer }()
	for steps := 0; steps < 12 && end < len(s.tokens); steps++ {
		end = s.skipOfficial(end)
		from := len(s.out)
		if !s.isNamed(end) {
			break
		}
		e := s.entity(end)
		body := s.outermost(from, end)
		if e == end || body == None || !s.out[body].Is(Organisation, Country, Place) {
			s.out = s.out[:from]
			break
		}
		found, end = append(found, body), s.skipBracket(e)
		if sep := s.lower(end); sep != "," && sep != "and" && sep != "&" {
			break
		} else if sep == "," && s.lower(end+1) == "and" {
			end++
		}
		if k := s.skipOfficial(end + 1); !s.isNamed(k) || !whole {
			break
		}
		end++
	}
	for len(found) > 0 && end > 0 && (s.lower(end-1) == "and" || s.lower(end-1) == ",") {
		end--
	}
	if len(found) == 0 || whole && len(found) < 2 {
		if len(found) == 0 || s.lower(end) != "secretariats" {
			return j
		}
	}
	m.Parties = append(m.Parties, found...)
	return end
}

func (s *scanner) skipOfficial(i int) int {
	for officialWords[s.lower(i)] {
		if _, _, listed := s.gazetteer.match(s.tokens, i); listed || s.isNamed(i) && organisationHeads[s.lower(i+1)] { // "Republic of Peru", "State University"
			return i
		}
		i++
	}
	return i
}

// officialWords stand before a party's name: "the Government of the Republic of X".
var officialWords = words("the government governments of states state republic kingdom royal and_the")

// subject reads "on Trade in Cattle", "concerning the status of forces".
func (s *scanner) subject(j int, w string) (end int, subject [2]int) {
	k := j + 1
	if w == "relating" && s.lower(k) == "to" {
		k++
	}
	if k >= len(s.tokens) || w == "on" && occasions[s.lower(k+b2i(s.lower(k) == "the"))] {
		return j, subject
	}
	named := s.isNamed(k) || s.lower(k) == "the" && s.isNamed(k+1)
	if (w == "to" || w == "for") && !named {
		return j, subject
	}
	if p, e, listed := s.gazetteer.match(s.tokens, k); listed && w == "for" && !(p.adjective && s.isNamed(e)) {
		return j, subject
	}
	if _, date := s.days.read(s.tokens, k); date {
		return j, subject
	}
	end = s.subjectEnd(k, named)
	if end == k || w == "to" && end-k < 2 {
		return j, subject
	}
	if w == "amending" || w == "establishing" {
		return end, subject
	}
	return end, [2]int{k, end}
}

// occasions are what something is signed on, not what it is about.
var occasions = words("margins sidelines occasion eve fringes basis behalf side")

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// subjectEnd is the end of the words that begin at k. A subject in capitals ends
// at the first small word that joins nothing; another at a verb or a mark.
func (s *scanner) subjectEnd(k int, named bool) int {
	j := k
	for j < len(s.tokens) && j-k < 30 {
		t, w := s.tokens[j], s.lower(j)
		if j > k {
			if _, date := s.days.read(s.tokens, j); date && !s.isNamed(j) {
				break
			}
			if _, date := s.days.read(s.tokens, min(j+1, len(s.tokens)-1)); date && (w == "late" || w == "early" || w == "earlier") {
				break
			}
		}
		if named && j > k && !s.goesOn(j) || !named && s.subjectStops(j, k) {
			break
		}
		if j > k && w == "on" && s.lower(j+1) == "behalf" {
			break
		}
		if !t.Word() && w != "," && !s.hyphen(j) || w == "between" || w == "amongst" || t.Text == "(" {
			break
		}
		j++
	}
	for j > k && (trailing[s.lower(j-1)] || !s.tokens[j-1].Word()) {
		j--
	}
	return j
}

// hyphen tells whether the token joins two capitalised words: "U.S.-Pacific".
func (s *scanner) hyphen(j int) bool {
	if w := s.lower(j); w != "-" && w != "–" {
		return false
	}
	t := s.tokens[j]
	return s.isNamed(j-1) && s.isNamed(j+1) && t.Start == s.tokens[j-1].End && s.tokens[j+1].Start == t.End
}

var trailing = words("and or of the a an in on for to from with by & at its their between")

// goesOn tells whether a capitalised subject goes on at j.
func (s *scanner) goesOn(j int) bool {
	w := s.lower(j)
	if s.isNamed(j) || s.tokens[j].Shape == text.Number || s.hyphen(j) || s.capital(j) {
		return true
	}
	next := func(i int) bool { return s.isNamed(i) || s.lower(i) == "the" && s.isNamed(i+1) }
	switch w {
	case "of", "and", "for", "or", "&", "the", "its", "against", "to", "from", "who", "are", "on":
		if w == "are" && s.lower(j-1) != "who" { // "Persons Who Are Blind", "the parties to it are"
			return false
		}
		if w == "and" && s.startsEntity(j+1) || w == "and" && s.lower(j+1) == "the" && s.lower(j-1) != "," && s.startsEntity(j+2) {
			return false
		}
		if w == "and" && s.lower(j+1) == "the" && s.startsAgreement(j+2) {
			return false
		}
		if (w == "to" || w == "from") && s.leadsToEntity(j+1) { // "sent the Treaty on Whales to the Senate"
			return false
		}
		return next(j+1) || s.capital(j+1)
	case "in", "at", "with", "by":
		if p, e, listed := s.gazetteer.match(s.tokens, j+1); listed && !(p.adjective && s.isNamed(e)) {
			return false
		}
		return w == "in" && next(j+1)
	case ",":
		return s.series(j) || s.lower(j+1) == "and" && (s.isNamed(j+2) || s.capital(j+2)) && !s.startsEntity(j+2)
	}
	return false
}

// leadsToEntity tells whether an entity begins at i, or after an article.
func (s *scanner) leadsToEntity(i int) bool {
	return s.startsEntity(i) || s.lower(i) == "the" && s.startsEntity(i+1)
}

// capital tells whether a function word bears a capital that only a title gives
// it: "Persons Who Are Blind", "and Other Cruel Treatment".
func (s *scanner) capital(j int) bool {
	return j < len(s.tokens) && s.tokens[j].Shape == text.Capital && functionWords[s.lower(j)]
}

// startsAgreement tells whether an agreement's title begins at i.
func (s *scanner) startsAgreement(i int) bool {
	if !s.isNamed(i) {
		return false
	}
	h, kind := s.head(i, s.run(i))
	return h >= 0 && kind == Agreement && strongHeads[s.lower(h)]
}

// subjectStops tells whether a subject in small letters ends before j.
func (s *scanner) subjectStops(j, k int) bool {
	w := s.lower(j)
	if subjectEnds[w] || w == "," || w == "with" && j > k && s.isNamed(j+1) {
		return true
	}
	if w == "in" && j > k {
		if _, _, listed := s.gazetteer.match(s.tokens, min(j+1, len(s.tokens)-1)); listed {
			return true
		}
	}
	return w == "and" && j > k && (s.lower(j+1) == "the" || s.lower(j+1) == "a" || s.isNamed(j+1) || finite[s.lower(j+1)])
}

// modifierSubject is what stands before the head noun and tells the subject:
// "Arms Trade Treaty"; a single word is more often a place than a subject.
func (s *scanner) modifierSubject(start, h, owner int) [2]int {
	i := start
	if owner != None {
		i = s.out[owner].Last
		if s.lower(i) == "'s" {
			i++
		}
	}
	for i < h && (ordinals[s.lower(i)] && s.lower(i) != "trade" && s.lower(i) != "customs" && s.lower(i) != "extradition" && s.lower(i) != "fisheries" || s.tokens[i].Shape == text.Number) {
		i++
	}
	if looseAgreements[s.lower(h)] {
		return [2]int{}
	}
	if h-i < 2 && !(owner != None && h-i == 1) && !(h-i == 1 && portfolioWords[s.lower(i)]) {
		return [2]int{}
	}
	for j := i; j < h; j++ {
		if p, _, ok := s.gazetteer.match(s.tokens, j); ok && !p.adjective || s.tokens[j].Shape == text.Upper || strings.Contains(s.lower(j), "–") {
			return [2]int{}
		}
	}
	return [2]int{i, h}
}

// isDraft tells whether the words around say that the agreement does not exist.
func (s *scanner) isDraft(start, end int) bool {
	for j := max(0, start-4); j < start; j++ {
		if draftWords[s.lower(j)] {
			return true
		}
	}
	return s.lower(end) == "to" && s.lower(end+1) == "be"
}

var draftWords = words("draft drafts proposed envisaged possible potential planned prospective eventual negotiating negotiate negotiations")
