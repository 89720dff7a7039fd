package mention

import (
	"github.com/entente-kg/entente/ingest/text"
)

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
		case (w == "programme" || w == "program") && s.lower(h+1) == "of" && exchanges[s.lower(h+2)] && h == end-1:
			return h, Agreement
		case agreementHeads[w] || agreementHeads[s.lower(h)]:
			if _, dated := s.dated(h + 1); looseAgreements[w] && h == i && !dated && !s.complemented(end) && !s.hasNumber(h) && !s.ofCity(h) {
				continue
			}
			return h, Agreement
		case w == "consultation" && h > i && (counting[s.lower(i)] || s.ordinalBefore(i+1) == i):
			return h, Event
		case eventHeads[w] || eventHeads[s.lower(h)] || w == "table" && s.lower(h-1) == "round":
			return h, Event
		case s.lower(h) == "congress" && s.ofCity(h), w == "review" && reviews[s.lower(h-1)]:
			return h, Event
		case s.lower(h) == "forces" && services[s.lower(h-1)]:
			return h, Organisation
		case organisationHeads[s.lower(h)] && !s.isGovernment(i, h):
			return h, Organisation
		}
	}
	return -1, ""
}

// reviews are those of states by states, services what a state's forces are.
var (
	reviews  = words("periodic")
	services = words("armed defence defense self-defence self-defense security police naval")
)

// exchanges are what two states agree on a programme of.
var exchanges = words("cooperation co-operation cultural exchange exchanges")

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

// ofBody tells whether the name of an organisation stands before a head.
func (s *scanner) ofBody(h int) bool {
	for _, m := range s.out {
		if m.Last == h && m.Kind == Organisation && m.Form != Adjective {
			return true
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
	case "party": // to a treaty, where no name tells of a political one
		return w == "contracting" || h == i && s.lower(h+1) != "of"
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
		case h == i && w == "meeting" && s.ofBody(h): // "UN Security Council meeting"
			return h, Event
		case h == i && (w == "meeting" || w == "talks" || w == "negotiations" || w == "gathering") && s.ofCity(h): // "the Oslo meeting"
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
		return s.isNamed(i+1) || s.convenes(i+1) || s.lower(i) == "of" && (s.isCounted(i+1) || s.lower(i+1) == "the" && s.isCounted(i+2)) || (s.lower(i+1) == "the" || s.lower(i) == "for" && s.lower(i+1) == "a") && (s.isNamed(i+2) || s.convenes(i+2)) || s.lower(i) != "to" && s.lower(i) != "with" && s.lower(i) != "for" && s.lower(i) != "of" || s.lower(i) == "of" && kindWords[s.lower(i+1)]
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
