package entity

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// name links a mention that names its entity in full.
func (s *Set) name(i int) {
	m := s.mentions[i]
	if m.Defines != mention.None && m.ID == "" {
		return // with its target, in shortName
	}
	switch {
	case m.Kind == mention.Place && s.onlyNames(m):
	case m.Kind == mention.Place && s.standsForCountry(i):
		s.link(i, s.countryOf(m.ID))
	case m.ID != "":
		s.link(i, s.listed(m))
	case m.Form == mention.Definite || m.Form == mention.Adjective:
	case m.Kind == mention.Person && m.Form == mention.Named:
		s.link(i, s.person(m.Name))
	case m.Kind == mention.Agreement:
		s.link(i, s.agreement(m))
	case m.Kind == mention.Event:
		s.link(i, s.event(m))
	case m.Is(mention.Organisation, mention.Place) && m.Form == mention.Named:
		s.link(i, s.lookOrAdd(graph.Kind(m.Kind), mention.Fold(m.Name), func(e *Entity) { e.Head = m.Head }))
	}
}

// link makes the mention stand for the entity.
func (s *Set) link(i, at int) {
	m := s.mentions[i]
	m.Name = withoutBracket(m.Name)
	s.Standing[i] = []int{at}
	e := &s.Entities[at]
	if len(e.Spans) == 0 {
		e.sentence = m.Sentence
	}
	e.stand(m.Span)
	switch {
	case m.Form == mention.Short && m.Kind != mention.Person:
		e.call(m.Name, graph.ShortName)
		if e.Acronym == "" && !strings.Contains(m.Name, " ") && len(m.Name) <= 12 {
			e.Acronym = m.Name
		}
	case m.Form == mention.Short || m.Form == mention.Indefinite && strings.Contains(m.Name, " "): // "a memorandum of understanding" says more than "the memorandum"
		e.call(m.Name, graph.ShortName)
	case m.Form == mention.Definite || m.Form == mention.Adjective || m.Form == mention.Indefinite:
		e.call(m.Name, graph.Description)
	default:
		e.call(m.Name, graph.FullName)
	}
	if m.Is(mention.Agreement, mention.Event) && m.Form == mention.Named {
		for _, form := range s.longerForms(i) {
			s.Entities[at].call(form, graph.ShortName)
		}
	}
	if short := mention.Initials(m.Name); short != "" && m.Is(mention.Agreement, mention.Organisation) && m.Form == mention.Named {
		k := string(m.Kind) + "/" + mention.Fold(short)
		if _, taken := s.byName[k]; !taken {
			s.byName[k] = at
		}
	}
	switch m.Kind {
	case mention.Agreement:
		s.shortTitle(m, at)
	case mention.Organisation:
		s.organAlone(m, at)
	case mention.Country:
		for _, form := range s.officialForms(m) {
			e = &s.Entities[at]
			e.stand(form)
			e.call(mention.Squeeze(form.Of(s.source)), graph.Description)
		}
	}
}

// listed is the entity of a gazetteer's record.
func (s *Set) listed(m mention.Mention) int {
	entry, _ := s.gazetteer.Entry(m.ID)
	return s.lookOrAdd(graph.Kind(entry.Kind), m.ID, func(e *Entity) { e.ID, e.Name, e.Acronym = m.ID, entry.Name, entry.Acronym })
}

// person is the person of that full name. A fuller form of a name seen already
// ("Ana B. Cruz" after "Ana Cruz") is the same person.
func (s *Set) person(name string) int {
	folded := mention.Fold(name)
	if at, ok := s.byName["Person/"+folded]; ok {
		return at
	}
	last := folded[strings.LastIndexByte(folded, ' ')+1:]
	for _, at := range s.byLast[last] {
		if e := &s.Entities[at]; sameName(mention.Fold(e.Name), folded) {
			s.byName["Person/"+folded] = at
			if len(name) > len(e.Name) {
				e.Name = name
			}
			return at
		}
	}
	at := s.lookOrAdd(graph.Person, folded, func(e *Entity) { e.Name = name })
	if len(s.byLast[last]) < mostCompared {
		s.byLast[last] = append(s.byLast[last], at)
	}
	return at
}

// mostCompared bounds what a name is compared with in a document of enormous
// length; beyond it only equal names are one.
const mostCompared = 3000

// sameName tells whether two folded names of persons agree: first and last word
// the same, or one the end of the other. Their last words are equal in any case.
func sameName(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if a == b {
		return true
	}
	if len(x) < 2 || len(y) < 2 {
		return false
	}
	if x[0] == y[0] && x[len(x)-1] == y[len(y)-1] && min(len(x), len(y)) == 2 {
		return true
	}
	return strings.HasSuffix(a, " "+b) || strings.HasSuffix(b, " "+a)
}

// agreement is the agreement of that title; "a memorandum" is always a new one.
func (s *Set) agreement(m mention.Mention) int {
	fill := func(e *Entity) {
		e.Head, e.Draft, e.Name = m.Head, m.Draft, m.Name
		e.Local = m.Form == mention.Indefinite
		if m.SubjectTok[1] > m.SubjectTok[0] {
			e.Subject = m
		}
	}
	if m.Form == mention.Indefinite {
		at := s.add(Entity{Kind: graph.Agreement, Of: None, At: None, New: true})
		fill(&s.Entities[at])
		return at
	}
	folded := mention.Fold(m.Name)
	for at, e := range s.Entities[:min(len(s.Entities), mostCompared)] {
		if e.Kind == graph.Agreement && !e.New && e.Head == m.Head && strings.Contains(folded, " ") && (strings.HasSuffix(mention.Fold(e.Name), " "+folded) || e.called(folded) || m.SubjectTok[1] <= m.Last && len(m.Parties) == 0 && namesIn(folded, m.Head, mention.Fold(e.Name))) {
			return at
		}
		if e.Kind == graph.Agreement && !e.New && e.Head == m.Head && s.goesOn(mention.Fold(e.Name), folded) {
			fill(&s.Entities[at])
			return at
		}
	}
	return s.lookOrAdd(graph.Agreement, folded, fill)
}

// goesOn tells whether a title goes on with what a shorter one, seen before, left
// out: "Lima Convention on Whales" after "Lima Convention". Ordinary words alone
// ("Framework Agreement") are no title.
func (s *Set) goesOn(short, long string) bool {
	rest, ok := strings.CutPrefix(long, short+" ")
	first, _, words := strings.Cut(short, " ")
	return ok && words && !s.gazetteer.Common(first) && slices.ContainsFunc([]string{"on ", "for ", "concerning "}, func(p string) bool { return strings.HasPrefix(rest, p) })
}

// namesIn tells whether a short title is made of a longer one's words: "whale
// treaty" of "treaty on the protection of whales".
func namesIn(short, head, long string) bool {
	before, ok := strings.CutSuffix(short, " "+head)
	if !ok || len(long) < len(short) {
		return false
	}
	words := strings.Fields(long)
	for _, w := range strings.Fields(before) {
		stem := w[:max(min(len(w), 5), len(w)-3)]
		if !slices.ContainsFunc(words, func(l string) bool { return strings.HasPrefix(l, stem) }) {
			return false
		}
	}
	return true
}

// called tells whether one of the entity's names is this one, folded.
func (e *Entity) called(folded string) bool {
	return slices.ContainsFunc(e.Names, func(n graph.NameForm) bool { return mention.Fold(n.Text) == folded })
}

// event is the event of that name; one name within the other is the same event.
func (s *Set) event(m mention.Mention) int {
	fill := func(e *Entity) { e.Head, e.Name = m.Head, withoutBracket(m.Name) }
	if m.Form == mention.Indefinite {
		at := s.add(Entity{Kind: graph.Event, Of: None, At: None, Local: true, New: true})
		fill(&s.Entities[at])
		return at
	}
	folded := mention.Fold(withoutBracket(m.Name))
	for at, e := range s.Entities[:min(len(s.Entities), mostCompared)] {
		if e.Kind == graph.Event && strings.Contains(folded, " ") && (strings.HasSuffix(mention.Fold(e.Name), " "+folded) || strings.HasPrefix(mention.Fold(e.Name), folded+" of ") || strings.HasSuffix(folded, " "+mention.Fold(e.Name)) && strings.Contains(e.Name, " ")) {
			return at
		}
	}
	return s.lookOrAdd(graph.Event, folded, fill)
}

// shortName links what names its entity by a part: a bracket, a surname, an
// acronym that brackets gave, an adjective.
func (s *Set) shortName(i int) {
	m := s.mentions[i]
	if s.Standing[i] != nil {
		return
	}
	switch {
	case m.Defines != mention.None:
		if at := s.One(m.Defines); at != None {
			s.link(i, at)
			s.byName[string(s.Entities[at].Kind)+"/"+mention.Fold(m.Name)] = at
		}
	case m.Kind == mention.Person && m.Form == mention.Short:
		s.link(i, s.surname(m.Name))
	case m.Is(mention.Organisation, mention.Event, mention.Agreement) && m.Form == mention.Short:
		if at, ok := s.byName[string(m.Kind)+"/"+mention.Fold(m.Name)]; ok {
			s.link(i, at)
		} else {
			s.link(i, s.lookOrAdd(graph.Kind(m.Kind), mention.Fold(m.Name), func(e *Entity) {}))
		}
	}
}

// surname is the person whose name ends with these words, else a person known by
// one name only.
func (s *Set) surname(name string) int {
	folded := mention.Fold(name)
	if at, ok := s.byName["surname/"+folded]; ok {
		return at
	}
	for at, e := range s.Entities[:min(len(s.Entities), mostCompared)] {
		if e.Kind == graph.Person && hasWords(mention.Fold(e.Name), folded) {
			s.byName["surname/"+folded] = at
			return at
		}
	}
	return s.lookOrAdd(graph.Person, folded, func(e *Entity) { e.Local = true })
}

// hasWords tells whether the words of part follow one another in whole.
func hasWords(whole, part string) bool {
	return part != "" && strings.Contains(" "+whole+" ", " "+part+" ")
}

// tie carries the links between mentions over to their entities.
func (s *Set) tie() {
	for i, m := range s.mentions {
		at := s.One(i)
		if at == None {
			continue
		}
		e := &s.Entities[at]
		if of := s.One(m.Of); of != None && of != at && e.Of == None && m.Kind != mention.Office {
			e.Of = of
		}
		for _, p := range m.Parties {
			if party := s.Body(s.One(p)); party != None && !slices.Contains(e.Parties, party) {
				e.Parties = append(e.Parties, party)
			}
		}
	}
}

// Body is the country whose capital stands for it; every other entity is itself.
func (s *Set) Body(at int) int {
	if at == None || s.Entities[at].Kind != graph.Place {
		return at
	}
	entry, ok := s.gazetteer.Entry(s.Entities[at].ID)
	if !ok || !entry.Capital {
		return None
	}
	return s.countryOf(entry.ID)
}

// countryOf is the country that a listed place lies in.
func (s *Set) countryOf(place string) int {
	entry, _ := s.gazetteer.Entry(place)
	country, _ := s.gazetteer.Entry(entry.Country)
	return s.lookOrAdd(graph.Country, country.ID, func(e *Entity) { e.ID, e.Name = country.ID, country.Name })
}

// pronounOffices adds what "he" or "she" is said to be, once it is known who.
func (s *Set) pronounOffices() {
	for i, m := range s.mentions {
		if m.Kind == mention.Office && m.Holder != mention.None && s.mentions[m.Holder].Kind == mention.Pronoun {
			if person := s.One(m.Holder); person != None {
				s.Offices = append(s.Offices, Office{Person: person, Body: s.Body(s.One(m.Of)), Title: m.Title, Head: m.Head, Mention: i})
			}
		}
	}
}

// offices lists who holds what.
func (s *Set) offices() {
	for i, m := range s.mentions {
		if m.Kind != mention.Office || m.Holder == mention.None || m.Head == "guest" {
			continue
		}
		if m.Of != mention.None && s.Standing[m.Of] == nil && s.mentions[m.Of].Form == mention.Definite {
			if at := s.byHead(m.Of); at != None {
				s.link(m.Of, at)
			}
		}
		if person := s.One(m.Holder); person != None {
			o := Office{Person: person, Body: s.Body(s.One(m.Of)), Title: m.Title, Head: m.Head, Mention: i}
			if n := len(s.Offices); o.Head == "counterpart" && n > 0 && o.Body != None { // of the same title
				o.Title, o.Head = s.Offices[n-1].Title, s.Offices[n-1].Head
			}
			s.Offices = append(s.Offices, o)
		}
	}
}
