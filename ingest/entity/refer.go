package entity

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// refer reads the document from the beginning and links what refers back.
func (s *Set) refer() {
	for i, m := range s.mentions {
		if s.Standing[i] != nil {
			continue
		}
		switch m.Kind {
		case mention.Office:
			s.referOffice(i)
		case mention.Pronoun:
			s.Standing[i] = s.pronoun(i)
		case mention.Group:
			s.Standing[i] = s.group(i)
		case mention.Organisation, mention.Agreement, mention.Event:
			if at := s.byHead(i); at != None {
				s.link(i, at)
			} else if s.introduces(m) {
				s.link(i, s.add(Entity{Kind: graph.Kind(m.Kind), Of: None, At: None, Head: m.Head, Name: m.Name, Local: true}))
			}
		}
	}
}

// introduces tells whether "the Treaty", with a capital, stands for an agreement
// that the text expects its reader to know, "the Secretariat" for that of the body
// which the whole text is about, or "the ceremony" for an event.
func (s *Set) introduces(m mention.Mention) bool {
	switch m.Kind {
	case mention.Agreement:
		return slices.Contains(expected, m.Name)
	case mention.Organisation:
		return m.Name == "Secretariat"
	case mention.Event:
		return m.Head == "ceremony" && !s.followed(m, "of")
	}
	return false
}

var expected = []string{"Agreement", "Treaty", "Convention", "Protocol", "Memorandum", "Charter", "Declaration", "Accord"}

// followed tells whether the word stands right after the mention.
func (s *Set) followed(m mention.Mention, word string) bool {
	tokens := s.sentences[m.Sentence].Tokens
	return m.Last < len(tokens) && tokens[m.Last].Lower == word
}

// referOffice links a title to its holder: the one named beside it, else the one
// who is said to hold such an office, named last.
func (s *Set) referOffice(i int) {
	m := s.mentions[i]
	at := s.One(m.Holder)
	if at == None && m.Head == "counterpart" {
		at = s.counterpart(i)
	} else if at == None && m.Head == "guest" {
		at = s.guest(i)
	} else if at == None && !m.Plural {
		at = s.officeHolder(i)
	}
	if at == None {
		return
	}
	s.Standing[i] = []int{at}
	if m.Plural || strings.HasPrefix(m.Name, "of ") {
		return
	}
	e := &s.Entities[at]
	form := s.officeForm(m)
	e.stand(form)
	e.call(mention.Squeeze(form.Of(s.source)), graph.Description)
}

// officeForm is the stretch that stands for the holder of an office. A title that
// names no body is one name with the holder's right after it ("President Orla"),
// and "former" belongs to it.
func (s *Set) officeForm(m mention.Mention) text.Span {
	form, tokens := m.Span, s.sentences[m.Sentence].Tokens
	if m.First > 0 && earlier[tokens[m.First-1].Lower] {
		form.Start = tokens[m.First-1].Start
	}
	if tokens[m.Last-1].Text == ")" { // "Secretary-General of the Harbour Union (HU)"
		for j := m.Last - 2; j > m.First; j-- {
			if tokens[j].Text == "(" {
				form.End = tokens[j-1].End
				break
			}
		}
	}
	if m.Holder == mention.None || m.Head == "counterpart" {
		return form
	}
	holder := s.mentions[m.Holder]
	if holder.First < m.Last || holder.First > m.Last+1 || tokens[m.Last].Shape == text.Punct || s.namesBody(m) {
		return form
	}
	form.End = holder.End
	return form
}

var earlier = map[string]bool{"former": true, "then": true, "new": true, "outgoing": true}

// namesBody tells whether the title's own words name a body or a portfolio
// beyond an adjective: "President of Peru", "SCO Secretary-General".
func (s *Set) namesBody(m mention.Mention) bool {
	if m.Of != mention.None {
		if of := s.mentions[m.Of]; of.First >= m.First && of.Last <= m.Last && of.Form != mention.Adjective {
			return true
		}
	}
	return strings.Contains(m.Title, " of ") || strings.Contains(m.Title, " for ")
}

// officeHolder is the person who holds the office that a bare title names.
func (s *Set) officeHolder(i int) int {
	m := s.mentions[i]
	body := s.Body(s.One(m.Of))
	best, score := None, 0
	for _, o := range s.Offices {
		points := s.officeMatch(o, m, body)
		if o.Mention > i {
			points-- // named later
		}
		if points > 0 && points >= score {
			best, score = o.Person, points
		}
	}
	return best
}

// officeMatch tells how well a bare title fits an office.
func (s *Set) officeMatch(o Office, m mention.Mention, body int) int {
	if o.Head != m.Head || m.Of != mention.None && body == None {
		return 0
	}
	if body != None && o.Body != None && o.Body != body && !(s.Entities[o.Body].Of == body) {
		return 0
	}
	points := 4
	if body != None && o.Body == body {
		points += 4
	}
	if strings.EqualFold(o.Title, m.Title) {
		points += 4
	} else if strings.HasPrefix(m.Title, "Deputy") != strings.HasPrefix(o.Title, "Deputy") || strings.HasPrefix(m.Title, "Vice") != strings.HasPrefix(o.Title, "Vice") {
		return 0
	} else if otherPortfolio(m.Title, o.Title) {
		return 0
	}
	return points
}

// otherPortfolio tells whether two titles of one head say different fields: "foreign
// minister" and "Minister of Defence", "foreign minister" and "Prime Minister".
func otherPortfolio(a, b string) bool {
	x, y := fieldsOf(a), fieldsOf(b)
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(w string) bool { return slices.Contains(y, w) })
}

// fieldsOf are the words of a title that tell its field.
func fieldsOf(title string) []string {
	fields := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return r == ' ' || r == ',' })
	for i, w := range fields {
		if w == "external" || w == "international" {
			fields[i] = "foreign"
		} else if w == "defense" {
			fields[i] = "defence"
		}
	}
	return slices.DeleteFunc(fields, func(w string) bool { return slices.Contains(fieldless, w) })
}

var fieldless = strings.Fields("minister secretary director president head of and for the to & affairs relations deputy vice state general chief permanent acting ambassador")

// counterpart is the other person: the one named in the first sentence that has
// two, who is not the subject of this one.
func (s *Set) counterpart(i int) int {
	subject := None
	for j := i - 1; j >= 0 && s.mentions[j].Sentence == s.mentions[i].Sentence; j-- {
		if at := s.One(j); at != None && s.Entities[at].Kind == graph.Person {
			subject = at
		}
	}
	if of := s.Body(s.One(s.mentions[i].Of)); of != None {
		for _, o := range s.Offices {
			if o.Body == of && o.Person != subject {
				return o.Person
			}
		}
		return None
	}
	pair := s.pair(i, graph.Person)
	if len(pair) == 2 && slices.Contains(pair, subject) {
		if pair[0] == subject {
			return pair[1]
		}
		return pair[0]
	}
	return None
}

// guest is the person of that country who was named last ("the Peruvian guest"),
// else the last one whose country no office tells: a text seldom tells its own.
func (s *Set) guest(i int) int {
	of := s.Body(s.One(s.mentions[i].Of))
	for _, body := range []int{of, None} {
		for j := i - 1; j >= max(0, i-mostCompared); j-- {
			at := s.One(j)
			if at != None && s.mentions[j].Kind == mention.Person && s.serves(at, body) {
				return at
			}
		}
	}
	return None
}

// serves tells whether the person holds an office in the body, or for None offices
// of which none names its body.
func (s *Set) serves(person, body int) bool {
	found := false
	for _, o := range s.Offices {
		switch {
		case o.Person != person:
		case o.Body == body:
			found = true
		case body == None:
			return false
		}
	}
	return found
}

// pair is the two entities of these kinds that the nearest sentence before the
// mention names together.
func (s *Set) pair(i int, kinds ...graph.Kind) []int {
	var found []int
	sentence := s.mentions[i].Sentence
	for j := i - 1; j >= 0 && s.mentions[i].Sentence-s.mentions[j].Sentence < 12; j-- {
		m := s.mentions[j]
		if m.Sentence != sentence {
			if len(found) >= 2 {
				break
			}
			sentence, found = m.Sentence, nil
		}
		at := s.One(j)
		if at == None || m.Form == mention.Adjective && !slices.Contains(kinds, graph.Country) || !slices.Contains(kinds, s.Entities[at].Kind) || slices.Contains(found, at) {
			continue
		}
		if m.Inside != mention.None && s.mentions[m.Inside].Kind != mention.Agreement {
			continue
		}
		found = append(found, at)
	}
	if len(found) < 2 {
		return nil
	}
	slices.Reverse(found)
	return found[:2]
}

var (
	personHeads  = []string{"leaders", "ministers", "presidents", "interlocutors", "diplomats", "secretaries-general", "secretaries", "heads", "premiers", "directors", "officials", "ambassadors", "men", "women", "counterparts", "speakers", "principals"}
	countryHeads = []string{"countries", "nations", "governments", "states", "capitals", "neighbours"}
	bodyHeads    = []string{"organisations", "organizations", "institutions", "secretariats", "bodies", "associations", "blocs", "agencies"}
)

// group is who "the sides", "the two ministers" or "both countries" are.
func (s *Set) group(i int) []int {
	head := s.mentions[i].Head
	if strings.Contains(strings.ToLower(s.mentions[i].Name), "contracting") {
		return s.contracting()
	}
	switch {
	case slices.Contains(personHeads, head):
		if pair := s.pairOf(i, mention.Singular(head)); pair != nil {
			return pair
		}
		return s.pair(i, graph.Person)
	case slices.Contains(countryHeads, head):
		return s.pair(i, graph.Country)
	case slices.Contains(bodyHeads, head):
		return s.pair(i, graph.Organisation)
	}
	if pair := s.pair(i, graph.Person); pair != nil {
		return pair
	}
	if pair := s.pair(i, graph.Country); pair != nil {
		return pair
	}
	return s.pair(i, graph.Organisation, graph.Country)
}

// pairOf are the two persons with offices of that head whom the nearest sentence
// before names together: "the two ministers".
func (s *Set) pairOf(i int, head string) []int {
	var found []int
	sentence := s.mentions[i].Sentence
	for j := i - 1; j >= 0 && s.mentions[i].Sentence-s.mentions[j].Sentence < 12; j-- {
		if s.mentions[j].Sentence != sentence {
			if len(found) == 2 {
				break
			}
			sentence, found = s.mentions[j].Sentence, nil
		}
		at := s.One(j)
		if at == None || slices.Contains(found, at) || !slices.ContainsFunc(s.Offices, func(o Office) bool { return o.Person == at && o.Head == head }) {
			continue
		}
		found = append(found, at)
	}
	if len(found) != 2 {
		return nil
	}
	slices.Reverse(found)
	return found
}

// contracting are the parties of the treaty that the document is.
func (s *Set) contracting() []int {
	for i, m := range s.mentions {
		if m.Sentence > 4 {
			return nil
		}
		if at := s.One(i); m.Kind == mention.Agreement && at != None && len(s.Entities[at].Parties) > 1 {
			return s.Entities[at].Parties
		}
	}
	return nil
}

// pronoun is the person or the thing that was spoken of last as a subject: the
// first of its kind in the nearest sentence.
func (s *Set) pronoun(i int) []int {
	kinds := []graph.Kind{graph.Organisation, graph.Country, graph.Agreement, graph.Event}
	if h := s.mentions[i].Head; h == "he" || h == "she" || h == "him" || h == "her" {
		kinds = []graph.Kind{graph.Person}
	}
	best, sentence := None, -1
	for j := i - 1; j >= 0 && s.mentions[i].Sentence-s.mentions[j].Sentence <= 3; j-- {
		m := s.mentions[j]
		if m.Sentence != sentence && best != None {
			break
		}
		at := s.One(j)
		if at == None || !slices.Contains(kinds, s.Entities[at].Kind) || m.Form == mention.Adjective {
			continue
		}
		if m.Inside != mention.None && !(m.Kind == mention.Person) {
			continue
		}
		if s.mentions[j].Kind != mention.Person && best != None && kinds[0] == graph.Person && m.Kind != mention.Office && m.Kind != mention.Pronoun {
			continue
		}
		best, sentence = at, m.Sentence
	}
	if best == None {
		return nil
	}
	return []int{best}
}

// byHead is what "the Association", "the memorandum", "the Summit" stand for:
// the entity of that head noun named last before, else the first one after.
func (s *Set) byHead(i int) int {
	m := s.mentions[i]
	for j := i - 1; j >= max(0, i-mostCompared); j-- {
		if at := s.One(j); at != None && s.fitsHead(at, j, m) {
			return at
		}
	}
	if m.Kind == mention.Agreement && m.Form == mention.Definite && i > 0 {
		return None
	}
	for j := i + 1; j < len(s.mentions) && s.mentions[j].Sentence == m.Sentence; j++ {
		if at := s.One(j); at != None && s.fitsHead(at, j, m) && s.mentions[j].Sentence == m.Sentence {
			return at
		}
	}
	return None
}

var (
	anyAgreement  = []string{"agreement", "document", "instrument", "text", "deal", "accord", "arrangement", "pact"}
	likeHeads     = map[string][]string{"treaty": {"treaty", "convention", "agreement"}, "meeting": {"meeting", "session", "summit"}, "conference": {"conference", "congress"}, "protocol": {"protocol"}, "gathering": {"summit", "meeting", "conference"}}
	notReferences = []string{"ministry", "university", "embassy"}
)

// fitsHead tells whether the entity, as mention j names it, can be what the
// reference m means.
func (s *Set) fitsHead(at, j int, m mention.Mention) bool {
	e := s.Entities[at]
	if s.mentions[j].Form == mention.Adjective || e.Kind != graph.Kind(m.Kind) && !(m.Kind == mention.Event && e.Kind == graph.Organisation) {
		return false
	}
	switch e.Kind {
	case graph.Agreement:
		if slices.Contains(anyAgreement, m.Head) && e.Head != "" && !e.Draft {
			return m.Head == e.Head || m.Head != "agreement" || e.Head != "declaration" && e.Head != "convention"
		}
		return e.Head == m.Head || slices.Contains(likeHeads[m.Head], e.Head)
	case graph.Event:
		return e.Head == m.Head || m.Head == "event" || slices.Contains(likeHeads[m.Head], e.Head)
	}
	name := e.Name
	if entry, ok := s.gazetteer.Entry(e.ID); ok {
		name = entry.Name
	}
	words := strings.Fields(strings.ReplaceAll(mention.Fold(name), "organization", "organisation"))
	return slices.Contains(words, strings.ReplaceAll(m.Head, "organization", "organisation")) && !slices.Contains(notReferences, m.Head)
}
