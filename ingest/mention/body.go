package mention

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// body reads an organisation that no head noun in English shows: a company by its
// legal form, a body by its head in another language, an acronym by what it does;
// i if there is none.
func (s *scanner) body(i, end int) int {
	if end == i {
		return i
	}
	switch {
	case s.isCompany(i, end) || end > i+1 && (foreignHeads[s.lower(i)] || foreignHeads[s.lower(i+1)]) && !s.allUpper(i, end):
	case end == i+1 && s.isAcronym(i) && s.acts(i):
	default:
		return i
	}
	m := s.mention(Organisation, Named, i, end)
	m.Head = s.lower(i)
	s.add(m)
	return end
}

// isCompany tells whether the name ends as that of a company.
func (s *scanner) isCompany(i, end int) bool {
	return end > i+1 && companyTails[strings.Trim(s.lower(end-1), ".")] && !s.allUpper(i, end)
}

// foreignHeads begin the name of a body in a Romance or Germanic language.
var foreignHeads = words(`banco banque banca agencia agência agence agenzia instituto institut istituto universidad universidade université università
	universität fundación fundação fondation fondazione stiftung ministerio ministério ministère ministero conseil consejo conselho cámara câmara
	chambre asociación associação asamblea assemblée comité comisión comissão corporación confederación confederação federación fédération
	frente partido parti fonds fondo bundesamt bundesministerium bundesverband consorcio empresa gesellschaft universitas centro oficina dirección direção superintendencia unión união tribunale servicio serviço secretaría secretaria compagnie société sociedad`)

// companyTails end the name of a company.
var companyTails = words(`ltd limited plc inc corp gmbh llc s.a s.p.a n.v b.v pvt ag sa oy ab holdings airlines airways telecom telecommunications railways
	petroleum industries motors pharmaceuticals shipyard refinery`)

// isAcronym tells whether the token is two to seven letters with two capitals at
// least, which no ordinary word and no numeral has: "NCTC", "DoA".
func (s *scanner) isAcronym(i int) bool {
	t := s.tokens[i]
	if n := len(t.Text); n < 2 || n > 7 || !s.acronymLike(i) || s.gazetteer.common[t.Lower] || noBodies[t.Lower] {
		return false
	}
	for _, r := range t.Text {
		if (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return strings.Trim(t.Lower, "ivxlcdm") != ""
}

// noBodies are written in capitals and act like a body at times.
var noBodies = words(`ai covid hiv aids gdp sdg sdgs ndc ndcs lng ict icts it tv pm fm dpm mou mous loi fta ftas cepa ceo cfo dg sg ngo ngos sme smes id
	wmd wmds dna usd eur gmt utc est am ok llm isr fdi oda hr pr pdf vip vat cop cops idp idps igo igos pmo mp mps eam nsa srsg usg asg ssg hrvp pps com mep meps fms hod hods`)

// acts tells whether the words around the token take it for a body: it speaks or
// signs, it has officials, somebody belongs to it.
func (s *scanner) acts(i int) bool {
	next, before := s.lower(i+1), s.lower(i-1)
	if bodyVerbs[next] || bodyPeople[next] || next == "'s" && (bodyPeople[s.lower(i+2)] || s.officeHead(i+2, s.run(i+2)) >= 0) {
		return true
	}
	if before == "the" {
		before = s.lower(i - 2)
		if before == "of" {
			before = s.lower(i - 3)
			return bodyPeople[before]
		}
		return before == "by" && bodyVerbs[s.lower(i-3)]
	}
	return before == "of" && bodyPeople[s.lower(i-2)] || before == "by" && bodyVerbs[s.lower(i-2)]
}

var (
	bodyVerbs = words(`said says told announced stated noted stressed added signed hosted organised organized thanked welcomed agreed adopted launched
		briefed expressed confirmed reported published funded financed co-hosted urged called provided`)
	bodyPeople = words(`official officials representative representatives delegation delegations delegate delegates expert experts staff spokesperson spokesman
		spokeswoman headquarters member members team director president chairman chair head`)
)

// isGivenName tells whether a month's short form is a person's name: "Jan Orla".
func (s *scanner) isGivenName(i int) bool {
	t := s.tokens[i]
	return t.Text == "Jan" && i+1 < len(s.tokens) && s.tokens[i+1].Shape == text.Capital && months[s.lower(i+1)] == 0 && !functionWords[s.lower(i+1)]
}
