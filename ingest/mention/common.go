package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// common reads what begins with a word in small letters or a function word:
// pronouns, references, and agreements and events without a name of their own.
func (s *scanner) common(i int) int {
	if end := s.pronoun(i); end > i {
		return end
	}
	if end := s.group(i); end > i {
		return end
	}
	if end := s.reference(i); end > i {
		return end
	}
	if end := s.numbered(i); end > i {
		return end
	}
	if end := s.exercise(i); end > i {
		return end
	}
	if p := s.smallOffice(i); p >= 0 && s.lower(p+1) == "of" && s.ofNamed(p+1) {
		return s.office(i, i, p, None)
	}
	return i + 1
}

// numbered reads "resolution 69/15".
func (s *scanner) numbered(i int) int {
	w := s.lower(i)
	if (w != "resolution" && w != "decision") || i+1 >= len(s.tokens) || s.tokens[i+1].Shape != text.Number {
		return i
	}
	return s.agreement(i, i, i+2, None)
}

// exercise reads "exercise Eastern Shield".
func (s *scanner) exercise(i int) int {
	if s.lower(i) != "exercise" || !s.isNamed(i+1) {
		return i
	}
	if _, _, listed := s.gazetteer.match(s.tokens, i+1); listed {
		return i
	}
	m := s.mention(Event, Named, i, s.run(i+1))
	m.Head = "exercise"
	s.add(m)
	return m.Last
}

// smallOffice is the head of a title in small letters that begins at i, or -1:
// "head", "executive director".
func (s *scanner) smallOffice(i int) int {
	for p := i; p < min(i+3, len(s.tokens)) && s.tokens[p].Shape == text.Small; p++ {
		w := s.lower(p)
		if officeHeads[w] && singular(w) == w && w != "deputy" && w != "chair" && (w != "leader" || s.isNamed(p+1)) {
			return p
		}
		if !titleWords[w] {
			return -1
		}
	}
	return -1
}

// ofNamed tells whether "of" or "of the" at i leads to a name.
func (s *scanner) ofNamed(i int) bool {
	return s.isNamed(i+1) || s.lower(i+1) == "the" && s.isNamed(i+2)
}

// pronoun reads "he", "she", "it" and "his counterpart".
func (s *scanner) pronoun(i int) int {
	switch s.lower(i) {
	case "he", "she", "him", "it", "they", "both":
		kind := Pronoun
		if s.lower(i) == "they" || s.lower(i) == "both" && (s.tokens[i].Start == s.tokens[0].Start || finite[s.lower(i+1)]) {
			kind = Group
		} else if s.lower(i) == "both" {
			return i
		}
		m := s.mention(kind, Definite, i, i+1)
		m.Head = s.lower(i)
		s.add(m)
		return i + 1
	case "his", "her", "its":
		for j := i + 1; j < min(i+4, len(s.tokens)); j++ {
			switch s.lower(j) {
			case "counterpart", "partner", "colleague", "interlocutor", "host", "guest":
				return s.counterpart(i, j)
			}
		}
	}
	return i
}

// counterpart reads "her Norwegian counterpart Ola Nordmann".
func (s *scanner) counterpart(i, j int) int {
	m := s.mention(Office, Definite, i+1, j+1)
	m.Head = "counterpart"
	if s.isNamed(j - 1) {
		if owner, end := s.listed(j - 1); owner != None && end == j {
			m.Of = owner
		}
	}
	at := s.add(m)
	k := j + 1
	if s.lower(k) == "from" {
		k++
		if s.lower(k) == "the" {
			k++
		}
		if owner, end := s.listedAt(k); owner != None {
			s.out[at].Of = owner
			s.out[at] = s.widen(s.out[at], i+1, end)
			k = end
		}
	}
	return max(s.holder(at, k), k)
}

func (s *scanner) listedAt(i int) (int, int) {
	if i >= len(s.tokens) {
		return None, i
	}
	return s.listed(i)
}

// group reads "the two ministers", "both sides", "the parties".
func (s *scanner) group(i int) int {
	w := s.lower(i)
	if w != "the" && w != "both" && w != "two" && w != "these" && w != "our" {
		return i
	}
	j := i + 1
	two := w == "both" || w == "two"
	for groupModifiers[s.lower(j)] {
		two = two || s.lower(j) == "two" || s.lower(j) == "both"
		j++
	}
	head := s.lower(j)
	if s.lower(j-1) == "two" && w == "the" && (s.lower(j) == "also" || finite[s.lower(j)]) {
		m := s.mention(Group, Definite, i, j)
		m.Head = "two"
		s.add(m)
		return j
	}
	if !groupHeads[head] || !two && !looseGroups[head] {
		return i
	}
	if s.lower(j+1) == "of" && head != "heads" || s.lower(j+1) == "to" || j+1 < len(s.tokens) && s.pluralGenitive(j+1) {
		return i
	}
	m := s.mention(Group, Definite, i, j+1)
	m.Head = head
	s.add(m)
	return j + 1
}

var (
	groupModifiers = words("two both top foreign prime our the contracting heads high respective")
	groupHeads     = words(`sides parties leaders ministers presidents countries nations governments delegations officials interlocutors diplomats
		organisations organizations states secretaries-general institutions partners secretaries principals heads premiers directors bodies capitals ambassadors
		neighbours men women counterparts speakers associations blocs agencies signatories`)
	looseGroups = words("sides parties leaders interlocutors contracting signatories delegations principals officials ministers presidents")
)

// reference reads "the memorandum", "a treaty on X", "the summit", "the bank".
func (s *scanner) reference(i int) int {
	form, j := s.determiner(i)
	if j == i {
		return i
	}
	from := j
	for j < len(s.tokens) && j-from < 4 && !s.isHeadNoun(j) {
		if form == Indefinite && j < from+2 && s.tokens[j].Shape == text.Small && strongHeads[s.lower(j+1)] {
			j++
			break
		}
		if !ordinals[s.lower(j)] && s.lower(j) != "new" && s.lower(j) != "said" && s.lower(j) != "same" && s.lower(j) != "draft" && s.tokens[j].Shape != text.Number && !eventModifiers[s.lower(j)] && !s.describes(j) {
			return i
		}
		j++
	}
	if form == Indefinite && s.lower(j) == "instrument" {
		return i
	}
	if form != Definite && vagueHeads[s.lower(j)] && yearOf(s.lower(j-1)) == 0 {
		return i
	}
	if j >= len(s.tokens) || s.tokens[j].Shape != text.Small || !s.isHeadNoun(j) || s.isHeadNoun(j+1) && s.lower(j) != "round" {
		return i
	}
	return s.headReference(i, j, form)
}

// describes tells whether the word at j tells of what kind the event after it is: "a
// wreath-laying ceremony", "the pledging conference".
func (s *scanner) describes(j int) bool {
	t := s.tokens[j]
	return describedEvents[s.lower(j+1)] && t.Shape == text.Small && (t.Tag == text.Noun || t.Tag == text.Adjective || t.Tag == text.PresentParticiple) && !pressEvents[t.Lower]
}

var (
	describedEvents = words("summit conference forum ceremony symposium seminar workshop")
	pressEvents     = words("press news media video telephone")
)

// eventModifiers stand before the head noun of an event: "a three-day workshop".
var eventModifiers = words(`one-day two-day three-day four-day five-day six-day day-long week-long two-week weeklong month-long half-day virtual online hybrid
	training annual inauguration inaugural swearing-in award awards graduation commemorative`)

// determiner reads the article of a reference and tells its form.
func (s *scanner) determiner(i int) (Form, int) {
	switch s.lower(i) {
	case "the", "this", "that", "said", "its", "their":
		return Definite, i + 1
	case "a", "an", "another":
		return Indefinite, i + 1
	}
	return Named, i
}

// vagueHeads name an agreement only with a capital, or where a title has them.
var vagueHeads = words("partnership commitment agenda principles framework strategy pathway concept conclusions pledge plan statement understanding guidelines")

// strongHeads are agreements whatever adjective stands before them.
var strongHeads = words("treaty convention pact agreement accord memorandum protocol declaration understanding compact")

func (s *scanner) isHeadNoun(j int) bool {
	w := s.lower(j)
	if (w == "letter" || w == "exchange") && s.lower(j+1) == "of" && (s.lower(j+2) == "intent" || s.lower(j+2) == "understanding" || s.lower(j+2) == "notes" || s.lower(j+2) == "letters") {
		return true
	}
	return j < len(s.tokens) && s.tokens[j].Shape == text.Small && (agreementHeads[w] && (!vagueHeads[w] || s.known.heads[w]) || smallEvents[w] || w == "meeting" && s.convened(j) || s.spokenOf(j) || w == "course" && s.lower(j-1) == "training" || smallBodies[w] || w == "round" && s.lower(j+1) == "table")
}

// spokenOf tells whether "the meeting" or "this event" at j may be one that the document names.
func (s *scanner) spokenOf(j int) bool {
	w, before := s.lower(j), s.lower(j-1)
	return (w == "meeting" || w == "event") && s.known.heads[w] && (before == "the" || before == "this") && s.lower(j+1) != "of" && s.lower(j+1) != "with" && s.lower(j+1) != "between"
}

// convened tells whether the meeting at j is one of a body's: "the sixth meeting of
// the Council", "a regular meeting of the Council".
func (s *scanner) convened(j int) bool {
	if s.lower(j+1) != "of" {
		return s.ofSeries(j)
	}
	k := j + 2
	if s.lower(k) == "the" {
		k++
	}
	if s.lower(j-1) == "the" && s.isNamed(k) { // "the meeting of the Council"
		h, kind := s.head(k, s.run(k))
		return h >= 0 && kind == Organisation
	}
	return ordinals[s.lower(j-1)] && s.isNamed(k)
}

// ofSeries tells whether the event at j is counted as one of those of a body: "its 12th session".
func (s *scanner) ofSeries(j int) bool {
	before := s.lower(j - 2)
	return (before == "its" || before == "their") && s.ordinalBefore(j) < j && (counting[s.lower(j-1)] || s.tokens[j-1].Shape == text.Number)
}

var (
	smallEvents = words("summit session conference forum ceremony symposium seminar workshop roundtable congress lecture exhibition exercise webinar retreat colloquium")
	smallBodies = words("organisation organization association union council commission secretariat agency bank institute committee community alliance league bloc ministry university")
)

// headReference adds the reference whose head noun stands at j.
func (s *scanner) headReference(i, j int, form Form) int {
	w := s.lower(j)
	if next := s.lower(j + 2); w == "instrument" && (next == "ratification" || next == "accession" || next == "acceptance" || next == "approval") {
		return i
	}
	switch {
	case smallBodies[w]:
		if form != Definite || s.lower(j+1) == "of" && s.isNamed(j+2) {
			return i
		}
		return s.addReference(Organisation, form, i, j)
	case smallEvents[w] || w == "round" || w == "meeting" || w == "event" || w == "course":
		if s.ofSeries(j) {
			form = Named
		}
		end := s.eventReference(form, i, j)
		return end
	case strings.HasSuffix(w, "s") && w != "guidelines" && w != "recommendations" || looseAgreements[w] && form == Indefinite && s.lower(j+1) != "between":
		return i
	}
	before := len(s.out)
	end := s.agreement(i+1, j, j+1, None)
	at := len(s.out) - 1
	m := &s.out[at]
	m.Form = form
	if form == Definite && (len(m.Parties) > 0 || m.Subject.End > 0) {
		m.Form = Named
	}
	if d, ok := s.dated(end); ok { // "the arrangement of 2012"
		if s.lower(d) == "between" && len(m.Parties) == 0 {
			d = s.parties(m, d+1, d, true)
			m = &s.out[at]
		}
		*m = s.widen(*m, m.First, d)
		m.Form, end = Named, d
	}
	if looseAgreements[m.Head] && form != Definite && len(m.Parties) == 0 {
		s.out = s.out[:before]
		return i
	}
	return end
}

// dated tells whether "of 2012" or "of 3 May 1998" stands at i, and where it ends.
func (s *scanner) dated(i int) (end int, ok bool) {
	if s.lower(i) != "of" || i+1 >= len(s.tokens) {
		return i, false
	}
	d, ok := s.days.read(s.tokens, i+1)
	return d.end, ok
}

func (s *scanner) addReference(kind Kind, form Form, i, j int) int {
	m := s.mention(kind, form, i+1, j+1)
	m.Head = singular(s.lower(j))
	s.add(m)
	return j + 1
}

// eventReference reads "the summit", "a workshop on early warning".
func (s *scanner) eventReference(form Form, i, j int) int {
	if s.lower(j) == "round" {
		j++
	}
	end := j + 1
	if (s.lower(end) == "of" || s.lower(end) == "for") && (s.isNamed(end+1) || s.lower(end+1) == "the" && s.isNamed(end+2)) {
		return s.event(i+1, j, end, None)
	}
	if s.lower(end) == "on" {
		if _, date := s.days.read(s.tokens, min(end+1, len(s.tokens)-1)); date {
		} else if e := s.subjectEnd(end+1, s.isNamed(end+1)); e > end+1 {
			end = e
			if form == Definite {
				form = Named
			}
		}
	}
	m := s.mention(Event, form, i+1, end)
	m.Head = s.lower(j)
	s.add(m)
	return end
}

// bracket reads "(SCO)" or "(the “Treaty”)" after the mention that it restates;
// it gives the token after the opening bracket if it does not restate.
func (s *scanner) bracket(i int) int {
	j, quoted := i+1, false
	for j < len(s.tokens) && (bracketWords[s.lower(j)] || strings.ContainsAny(s.tokens[j].Text, "\"“‘'")) {
		quoted = true
		j++
	}
	if p, e, ok := s.gazetteer.match(s.tokens, j); ok && s.lower(e) == ")" { // "(UN-Habitat)"
		if target := s.endingAt(i, ""); target != None && s.out[target].ID == s.gazetteer.Entries[p.entry].ID {
			m := s.mention(s.out[target].Kind, Short, j, e)
			m.Defines, m.ID = target, s.out[target].ID
			s.add(m)
			return e + 1
		}
	}
	end := j
	for end < len(s.tokens) && end-j < 8 && s.tokens[end].Word() {
		end++
	}
	stop := end
	for stop < len(s.tokens) && strings.ContainsAny(s.tokens[stop].Text, "\"”’'") {
		stop++
	}
	if end == j || stop >= len(s.tokens) || s.tokens[stop].Text != ")" || !s.isNamed(j) {
		return i + 1
	}
	target := s.endingAt(i, s.tokens[j].Text)
	if groupHeads[s.lower(end-1)] { // "the Contracting Parties"
		return i + 1
	}
	if target == None || !quoted && (end > j+1 || !s.acronymLike(j)) {
		return i + 1
	}
	m := s.mention(s.out[target].Kind, Short, j, end)
	m.Defines, m.ID = target, s.out[target].ID
	s.add(m)
	return stop + 1
}

var bracketWords = words("the hereinafter referred to as hereafter called or also known")

// acronymLike tells whether the token has two capitals or more.
func (s *scanner) acronymLike(j int) bool {
	capitals := 0
	for _, r := range s.tokens[j].Text {
		if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	return capitals >= 2
}

// endingAt is the mention that ends at token i and that the word in brackets
// restates: the one whose initials it has, else the outermost that is no country.
func (s *scanner) endingAt(i int, short string) int {
	best := None
	for k, m := range s.out {
		if m.Last != i || !m.Is(Organisation, Agreement, Event, Country) {
			continue
		}
		if initials(s.tokens[m.First:m.Last], short) {
			return k
		}
		if m.Kind != Country && (best == None || m.First < s.out[best].First) {
			best = k
		}
	}
	return best
}

// initials tells whether the capitals of a short form are the initials of the
// name's capitalised words, one for each.
func initials(name []text.Token, short string) bool {
	n := 0
	letters := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, short)
	for _, t := range name {
		if !t.Named() || functionWords[t.Lower] {
			continue
		}
		for part := range strings.SplitSeq(text.Unbroken(t.Text), "-") {
			if n >= len(letters) || part == "" || part[0] != letters[n] {
				return false
			}
			n++
		}
	}
	return n > 1 && n == len(letters)
}

// finite are verbs that begin a predicate; they end names and noun phrases.
var finite = words(`is are was were has have had will would met signed adopted discussed stressed said noted emphasised emphasized expressed agreed
	welcomed reaffirmed endorsed approved attended hosted opened called underlined underscored thanked informed exchanged reviewed addressed
	spoke held took covers cover includes include provides remains remain announced joined ratified`)
