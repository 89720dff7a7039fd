package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// countries counts what speaks for each country being the one whose officers the
// document names by title alone, and which stand near which persons.
func (s *staff) countries() {
	s.home, s.near = map[int]int{}, map[[2]int]int{}
	s.beside = map[[2]int]int{}
	country, person := entity.None, entity.None
	sentence := -1
	if at := s.seat(); at != entity.None {
		s.home[at] += seatSpeaks
	}
	for i, m := range s.mentions {
		if m.Sentence != sentence {
			country, person, sentence = entity.None, entity.None, m.Sentence
		}
		at := s.set.One(i)
		if at == entity.None {
			continue
		}
		switch s.set.Entities[at].Kind {
		case graph.Person:
			person = at
			if country != entity.None {
				s.near[[2]int{person, country}]++
			}
		case graph.Country:
			if country != entity.None && country != at && s.joined(i) {
				s.beside[[2]int{at, country}]++
				s.beside[[2]int{country, at}]++
			}
			country = at
			if !slices.Contains(s.states, at) {
				s.states = append(s.states, at)
			}
			s.home[at]++
			if m.Inside != mention.None || s.elsewhere(m) {
				continue
			}
			s.home[at] += s.speaksFor(m)
			if person != entity.None {
				s.near[[2]int{person, country}]++
			}
		}
	}
}

// seatSpeaks is how much the place of a dateline tells of the country's being home.
const seatSpeaks = 2

// seat is the country in whose capital the document is dated: "LUSAKA, 7 March –".
func (s *staff) seat() int {
	for i, m := range s.mentions {
		if m.Sentence > 1 || m.First > 0 {
			break
		}
		if m.Kind != mention.Place || m.Inside != mention.None {
			continue
		}
		tokens := s.sentences[m.Sentence].Tokens
		if m.Last >= len(tokens) || tokens[m.Last].Lower == "," || tokens[m.Last].Lower == "." || tokens[m.Last].Lower == "(" || dashes[tokens[m.Last].Lower] {
			return s.set.Body(s.set.One(i))
		}
	}
	return entity.None
}

// elsewhere tells whether the country is only where something happens, or whose
// deeds are complained of: "in X", "X's aggression".
func (s *staff) elsewhere(m mention.Mention) bool {
	tokens := s.sentences[m.Sentence].Tokens
	if m.First > 0 && locating[tokens[m.First-1].Lower] {
		return true
	}
	for j := m.Last; j < min(m.Last+5, len(tokens)); j++ {
		if w := tokens[j].Lower; hostile[w] {
			return true
		} else if prepositions[w] && w != "for" {
			break
		}
	}
	return false
}

var (
	locating = words("in against on , from")
	hostile  = words("war aggression invasion attack attacks incursion occupation assault coup strikes violations")
)

// stances are what a document says of its own country.
var stances = words("commitment support readiness position appreciation intention determination gratitude concern concerns solidarity condolences view views policy interest interests priority priorities")

// organisations ranks the organisations by how often the text names them.
func (s *staff) organisations() {
	for at, e := range s.set.Entities {
		if e.Kind == graph.Organisation {
			s.bodies = append(s.bodies, at)
		}
	}
	slices.SortStableFunc(s.bodies, func(a, b int) int { return len(s.set.Entities[b].Spans) - len(s.set.Entities[a].Spans) })
	s.bodies = s.bodies[:min(len(s.bodies), mostOffices)]
}

// visits tells of two who met in the country of one of them whose it is: the
// host's, or that of the one whom the visitor met.
func (s *staff) visits() {
	for _, f := range s.facts {
		if f.Predicate != graph.Met || f.Place == entity.None || s.bodyOfPerson(f.Subject) != entity.None || s.bodyOfPerson(f.Object) != entity.None {
			continue
		}
		place, ok := s.set.Listed(f.Place)
		if !ok {
			continue
		}
		host := f.Object
		if verb, _, _ := lemmaOf(s.sentences[f.sentence].Tokens[f.trigger].Lower); verb != "meet" && verb != "hold" {
			host = f.Subject
		}
		for _, at := range s.states {
			if s.set.Entities[at].ID == place.Country && s.set.Entities[host].Kind == graph.Person {
				s.found[host] = at
			}
		}
	}
}

// joined tells whether the mention follows another one over "and" or a dash:
// "between X and Y", "X-Y relations".
func (s *staff) joined(i int) bool {
	m := s.mentions[i]
	tokens := s.sentences[m.Sentence].Tokens
	j := m.First - 1
	for j > 0 && tokens[j].Lower == "the" {
		j--
	}
	return j > 0 && (tokens[j].Lower == "and" || dashes[tokens[j].Lower])
}

// speaksFor is how much the word after a country's name tells of its being home:
// "the X delegation", "X's commitment".
func (s *staff) speaksFor(m mention.Mention) int {
	tokens := s.sentences[m.Sentence].Tokens
	j := m.Last
	if j < len(tokens) && tokens[j].Lower == "'s" {
		j++
	}
	if j < len(tokens) && (delegations[tokens[j].Lower] || stances[tokens[j].Lower]) {
		return 2
	}
	return 0
}

// homeOf is the country of an officer whom the text names by title alone: not
// that of whom he met, nor one where somebody else holds that office.
func (s *staff) homeOf(o entity.Office) int {
	if body, ok := s.found[o.Person]; ok {
		return body
	}
	taken := map[int]bool{}
	for _, p := range s.ofTitle[mention.Fold(cleanTitle(o.Title))] {
		if p.Person != o.Person && p.Body != entity.None {
			taken[p.Body] = true
		}
		if body, ok := s.found[p.Person]; ok && p.Person != o.Person {
			taken[body] = true
		}
	}
	var guests []int
	for _, q := range s.partners[o.Person] {
		if body := s.bodyOfPerson(q); body != entity.None {
			taken[body] = true
			guests = append(guests, body)
		}
	}
	best, most, second := entity.None, 2, 0
	for _, at := range s.states {
		if taken[at] {
			continue
		}
		p := s.home[at] + 2*s.near[[2]int{o.Person, at}]
		for _, g := range guests {
			p += 4 * s.beside[[2]int{g, at}]
		}
		if p > most {
			best, most, second = at, p, max(most, second)
		} else {
			second = max(second, p)
		}
	}
	if most == second || len(guests) == 0 && (s.rival(o, best) || s.near[[2]int{o.Person, best}] == 0 && len(s.states) > fewStates && most < 2*second) {
		return entity.None
	}
	s.found[o.Person] = best
	return best
}

// fewStates is how many countries a text may name and still let its reader take
// the one that it names most for that of whoever it names by title.
const fewStates = 4

// rival tells whether another person of that bare title stands nearer to the
// country, or as near.
func (s *staff) rival(o entity.Office, country int) bool {
	for _, p := range s.ofTitle[mention.Fold(cleanTitle(o.Title))] {
		if p.Person != o.Person && s.bodyOfPerson(p.Person) == entity.None && s.near[[2]int{p.Person, country}] >= s.near[[2]int{o.Person, country}] {
			return true
		}
	}
	return false
}

// homeBody is the organisation whose officers the document names by title alone:
// of those that nobody else is said to hold the same office in, the one that it
// names most, near ones first.
func (s *staff) homeBody(o entity.Office) int {
	taken := map[int]bool{}
	for _, p := range s.ofTitle[mention.Fold(cleanTitle(o.Title))] {
		if p.Person != o.Person && p.Body != entity.None {
			taken[p.Body] = true
		}
	}
	if at := s.nearest(o, taken); at != entity.None {
		return at
	}
	best, most, second := entity.None, 2, 0
	for _, at := range s.bodies {
		if taken[at] {
			continue
		}
		if p := len(s.set.Entities[at].Spans); p > most {
			best, most, second = at, p, max(most, second)
		} else {
			second = max(second, p)
		}
	}
	if most == second {
		return entity.None
	}
	return best
}

// nearest is the organisation named last before the office in its sentence.
func (s *staff) nearest(o entity.Office, taken map[int]bool) int {
	sentence := s.mentions[o.Mention].Sentence
	for i := o.Mention - 1; i >= 0 && s.mentions[i].Sentence == sentence; i-- {
		at := s.set.One(i)
		if at != entity.None && s.set.Entities[at].Kind == graph.Organisation && !taken[at] && (s.mentions[i].Inside == mention.None || s.mentions[s.mentions[i].Inside].Is(mention.Agreement, mention.Office)) {
			return at
		}
	}
	return entity.None
}
