package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// officeHead is the head of an office's title in the run [i, end), or -1. Only
// title words and portfolios may stand before it, or an organisation's acronym.
func (s *scanner) officeHead(i, end int) int {
	for p := i; p < end; p++ {
		w := s.lower(p)
		if officeHeads[w] || officeHeads[strings.TrimSuffix(strings.TrimSuffix(w, "-elect"), "-designate")] {
			if p+1 < end && !titleTails[s.lower(p+1)] {
				if h, _ := s.head(p+1, end); h >= 0 {
					return -1 // "Leaders Meeting"
				}
			}
			if q := s.laterHead(p, end); q > p {
				return q
			}
			return p
		}
		if !titleWords[w] && !portfolioWords[w] && s.lower(p) != "&" {
			return -1
		}
	}
	return -1
}

// laterHead is the head of a title whose first words are a head as well: "Deputy
// Prime Minister", "Vice Premier".
func (s *scanner) laterHead(p, end int) int {
	if !softHeads[s.lower(p)] {
		return p
	}
	for q := p + 1; q < end && (titleWords[s.lower(q)] || portfolioWords[s.lower(q)] || officeHeads[s.lower(q)]); q++ {
		if officeHeads[s.lower(q)] {
			return q
		}
	}
	return p
}

var softHeads = words("deputy secretary chief head leader officer principal lead commander")

// office reads an office: its title, its body, and the holder that follows.
// p is the head of its title; what stands between i and p belongs to the title.
func (s *scanner) office(start, i, p, owner int) int {
	title := []text.Span{{Start: s.tokens[i].Start, End: s.tokens[p].End}}
	j := p + 1
	plural := false // "Secretary Generals"
	for s.isNamed(j) && titleTails[singular(s.lower(j))] && !(s.known.isSurname(s.lower(j))) {
		title[0].End = s.tokens[j].End
		plural = plural || singular(s.lower(j)) != s.lower(j)
		j++
	}
	m := s.mention(Office, Definite, start, j)
	m.Head, m.Of = singular(s.lower(p)), owner
	m.Plural = plural || singular(s.lower(p)) != s.lower(p) && owner == None || strings.HasPrefix(s.lower(p), "secretaries")
	end, parts := s.officeComplements(&m, j)
	title = append(title, parts...)
	m = s.widen(m, start, end)
	m.Title = s.join(title)
	at := s.add(m)
	if m.Plural {
		s.out[at].Title = singularTitle(s.out[at].Title)
		return s.plural(at, end)
	}
	return s.holder(at, end)
}

// singularTitle is the title that each of several holders has.
func singularTitle(title string) string {
	fields := strings.Fields(title)
	for i, w := range fields {
		if one := singular(strings.ToLower(w)); officeHeads[strings.ToLower(w)] && one != strings.ToLower(w) {
			fields[i] = w[:min(len(one), len(w))]
			if strings.HasPrefix(w, "Secretaries") {
				fields[i] = "Secretary" + strings.TrimPrefix(w, "Secretaries")
			}
		}
	}
	return strings.Join(fields, " ")
}

// widen gives a mention other ends, keeping what is known of it.
func (s *scanner) widen(m Mention, start, end int) Mention {
	w := s.mention(m.Kind, m.Form, start, end)
	m.Span, m.First, m.Last, m.Name = w.Span, w.First, w.Last, w.Name
	return m
}

// join writes the spans one after the other.
func (s *scanner) join(spans []text.Span) string {
	var parts []string
	for _, p := range spans {
		parts = append(parts, Squeeze(p.Of(s.source)))
	}
	return strings.Join(parts, " ")
}

// officeComplements reads "of Foreign Affairs of Ruritania", "to the African
// Union", "at the Secretariat" after the head of a title.
func (s *scanner) officeComplements(m *Mention, j int) (end int, title []text.Span) {
	end = j
	for steps := 0; steps < 5 && end < len(s.tokens); steps++ {
		w := s.lower(end)
		if w == "and" && s.lower(end+1) == "to" {
			end, w = end+1, "to"
		}
		if w != "of" && w != "for" && w != "at" && w != "to" && w != "in" && w != "from" {
			return end, title
		}
		k := end + 1
		if s.lower(k) == "the" || s.lower(k) == "its" {
			k++
		}
		if !s.isNamed(k) {
			return end, title
		}
		next, words := s.officeComplement(m, w, end, k)
		if next == end {
			return end, title
		}
		if words.End > 0 {
			title = append(title, words)
		}
		end = next
	}
	return end, title
}

// officeComplement reads one complement, whose name begins at k: the body that
// the office is held in, or more words of the title.
func (s *scanner) officeComplement(m *Mention, w string, j, k int) (end int, words text.Span) {
	from := len(s.out)
	if p, e, ok := s.gazetteer.match(s.tokens, k); ok && !p.adjective && s.gazetteer.Entries[p.entry].Kind == Place {
		if w == "in" && m.Of != None { // "the Bureau in Nairobi"
			s.listed(k)
			return e, text.Span{}
		}
		if w == "for" {
			return e, text.Span{Start: s.tokens[j].Start, End: s.tokens[e-1].End}
		}
	}
	h, kind := s.head(k, s.run(k))                                                   // "Head of the Fisheries Division"
	if w == "of" && k == j+1 && s.lower(k) == "parliament" && s.lower(k+1) != "of" { // "Speaker of Parliament Maya Orla"
		return k + 1, text.Span{Start: s.tokens[j].Start, End: s.tokens[k].End}
	}
	if p, e, ok := s.gazetteer.match(s.tokens, k); ok && !p.adjective && w == "in" && m.Of != None && s.gazetteer.Entries[p.entry].Kind == Country {
		s.listed(k) // "OSCE Project Co-ordinator in Ruritania"
		return e, text.Span{Start: s.tokens[j].Start, End: s.tokens[e-1].End}
	}
	if e := s.affairsEnd(k); e > k && (w == "of" || w == "for") {
		return e, text.Span{Start: s.tokens[j].Start, End: s.tokens[e-1].End}
	}
	portfolio := (w == "of" || w == "for") && s.portfolioEnd(k) > k && !(h > k && kind == Organisation)
	if !portfolio && (w != "in" || m.Of == None) {
		if e := s.entity(k); e > k && len(s.out) > from {
			body := s.outermost(from, k)
			e = s.skipBracket(e)
			switch {
			case w == "to":
				return e, text.Span{Start: s.tokens[j].Start, End: s.tokens[e-1].End}
			case m.Of == None && body != None && s.out[body].Is(Organisation, Country, Place):
				m.Of = body
				return e, text.Span{}
			}
			return e, text.Span{}
		}
		s.out = s.out[:from]
	}
	if w == "of" || w == "for" {
		if e := s.portfolioEnd(k); e > k {
			return e, text.Span{Start: s.tokens[j].Start, End: s.tokens[e-1].End}
		}
	}
	return j, text.Span{}
}

// affairsEnd is the end of a portfolio that is told by names: "ASEAN and Southeast
// Asian Affairs", "European Integration". It gives k if there is none.
func (s *scanner) affairsEnd(k int) int {
	_, e, listed := s.gazetteer.match(s.tokens, k)
	for j := k; listed && j < min(k+7, len(s.tokens)); j++ {
		switch w := s.lower(j); {
		case j >= e && (w == "affairs" || w == "integration" || w == "relations"):
			return j + 1
		case !s.isNamed(j) && w != "and" && w != "&":
			return k
		}
	}
	return k
}

// outermost is the last mention read since from that begins at k.
func (s *scanner) outermost(from, k int) int {
	best := None
	for i := from; i < len(s.out); i++ {
		if s.out[i].First <= k && s.out[i].Defines == None && (best == None || s.out[i].Last >= s.out[best].Last) {
			best = i
		}
	}
	return best
}

// skipBracket reads the acronym in brackets at e, if there is one.
func (s *scanner) skipBracket(e int) int {
	if s.lower(e) == "(" {
		if end := s.bracket(e); end > e+1 {
			return end
		}
	}
	return e
}

// portfolioEnd is the end of a portfolio's name: "Foreign Affairs and Trade".
// A person's name may follow it at once.
func (s *scanner) portfolioEnd(k int) int {
	j, known := k, false
	for j < len(s.tokens) && j-k < 12 {
		w := s.lower(j)
		switch {
		case s.isNamed(j) && portfolioWords[w]:
			known = true
		case s.isNamed(j) && !known && j == k && !s.startsEntity(j) || s.isNamed(j) && known && s.lower(j-1) == "and" && !s.startsEntity(j):
			known = true
		case known && (w == "and" || w == "&" || w == ",") && s.isNamed(j+1) && (portfolioWords[s.lower(j+1)] || w != "," && !s.startsEntity(j+1)):
		case known && s.isNamed(j) && j > k+1 && s.lower(j-2) == "," && portfolioWords[s.lower(j-1)] && s.gazetteer.common[w] && !officeHeads[w]: // ", International Business"
		case known && w == "," && s.lower(j+1) == "and" && portfolioWords[s.lower(j+2)]:
		case known && (w == "of" || w == "the") && (portfolioWords[s.lower(j+1)] && s.isNamed(j+1) || s.lower(j+1) == "the" && portfolioWords[s.lower(j+2)] && s.isNamed(j+2)):
		default:
			return j
		}
		j++
	}
	return j
}

// holder reads the name after an office, directly or between commas.
func (s *scanner) holder(office, end int) int {
	j := end
	comma := s.lower(j) == ","
	if comma {
		j++
	}
	if s.lower(j) == "the" && (s.lower(j+1) == "rt" || s.isHonorific(j+1)) {
		j++
	}
	courtesy := j
	for s.isHonorific(j) {
		j++
	}
	if n, e, ok := s.known.match(s.tokens, j); ok && n.kind == Person && particles[s.lower(j)] { // "Ambassador da Orla"
		s.out[office].Holder = s.add(s.mention(Person, n.form, j, e))
		return e
	}
	if !s.isNamed(j) {
		return end
	}
	e := s.personEnd(j)
	if e == j || comma && e == j+1 && j == courtesy && !s.known.isSurname(s.lower(j)) {
		return end
	}
	if j == courtesy && (!s.couldHold(j, e) || e == j+1 && s.ordinary(j, e) && !s.known.isSurname(s.lower(j))) {
		return end
	}
	form := Named
	if e == j+1 {
		form = Short
	}
	s.out[office].Holder = s.add(s.mention(Person, form, j, e))
	return s.bodyAfter(office, e)
}

// bodyAfter reads the body that follows a holder's name: "President Maya Orla of
// Ruritania".
func (s *scanner) bodyAfter(office, e int) int {
	if s.out[office].Of != None || s.lower(e) != "of" {
		return e
	}
	k := e + 1
	if s.lower(k) == "the" {
		k++
	}
	if !s.isNamed(k) {
		return e
	}
	from := len(s.out)
	end := s.entity(k)
	body := s.outermost(from, k)
	if end == k || body == None || !s.out[body].Is(Country, Organisation) {
		s.out = s.out[:from]
		return e
	}
	s.out[office].Of = body
	return end
}

// plural reads the holders of one office in several bodies: "the Ministers of
// Trade of A, Maya Orla; of B, Ivo Lenz; and of C, Ada Moor", and "the Presidents
// of A and B, Maya Orla and Ivo Lenz".
func (s *scanner) plural(office, end int) int {
	j := end
	if of := s.out[office].Of; of != None && s.lower(end) == "," {
		if e := s.holder(office, end); e > end {
			j = e
		}
	}
	if s.out[office].Holder == None {
		return s.parallel(office, end)
	}
	for steps := 0; steps < 12; steps++ {
		k := j
		for s.lower(k) == "," || s.lower(k) == ";" || s.lower(k) == "and" {
			k++
		}
		if s.lower(k) != "of" {
			return j
		}
		m := s.mention(Office, Definite, k, k+1)
		m.Head, m.Title = s.out[office].Head, s.out[office].Title
		next, _ := s.officeComplements(&m, k)
		if next == k || m.Of == None {
			return j
		}
		m = s.widen(m, k, next)
		at := s.add(m)
		e := s.holder(at, next)
		if e == next {
			return next
		}
		j = e
	}
	return j
}

// parallel reads bodies and holders in two lists of equal length.
func (s *scanner) parallel(office, end int) int {
	first := s.out[office].Of
	if first == None || s.lower(end) != "and" && s.lower(end) != "," {
		return end
	}
	held := []int{first}
	j := end
	for steps := 0; steps < 8 && (s.lower(j) == "and" || s.lower(j) == ","); steps++ {
		k := j + 1
		for s.lower(k) == "the" || s.lower(k) == "and" || s.lower(k) == "of" {
			k++
		}
		at, e := s.listedAt(k)
		if at == None || !s.out[at].Is(Country, Organisation) {
			if at != None {
				s.out = s.out[:at]
			}
			break
		}
		held, j = append(held, at), e
	}
	if s.lower(j) != "," || len(held) < 2 {
		return j
	}
	for _, body := range held {
		k := j
		for s.lower(k) == "," || s.lower(k) == "and" || s.isHonorific(k) {
			k++
		}
		if !s.isNamed(k) {
			return j
		}
		e := s.personEnd(k)
		if e < k+2 || !s.couldHold(k, e) {
			return j
		}
		m := s.mention(Office, Definite, k, e)
		m.Head, m.Title, m.Of = s.out[office].Head, s.out[office].Title, body
		at := s.add(m)
		s.out[at].Holder = s.add(s.mention(Person, Named, k, e))
		j = e
	}
	return j
}

// couldHold tells whether the name between commas is a person's and not the next
// country or organisation of a list.
func (s *scanner) couldHold(j, e int) bool {
	if n, _, ok := s.known.match(s.tokens, j); ok {
		return n.kind == Person
	}
	if _, end, ok := s.gazetteer.match(s.tokens, j); ok && end >= e {
		return false
	}
	h, _ := s.head(j, s.run(j))
	return h < 0 && s.personLike(j, e)
}

// isSurname tells whether the first pass saw a person of that one name.
func (k memory) isSurname(w string) bool {
	for _, n := range k.names[w] {
		if n.kind == Person && len(n.words) == 1 {
			return true
		}
	}
	return false
}

// appose ties offices without a holder to the person before them: "Maya Orla,
// Director of the Centre", and "Maya Orla was elected President".
func (s *scanner) appose() {
	for i := range s.out {
		m := s.out[i]
		if m.Kind != Office || m.Plural {
			continue
		}
		if m.Holder == None {
			s.out[i].Holder = s.holderBefore(m.First)
		}
		if m.Holder == None && s.out[i].Holder == None {
			s.out[i].Holder = s.holderOfNext(m.Last)
		}
		if m.Of == None && (s.lower(m.First-1) == "its" || s.lower(m.First-1) == "their") {
			s.out[i].Of = s.bodyBefore(m.First)
		}
	}
}

// holderOfNext is the holder of the office that "and" joins to the one that ends
// at last: "the President of the Bank and Chair of the Board, Maya Orla".
func (s *scanner) holderOfNext(last int) int {
	if s.lower(last) != "and" {
		return None
	}
	for _, m := range s.out {
		if m.Kind == Office && m.First >= last+1 && m.First <= last+2 {
			return m.Holder
		}
	}
	return None
}

// bodyBefore is what "its" means before an office: the body named last.
func (s *scanner) bodyBefore(first int) int {
	best := None
	for i, m := range s.out {
		if m.Is(Country, Organisation) && m.Form != Adjective && m.Last < first && (best == None || m.First > s.out[best].First) {
			best = i
		}
	}
	return best
}

// holderBefore is the person whom the office at token first is said of.
func (s *scanner) holderBefore(first int) int {
	j := first - 1
	for j > 0 && (officeLinks[s.lower(j)] || postNominals[s.lower(j)]) {
		j--
	}
	if j == first-1 || j < 0 {
		return None
	}
	for i := range s.out {
		if m := s.out[i]; (m.Kind == Person || m.Kind == Pronoun && m.Head != "it") && m.Last == j+1 {
			return i
		}
		if m := s.out[i]; m.Kind == Office && m.Holder != None && m.Last == j+1 && (s.lower(first-1) == "and" || s.lower(first-1) == "/") {
			return m.Holder
		}
	}
	return None
}

// officeLinks may stand between a person and an office held, never "with" or "by".
var officeLinks = words(`, the a its his her their then former currently now as is was became been has elected appointed named sworn in new serving who
	also served serves previously formerly took up duties – - / president's re-elected outgoing incoming ( unanimously acting until recently once`)
