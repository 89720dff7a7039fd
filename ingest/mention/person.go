package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

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
